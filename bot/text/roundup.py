"""Cut a round-up (a dated heading with bullets below) into the reports that it holds."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.model.articles import Part, PartRole
from bot.model.spans import Span
from bot.text.dates import heading_date
from bot.text.sentences import is_sentence

_FEWEST_ITEMS: Final = 2
_LEAST_SHARE: Final = 0.3  # of the text's characters that the bullets must hold: else they only sum an article up
_MARK: Final = "• "


@dataclass(slots=True)
class _Section:
    """A dated heading with the bullets right below it."""

    heading: int
    base: date
    items: list[Span] = field(default_factory=list)


def cut(text: str, published: datetime) -> tuple[Part, ...]:
    """Return the parts of *text*, which is clean, where it is a round-up; none where it is an ordinary article.

    Each bullet that is a sentence becomes an ITEM, numbered from 1 in order, without its mark, dated by its heading;
    the paragraphs before the first heading become one BACKGROUND part, numbered after the items.
    """
    sections = [section for section in _sections(text, published) if len(section.items) >= _FEWEST_ITEMS]
    items = [(span, section.base) for section in sections for span in section.items]
    if not items or sum(len(span) for span, _ in items) < _LEAST_SHARE * len(text):
        return ()
    parts = [Part(number, PartRole.ITEM, span, base) for number, (span, base) in enumerate(items, start=1)]
    before = text[: sections[0].heading].rstrip()
    if before:
        parts.append(Part(len(parts) + 1, PartRole.BACKGROUND, Span(0, len(before))))
    return tuple(parts)


def _sections(text: str, published: datetime) -> list[_Section]:
    sections: list[_Section] = []
    under_heading = False
    at = 0
    for line in text.split("\n"):
        if line.startswith(_MARK):
            if under_heading and is_sentence(line):
                sections[-1].items.append(Span(at + len(_MARK), at + len(line)))
        elif line:
            base = heading_date(line, published)
            if base is not None:
                sections.append(_Section(at, base))
            under_heading = base is not None
        at += len(line) + 1
    return sections
