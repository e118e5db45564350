"""What people type into search, and the words it finds: pure, and the same for both dialects.

A query is words, ``prefix*`` and ``"a phrase"``; all of them must be found. Nothing else means anything: signs that
a search engine would obey are dropped here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from bot.errors import UserError
from bot.model.spans import Span

_PIECE: Final = re.compile(r"[\"“”„](?P<phrase>[^\"“”„]*)[\"“”„]?|(?P<word>[^\s\"“”„]+)")
_TOKEN: Final = re.compile(r"[^\W_]+")
_ACCENT: Final = re.compile("[\u0300-\u036f]")
_MOST_TERMS: Final = 16
_SNIPPET_CHARACTERS: Final = 240
_LEAD_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that must follow each other; with *prefix* the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


def parse_query(typed: str) -> tuple[Term, ...]:
    """Return the terms of a query, at most 16; words joined by signs (``covid-19``) are a phrase.

    Raises:
        UserError: there is no word in it.
    """
    terms: list[Term] = []
    for piece in _PIECE.finditer(typed):
        source = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        words = tuple(fold_word(word) for word in _TOKEN.findall(source))
        words = tuple(word for word in words if word)
        if words:
            terms.append(Term(words, prefix=source.rstrip().endswith("*")))
    if not terms:
        raise UserError(f'There is no word to search for in “{typed.strip()}”. Try a name, or "a phrase".')
    return tuple(dict.fromkeys(terms))[:_MOST_TERMS]


def fold_word(word: str) -> str:
    """Return *word* in lower case and without accents, as the index holds it."""
    return normalize("NFC", _ACCENT.sub("", normalize("NFD", word.lower())))


def folded_words(text: str) -> str:
    """Return the folded words of *text* with one space between, ready for an index that splits at spaces."""
    return " ".join(filter(None, map(fold_word, _TOKEN.findall(text))))


def find_marks(text: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return where *terms* are found in *text*, in order, without overlaps."""
    tokens = [(Span(*match.span()), fold_word(match.group())) for match in _TOKEN.finditer(text)]
    found = sorted(_hits(tokens, terms))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def snippet(text: str, terms: Sequence[Term]) -> tuple[str, tuple[Span, ...]]:
    """Return a stretch of *text* that shows *terms*, copied as it is, and where they are inside it.

    It lies within one line, begins and ends with a whole word and has at most 240 characters (unless one word is
    longer). Where nothing is found it is the beginning.
    """
    line = max(_lines(text), key=lambda span: _worth(span.of(text), terms), default=Span(0, 0))
    whole = line.of(text)
    marks = find_marks(whole, terms)
    cut = _window(whole, marks[0].start if marks else 0)
    inside = tuple(mark.shifted(-cut.start) for mark in marks if cut.contains(mark))
    return cut.of(whole), inside


def _hits(tokens: Sequence[tuple[Span, str]], terms: Sequence[Term]) -> Iterator[Span]:
    for at in range(len(tokens)):
        for term in terms:
            run = tokens[at : at + len(term.words)]
            if _agrees([word for _, word in run], term):
                yield Span(run[0][0].start, run[-1][0].end)


def _agrees(words: Sequence[str], term: Term) -> bool:
    if len(words) < len(term.words) or tuple(words[:-1]) != term.words[:-1]:
        return False
    return words[-1].startswith(term.words[-1]) if term.prefix else words[-1] == term.words[-1]


def _lines(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", text))


def _worth(line: str, terms: Sequence[Term]) -> int:
    return sum(bool(find_marks(line, [term])) for term in terms)


def _window(line: str, hit: int) -> Span:
    start = 0 if hit <= _LEAD_CHARACTERS else _word_start(line, hit - _LEAD_CHARACTERS)
    end = start + _SNIPPET_CHARACTERS
    if end >= len(line):
        return Span(start, len(line.rstrip()))
    space = line.rfind(" ", hit + 1, end + 1)
    return Span(start, space if space > start else _word_end(line, end))


def _word_start(line: str, at: int) -> int:
    space = line.find(" ", at)
    return at if space < 0 else space + 1


def _word_end(line: str, at: int) -> int:
    space = line.find(" ", at)
    return len(line.rstrip()) if space < 0 else space
