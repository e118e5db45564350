"""Choose the sentence that tells the story, over all its reports: never the one article that seems typical."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.analysis import problems
from bot.analysis.sentence_form import unquoted
from bot.digest.account import Account, Sentence
from bot.digest.brief import PLACES, Brief
from bot.digest.edits import bare_subject, leading_edit
from bot.digest.figures import figures_of, toll_of
from bot.digest.signature import coverage
from bot.digest.wording import IN_HOUSE, LOADED, OPINION, PICTURED, PRESUMED, SPEECH, VAGUE_DAY
from bot.model.analysis import ActorId, MentionType
from bot.model.articles import ItemKind

LEAD_SENTENCES: Final = 4
FEWEST_WORDS: Final = 8
MOST_WORDS: Final = 50
MOST_CHARACTERS: Final = 320
LEAST_COVERAGE: Final = 0.42
LEAST_SCORE: Final = 0.5
_LONG_STORY: Final = timedelta(hours=12)
STALE_AFTER: Final = timedelta(days=2)  # editorial rule 10
_LARGEST_COUNT: Final = 2_000
_MANY_OUTLETS: Final = 4
_OUTLYING: Final = 0.2
_HEDGES: Final = frozenset({"may", "might", "could"})
_FOLLOWS_UP: Final = re.compile(r"\b(?:also|again|further)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may open a bullet. ``coverage`` is the share of the event that it tells."""

    sentence: Sentence
    score: float
    coverage: float


def candidates(brief: Brief, full_names: frozenset[ActorId]) -> tuple[Candidate, ...]:
    """Return the sentences that can stand alone and tell the story, best first; *full_names* are those known.

    Equal ones stand in the order of articles and sentences. Linear in the reports' leads.
    """
    found = (judged(sentence, brief) for sentence in _standing(brief, full_names))
    good = [one for one in found if one.coverage >= LEAST_COVERAGE and one.score > LEAST_SCORE]
    return tuple(sorted(good, key=lambda one: (-one.score, one.sentence.key)))


def stands_alone(sentence: Sentence) -> bool:
    """Tell whether *sentence* may be read without anything before it; a leading "However," can be cut."""
    found = set(sentence.traits.problems)
    if found == {problems.CONNECTIVE_START} and leading_edit(sentence, 0) is not None:
        found = set()
    return not found and sentence.traits.finite


def is_stale(sentence: Sentence, brief: Brief) -> bool:
    """Tell whether the latest day in *sentence* lies more than two days before the event's newest report."""
    days = [date.start for date in sentence.dates if date.start is not None and date.start == date.end]
    return bool(days) and max(days) < (brief.story.newest - STALE_AFTER).date()


def specificity(sentence: Sentence) -> float:
    """Return how concrete *sentence* is, from 0 to 1: names, numbers, days, an attribution."""
    names = len({mention.span.of(sentence.account.article.text) for mention in sentence.mentions})
    number = bool(figures_of(sentence.text))
    return min(
        1.0, 0.22 * names + 0.2 * number + 0.15 * bool(sentence.dates) + 0.1 * bool(SPEECH.search(sentence.text))
    )


def judged(sentence: Sentence, brief: Brief) -> Candidate:
    """Return *sentence* with its score: how much of the event it tells, how concretely, how soundly."""
    told = coverage(sentence.lemmas, brief.core)
    score = (
        told
        + 0.30 * specificity(sentence)
        + 0.24 * (sentence.index == 0) * brief.habits.lede_share(sentence.account)
        + 0.12 * _recency(sentence.account, brief)
        - _wording_cost(sentence)
        - 0.25 * _own_words(sentence, brief)
        - 0.25 * _is_outlier(sentence.account, brief)
        - _gaps(sentence, brief)
        - _figure_cost(sentence, brief)
    )
    return Candidate(sentence, score, told)


def _standing(brief: Brief, full_names: frozenset[ActorId]) -> Iterator[Sentence]:
    for account in brief.story.lending:
        for sentence in account.sentences[brief.habits.is_glued(account) : LEAD_SENTENCES]:
            outdated = is_stale(sentence, brief) or _is_superseded(sentence, brief)
            if _fits(sentence) and _tells(sentence) and stands_alone(sentence) and not outdated:
                bare = bare_subject(sentence)
                if bare is None or bare.actor in full_names:
                    yield sentence


