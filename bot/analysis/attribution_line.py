"""One parsed line with its quoted stretches: the ground on which each layer of attribution looks for a speaker."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.analysis.cues import Cues
from bot.analysis.quotation_marks import Quoted
from bot.analysis.syntax import noun_phrase, verb_group
from bot.analysis.words import Word
from bot.model.spans import Span

_SENTENCE_END: Final = frozenset(".?!")
_WORD: Final = re.compile(r"\w+")
_TITLE_WORD: Final = re.compile(r"[\w’']+")
_MARKS: Final = "“”„‟\"«»'’‘`"
_SMALL_IN_TITLES: Final = frozenset(
    ["of", "the", "a", "an", "in", "on", "and", "for", "to", "with", "at", "by", "or", "from", "vs"]
)
_STARTS_PHRASE: Final = frozenset({"PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, by which words. ``head`` is the main word of the source, None where the source is no phrase.

    ``layer`` names the rule that found it: for tests, and for reading errors by kind.
    """

    source: Span | None
    cue: Span | None
    head: Word | None
    layer: str


@dataclass(frozen=True, slots=True)
class LineQuote:
    """A quoted stretch with the places of its words: ``first`` is its opening mark, ``after`` the word behind it."""

    quoted: Quoted
    first: int
    after: int
    words: int
    last: str
    capitalised: bool


class Line:
    """A line of an article: its words, its quoted stretches, and which words stand between marks."""

    def __init__(self, text: str, words: tuple[Word, ...], quoted: Sequence[Quoted], cues: Cues) -> None:
        self.text = text
        self.words = words
        self.cues = cues
        starts = [word.start for word in words]
        self.quotes = tuple(_place(text, starts, stretch) for stretch in quoted)
        self.inside = _inside(words, self.quotes)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def openers(self) -> frozenset[int]:
        """The places where a quoted stretch opens."""
        return frozenset(quote.first for quote in self.quotes)

    @cached_property
    def has_tags(self) -> bool:
        """Whether a language model has read the words."""
        return any(word.tag for word in self.words)

    @property
    def span(self) -> Span:
        """The stretch of the text that the words cover."""
        return self.between(0, len(self.words)) if self.words else Span(0, 0)

    def between(self, start: int, end: int) -> Span:
        """Return the span of the words from place *start* up to place *end*."""
        return Span(self.words[start].start, self.words[end - 1].end)

    def outside(self, place: int) -> bool:
        """Tell whether there is a word at *place* that stands outside all marks."""
        return 0 <= place < len(self.words) and not self.inside[place]

    def ends_sentence(self, place: int) -> bool:
        """Tell whether the word at *place* is a full stop or its like."""
        return self.words[place].text in _SENTENCE_END

    def starts_phrase(self, place: int) -> bool:
        """Tell whether a noun phrase can begin at *place*."""
        word = self.words[place]
        return word.pos in _STARTS_PHRASE or word.text[:1].isupper() or word.tag == "PRP$"

    def says(self, place: int) -> bool:
        """Tell whether the word at *place* is a form of a verb of speech."""
        word = self.words[place]
        return word.is_verb and word.lemma in self.cues.speech

    def voice(self, speaker: Word, verb: Word, layer: str) -> Voice:
        """Return the voice of *speaker* in *verb*, with their full phrases."""
        return Voice(self.between(*noun_phrase(speaker)), self.between(*verb_group(verb)), speaker, layer)

    def is_title(self, quote: LineQuote) -> bool:
        """Tell whether *quote* is the title of a work or a show rather than words that somebody said."""
        inner = quote.quoted.outer.of(self.text).strip(_MARKS + " ,.")
        words = _TITLE_WORD.findall(inner)
        if not 2 <= len(words) <= 8 or quote.last in {"?", "!"} or not _has_title_case(words):
            return False
        if quote.first == 0:
            return False
        before = self.words[quote.first - 1]
        introduced = before.text in {",", ":"} or (
            before.is_verb and before.lemma in self.cues.speech | self.cues.naming
        )
        return not introduced


def _has_title_case(words: list[str]) -> bool:
    return words[0][:1].isupper() and all(
        word[:1].isupper() or word[:1].isdigit() or word.lower() in _SMALL_IN_TITLES for word in words
    )


def _place(text: str, starts: Sequence[int], quoted: Quoted) -> LineQuote:
    first, after = bisect_left(starts, quoted.outer.start), bisect_left(starts, quoted.outer.end)
    inner = quoted.outer.of(text)
    bare = inner.rstrip(_MARKS + " ")
    return LineQuote(
        quoted,
        first,
        after,
        len(_WORD.findall(inner)),
        bare[-1:],
        inner.lstrip(_MARKS + "[( …")[:1].isupper(),
    )


def _inside(words: tuple[Word, ...], quotes: Sequence[LineQuote]) -> tuple[bool, ...]:
    inside = [False] * len(words)
    for quote in quotes:
        start, end = quote.quoted.outer.start, quote.quoted.outer.end
        for word in words[max(0, quote.first - 1) : quote.after]:
            if start <= word.start < end:
                inside[word.i] = True
    return tuple(inside)
