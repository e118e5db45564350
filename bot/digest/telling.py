"""Tell one story in a bullet: the sentence that stands for it, perhaps a second, or a headline; or say why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.digest.audit import item_problems
from bot.digest.brief import Brief
from bot.digest.bullet import Setting, headline_item, sentence_item
from bot.digest.edits import day_label
from bot.digest.furniture import ONE_OUTLET
from bot.digest.headline_form import BETTER_BY, LEAST_COVERAGE, LEAST_SCORE, Headline, headlines, with_decks
from bot.digest.material import Material
from bot.digest.second_sentence import second_sentence
from bot.digest.select import Ranked
from bot.digest.sentence_choice import Candidate, candidates
from bot.digest.signature import Rarity
from bot.digest.update import News, new_words, news_of, novel, told_before, told_words
from bot.model.editions import Item

TRIES: Final = 4  # sentences that are tried before a story is given up
MOST_REASONS: Final = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """A story's bullet, or None with the ``rule`` that kept it out. ``is_known``: the reader knows it already."""

    item: Item | None
    rule: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells stories; holds what is the same for all of an edition."""

    material: Material
    setting: Setting
    rarity: Rarity
    zone: ZoneInfo

    def tell(self, story: Ranked, brief: Brief, used: frozenset[str]) -> Outcome:
        """Return the bullet of *story*, audited, or the rule that keeps it out.

        Of a story that this schedule told before, only what is new is told, as an Update. *used* are the sentences
        that stand in the edition already.
        """
        told = told_before(brief, self.material, self.rarity)
        if told is None and story.is_single and _goes_on(brief):
            return Outcome(None, "one outlet goes on with an older story", is_known=True)
        news = news_of(brief, told, self.material, self.rarity) if told is not None else None
        for item in self._items(brief, news, used):
            problems = item_problems(item, self.material.articles, self.material.analyses)
            if not problems:
                return Outcome(replace(item, reasons=reasons_of(story, news)), "kept")
        return Outcome(None, self._why_not(news), is_known=news is not None)

    def was_told(self, brief: Brief) -> bool:
        """Tell whether an earlier edition of this schedule told the story."""
        return told_before(brief, self.material, self.rarity) is not None

    def _items(self, brief: Brief, news: News | None, used: frozenset[str]) -> Iterator[Item]:
        """Yield the ways to tell the story, best first."""
        found = candidates(brief, frozenset(brief.story.full_names))
        if news is not None:
            yield from self._updates(brief, news, novel(found, news), used)
            return
        headline = _better_headline(brief, found)
        if headline is not None:
            yield headline_item(brief.story, headline, self.setting)
        for candidate in found[:TRIES]:
            yield from self._bullets(brief, candidate, used)
        yield from (headline_item(brief.story, one, self.setting) for one in _good_headlines(brief)[:TRIES])

    def _bullets(self, brief: Brief, candidate: Candidate, used: frozenset[str]) -> Iterator[Item]:
        """Yield the bullet with a second sentence if one is worth it, then the one without."""
        first = candidate.sentence
        second = second_sentence(first, brief, used | {first.text}, self.setting.household)
        if second is not None:
            yield sentence_item(brief.story, (first, second), brief.core, self.setting)
        yield sentence_item(brief.story, (first,), brief.core, self.setting)

    def _updates(self, brief: Brief, news: News, found: Sequence[Candidate], used: frozenset[str]) -> Iterator[Item]:
        for candidate in found[:TRIES]:
            new = new_words(candidate.sentence, news)
            for item in self._bullets(brief, candidate, used):
                yield replace(
                    item, update=True, new=new, was=told_words(news, candidate.sentence, self.material, self.zone)
                )

    def _why_not(self, news: News | None) -> str:
        if news is None:
            return "no sentence stands alone and tells it"
        return f"nothing new since it was told on {day_label(news.since.astimezone(self.zone).date())}"


def _goes_on(brief: Brief) -> bool:
    """Tell whether the story began before the window."""
    return any(account.at <= brief.story.window[0] for account in brief.story.accounts)


def reasons_of(story: Ranked, news: News | None) -> tuple[str, ...]:
    """Return why a story stands in the edition, the weightiest reason first."""
    own = [reason.text for reason in story.reasons[:MOST_REASONS]]
    if not story.is_single:  # copies of one text count as one voice, and should not read like one outlet
        own = [f"{len(story.story.outlets)} outlets with one text" if text == ONE_OUTLET else text for text in own]
    if news is not None and news.figures:
        own.append(f"new number: {', '.join(f'{number:,.12g}' for number in sorted(news.figures)[:3])}")
    elif news is not None and news.words:
        own.append(f"new words: {', '.join(sorted(news.words)[:5])}")
    return tuple(own)


def _better_headline(brief: Brief, found: Sequence[Candidate]) -> Headline | None:
    """Return a headline with its own article's first sentence that tells clearly more than the best sentence."""
    best = found[0].coverage + BETTER_BY if found else 0.0
    for headline in with_decks(_good_headlines(brief), brief.habits):
        if headline.coverage > best:
            return headline
    return None


def _good_headlines(brief: Brief) -> list[Headline]:
    return [one for one in headlines(brief) if one.score > LEAST_SCORE and one.coverage >= LEAST_COVERAGE]
