"""One JSON object of a file as an entry: the fields of ``needtoknow ingest``."""

import json
from typing import Any, Final

from bot.errors import InputError
from bot.feeds.charsets import decode
from bot.feeds.parsed import MOST_AUTHOR_CHARACTERS, MOST_TITLE_CHARACTERS, fit_address, fit_guid, fit_text
from bot.feeds.timestamps import Stamp, read_stamp
from bot.model.articles import Entry

_TEXTS: Final = ("text", "summary", "summary_html", "content_html", "content", "title")


def read_row(line: bytes, where: str) -> Entry:
    """Return the entry that *line* holds; *where* names it in errors.

    Fields: ``id guid title text summary published updated outlet url link first_seen kind author lang status``. A
    missing ``text`` is the summary, ``link`` is ``url``, ``guid`` wins over ``id``. Dates that cannot be read count
    as missing; a bare date keeps that it is one.

    Raises:
        InputError: it is no JSON object, or one without title and text.
    """
    try:
        row = json.loads(decode(line).text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: this is not JSON. Each line must be one object with a title or a text.") from error
    return entry_of(row, where)


def entry_of(row: object, where: str) -> Entry:
    """Return the entry that a decoded JSON value describes; see :func:`read_row`.

    Raises:
        InputError: it is no object, or one without title and text.
    """
    if not isinstance(row, dict):
        raise InputError(f"{where}: this is JSON, but no object. Each line must be like {{“title”: …, “text”: …}}.")
    if not any(fit_text(row.get(name)) for name in _TEXTS):
        raise InputError(f"{where}: there is neither a title nor a text.")
    published, updated, seen = (_stamp(row, name) for name in ("published", "updated", "first_seen"))
    return Entry(
        title=fit_text(row.get("title"), MOST_TITLE_CHARACTERS),
        url=fit_address(row.get("url")) or fit_address(row.get("link")),
        guid=fit_guid(row.get("guid")) or fit_guid(row.get("id")),
        summary_html=fit_text(row.get("summary_html")) or fit_text(row.get("summary")),
        content_html=fit_text(row.get("content_html")) or fit_text(row.get("content")),
        text=fit_text(row.get("text")),
        author=fit_text(row.get("author"), MOST_AUTHOR_CHARACTERS) or None,
        published=published.at if published else None,
        updated=updated.at if updated else None,
        date_only=bool(published and published.date_only),
        kind=fit_text(row.get("kind"), 40) or None,
        language=fit_text(row.get("language") or row.get("lang"), 35) or None,
        withdrawn=row.get("status") == "withdrawn" or row.get("withdrawn") is True,
        first_seen=seen.at if seen else None,
        outlet=fit_text(row.get("outlet"), 200) or None,
    )


def _stamp(row: dict[str, Any], name: str) -> Stamp | None:
    return read_stamp(fit_text(row.get(name), 100))
