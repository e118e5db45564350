"""Read an article out of a saved web page: its body, and what its head says about it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.feeds.charsets import decode
from bot.feeds.markup import VOID, Tag, tags, without_raw
from bot.feeds.parsed import MOST_AUTHOR_CHARACTERS, MOST_TITLE_CHARACTERS, fit_address, fit_text
from bot.feeds.timestamps import Stamp, read_stamp
from bot.model.articles import Entry
from bot.text.html import to_text

_META_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_LINKED_DATA: Final = re.compile(
    r"<script[^<>]*application/ld\+json[^<>]*>(.{0,200000}?)</script", re.IGNORECASE | re.DOTALL
)
_TITLE: Final = re.compile(r"<title[^<>]*>([^<]{0,2000})</title", re.IGNORECASE)
_HEADING: Final = re.compile(r"<h1[^<>]*>(.{0,2000}?)</h1", re.IGNORECASE | re.DOTALL)
_SITE_NAME: Final = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_CONTAINERS: Final = frozenset({"article", "main", "section", "div", "td", "body"})
_PREFERRED: Final = {"article": 3.0, "main": 1.5}
# Parts of an article's element that are not the article.
_ASIDE: Final = frozenset({"aside", "footer", "figure", "figcaption", "nav", "form", "button", "dialog"})
_TITLES: Final = ("og:title", "twitter:title", "headline", "dc.title")
_TIMES: Final = (
    "article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued",
    "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_OUTLETS: Final = ("og:site_name", "application-name", "publisher")
_AUTHORS: Final = ("author", "article:author", "parsely-author", "dc.creator", "byl")


@dataclass(slots=True)
class _Container:
    """An element that may hold the article: where its content starts, and how much text its paragraphs hold."""

    name: str
    start: int
    end: int = -1
    score: float = 0.0


@dataclass(slots=True)
class _Head:
    """What a page says about itself; the first word on a thing counts."""

    meta: dict[str, str] = field(default_factory=dict)
    canonical: str | None = None
    time: str | None = None


def read_page(document: bytes) -> Entry:
    """Return the article of an HTML *document*: title, address, outlet, author, date and body, as far as it says.

    The body is the element that holds most of the text in paragraphs, an ``<article>`` before others, without asides,
    captions and forms; the whole page where nothing stands out. Linear; any bytes are accepted.
    """
    named = _META_CHARSET.search(document[:4096])
    page = decode(document, f"text/html; charset={named[1].decode('ascii')}" if named else None).text
    plain = without_raw(page)
    head, told = _head(plain), _linked_data(page)
    stamp = _stamp(head, told)
    publisher, author = told.get("publisher"), told.get("author")
    return Entry(
        title=_title(plain, head, told),
        url=fit_address(head.canonical) or fit_address(head.meta.get("og:url")) or fit_address(told.get("url")),
        content_html=_body(plain),
        author=_author(head, author),
        published=stamp.at if stamp else None,
        date_only=bool(stamp and stamp.date_only),
        outlet=_first(head.meta, _OUTLETS, 200) or (_name(publisher) if publisher else None),
    )


def _head(plain: str) -> _Head:
    head = _Head()
    for tag in tags(plain):
        if tag.closing or tag.name not in {"meta", "link", "time"}:
            continue
        given = tag.read()
        if tag.name == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            head.meta.setdefault(name.lower(), given.get("content", ""))
        elif tag.name == "link" and "canonical" in given.get("rel", "").lower().split():
            head.canonical = head.canonical or given.get("href")
        elif tag.name == "time":
            head.time = head.time or given.get("datetime")
    return head


def _linked_data(page: str) -> Mapping[str, Any]:
    """Return the first schema.org description of an article, empty where there is none."""
    for found in _LINKED_DATA.finditer(page):
        try:
            data = json.loads(found[1])
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            if "datePublished" in item or "Article" in str(item.get("@type", "")):
                return item
    return {}


def _items(data: object) -> Iterator[dict[str, Any]]:
    found = data if isinstance(data, list) else [data]
    for item in found:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _stamp(head: _Head, told: Mapping[str, Any]) -> Stamp | None:
    said = (fit_text(told.get("datePublished"), 100), *(head.meta.get(name, "") for name in _TIMES), head.time or "")
    return next((stamp for stamp in map(read_stamp, said) if stamp), None)


def _title(plain: str, head: _Head, told: Mapping[str, Any]) -> str:
    said = fit_text(told.get("headline"), MOST_TITLE_CHARACTERS) or _first(head.meta, _TITLES, MOST_TITLE_CHARACTERS)
    if said:
        return said
    for pattern in (_HEADING, _TITLE):
        found = pattern.search(plain)
        text = to_text(found[1]) if found else ""
        if text:
            line = " ".join(text.split())
            return line if pattern is _HEADING else _SITE_NAME.sub("", line)
    return ""


def _author(head: _Head, told: object) -> str | None:
    said = _first(head.meta, _AUTHORS, MOST_AUTHOR_CHARACTERS)
    if said and not said.startswith(("http:", "https:")):
        return said
    names = [_name(person) for person in (told if isinstance(told, list) else [told])]
    return ", ".join(name for name in names if name)[:MOST_AUTHOR_CHARACTERS] or None


def _name(thing: object) -> str | None:
    named = thing.get("name") if isinstance(thing, dict) else thing
    return fit_text(named, 200) or None


def _first(meta: Mapping[str, str], names: tuple[str, ...], most: int) -> str | None:
    return next((text for name in names if (text := fit_text(meta.get(name, ""), most))), None)


def _body(plain: str) -> str:
    best = max(_containers(plain), key=lambda container: container.score, default=None)
    if best is None or not best.score:
        return plain
    return _without_asides(plain[best.start : best.end])


def _containers(plain: str) -> list[_Container]:
    """Return every container with its score: the length of its paragraphs, half of that of its children's."""
    open_ones: list[_Container] = []
    closed: list[_Container] = []
    paragraph: Tag | None = None
    for tag in tags(plain):
        if paragraph is not None and (tag.name in _CONTAINERS or tag.name == "p"):
            _credit(open_ones, tag.start - paragraph.end)
            paragraph = None
        if tag.name == "p" and not tag.closing:
            paragraph = tag
        elif tag.name in _CONTAINERS and not tag.closing:
            open_ones.append(_Container(tag.name, tag.end))
        elif tag.name in _CONTAINERS:
            closed += _close(open_ones, tag)
    for container in open_ones:
        container.end = len(plain)
    return [*closed, *open_ones]


def _credit(open_ones: list[_Container], length: int) -> None:
    for distance, container in enumerate(reversed(open_ones[-3:])):
        container.score += length * _PREFERRED.get(container.name, 1.0) / 2**distance


def _close(open_ones: list[_Container], tag: Tag) -> list[_Container]:
    """Close the innermost container of the tag's name, and those inside it that were never closed."""
    recent = [container.name for container in open_ones[-50:]]
    if tag.name not in recent:
        return []
    count = recent[::-1].index(tag.name) + 1
    done = open_ones[-count:]
    del open_ones[-count:]
    for container in done:
        container.end = tag.start
    return done


def _without_asides(markup: str) -> str:
    kept: list[str] = []
    depth = at = 0
    for tag in tags(markup):
        if tag.name not in _ASIDE or tag.name in VOID:
            continue
        if not depth and not tag.closing:
            kept.append(markup[at : tag.start])
        depth = max(depth + (-1 if tag.closing else 1), 0)
        if not depth:
            at = tag.end
    return "".join(kept) + ("" if depth else markup[at:])
