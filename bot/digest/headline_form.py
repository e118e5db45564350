"""Tell a story by a headline as published, where one tells it better than any sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.analysis import problems
from bot.analysis.sentence_form import unquoted
from bot.digest.account import Account, Sentence
from bot.digest.brief import Brief
from bot.digest.figures import figures_of
from bot.digest.habits import NO_HABITS, Habits
from bot.digest.juxtaposition import proper_names
from bot.digest.sentence_choice import MOST_CHARACTERS
from bot.digest.signature import coverage
from bot.digest.wording import LOADED, OPINION, PICTURED, is_feature
from bot.model.articles import ItemKind
from bot.model.spans import Span

MOST_WORDS: Final = 22
FEWEST_WORDS: Final = 4
MOST_CAPITALS: Final = 0.55  # share of capitalised words after the first: above, it is Title Case
BETTER_BY: Final = 0.18  # a headline must cover so much more of the event than the best sentence
LEAST_SCORE: Final = 0.45
LEAST_COVERAGE: Final = 0.42
_MOST_ECHO: Final = 0.6
_WORD: Final = re.compile(r"[A-Za-z][\w’'-]*")
_PREFIX: Final = re.compile(
    r"^(?:Breaking|BREAKING|Exclusive|EXCLUSIVE|Update|UPDATED?|Report|Just in|AP report)\s*:\s*"
)
_SUFFIX: Final = re.compile(
    r"\s+[|–—-]\s+(?:[A-Z][\w’'.]*(?: [A-Z][\w’'.]*){0,4}|reports?|sources?)$|: (?:reports?|sources?)$"
)
# "WHO" and "IS" in capitals are organisations.
_TEASER: Final = re.compile(
    r"^(?:what|why|how|(?-i:[Ww]ho)|when|where|inside|meet|here[’']?s|here are|(?-i:[Ii]s)|are|can|should|will"
    r"|did|does|do|explaining|the real|everything|see the|watch|live|opinion|analysis|letters?"
    r"|in pictures)\b|\bwhat (?:to|we|you need to) know\b"
    r"|\bhere[’']s (?:what|why|how)\b|\bday \d+\b|^(?:the )?\d+ (?:\w+ ){0,2}(?:things|ways|takeaways|reasons"
    r"|questions|tips)\b",
    re.IGNORECASE,
)
_ACRONYM: Final = 4
_COMMON: Final = frozenset(
    [
        "ALL",
        "AND",
        "ARE",
        "BACK",
        "CAN",
        "DEAD",
        "DID",
        "DO",
        "DOES",
        "FREE",
        "HER",
        "HIS",
        "HUGE",
        "JUST",
        "MORE",
        "MUST",
        "NEVER",
        "NEW",
        "NO",
        "NOT",
        "NOW",
        "OFF",
        "ONE",
        "OUT",
        "OWN",
        "STILL",
        "THIS",
        "THREE",
        "TWO",
        "WAS",
        "WILL",
        "WITH",
        "YES",
    ]
)
_DECK_START: Final = re.compile(r"(?:But|And|Also|Another|It|Its|This|These|That|Those|There|Such|So|Yet)\b")
_PERSONAL_START: Final = re.compile(r"(?:He|She|His|Her|They|Their)\b")


@dataclass(frozen=True, slots=True)
class Headline:
    """A title without its prefix and suffix. ``span`` indexes the title; ``deck`` is what may follow it."""

    account: Account
    span: Span
    score: float
    coverage: float
    deck: Sentence | None = None

    @property
    def text(self) -> str:
        """Return the words that are shown."""
        return self.span.of(self.account.article.title)


def headlines(brief: Brief, most_words: int = MOST_WORDS) -> tuple[Headline, ...]:
    """Return the titles of the story that can be printed as they are, best first.

    In sentence case as published, never recased; no "X: Y", question, list, teaser, shouted word, first person.
    """
    found = [_judged(account, span, brief) for account, span in _printable(brief.story.lending, most_words)]
    return tuple(sorted(found, key=lambda one: (-one.score, one.account.article.id)))


def with_decks(found: Iterable[Headline], habits: Habits = NO_HABITS) -> Iterator[Headline]:
    """Yield each headline with its own article's first sentence behind it, where that may stand there."""
    for headline in found:
        first = headline.account.sentences[0] if headline.account.sentences else None
        if first is not None and not habits.is_glued(headline.account) and _may_follow(first, headline):
            yield Headline(headline.account, headline.span, headline.score, headline.coverage, first)


def _printable(accounts: Iterable[Account], most_words: int) -> Iterator[tuple[Account, Span]]:
    for account in accounts:
        if account.is_whole and account.article.kind is ItemKind.NEWS:
            span = trimmed(account.article.title)
            if _is_printable(span.of(account.article.title), account, most_words):
                yield account, span


def trimmed(title: str) -> Span:
    """Return the title without "Breaking:" in front and the outlet's name behind."""
    start, end = 0, len(title.rstrip())
    if prefix := _PREFIX.match(title):
        start = prefix.end()
    if suffix := _SUFFIX.search(title, start, end):
        end = suffix.start()
    return Span(start, end) if start < end else Span(0, len(title))


def _is_printable(text: str, account: Account, most_words: int) -> bool:
    traits = account.title_traits
    if traits is None or not traits.verbs or not FEWEST_WORDS <= len(text.split()) <= most_words:
        return False
    bad = (problems.FORM - {problems.NO_END_MARK, problems.LABEL}) | {
        problems.PRONOUN_START,
        problems.DEMONSTRATIVE_START,
    }
    if bad & {problems.name_of(problem) for problem in traits.problems}:
        return False
    if any(sign in text for sign in (":", "...", "…")):
        return False
    if LOADED.search(text) or is_feature(text):
        return False
    return not _TEASER.search(text) and _is_sentence_case(text) and not _shouts(text)


def _is_sentence_case(text: str) -> bool:
    rest: list[str] = _WORD.findall(text)[1:]
    return sum(word[0].isupper() for word in rest) <= MOST_CAPITALS * max(1, len(rest))


def _shouts(text: str) -> bool:
    """Tell whether an ordinary word is written in capitals; short ones that are no common words are acronyms."""
    shouted = (word for word in _WORD.findall(text) if word.isupper())
    return any(len(word) > _ACRONYM or word in _COMMON for word in shouted)


def _judged(account: Account, span: Span, brief: Brief) -> Headline:
    text = span.of(account.article.title)
    told = coverage(account.title_lemmas, brief.core)
    score = (
        told + 0.1 * bool(figures_of(text)) - 0.1 * ("'" in text or "‘" in text) - 0.03 * max(0, len(text.split()) - 12)
    )
    return Headline(account, span, score, told)


def _may_follow(first: Sentence, headline: Headline) -> bool:
    """Tell whether the first sentence may stand behind its headline, which must explain what it presumes."""
    traits = first.traits
    if not traits.finite or set(traits.problems) - set(traits.context_problems) or len(first.text) > MOST_CHARACTERS:
        return False
    outside = unquoted(first.text)
    if LOADED.search(outside) or PICTURED.search(outside) or OPINION.search(outside):
        return False
    if _DECK_START.match(first.text) or (
        _PERSONAL_START.match(first.text) and not headline.account.analysis.title_mentions
    ):
        return False
    title = headline.account.title_lemmas
    names = {name.lower() for name in proper_names(first.text)}
    goes_on = bool(_PERSONAL_START.match(first.text)) or bool((title & first.lemmas) - names)
    return not title or (goes_on and len(title & first.lemmas) <= _MOST_ECHO * len(title))
