"""Which stretches of one text are taken: overlap tests whose cost does not grow with what is taken."""

from collections.abc import Iterable

from bot.model.spans import Span


class Cover:
    """The taken characters of a text of *length*."""

    def __init__(self, length: int, spans: Iterable[Span] = ()) -> None:
        self._taken = bytearray(length)
        for span in spans:
            self.take(span)

    def take(self, span: Span) -> None:
        """Take *span*; what reaches past the end of the text is left out."""
        end = min(span.end, len(self._taken))
        if span.start < end:
            self._taken[span.start : end] = b"\x01" * (end - span.start)

    def overlaps(self, span: Span) -> bool:
        """Tell whether a character of *span* is taken."""
        return self._taken.find(1, span.start, span.end) >= 0
