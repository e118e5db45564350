"""Choose the stories of an edition, in the order of their weight, and note for each which rule kept or dropped it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from bot.digest.also import MOST_LINES, one_liner
from bot.digest.audit import item_problems
from bot.digest.brief import Brief, brief_of
from bot.digest.select import FEW_OUTLETS_READ, Ranked, bar_of, is_hard, unfit
from bot.digest.signature import cohesion
from bot.digest.telling import Teller
from bot.digest.twins import is_same_story, is_same_storyline
from bot.model.editions import Item, Length, Verdict

QUIET_BELOW: Final = 3
SINGLES_UP_TO: Final = 5  # where few stories have several outlets, the best of one outlet join them up to here
A_STORYLINE: Final = 2
FEW_OUTLETS: Final = 3
LEAST_COHESION: Final = 0.22  # read on 80 stories of two or three outlets: below, nearly all were wrongly joined


class Fate(Enum):
    """What becomes of a story: a bullet, perhaps a one-liner, nothing."""

    BULLET = "bullet"
    LATER = "later"
    OUT = "out"


@dataclass(slots=True)
class Page:
    """What stands in the edition so far. ``shown`` are the stories of bullets, then of one-liners."""

    bullets: list[Item] = field(default_factory=list)
    also: list[Item] = field(default_factory=list)
    shown: list[tuple[Ranked, Brief]] = field(default_factory=list)
    verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def use(self, item: Item, teller: Teller) -> None:
        """Remember the words of *item*, so that nothing else says them again."""
        for span in item.spans:
            article = teller.material.articles[span.article]
            self.used.add(span.span.of(article.title if span.field == "title" else article.text))

    def decide(self, story: Ranked, rule: str, *, kept: bool = False) -> None:
        """Note which rule kept or dropped *story*; a later decision replaces an earlier one."""
        event = story.story.event
        self.verdicts[story.story.key] = Verdict(event.id, event.title, kept, rule)


def choose(stories: Sequence[Ranked], length: Length, teller: Teller, outlets: int) -> Page:
    """Return the page with bullets and one-liners out of *stories*, which come weightiest first.

    Stories of several outlets come first. Where fewer than three of them can be told, hard news of one outlet joins
    them; where no more than two *outlets* were read at all, every story is as good as any.
    """
    page = Page()
    few = outlets <= FEW_OUTLETS_READ
    first = [one for one in stories if few or not one.is_single]
    rest = [one for one in stories if not few and one.is_single]
    bar = 0.0 if few else bar_of(stories)
    later = list(_placed(first, page, teller, bar, length.most_bullets))
    if len(page.bullets) < QUIET_BELOW:
        later += _placed(rest, page, teller, 0.0, min(SINGLES_UP_TO, length.most_bullets), hard_only=True)
    else:
        for one in rest:
            page.decide(one, "one outlet, where stories of several suffice")
        later += [one for one in rest if is_hard(one.story)]
    _add_one_liners(later, page, teller)
    return page


def _placed(
    stories: Iterable[Ranked], page: Page, teller: Teller, bar: float, most: int, *, hard_only: bool = False
) -> Iterator[Ranked]:
    """Make bullets of *stories* while there is room; yield those that may still be one-liners."""
    for story in stories:
        if hard_only and not is_hard(story.story):
            page.decide(story, "one outlet, and no hard news")
        elif _fate(story, page, teller, bar, most) is Fate.LATER:
            yield story


def _fate(story: Ranked, page: Page, teller: Teller, bar: float, most: int) -> Fate:
    brief = brief_of(story.story, teller.rarity, teller.setting.habits)
    rule, fate = _rule_against(story, brief, page, teller, (bar, most))
    if fate is not Fate.BULLET:
        page.decide(story, rule)
        return fate
    outcome = teller.tell(story, brief, frozenset(page.used))
    page.decide(story, outcome.rule, kept=outcome.item is not None)
    if outcome.item is None:
        return Fate.OUT if outcome.is_known else Fate.LATER
    page.bullets.append(outcome.item)
    page.shown.append((story, brief))
    page.use(outcome.item, teller)
    return Fate.BULLET


def _rule_against(
    story: Ranked, brief: Brief, page: Page, teller: Teller, limits: tuple[float, int]
) -> tuple[str, Fate]:
    """Return the rule that keeps *story* from being a bullet, and what is left for it; BULLET where none does."""
    unfitness = unfit(story.story) or _too_loose(story, teller)
    if unfitness is not None or any(is_same_story(brief, other) for _, other in page.shown):
        return unfitness or "the same story as one above", Fate.OUT
    bar, most = limits
    tied = sum(is_same_storyline(brief, other) for _, other in page.shown)
    rules = (
        (len(page.bullets) >= most, "the edition is full"),
        (story.weight < bar, f"below the bar: weight {story.weight:.2f} under {bar:.2f}"),
        (tied >= A_STORYLINE, "a third story of one storyline"),
    )
    rule = next((rule for holds, rule in rules if holds), None)
    return (rule, Fate.LATER) if rule is not None else ("", Fate.BULLET)


def _too_loose(story: Ranked, teller: Teller) -> str | None:
    """Return the rule against a story of few outlets whose reports only happen to share some words."""
    if len(story.story.outlets) > FEW_OUTLETS or cohesion(story.story, teller.rarity) >= LEAST_COHESION:
        return None
    return "its reports have too little in common"


def _add_one_liners(stories: Iterable[Ranked], page: Page, teller: Teller) -> None:
    """Add the headlines of the next stories, each at most once, none that was told before."""
    for story in stories:
        if len(page.also) >= MOST_LINES:
            return
        brief = brief_of(story.story, teller.rarity, teller.setting.habits)
        if any(is_same_story(brief, other) for _, other in page.shown) or teller.was_told(brief):
            continue
        item = one_liner(brief, teller.setting)
        if item is not None and not item_problems(item, teller.material.articles):
            page.also.append(item)
            page.shown.append((story, brief))
            page.use(item, teller)
            page.decide(story, "one line under “Also”", kept=True)
