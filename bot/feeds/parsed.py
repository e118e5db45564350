"""What a feed document says, as values that pass between two processes."""

import html
import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from bot.model.articles import Entry

MOST_ENTRIES: Final = 1000
MOST_TITLE_CHARACTERS: Final = 1000
MOST_AUTHOR_CHARACTERS: Final = 200
_MOST_ADDRESS_CHARACTERS: Final = 2000
_TIMES: Final = frozenset({"published", "updated", "first_seen"})
# Lone surrogates cannot be stored or sent; the controls mean nothing in a text.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed that was read. ``entries`` keep the feed's order; ``warnings`` say in words what had to be mended."""

    title: str
    link: str | None
    language: str | None
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()


def fit_text(value: object, most: int | None = None) -> str:
    """Return a scalar of a feed as text that every part of the bot can hold; anything else is empty.

    It is stripped and cut to *most* characters.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return _UNFIT.sub("", str(value)).strip()[:most]


def fit_address(value: object) -> str | None:
    """Return an absolute web address of at most 2,000 characters; None for anything else."""
    text = fit_text(value)
    if not text or len(text) > _MOST_ADDRESS_CHARACTERS:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None


def fit_guid(value: object) -> str | None:
    """Return an entry's own identifier, None where it has none; a very long one is cut."""
    return fit_text(value, _MOST_ADDRESS_CHARACTERS) or None


def as_html(plain: str) -> str:
    """Return markup that shows *plain* as it is; blank lines become paragraphs."""
    paragraphs = _BLANK_LINES.split(plain.strip())
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs if paragraph)


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Return *entry* as plain JSON values; fields that are empty are left out."""
    told = {item.name: getattr(entry, item.name) for item in fields(entry)}
    given = {name: value for name, value in told.items() if value not in (None, "", False)}
    return {name: value.isoformat() if name in _TIMES else value for name, value in given.items()}


def entry_from_json(row: dict[str, Any]) -> Entry:
    """Return the entry that :func:`entry_to_json` wrote.

    Raises:
        ValueError, TypeError: it did not write that.
    """
    times = {name: datetime.fromisoformat(row[name]) for name in _TIMES & row.keys()}
    return Entry(**{"title": "", **row, **times})
