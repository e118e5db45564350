"""Rank the window's stories and say which of them may stand in an edition at all."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from bot.digest.account import Account
from bot.digest.story import Story
from bot.digest.wording import PRIVATE, is_feature
from bot.events import headlines
from bot.events.importance import score
from bot.events.report import Report
from bot.model.articles import ItemKind
from bot.model.events import Reason, ReportKey

SPORT_SHARE: Final = 0.4
SOFT_SHARE: Final = 0.5
BESIDE_SHARE: Final = 0.7
FEW_OUTLETS: Final = 3
PRIVATE_COST: Final = 0.5
NOT_HARD_COST: Final = 0.3
BAR: Final = 1 / 3  # of the median of the first three stories
LOOKED_AT: Final = 80  # stories that are weighed in full; no edition shows more than a fifth of them
FEW_OUTLETS_READ: Final = 2  # where so few are read, one outlet's story is as good as any
_SOFT: Final = frozenset({ItemKind.SOFT, ItemKind.PICTURES, ItemKind.LIST})
_NO_STORY: Final = frozenset({ItemKind.QUIZ, ItemKind.NEWSLETTER, ItemKind.PROMO})
_BESIDE: Final = frozenset({ItemKind.OPINION, ItemKind.LIVE, ItemKind.VIDEO})
_LONGEST_LEAD: Final = 600


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story with its weight at the window's end and the reasons for it, weightiest first."""

    story: Story
    weight: float
    reasons: tuple[Reason, ...]

    @property
    def is_single(self) -> bool:
        """Tell whether one outlet alone has it."""
        return len(self.story.outlets) == 1


def ranked(stories: Iterable[Story], now: datetime) -> tuple[Ranked, ...]:
    """Return the weightiest stories, weightiest first; bullets of one round-up keep its order.

    Independent outlets decide, so only the :data:`LOOKED_AT` stories with most of them (then the newest) are weighed
    in full: linear in their reports, whatever the window holds.
    """
    likely = sorted(stories, key=lambda one: (-len(one.outlets), -one.newest.timestamp(), one.id))[:LOOKED_AT]
    weighed = [_weighed(story, now) for story in likely]
    return tuple(sorted(_levelled(weighed), key=_order))


def unfit(story: Story) -> str | None:
    """Return the rule that keeps *story* out of an edition whatever its weight, or None.

    Judged by the share of its reports: one match report does not make an evacuation sport.
    """
    kinds = [account.article.kind for account in story.fresh]
    rules = (
        (_share(kinds, frozenset({ItemKind.SPORT})) >= SPORT_SHARE, "sport"),
        (_share(kinds, _NO_STORY) >= SOFT_SHARE, "quiz, newsletter or promotion"),
        (_share(kinds, _SOFT | _NO_STORY) >= SOFT_SHARE, "soft news"),
        (_share(kinds, _BESIDE) >= BESIDE_SHARE, "opinion, live page or video"),
        (_share_of(story, is_feature) >= SOFT_SHARE, "a private life, an anniversary or pictures"),
        (not story.lending, "no report that may be copied from"),
    )
    return next((rule for holds, rule in rules if holds), None)


def _share_of(story: Story, kind: Callable[[str], object]) -> float:
    titles = [account.article.title for account in story.fresh if account.is_whole]
    return sum(bool(kind(title)) for title in titles) / max(1, len(titles))


def bar_of(stories: Sequence[Ranked]) -> float:
    """Return the weight that a story must have: a third of the median of the first three, 0 where there are fewer."""
    several = [one.weight for one in stories if not one.is_single][:3]
    return BAR * median(several) if len(several) == 3 else 0.0


def is_hard(story: Story) -> bool:
    """Tell whether at least half of its headlines speak of power, law, war, disaster, money or disease."""
    leads = [_headline(account) for account in story.lending]
    return sum(map(headlines.is_hard, leads)) * 2 >= len(leads) and not any(map(headlines.is_local, leads))


def report_of(account: Account) -> Report:
    """Return *account* as the part of the program that weighs events sees it."""
    article = account.article
    return Report(
        ReportKey(article.id, account.part_number),
        _headline(account),
        "\n".join(sentence.text for sentence in account.sentences[:3])[:_LONGEST_LEAD],
        account.at,
        article.outlet.name,
        account.outlet,
        article.kind,
        country=article.outlet.country,
        actors=tuple(actor.id for actor in account.analysis.actors) if account.is_whole else (),
    )


def _headline(account: Account) -> str:
    """Return the report's title; a bullet's own first sentence, since the title speaks of all bullets."""
    if account.is_whole:
        return account.article.title
    return account.sentences[0].text if account.sentences else ""


def _weighed(story: Story, now: datetime) -> Ranked:
    weight, reasons = score([report_of(account) for account in story.fresh], now)
    for cost, text in _dampings(story):
        reasons = (*reasons, Reason(text, -cost * weight))
        weight *= 1 - cost
    return Ranked(story, weight, tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))))


def _dampings(story: Story) -> Iterator[tuple[float, str]]:
    """Yield what a story of few outlets loses of its weight, and why: there, counting them says little."""
    if not 1 < len(story.outlets) <= FEW_OUTLETS or is_hard(story):
        return
    if _share_of(story, PRIVATE.search) >= SOFT_SHARE:
        yield PRIVATE_COST, "people at home or on screens, in few outlets"
    else:
        yield NOT_HARD_COST, "no hard news, in few outlets"


def _levelled(weighed: Iterable[Ranked]) -> Iterator[Ranked]:
    """Give the bullets of one round-up the weight of the best among them: their order is the outlet's own."""
    known = list(weighed)
    best: dict[int, float] = {}
    for one in known:
        if one.story.round_up is not None:
            best[one.story.round_up] = max(one.weight, best.get(one.story.round_up, -math.inf))
    for one in known:
        weight = best.get(one.story.round_up, one.weight) if one.story.round_up is not None else one.weight
        yield Ranked(one.story, weight, one.reasons)


def _order(one: Ranked) -> tuple[float, int, int, int]:
    first = one.story.fresh[0]
    return (-round(one.weight, 9), first.article.id if one.story.round_up else 0, first.part_number, one.story.id)


def _share(kinds: Sequence[ItemKind], among: frozenset[ItemKind]) -> float:
    return sum(kind in among for kind in kinds) / len(kinds)
