"""JSON Feed 1.0 and 1.1, the sound ones and those that were cut off."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from bot.errors import FeedError
from bot.feeds.categories import kind_hint
from bot.feeds.newest import LONG_AGO
from bot.feeds.parsed import (
    MOST_AUTHOR_CHARACTERS,
    MOST_ENTRIES,
    MOST_TITLE_CHARACTERS,
    ParsedFeed,
    fit_address,
    fit_guid,
    fit_text,
)
from bot.feeds.timestamps import Stamp, read_stamp
from bot.model.articles import Entry

_ITEMS: Final = re.compile(r'"items"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")


def read_json(text: str) -> ParsedFeed:
    """Return the feed that *text* holds; at most 1,000 entries, the newest. A cut-off one yields its whole entries.

    Raises:
        FeedError: ``not_a_feed`` for other JSON, ``parse_error`` where not even one entry can be read.
    """
    try:
        document = json.loads(text)
        warnings: tuple[str, ...] = ()
    except (ValueError, RecursionError) as error:
        document = {"items": list(_whole_items(text))}
        if not document["items"]:
            raise FeedError("parse_error", "This JSON is damaged: nothing in it can be read as a feed.") from error
        warnings = ("not sound JSON: the entries up to the damage were read",)
    if not _is_feed(document):
        raise FeedError("not_a_feed", "This is JSON, but not a JSON Feed.")
    language = fit_text(document.get("language"), 35) or None
    items = [item for item in document.get("items") or () if isinstance(item, dict)]
    return ParsedFeed(
        title=fit_text(document.get("title"), MOST_TITLE_CHARACTERS),
        link=fit_address(document.get("home_page_url")),
        language=language,
        entries=tuple(_entry(item, language) for item in _newest(items)),
        warnings=warnings,
    )


def _is_feed(document: object) -> bool:
    if not isinstance(document, dict):
        return False
    items = document.get("items")
    named = "jsonfeed.org/" in fit_text(document.get("version"), 200)
    return named if items is None else isinstance(items, list) and (named or any(map(_is_item, items)))


def _is_item(item: object) -> bool:
    texts = {"content_html", "content_text", "summary", "title"}
    return isinstance(item, dict) and "id" in item and bool(texts & item.keys())


def _whole_items(text: str) -> Iterator[dict[str, Any]]:
    start = _ITEMS.search(text)
    decoder = json.JSONDecoder()
    at = start.end() if start else len(text)
    while at < len(text):
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        if isinstance(item, dict):
            yield item
        between = _BETWEEN.match(text, at)
        at = between.end() if between else len(text)


def _entry(item: dict[str, Any], language: str | None) -> Entry:
    published, updated = _stamp(item, "date_published"), _stamp(item, "date_modified")
    told = published or updated
    addresses = (item.get("url"), item.get("external_url"), item.get("id"))
    return Entry(
        title=fit_text(item.get("title"), MOST_TITLE_CHARACTERS),
        url=next((address for address in map(fit_address, addresses) if address), None),
        guid=fit_guid(item.get("id")),
        summary_html=fit_text(item.get("summary")),
        content_html=fit_text(item.get("content_html")),
        text=fit_text(item.get("content_text")),
        author=_author(item),
        published=told.at if told else None,
        updated=updated.at if updated else None,
        date_only=bool(told and told.date_only),
        kind=kind_hint(_tags(item)),
        language=fit_text(item.get("language"), 35) or language,
    )


def _stamp(item: dict[str, Any], name: str) -> Stamp | None:
    return read_stamp(fit_text(item.get(name), 100))


def _author(item: dict[str, Any]) -> str | None:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [fit_text(author.get("name")) for author in authors or () if isinstance(author, dict)]
    return ", ".join(name for name in names if name)[:MOST_AUTHOR_CHARACTERS] or None


def _tags(item: dict[str, Any]) -> list[str]:
    tags = item.get("tags")
    return [fit_text(tag, 60) for tag in tags[:10]] if isinstance(tags, list) else []


def _newest(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(items) <= MOST_ENTRIES:
        return items
    order = sorted(range(len(items)), key=lambda place: _date(items[place]), reverse=True)
    return [items[place] for place in sorted(order[:MOST_ENTRIES])]


def _date(item: dict[str, Any]) -> datetime:
    told = _stamp(item, "date_published") or _stamp(item, "date_modified")
    return told.at if told else LONG_AGO
