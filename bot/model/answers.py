"""What the questions of commands and command line are answered with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.model.analysis import Action, Actor, ActorId, QuoteKind
from bot.model.articles import ArticleId, Feed
from bot.model.delivery import Schedule
from bot.model.editions import Link
from bot.model.events import Disagreement, Event, EventId, Reason, TimelineLine
from bot.model.spans import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a longer answer: ``rows`` from ``offset`` on, of ``total`` in all."""

    rows: tuple[T, ...]
    total: int
    offset: int = 0

    @property
    def has_more(self) -> bool:
        """Tell whether rows follow after this page."""
        return self.offset + len(self.rows) < self.total


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion while somebody types: ``name`` is shown, ``value`` is what the command receives."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote with its source. ``text`` is verbatim: what :meth:`bot.model.analysis.Quote.verbatim` shows.

    ``speaker`` None: the source is no known actor; ``speaker_name`` is then the text's own words, or None.
    """

    article: ArticleId
    kind: QuoteKind
    content: tuple[Span, ...]
    text: str
    speakers: tuple[ActorId, ...]
    speaker_name: str | None
    about: tuple[ActorId, ...]
    outlet: str
    url: str | None
    title: str
    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role with the day and the source that state it."""

    text: str
    at: datetime
    outlet: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A deed with the sentence that tells it. Such lists are partial and now and then wrong: show the sentence."""

    action: Action
    sentence: str
    outlet: str
    url: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ActorPage:
    """All that is known of one actor. Lists are newest first and short; counts are of everything stored."""

    actor: Actor
    aliases: tuple[str, ...]
    roles: tuple[RoleLine, ...]
    articles: int
    quotes_by: int
    quotes_about: int
    first_seen: datetime | None
    last_seen: datetime | None
    latest_quotes: tuple[QuoteLine, ...]
    latest_about: tuple[QuoteLine, ...]
    actions: tuple[ActionLine, ...]
    events: tuple[Event, ...]
    related: tuple[tuple[Actor, int], ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor said on an issue (None: on anything), oldest first; ``total`` counts all, from ``offset`` shown."""

    actor: Actor
    issue: str | None
    rows: tuple[QuoteLine, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two actors. ``said`` and ``of_each_other`` hold the words of the first, then of the second, newest first."""

    one: Actor
    other: Actor
    issue: str | None
    said: tuple[tuple[QuoteLine, ...], tuple[QuoteLine, ...]]
    of_each_other: tuple[tuple[QuoteLine, ...], tuple[QuoteLine, ...]]
    dealings: tuple[ActionLine, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of an event: whose, when, where to read it, and why it was grouped here."""

    article: ArticleId
    part: int
    title: str
    outlet: str
    url: str | None
    at: datetime
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event with its reports, dated lines and actors. ``redirected_from`` is the id that was asked for.

    ``disagreements`` are figures that its outlets give differently, side by side. ``storyline`` are other events of its
    storyline, oldest first.
    """

    event: Event
    summary: tuple[tuple[str, Link], ...]
    reports: tuple[ReportLine, ...]
    timeline: tuple[TimelineLine, ...]
    actors: tuple[Actor, ...]
    redirected_from: EventId | None = None
    disagreements: tuple[Disagreement, ...] = ()
    storyline: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that matches. ``snippet`` is copied text; ``marks`` are the matches' offsets inside it."""

    article: ArticleId
    title: str
    outlet: str
    url: str | None
    at: datetime
    snippet: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule with its next runs (UTC, soonest first)."""

    schedule: Schedule
    next_runs: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A server's subscription to a feed. ``name`` is what the server calls it; ``url`` holds no secrets."""

    id: int
    name: str
    url: str
    feed: Feed
    topic: str | None = None
    articles: int = 0


@dataclass(frozen=True, slots=True)
class ServerRoom:
    """What a server has and may have; ``feed_adds`` within a minute, ``minutes_apart`` digests of one channel."""

    notice_channel: int | None
    feeds: int
    most_feeds: int
    schedules: int
    most_schedules: int
    feed_adds: int
    minutes_apart: int


@dataclass(frozen=True, slots=True)
class FeedNotice:
    """What a server is to be told of one feed: ``kind`` failing, disabled or recovered, since when and why."""

    id: int
    name: str
    kind: str
    code: str | None
    since: datetime


@dataclass(frozen=True, slots=True)
class ServerNotices:
    """All that a server is to be told at once; ``channel`` None: it has no place for it but its list of feeds."""

    guild: int
    channel: int | None
    notices: tuple[FeedNotice, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A starter pack: feeds that read well together. ``key`` is its name in commands, ``names`` are its outlets'."""

    key: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackAdded:
    """How many feeds of a pack are new to a server, were there before, and found no room."""

    added: int
    known: int
    left_out: int


@dataclass(frozen=True, slots=True)
class FeedsTried:
    """What became of addresses that were tried together: what is read now, and what is wrong with the others."""

    lines: tuple[FeedLine, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetUp:
    """A server's digest, set up. ``pack`` None: it reads what it read before; ``feeds`` counts what that is now."""

    line: ScheduleLine
    pack: PackAdded | None
    feeds: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery: which channel, which local day, how it went."""

    channel: int
    local_date: date
    state: str
    at: datetime | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot is doing."""

    version: str
    language_model: str
    database: str
    articles: int
    events: int
    actors: int
    quotes: int
    feeds: int
    feeds_failing: tuple[FeedLine, ...]
    last_ingest: datetime | None
    last_article: datetime | None
    waiting_analysis: int
    next_runs: tuple[tuple[Schedule, datetime], ...]
    last_deliveries: tuple[DeliveryLine, ...]
    schema: str = ""
