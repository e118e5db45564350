"""RSS, Atom, RDF and CDF by feedparser, which is only ever given bytes that were mended before."""

import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from urllib.parse import urljoin

import feedparser

from bot.errors import FeedError
from bot.feeds.categories import kind_hint
from bot.feeds.mend import mend, root_name
from bot.feeds.newest import keep_newest
from bot.feeds.parsed import (
    MOST_AUTHOR_CHARACTERS,
    MOST_ENTRIES,
    MOST_TITLE_CHARACTERS,
    ParsedFeed,
    as_html,
    fit_address,
    fit_guid,
    fit_text,
)
from bot.feeds.soup import problem_of, well_formed
from bot.feeds.timestamps import Stamp, read_stamp
from bot.model.articles import Entry

_ROOTS: Final = frozenset({"rss", "feed", "rdf", "channel", "redirect", "item", "entry"})
# A feed inside another document declares itself; a web page that merely has an element of that name does not.
_INNER_ROOT: Final = re.compile(
    r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|rdf)\s[^<>]{0,2000}?(?:xmlns|version)[\w:.-]{0,40}\s*=", re.IGNORECASE
)
_MOST_WRAPPING: Final = 20_000
_TOMBSTONE: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?deleted-entry\s([^<>]{1,4000})>")
_ATTRIBUTE: Final = re.compile(r"\b(ref|when)\s*=\s*[\"']([^\"']*)[\"']")
_MOST_CATEGORIES: Final = 10
# "desk@news.example (Lena Orr)", "Lena Orr <desk@news.example>" and the address alone.
_MAIL: Final = re.compile(r"(?:(?P<before>[^@<>]*)<)?[^\s@<>()]+@[^\s@<>()]+>?\s*(?:\((?P<after>[^()]*)\))?")
_DECLARATION: Final = b"<?xml version='1.0' encoding='utf-8'?>\n"

_Values = Mapping[str, Any]


def read_xml(mended: str, url: str) -> ParsedFeed:
    """Return the feed that *mended* (see :func:`bot.feeds.mend.mend`) holds; *url* is what its links are relative to.

    At most 1,000 entries, the newest; those that a feed withdraws (RFC 6721) come last.

    Raises:
        FeedError: ``not_a_feed`` for any other document, ``parse_error`` for one too damaged to be read.
    """
    markup, left_out = keep_newest(_feed_part(mended), MOST_ENTRIES)
    problem = problem_of(markup.encode("utf-8", "replace"))
    parsed = _parsed(well_formed(markup) if problem else markup)
    feed = dict(parsed["feed"])  # feedparser's own mapping answers with other keys' values
    language = fit_text(feed.get("language"), 35) or None
    entries = [_entry(item, url, language) for item in parsed["entries"][:MOST_ENTRIES]]
    if problem and not (entries or feed.get("title")):
        raise FeedError("parse_error", "This feed is too damaged to be read.")
    return ParsedFeed(
        title=fit_text(feed.get("title"), MOST_TITLE_CHARACTERS),
        link=_joined(url, feed.get("link")),
        language=language,
        entries=(*entries, *_tombstones(mended)),
        warnings=tuple(_warnings(problem, left_out)),
    )


def _parsed(markup: str) -> _Values:
    """Run feedparser over *markup*, without an address: it would make a story's identifier depend on it."""
    parsed: _Values = feedparser.parse(
        BytesIO(_DECLARATION + markup.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    return parsed


def _feed_part(mended: str) -> str:
    """Return the part that is a feed: all of it, or what some other element is wrapped around."""
    root = root_name(mended)
    if root is None:
        raise FeedError("not_a_feed", "There is no feed here: the answer holds no XML.")
    if root in _ROOTS:
        return mended
    inner = _INNER_ROOT.search(mended, 0, _MOST_WRAPPING)
    if inner:
        return mend(mended[inner.start() :])
    if root == "html":
        raise FeedError("not_a_feed", "This is a web page, not a feed.")
    raise FeedError("not_a_feed", f"This is an XML document of another kind (<{root[:40]}>), not a feed.")


def _warnings(problem: str | None, left_out: int) -> Iterator[str]:
    if problem:
        yield f"not well-formed: {problem}"
    if left_out:
        yield f"{left_out} older entries left out"


def _entry(item: _Values, url: str, language: str | None) -> Entry:
    given = dict(item)
    stamps = [_stamp(given, name) for name in ("published", "created", "updated")]
    published = next((stamp for stamp in stamps if stamp), None)
    content = _content(given)
    summary = _markup(given.get("summary"), given.get("summary_detail"))
    return Entry(
        title=fit_text(given.get("title"), MOST_TITLE_CHARACTERS),
        url=_address(given, url),
        guid=fit_guid(given.get("id")),
        summary_html="" if summary == content else summary,
        content_html=content,
        author=_author(given),
        published=published.at if published else None,
        updated=stamps[2].at if stamps[2] else None,
        date_only=bool(published and published.date_only),
        kind=kind_hint(_categories(given)),
        language=language,
    )


def _stamp(given: _Values, name: str) -> Stamp | None:
    """Read a date ourselves; feedparser also knows dates in Greek, Hungarian and Korean words."""
    text = fit_text(given.get(name))
    stamp = read_stamp(text)
    parsed = given.get(f"{name}_parsed")
    if stamp is not None or text.isascii() or parsed is None:
        return stamp
    try:
        return Stamp(datetime.fromtimestamp(timegm(parsed), UTC))
    except (TypeError, ValueError, OverflowError):
        return None


def _address(given: _Values, url: str) -> str | None:
    links = [link.get("href") for link in given.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    # An identifier that claims to be an address stands in for a link, but only a whole one can be meant.
    link = fit_address(given.get("link")) if given.get("guidislink") else given.get("link")
    candidates = (given.get("feedburner_origlink"), link, *links)
    return next((address for address in (_joined(url, candidate) for candidate in candidates) if address), None)


def _joined(url: str, link: object) -> str | None:
    text = fit_text(link)
    try:
        return fit_address(urljoin(url, text)) if text else None
    except ValueError:
        return None


def _content(given: _Values) -> str:
    texts = [_markup(part.get("value"), part) for part in given.get("content", ())]
    return max(texts, key=len, default="")


def _markup(value: object, detail: _Values | None) -> str:
    text = fit_text(value)
    return as_html(text) if detail and detail.get("type") == "text/plain" else text


def _author(given: _Values) -> str | None:
    """Return the authors' names; the mail addresses that RSS asks for are nobody's business."""
    raw = fit_text(given.get("author"), MOST_AUTHOR_CHARACTERS)
    mail = _MAIL.fullmatch(raw)
    names = [fit_text(author.get("name"), MOST_AUTHOR_CHARACTERS) for author in given.get("authors", ())]
    if mail:
        names = [(mail["before"] or mail["after"] or "").strip(" \"'")]
    told = ", ".join(dict.fromkeys(name for name in names if name)) or ("" if mail else raw)
    return told[:MOST_AUTHOR_CHARACTERS] or None


def _categories(given: _Values) -> list[str]:
    return [fit_text(tag.get("label") or tag.get("term"), 60) for tag in given.get("tags", ())[:_MOST_CATEGORIES]]


def _tombstones(mended: str) -> Iterator[Entry]:
    for found in list(_TOMBSTONE.finditer(mended))[:MOST_ENTRIES]:
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        guid = fit_guid(attributes.get("ref"))
        when = read_stamp(attributes.get("when", ""))
        if guid:
            yield Entry(title="", url=fit_address(guid), guid=guid, updated=when.at if when else None, withdrawn=True)
