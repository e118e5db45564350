"""Cut text into sentences: lines first, then the sentences of each line."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import sentencex

from bot.model.spans import Span

_LINE: Final = re.compile(r"[^\n]+")
_LEAD: Final = re.compile(r"\s*(?:[•*▪◦‣●]\s+)?(?:None\s+(?=[^\Wa-z_]|[“\"‘'$£€]))?")
_ENDED: Final = re.compile(r"(?<![.…])[.!?][\"”’'»)\]]*\Z")
# sentencex grows with the square of quotation marks in one piece: longer lines are handed over in bounded ones.
_LONGEST: Final = 4000
_MARKS: Final = 8  # characters of marks and spaces about a border
_OPENING_LAST: Final = re.compile(r"\s(?P<marks>[\"“‘(\[]+)\s*\Z")
_CLOSING_FIRST: Final = re.compile(r"[\"”’)\]]+(?=\s)")
# What sentencex does not know: titles, and words that still belong to a time of day.
_TITLE_LAST: Final = re.compile(r"\b(?:Ms|Mx|Messrs|Cmdr|Adm|Brig|Cpl|Det|Supt|Insp|Amb|Atty|Asst|Assoc|Dep)\.\Z")
_OF_A_TIME: Final = re.compile(
    r"\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}|Eastern|Pacific|Central)\b"
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def split(text: str) -> tuple[Span, ...]:
    """Return the sentences of *text* in order, without bullet marks and outer spaces.

    A sentence never crosses a newline. What ends without an end mark (a heading, a deck, a cut-off piece) is left
    out: it may be neither quoted nor published; see :func:`pieces` for those too.
    """
    return tuple(span for span in pieces(text) if is_sentence(span.of(text)))


def pieces(text: str) -> tuple[Span, ...]:
    """Return sentences, headings and cut-off pieces of *text* in order: together they hold every word of it."""
    return tuple(_pieces(text))


def is_sentence(text: str) -> bool:
    """Tell whether *text* ends with an end mark, closing marks allowed; an ellipsis is the sign of a cut."""
    return _ENDED.search(text[-12:].rstrip()) is not None and any(map(str.isalpha, text))


def _pieces(text: str) -> Iterator[Span]:
    for line in _LINE.finditer(text):
        lead = _LEAD.match(text, line.start(), line.end())
        start = lead.end() if lead else line.start()
        for begin, end in _chunks(text, start, line.end()):
            yield from _sentences(text, begin, end)


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        border = max(text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in (". ", ".” ", '." '))
        if border < 0:
            border = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = start + _LONGEST if border < 0 else text.find(" ", border) + 1
        yield start, cut
        start = cut
    yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    borders = [start]
    for boundary in sentencex.get_sentence_boundaries("en", _SURROGATE.sub("\ufffd", text[start:end])):
        border = _settled(text, borders[-1], start + boundary["end_index"])
        if border > borders[-1] and not _is_abbreviation(text, border):
            borders.append(border)
    borders[-1] = max(borders[-1], end)
    for begin, finish in pairwise(borders):
        piece = text[begin:finish]
        if any(map(str.isalnum, piece)):
            bare = piece.strip()
            at = begin + piece.index(bare)
            yield Span(at, at + len(bare))


def _is_abbreviation(text: str, border: int) -> bool:
    """Tell whether what stands before a border is no end of a sentence: “Ms.”, or “8 p.m.” before “Tuesday”."""
    before = text[max(0, border - 12) : border].rstrip()
    if _TITLE_LAST.search(before):
        return True
    return before.endswith((" a.m.", " p.m.")) and _OF_A_TIME.match(text, border) is not None


def _settled(text: str, begin: int, border: int) -> int:
    """Move a border between two sentences off the quotation mark that it put on the wrong side."""
    opening = _OPENING_LAST.search(text, max(begin, border - _MARKS), border)
    if opening is not None:
        return opening.start("marks")
    closing = _CLOSING_FIRST.match(text, border)
    return closing.end() if closing is not None else border
