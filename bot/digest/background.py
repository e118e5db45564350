"""Say in two sentences at most what a long-running story is about, out of what was published before."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.analysis.sentence_form import unquoted
from bot.digest.account import Account, Sentence, account_of
from bot.digest.bullet import sentence_item
from bot.digest.material import Material
from bot.digest.repetition import repeats
from bot.digest.sentence_choice import specificity, stands_alone
from bot.digest.signature import Core, Rarity, alike, coverage, heaviest
from bot.digest.story import Story
from bot.digest.telling import Teller
from bot.digest.window import Window, is_visible, local_day
from bot.digest.wording import LOADED, SPEECH, VAGUE_DAY
from bot.model.articles import PartRole
from bot.model.editions import Item
from bot.model.events import Event, EventId

MOST_SENTENCES: Final = 2
MOST_WORDS: Final = 60
LONGEST: Final = 40
FEWEST: Final = 8
DAYS_SEEN: Final = 3
LEAST_SCORE: Final = 0.8
SAME: Final = 0.5  # cosine of two sentences' words: above it they say the same
_LOOKED_AT: Final = 12
_MOST_REPORTS: Final = 60
# What looks back further than the news does.
_EXPLAINS: Final = re.compile(
    r"\b(?:(?:since|in|from) (?:19|20)\d\d|last (?:year|month)|(?:months|years|decades) ago|for (?:years|decades"
    r"|months)"
    r"|so far|would (?:oblige|require|allow|ban|give)|under the (?:deal|treaty|agreement|plan)|at odds|long-running"
    r"|(?:has|have) long)\b",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(
    r"\b(?:them|their|its|his|her|him|this|these|those|also|both|the (?:two|three|pair))\b", re.IGNORECASE
)
_PRONOUN: Final = re.compile(r"\b(?:it|they|he|she)\b", re.IGNORECASE)
_NEWSY: Final = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:morning|afternoon|evening)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    score: float
    story: Story


def background(chosen: Sequence[Story], teller: Teller, window: Window, used: frozenset[str]) -> tuple[Item, ...]:
    """Return up to two sentences, 60 words in all, on the storyline that most of the *chosen* stories belong to.

    A storyline is explained when it was seen on three days of the reader's calendar, or told in the last edition.
    The paragraphs before the heading of a round-up explain its bullets. Empty where nothing worth printing was
    published, never a sentence of the bullets themselves.
    """
    groups = [
        _picked([one for one in candidates if not repeats(one.sentence, used)], teller.rarity)
        for candidates in _by_storyline(chosen, teller, window)
    ]
    best = max(filter(None, groups), key=lambda group: group[0].score, default=[])
    return tuple(sentence_item(one.story, (one.sentence,), {}, teller.setting) for one in best)


def _by_storyline(chosen: Sequence[Story], teller: Teller, window: Window) -> Iterator[list[_Candidate]]:
    """Yield the candidates of each storyline, the one with most chosen stories first."""
    groups: dict[tuple[str, int], list[Story]] = {}
    for story in chosen:
        groups.setdefault(_key(story.event), []).append(story)
    events: dict[tuple[str, int], list[Event]] = {}
    for event in teller.material.events:
        if _key(event) in groups:
            events.setdefault(_key(event), []).append(event)
    for key, stories in sorted(groups.items(), key=lambda group: -len(group[1])):
        part = _round_up_background(stories)
        if part is not None:
            yield _from_part(part, stories[0])
        accounts = _accounts(events.get(key, []), teller.material, window)
        if _is_long_running(accounts, events.get(key, []), teller.material, teller.zone):
            yield list(_from_reports(accounts, stories, _core_of(accounts, teller.rarity)))


def _key(event: Event) -> tuple[str, int]:
    return ("storyline", event.storyline) if event.storyline is not None else ("event", event.id)


def _round_up_background(stories: Sequence[Story]) -> Account | None:
    for story in stories:
        for account in story.lending:
            part = next((one for one in account.article.parts if one.role is PartRole.BACKGROUND), None)
            if part is not None:
                return Account(account.article, account.analysis, part)
    return None


def _from_part(account: Account, story: Story) -> list[_Candidate]:
    """Return the sentences before a round-up's heading in their order: they were written to be read first."""
    return [_Candidate(one, 2.0 - 0.01 * one.index, story) for one in account.sentences if _is_readable(one)]


