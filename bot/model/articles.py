"""Outlets, feeds and articles."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.model.spans import Span

ArticleId = NewType("ArticleId", int)
OutletId = NewType("OutletId", int)
FeedId = NewType("FeedId", int)


class ItemKind(StrEnum):
    """What an item is; only NEWS and EXPLAINER may lend their sentences to a bullet."""

    NEWS = "news"
    EXPLAINER = "explainer"
    OPINION = "opinion"
    LIVE = "live"
    VIDEO = "video"
    PICTURES = "pictures"
    SPORT = "sport"
    SOFT = "soft"
    QUIZ = "quiz"
    NEWSLETTER = "newsletter"
    PROMO = "promo"
    LIST = "list"


class PartRole(StrEnum):
    """What a part of an article is good for."""

    WHOLE = "whole"
    ITEM = "item"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes. ``country`` is an ISO 3166 alpha-2 code, ``owner`` the group it belongs to; None is unknown."""

    id: OutletId
    name: str
    url: str | None = None
    country: str | None = None
    owner: str | None = None
    language: str = "en"
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a feed or a file gives it, markup removed nowhere.

    ``published`` is UTC; a bare date is midnight with ``date_only`` set; None where the source says nothing usable.
    ``text`` is plain text and wins over ``content_html``, which wins over ``summary_html``.
    """

    title: str
    url: str | None = None
    guid: str | None = None
    summary_html: str = ""
    content_html: str = ""
    text: str = ""
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    date_only: bool = False
    kind: str | None = None
    language: str | None = None
    withdrawn: bool = False
    first_seen: datetime | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article that is a report of its own.

    ``number`` 0 is the whole article; the bullets of a round-up are 1, 2, … in order, and the paragraphs before its
    heading one BACKGROUND part. ``base`` is the day that relative dates inside count from, None: the publication day.
    """

    number: int
    role: PartRole
    span: Span
    base: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that is ready to be stored: clean text, kind, parts; no id yet.

    ``published`` is what the source says (None: nothing); ``first_seen`` when we met it; ``event_at`` the instant by
    which it counts: ``published`` unless that is None, later than ``first_seen`` or before 1990.
    """

    outlet: str
    title: str
    text: str
    url: str | None
    guid: str | None
    published: datetime | None
    first_seen: datetime
    event_at: datetime
    kind: ItemKind = ItemKind.NEWS
    author: str | None = None
    language: str = "en"
    date_only: bool = False
    truncated: bool = False
    parts: tuple[Part, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article. ``text`` is canonical: every offset of every value indexes it.

    ``truncated`` says that the source cut the last sentence off (that piece is not in ``text``). ``status`` is
    ``published`` or ``withdrawn``. ``revision`` counts from 1.
    """

    id: ArticleId
    outlet: Outlet
    title: str
    text: str
    url: str | None
    guid: str | None
    published: datetime | None
    first_seen: datetime
    event_at: datetime
    kind: ItemKind
    author: str | None = None
    language: str = "en"
    date_only: bool = False
    truncated: bool = False
    status: str = "published"
    revision: int = 1
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that somebody subscribed to. ``url`` is what is fetched; ``outlet`` the name it counts under."""

    id: FeedId
    url: str
    outlet: Outlet
    etag: str | None = None
    modified: str | None = None
    next_poll_at: datetime | None = None
    interval_seconds: int = 900
    failures: int = 0
    code: str | None = None
    failing_since: datetime | None = None
    last_ok_at: datetime | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What one fetch of one feed came to: a value also where it failed.

    ``outcome`` is ``ok``, ``not_modified`` or ``error``; ``code`` a reason code on error; ``bytes`` as read from the
    wire; ``seconds`` from the start of its own fetch.
    """

    url: str
    outcome: str
    code: str | None = None
    message: str | None = None
    entries: int = 0
    new: int = 0
    revised: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run of ingest came to."""

    feeds: tuple[FeedReport, ...] = ()
    new: int = 0
    revised: int = 0
    duplicate: int = 0
    rejected: int = 0
    seconds: float = 0.0
    problems: tuple[str, ...] = field(default=())
