"""Turn a feed's or a file's entry into an article that is ready to be stored."""

import re
from datetime import UTC, datetime
from typing import Final

from bot.errors import InputError
from bot.feeds.clean import Cleaned, clean, clean_title
from bot.feeds.kinds import kind_of
from bot.feeds.urls import canonical_url
from bot.model.articles import Draft, Entry
from bot.text.html import to_text
from bot.text.roundup import cut
from bot.text.sentences import pieces

__all__ = ["canonical_url", "draft"]

LONGEST_TEXT: Final = 1_000_000  # characters
_LONGEST_TITLE: Final = 120  # characters of a title that is made from the text
_LONGEST_MARKUP: Final = 8_000_000  # characters; beyond, even stripping tags is too much work for one item
_LONGEST_GUID: Final = 2_000
_OLDEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
# Control characters that no text holds; one in fifty of them, or of unreadable letters, is a file of another kind.
_UNREADABLE: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_SAMPLE: Final = 20_000
_MOST_UNREADABLE: Final = 0.02
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")

# How agencies and papers mark, in the headline, that a report is taken back.
_WITHDRAWN: Final = re.compile(r"(?:withdrawn|retracted|retraction|kill)\s*:", re.IGNORECASE)


def draft(entry: Entry, outlet: str, first_seen: datetime) -> Draft:
    """Return the article that *entry* of *outlet* is, with clean title and text, kind and parts.

    The text is ``text``, else the longer of content and summary; a line of it that only repeats the title is cut. A
    missing title is the text's first sentence or heading, cut at a word. It counts by ``published``, unless that is
    missing, later than it was first seen, or before 1990: then by when it was first seen (``entry.first_seen``, where
    the source knows it, before *first_seen*).

    Raises:
        InputError: it has neither title nor text, is no text at all, or has more than 1,000,000 characters.
    """
    seen = (entry.first_seen or first_seen).astimezone(UTC)
    published = entry.published.astimezone(UTC) if entry.published else None
    event_at = published if published is not None and _OLDEST <= published <= seen else seen
    title = clean_title(entry.title)
    cleaned = _body(entry)
    text = _without_title(cleaned.text, title)
    title = title or _first_words(text)
    is_withdrawn = entry.withdrawn or _WITHDRAWN.match(title) is not None
    if not title and not is_withdrawn:
        raise InputError(f"An item of {outlet} has neither title nor text; it was left out.")
    url = canonical_url(entry.url)
    return Draft(
        outlet=outlet,
        title=title,
        text=text,
        url=url,
        guid=_identifier(entry.guid),
        published=published,
        first_seen=seen,
        event_at=event_at,
        kind=kind_of(title, url, entry.kind),
        author=clean_title(entry.author or "") or None,
        language=(entry.language or "en").strip().lower() or "en",
        date_only=entry.date_only,
        truncated=cleaned.truncated,
        parts=cut(text, event_at),
        withdrawn=is_withdrawn,
    )


def _body(entry: Entry) -> Cleaned:
    """Return the cleaned body: of plain text, else of the longer of content and summary."""
    _refuse_unreadable(entry)
    bodies = [entry.text] if entry.text.strip() else sorted(_rendered(entry), key=len, reverse=True)
    if any(len(body) > LONGEST_TEXT for body in bodies):
        raise InputError(f"“{_named(entry)}” has more than {LONGEST_TEXT:,} characters; it was left out.")
    for body in bodies:
        cleaned = clean(body)
        if cleaned.text:
            return cleaned
    return Cleaned("")


def _rendered(entry: Entry) -> list[str]:
    markups = (entry.content_html, entry.summary_html)
    if any(len(markup) > _LONGEST_MARKUP for markup in markups):
        raise InputError(f"“{_named(entry)}” has more than {_LONGEST_MARKUP:,} characters of markup; it was left out.")
    return [to_text(markup) for markup in markups]


def _refuse_unreadable(entry: Entry) -> None:
    for raw in (entry.text, entry.content_html, entry.summary_html):
        sample = raw[:_SAMPLE]
        if len(_UNREADABLE.findall(sample)) > max(_MOST_UNREADABLE * len(sample), 2):
            raise InputError(f"“{_named(entry)}” is no text: too many of its characters are unreadable.")


def _named(entry: Entry) -> str:
    return clean_title(entry.title)[:80] or entry.url or entry.guid or "an item"


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n\n")
    if rest and title and _words(first) == _words(title):
        return rest
    return text


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", line.casefold())


def _first_words(text: str) -> str:
    first = next((span.of(text) for span in pieces(text[: 10 * _LONGEST_TITLE])), "")
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[: _LONGEST_TITLE + 1].rsplit(" ", 1)[0][:_LONGEST_TITLE].rstrip(" ,;:–—-")


def _identifier(guid: str | None) -> str | None:
    return _UNSTORABLE.sub("", guid or "").strip()[:_LONGEST_GUID] or None
