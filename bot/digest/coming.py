"""List what the day's stories say is still to come, each with its resolved day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.analysis.sentence_form import unquoted
from bot.digest.account import Sentence
from bot.digest.announced import reported
from bot.digest.bullet import Setting, sentence_item
from bot.digest.habits import Habits
from bot.digest.repetition import repeats
from bot.digest.select import Ranked
from bot.digest.sentence_choice import MOST_CHARACTERS, stands_alone
from bot.digest.wording import LOADED
from bot.model.analysis import DateMention
from bot.model.editions import Item
from bot.model.events import EventId

MOST_LINES: Final = 4
FEWEST_WORDS: Final = 8
MOST_WORDS: Final = 40
LOOKED_AT: Final = 8
_AHEAD: Final = re.compile(
    r"\bwill\b|\b(?:is|are) (?:also )?(?:expected|set|due|scheduled|likely|planned|to)\b|\b(?:plans?|agreed|ordered"
    r"|told) to\b",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(r"\b(?:it|they|them|this|these|those)\b", re.IGNORECASE)
HORIZON: Final = timedelta(days=60)


def coming_up(stories: Iterable[Ranked], used: frozenset[str], today: date, setting: Setting) -> tuple[Item, ...]:
    """Return up to four sentences about days from *today* on, the earliest day first, one an event.

    *stories* come weightiest first; what *used* sentences have said is not said again.
    """
    found: dict[EventId, tuple[date, Sentence, Ranked]] = {}
    for story in stories:
        for day, sentence in _ahead(story, used, today, setting.habits):
            found.setdefault(story.story.id, (day, sentence, story))
    chosen = sorted(list(found.values())[:MOST_LINES], key=lambda one: (one[0], one[1].key))
    return tuple(replace(sentence_item(one.story, (sentence,), {}, setting), day=day) for day, sentence, one in chosen)


def _ahead(story: Ranked, used: frozenset[str], today: date, habits: Habits) -> Iterator[tuple[date, Sentence]]:
    for account in story.story.lending:
        for sentence in account.sentences[habits.is_glued(account) : LOOKED_AT]:
            day = _day_of(sentence, today)
            if day is None or not _may_stand(sentence) or repeats(sentence, used):
                continue
            if not _has_happened(sentence, story):
                yield day, sentence


def _day_of(sentence: Sentence, today: date) -> date | None:
    """Return the first single day that *sentence* says is to come, not over yet and within two months."""
    days = (one for one in sentence.dates if one.kind == "date" and one.start is not None and one.start == one.end)
    ahead = (one.start for one in days if one.start is not None and _is_ahead(one, sentence))
    return next((day for day in ahead if today <= day <= today + HORIZON), None)


def _is_ahead(day: DateMention, sentence: Sentence) -> bool:
    """Tell whether *day* lies after the report, or its verb says that it is still to come on the same day."""
    ruled = (tense for offset, tense in sentence.traits.governors if day.span.start <= offset < day.span.end)
    return day.future or "future" in ruled


def _has_happened(sentence: Sentence, story: Ranked) -> bool:
    """Tell whether a later report of the story says done what *sentence* announces."""
    later = (account for account in story.story.accounts if account.at > sentence.account.at)
    return any(reported(account) & set(sentence.traits.ahead) for account in later)


def _may_stand(sentence: Sentence) -> bool:
    fits = FEWEST_WORDS <= sentence.words <= MOST_WORDS and len(sentence.text) <= MOST_CHARACTERS
    if not fits or not sentence.mentions or not stands_alone(sentence):
        return False
    outside = unquoted(sentence.text)
    if _POINTS_BACK.search(outside) or LOADED.search(outside):
        return False
    return _AHEAD.search(outside) is not None
