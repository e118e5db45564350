"""Cut attributed words at the marks around quoted ones, and tell what kind of quote they make."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bot.analysis.attribution_line import Line, LineQuote
from bot.model.analysis import QuoteKind
from bot.model.spans import Span

_INTRODUCES: Final = frozenset({",", ":"})
_SPACES: Final = " \t\u00a0\u2007\u2009\u202f"
_JOINTS: Final = ",;:"
_MARKS: Final = '“”„"«»'


class Marks:
    """The quoted stretches of one article, in text order."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._quotes: list[LineQuote] = []
        self._sentences: set[LineQuote] = set()
        for line in lines:
            self._quotes.extend(line.quotes)
            self._sentences.update(quote for quote in line.quotes if _is_sentence(line, quote))
        self._starts = [quote.quoted.outer.start for quote in self._quotes]

    def read(self, text: str, content: Sequence[Span]) -> tuple[QuoteKind, tuple[Span, ...]]:
        """Return the kind of the attributed *content* and its pieces without marks, in text order.

        DIRECT: all between marks, and a sentence among it; PARTIAL: some between marks; REPORTED: no marks.
        """
        touched = [quote for span in content for quote in self._touching(span)]
        pieces = tuple(piece for span in content for piece in _cut(text, span, touched))
        if not touched:
            return QuoteKind.REPORTED, pieces
        pure = all(any(quote.quoted.inner.contains(piece) for quote in touched) for piece in pieces)
        direct = pure and any(quote in self._sentences for quote in touched)
        return QuoteKind.DIRECT if direct else QuoteKind.PARTIAL, pieces

    def _touching(self, span: Span) -> Sequence[LineQuote]:
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_left(self._starts, span.end)
        return [quote for quote in self._quotes[max(0, first) : last] if quote.quoted.outer.overlaps(span)]


def _is_sentence(line: Line, quote: LineQuote) -> bool:
    """Tell whether *quote* begins a sentence of its own rather than finishing the outlet's."""
    if not quote.capitalised:
        return False
    before = quote.first - 1
    return not line.outside(before) or line.ends_sentence(before) or line.words[before].text in _INTRODUCES


def _cut(text: str, span: Span, quotes: Sequence[LineQuote]) -> Iterator[Span]:
    """Yield the pieces of *span* between the marks of *quotes*, those of the outlet without a leading comma."""
    borders = [span.start]
    for quote in quotes:
        outer, inner = quote.quoted.outer, quote.quoted.inner
        for mark in (Span(outer.start, inner.start), Span(inner.end, outer.end)):
            if span.start <= mark.start and mark.end <= span.end and mark.start < mark.end:
                borders += [mark.start, mark.end]
    borders = [*borders, span.end]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        inside = any(quote.quoted.inner.start <= start and end <= quote.quoted.inner.end for quote in quotes)
        yield from _trimmed(text, start, end, _SPACES if inside else _SPACES + _JOINTS)


def _trimmed(text: str, start: int, end: int, leading: str) -> Iterator[Span]:
    """Yield the stretch without *leading* characters, trailing spaces and stray marks, unless no word is left."""
    words = text[start:end]
    alone = sum(character in _MARKS for character in words) == 1
    lonely = _MARKS if alone else ""  # a doubled or lost mark, which pairs with nothing
    leading, trailing = leading + lonely, _SPACES + lonely
    first = start + len(words) - len(words.lstrip(leading))
    last = max(first, end - (len(words) - len(words.rstrip(trailing))))
    if any(character.isalnum() for character in text[first:last]):
        yield Span(first, last)