def _fits(sentence: Sentence) -> bool:
    return FEWEST_WORDS <= sentence.words <= MOST_WORDS and len(sentence.text) <= MOST_CHARACTERS


def _tells(sentence: Sentence) -> bool:
    """Tell whether *sentence* names somebody or something, in plain words, and is nobody's unattributed opinion."""
    outside = unquoted(sentence.text)
    if not sentence.mentions or LOADED.search(outside) or PICTURED.search(outside) or PRESUMED.match(sentence.text):
        return False
    opinion = OPINION.search(outside)
    return opinion is None or (opinion[0].lower() in _HEDGES and SPEECH.search(outside) is not None)


def _recency(account: Account, brief: Brief) -> float:
    """Return how late the report comes among the story's, 0 to 1; a few hours between them hardly matter."""
    span = max(brief.last - brief.first, _LONG_STORY)
    return (account.at - brief.first) / span


def _wording_cost(sentence: Sentence) -> float:
    outside = unquoted(sentence.text)
    names_itself = _has_word(sentence.text.casefold(), sentence.account.article.outlet.name.casefold())
    return (
        0.2 * bool(OPINION.search(outside))
        + 0.2 * _is_timeless(sentence)
        + 0.05 * bool(VAGUE_DAY.search(outside))
        + 0.2 * names_itself
        + 0.3 * bool(IN_HOUSE.search(sentence.text))
        + 0.15 * bool(_FOLLOWS_UP.search(outside))
        + 0.12 * (sentence.account.article.kind is ItemKind.EXPLAINER)
        + 0.01 * max(0, sentence.words - 30)
        + 0.1 / 6 * max(0, 14 - sentence.words)
    )


def _is_timeless(sentence: Sentence) -> bool:
    """Tell whether *sentence* says how things are rather than what has happened."""
    return sentence.traits.tense == "present" and not sentence.dates and not SPEECH.search(sentence.text)


def _own_words(sentence: Sentence, brief: Brief) -> float:
    """Return the share of words that no other outlet uses, where several tell the story: colour, opinion, detail."""
    if len(brief.story.outlets) < _MANY_OUTLETS or not sentence.lemmas:
        return 0.0
    return sum(brief.carriers.get(lemma, 0) < 2 for lemma in sentence.lemmas) / len(sentence.lemmas)


def _is_outlier(account: Account, brief: Brief) -> bool:
    """Tell whether the report's own title is about something else: it was grouped here by mistake, or stands beside."""
    several = len(brief.story.outlets) > 1 and account.is_whole
    return several and coverage(account.title_lemmas, brief.core) < _OUTLYING


def _gaps(sentence: Sentence, brief: Brief) -> float:
    """Return what it costs to leave out the person everybody names, or the place."""
    lacks_person = bool(brief.key_persons) and not any(_has_word(sentence.text, name) for name in brief.key_persons)
    named = {mention.type for mention in sentence.mentions}
    lacks_place = brief.has_place and not named & (PLACES | {MentionType.ORGANISATION})
    lacks_name = bool(brief.key_names) and not brief.key_names & sentence.lemmas
    return 0.35 * lacks_person + 0.2 * (lacks_place or lacks_name)


def _figure_cost(sentence: Sentence, brief: Brief) -> float:
    """Return what it costs to give a number nobody else has, or a toll that no longer holds."""
    numbers = [number for number in figures_of(sentence.text) if number < _LARGEST_COUNT]
    many = len(brief.story.outlets) >= _MANY_OUTLETS
    lone = many and any(brief.support.get(number, 0) < 2 for number in numbers)
    toll = toll_of(sentence.text)
    if brief.toll is None or (toll is not None and toll >= brief.toll):
        return 0.1 * lone
    return 0.1 * lone + (0.35 if toll is None else 0.45)


def _is_superseded(sentence: Sentence, brief: Brief) -> bool:
    """Tell whether a later title says that what is still to come here has happened."""
    if sentence.traits.tense != "future":
        return False
    later = (one for one in brief.story.fresh if one.is_whole and one.at > sentence.account.at)
    return any(_says_done(account, sentence) for account in later)


def _says_done(account: Account, sentence: Sentence) -> bool:
    title = account.analysis.title_traits
    return title is not None and title.tense != "future" and bool(set(title.verbs) & set(sentence.traits.verbs))


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None