def _accounts(events: Sequence[Event], material: Material, window: Window) -> list[Account]:
    """Return what was published on the storyline by the window's end, newest first."""
    found = (account_of(report, material) for event in events for report in event.reports)
    seen = [one for one in found if one is not None and one.lends and is_visible(one.article, window)]
    return sorted(seen, key=lambda one: (-one.at.timestamp(), one.article.id, one.part_number))[:_MOST_REPORTS]


def _is_long_running(accounts: Iterable[Account], events: Sequence[Event], material: Material, zone: ZoneInfo) -> bool:
    days = {local_day(account.at, zone) for account in accounts}
    last = max((told.at for told in material.told), default=None)
    told: set[EventId | None] = {told.event for told in material.told if told.at == last}
    return len(days) >= DAYS_SEEN or any(event.id in told for event in events)


def _core_of(accounts: Sequence[Account], rarity: Rarity) -> Core:
    """Return the words that the storyline is known by."""
    counts = Counter(lemma for account in accounts for lemma in account.lead_lemmas)
    return heaviest({lemma: count / len(accounts) * rarity.weight(lemma) for lemma, count in counts.items()})


def _from_reports(accounts: Iterable[Account], stories: Sequence[Story], core: Core) -> Iterator[_Candidate]:
    newest = max(story.newest for story in stories)
    done = {verb for story in stories for account in story.fresh for verb in _title_verbs(account)}
    for account in accounts:
        for sentence in account.sentences[1:_LOOKED_AT]:
            if _is_readable(sentence) and _EXPLAINS.search(sentence.text):
                worth = _explanatory(sentence, newest) + 0.6 * coverage(sentence.lemmas, core)
                worth -= 0.4 * bool(done & set(sentence.traits.verbs))
                if worth >= LEAST_SCORE:
                    yield _Candidate(sentence, worth, stories[0])


def _title_verbs(account: Account) -> tuple[str, ...]:
    """Return what the title says is done: that is the news, and no sentence that says it is background."""
    title = account.title_traits
    return title.verbs if title is not None else ()


def _is_readable(sentence: Sentence) -> bool:
    outside = unquoted(sentence.text)
    if not FEWEST <= sentence.words <= LONGEST or not stands_alone(sentence) or LOADED.search(outside):
        return False
    if any(pattern.search(outside) for pattern in (_NEWSY, _POINTS_BACK, VAGUE_DAY)):
        return False
    pronoun = _PRONOUN.search(sentence.text)
    start = sentence.traits.span.start
    return pronoun is None or any(name.span.end - start <= pronoun.start() for name in sentence.mentions)


def _explanatory(sentence: Sentence, newest: datetime) -> float:
    """Return how well *sentence* explains: it looks back, names things, is new, and is nobody's opinion of today."""
    years = [
        one for one in sentence.dates if one.kind != "duration" and one.end is not None and _is_past(one.end, newest)
    ]
    age = (newest - sentence.account.at) / timedelta(days=1)
    return (
        0.4
        + 0.3 * bool(years)
        + 0.4 * specificity(sentence)
        - 0.02 * age
        - 0.3 * bool(SPEECH.search(sentence.text))
        - 0.3 * (sentence.traits.tense == "future")
    )


def _is_past(end: date, newest: datetime) -> bool:
    return end < (newest - timedelta(days=7)).date()


def _picked(candidates: Sequence[_Candidate], rarity: Rarity) -> list[_Candidate]:
    ordered = sorted(candidates, key=lambda one: (-round(one.score, 9), one.sentence.key))
    picked: list[_Candidate] = []
    words = 0
    for one in ordered:
        if len(picked) == MOST_SENTENCES:
            break
        if words + one.sentence.words <= MOST_WORDS and not any(_same(one, other, rarity) for other in picked):
            picked.append(one)
            words += one.sentence.words
    return picked


def _same(one: _Candidate, other: _Candidate, rarity: Rarity) -> bool:
    cores = [heaviest({word: rarity.weight(word) for word in each.sentence.lemmas}) for each in (one, other)]
    return alike(cores[0], cores[1]) > SAME
