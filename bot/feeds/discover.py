"""Find the feeds that a web page offers; nothing is fetched, and a person confirms what is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from bot.feeds.charsets import decode
from bot.feeds.markup import Tag, tags, without_raw
from bot.feeds.parsed import fit_address, fit_text

_TYPES: Final = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
        "application/xml", "text/xml", "application/json", "application/rss", "text/rss+xml", "text/rss",
    }
)  # fmt: skip
# Types that other things have, too: a WordPress page offers its interface as application/json.
_VAGUE: Final = frozenset({"application/json", "application/xml", "text/xml"})
_LOOKS_LIKE_FEED: Final = re.compile(r"(?:[/.=_-](?:feeds?|rss2?|atom|rdf)(?:[/.?_-]|$)|feed\.json)", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comment", re.IGNORECASE)
_MOST_CHARACTERS: Final = 1 << 20
_MOST_FEEDS: Final = 20


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names. ``title`` is the page's word for it, ``type`` the media type; both may be empty."""

    url: str
    title: str
    type: str


def find_feeds(html: str | bytes, url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds that the page *html* at *url* names, likeliest first, each once; at most 20.

    Links in the page's head come before links in its text, and feeds of comments last. Only web addresses are
    returned; they still have to pass the guard. Linear; any string is accepted.
    """
    start = html[:_MOST_CHARACTERS]
    page = without_raw(start if isinstance(start, str) else decode(start).text)
    base, declared, linked = url, [], []
    for tag in tags(page):
        if tag.closing:
            continue
        if tag.name == "base":
            base = _join(url, tag.read().get("href", "")) or url
        elif tag.name == "link":
            declared += list(_declared(tag, base))
        elif tag.name == "a":
            linked += list(_linked(tag, base))
    found: dict[str, FoundFeed] = {}
    for feed in (*declared, *linked):
        found.setdefault(feed.url, feed)
    ordered = sorted(found.values(), key=lambda feed: bool(_COMMENTS.search(f"{feed.url} {feed.title}")))
    return tuple(ordered[:_MOST_FEEDS])


def _declared(tag: Tag, base: str) -> Iterator[FoundFeed]:
    attributes = tag.read()
    kind = attributes.get("type", "").partition(";")[0].strip().lower()
    relations = attributes.get("rel", "").lower().split()
    href = attributes.get("href", "")
    is_feed = "feed" in relations or ("alternate" in relations and kind in _TYPES)
    if not is_feed or (kind in _VAGUE and "feed" not in relations and not _LOOKS_LIKE_FEED.search(href)):
        return
    if address := _join(base, href):
        yield FoundFeed(address, fit_text(attributes.get("title"), 200), kind)


def _linked(tag: Tag, base: str) -> Iterator[FoundFeed]:
    attributes = tag.read()
    href = attributes.get("href", "")
    kind = attributes.get("type", "").lower()
    if kind not in _TYPES - _VAGUE and not _LOOKS_LIKE_FEED.search(href.partition("#")[0]):
        return
    if address := _join(base, href):
        yield FoundFeed(address, fit_text(attributes.get("title"), 200), kind)


def _join(base: str, href: str) -> str | None:
    try:
        return fit_address(urljoin(base, href.removeprefix("feed:"))) if href else None
    except ValueError:
        return None
