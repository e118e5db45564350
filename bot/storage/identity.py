"""Are two entries of one outlet the same story? Pure: keys and texts in, a verdict out.

A guid or an address alone proves little: some feeds give one guid to all their stories, some link all of them to
their front page, others make up a new guid or query at every fetch. So each piece of evidence counts for what it
is worth:

* the same title and text are the same story, unless guid and address both differ and a week lies between;
* the same address is the same story, unless the guids differ: then title or text must agree too;
* the same guid under another address (or none) is the same story if title or text agree too;
* a guid or address that stands for several stories, and a front page, prove nothing alone: title or text must agree;
* without either, the same title and mostly the same text, under addresses that differ at most in their query.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Final
from unicodedata import normalize
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.model.articles import Draft

_REPEATS_WITHIN: Final = timedelta(days=7)
_SHARED_STORIES: Final = 2
_SHARED_TEXT: Final = 0.6
_SHORTEST_SENTENCE: Final = 20
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[”\"’')]*\s+|\n+")
_WORD: Final = re.compile(r"[^\W_]+")
_HOST_PREFIX: Final = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_AMP_PATH: Final = re.compile(r"(?:/amp|\.amp)(?=/?$|\.html?$)")
_IGNORED_PARAMETER: Final = re.compile(r"(?:utm_|at_|ns_)\w+|amp|outputType|[a-z]*clid|ref|rss|ito|cmp(?:id)?|CMP")


class Verdict(StrEnum):
    """What the keys of two entries say."""

    SAME = "same"
    OTHER = "other"
    ASK_TEXT = "ask text"


@dataclass(frozen=True, slots=True)
class Keys:
    """What entries are compared by. ``url`` is no address to fetch; None and empty never agree with anything."""

    guid: str | None
    url: str | None
    title: str
    text_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """Guids and addresses that are known to stand for several stories."""

    guids: frozenset[str]
    urls: frozenset[str]


def keys_of(draft: Draft) -> Keys:
    """Return the keys of *draft*."""
    return Keys(draft.guid or None, url_key(draft.url), title_key(draft.title), text_hash(draft), draft.event_at)


def url_key(url: str | None) -> str | None:
    """Return what of *url* names the story: host and path without their mobile and AMP forms, the telling parameters.

    None where there is no address.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = _HOST_PREFIX.sub("", (parts.hostname or "").lower())
    except ValueError:
        return url
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = sorted(pair for pair in parse_qsl(parts.query) if not _IGNORED_PARAMETER.fullmatch(pair[0]))
    return f"{host}{path}?{urlencode(query)}" if query else f"{host}{path}"


def title_key(title: str) -> str:
    """Return what stays of a title when case, marks and spaces are let go; empty where it has no words."""
    words = " ".join(_WORD.findall(normalize("NFKC", title).casefold()))
    return _digest(words) if words else ""


def text_hash(draft: Draft) -> str:
    """Return what differs as soon as title or text differ in anything but spaces."""
    return _digest("\n".join(" ".join(normalize("NFC", text).split()) for text in (draft.title, draft.text)))


def compare(new: Keys, old: Keys, shared: Shared) -> Verdict:
    """Say whether *new* tells the story of *old*; ASK_TEXT: if :func:`shares_text` says so."""
    if new.text_hash == old.text_hash:
        repeated = _ids_differ(new, old) and abs(new.at - old.at) > _REPEATS_WITHIN
        return Verdict.OTHER if repeated else Verdict.SAME
    same_guid = new.guid is not None and new.guid == old.guid
    same_url = new.url is not None and new.url == old.url
    own_guid = same_guid and new.guid not in shared.guids
    own_url = same_url and _is_own(new.url) and new.url not in shared.urls
    if (same_guid and same_url and (own_guid or own_url)) or (own_url and not _differ(new.guid, old.guid)):
        return Verdict.SAME
    same_title = bool(new.title) and new.title == old.title
    if own_guid or own_url or (same_guid and same_url):
        return Verdict.SAME if same_title else Verdict.ASK_TEXT
    if same_title and not _differ(_path(new.url), _path(old.url)):
        return Verdict.ASK_TEXT
    return Verdict.OTHER


def shares_text(new: str, old: str) -> bool:
    """Tell whether most of the shorter text stands, sentence by sentence, in the longer one too."""
    ours, theirs = set(_sentences(new)), set(_sentences(old))
    if not ours or not theirs:
        return bool(new.strip()) and new.split() == old.split()
    shorter = min(sum(map(len, ours)), sum(map(len, theirs)))
    return sum(map(len, ours & theirs)) >= _SHARED_TEXT * shorter


def shared_among(drafts: Sequence[tuple[Keys, datetime]], stored: Iterable[Keys]) -> Shared:
    """Find the guids and addresses that stand for several stories.

    *drafts* come with the instant at which they were met: what one fetch lists twice, under two titles, is two
    stories; what two fetches list is not. *stored* are known to be different stories.
    """
    stored = tuple(stored)
    guids = Counter(keys.guid for keys in stored if keys.guid)
    urls = Counter(keys.url for keys in stored if keys.url)
    return Shared(
        _repeated((keys.guid, keys.title, met) for keys, met in drafts) | _frequent(guids),
        _repeated((keys.url, keys.title, met) for keys, met in drafts) | _frequent(urls),
    )


def _repeated(listed: Iterable[tuple[str | None, str, datetime]]) -> frozenset[str]:
    titles = Counter((key, met) for key, _, met in set(listed) if key)
    return frozenset(key for (key, _), count in titles.items() if count >= _SHARED_STORIES)


def _frequent(counts: Counter[str]) -> frozenset[str]:
    return frozenset(key for key, count in counts.items() if count >= _SHARED_STORIES)


def _ids_differ(new: Keys, old: Keys) -> bool:
    return _differ(_path(new.url), _path(old.url)) and (new.guid != old.guid)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _path(url: str | None) -> str | None:
    return None if url is None else url.partition("?")[0]


def _is_own(url: str | None) -> bool:
    return url is not None and ("/" in url or "?" in url)


def _sentences(text: str) -> list[str]:
    pieces = (" ".join(piece.split()) for piece in _SENTENCE_END.split(text))
    return [piece for piece in pieces if len(piece) >= _SHORTEST_SENTENCE]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
