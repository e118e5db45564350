"""What commands may ask: the news questions and a server's desk, as Protocols that know neither Discord nor SQL.

Whatever a person typed arrives as typed; errors that the person can mend come as :class:`bot.errors.UserError`.
Times are UTC; None in a filter means "any".
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from bot.model.analysis import ActorId, QuoteKind
from bot.model.answers import (
    ActorPage,
    Choice,
    Comparison,
    EventPage,
    FeedLine,
    FeedsTried,
    Pack,
    PackAdded,
    Page,
    Position,
    QuoteLine,
    ScheduleLine,
    SearchHit,
    ServerRoom,
    SetUp,
    Status,
)
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import Edition, EditionId, Length
from bot.model.events import Event


class NewsQuestions(Protocol):
    """Read-only questions about stored news."""

    async def actor(self, name: str) -> ActorPage:
        """Return all that is known of the actor with this name, alias or id.

        Raises:
            UnknownActorError: nobody stored goes by *name*; it carries near names.
        """
        ...

    async def actor_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return actors whose name or alias begins like *typed*, most mentioned first; their ids as values."""
        ...

    async def quotes(  # noqa: PLR0913 - filters, each by its name and each optional
        self,
        *,
        by: str | ActorId | None = None,
        about: str | ActorId | None = None,
        contains: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        kind: QuoteKind | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[QuoteLine]:
        """Return stored quotes that meet every filter, newest first.

        Raises:
            UnknownActorError: *by* or *about* names nobody stored.
        """
        ...

    async def position(self, name: str, issue: str | None = None, *, limit: int = 20, offset: int = 0) -> Position:
        """Return what the actor called *name* said with the words *issue* in it, oldest first, each wording once.

        Raises:
            UnknownActorError: nobody stored goes by *name*.
        """
        ...

    async def compare(self, one: str, other: str, issue: str | None = None) -> Comparison:
        """Return two actors side by side: their words on *issue*, of each other, their dealings, common stories.

        Raises:
            UnknownActorError: nobody stored goes by one of the names.
            UserError: both are the same actor.
        """
        ...

    async def event(self, name_or_id: str) -> EventPage:
        """Return one event by id or title; an id that was merged away leads to the event it became.

        Raises:
            UnknownEventError: there is no such event.
        """
        ...

    async def event_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return recent events whose title holds the words *typed*, most important first; their ids as values."""
        ...

    async def events(
        self,
        *,
        actor: str | ActorId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        min_outlets: int = 1,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[Event]:
        """Return events that meet every filter, most important first.

        Raises:
            UnknownActorError: *actor* names nobody stored.
        """
        ...

    async def search(  # noqa: PLR0913 - filters, each by its name and each optional
        self,
        query: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlet: str | None = None,
        actor: str | ActorId | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[SearchHit]:
        """Return articles that hold the words of *query*, best match first.

        Raises:
            UserError: *query* holds no word to look for, or no outlet is called *outlet*.
        """
        ...

    async def outlet_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return outlets whose name begins like *typed*; their names as values."""
        ...

    async def digest(
        self,
        *,
        at: datetime | None = None,
        zone: str = "UTC",
        hours: int | None = None,
        length: Length = Length.STANDARD,
        topic: str | None = None,
        guild: int | None = None,
    ) -> Edition:
        """Return the edition of the last *hours* before *at* (now), made for this question and stored nowhere.

        *topic* is a scope as typed, see :func:`bot.news.scope.read_scope`; a *guild* with feeds of its own gets what
        these bring.

        Raises:
            UserError: *topic* names something that is not known.
        """
        ...

    async def topic_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return what an edition may keep to that reads like *typed*: topics, then actors."""
        ...

    async def latest_edition(self, guild: int, channel: int | None = None) -> Edition | None:
        """Return the edition last posted in this server (in *channel*, where one is named), with its id, or None."""
        ...

    async def edition(self, guild: int, edition: EditionId) -> Edition | None:
        """Return a stored edition that was posted in this server, or None; another server's is None too."""
        ...

    async def status(self, guild: int | None = None) -> Status:
        """Return how the bot is doing; feeds, runs and deliveries of *guild* alone where one is named."""
        ...


class DeskQuestions(Protocol):
    """A server's configuration. Every method takes the server's id first and touches that server's rows alone."""

    async def join(self, guild: int) -> bool:
        """Remember that the bot is in this server; what it was configured with before comes back.

        False where it was known to be there already: an event that comes twice is answered once.
        """
        ...

    async def leave(self, guild: int) -> None:
        """Remember that the bot left this server: nothing more is posted there; its configuration waits 30 days."""
        ...

    async def schedules(self, guild: int) -> tuple[ScheduleLine, ...]:
        """Return the server's schedules with their next runs, oldest schedule first."""
        ...

    async def add_schedule(  # noqa: PLR0913 - the options of one command, by their names
        self,
        guild: int,
        channel: int,
        *,
        at: str,
        zone: str,
        days: str,
        length: Length,
        topic: str | None,
        user: int,
    ) -> ScheduleLine:
        """Store a schedule and return it with its next runs. *at*, *zone* and *days* are as the person typed them.

        Raises:
            UserError: one of them cannot be read, or the server has as many schedules as it may have.
        """
        ...

    async def remove_schedule(self, guild: int, schedule: ScheduleId, user: int) -> Schedule:
        """Remove a schedule of this server and return what it was.

        Raises:
            UserError: this server has no such schedule.
        """
        ...

    async def pause_schedule(self, guild: int, schedule: ScheduleId, user: int, *, paused: bool) -> ScheduleLine:
        """Pause a schedule of this server, or let it go on with every day that was to be skipped; return it.

        Raises:
            UserError: this server has no such schedule.
        """
        ...

    async def skip_next(self, guild: int, schedule: ScheduleId, user: int) -> tuple[ScheduleLine, datetime]:
        """Leave out the next day of a schedule of this server; return it, and when that day would have been due.

        Raises:
            UserError: this server has no such schedule, or it has no day to come.
        """
        ...

    async def schedule_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        """Return the server's schedules that read like *typed*; their ids as values."""
        ...

    async def feeds(self, guild: int) -> tuple[FeedLine, ...]:
        """Return the feeds that this server subscribed to, with their health."""
        ...

    async def add_feed(self, guild: int, url: str, name: str | None, topic: str | None, user: int) -> FeedLine:
        """Fetch *url*, subscribe the server to the feed found there, and return it. Takes seconds.

        Raises:
            UserError: nothing readable is there, or the server has as many feeds as it may have.
        """
        ...

    async def remove_feed(self, guild: int, feed: int, user: int) -> FeedLine:
        """End the server's subscription and return what it was.

        Raises:
            UserError: this server has no such feed.
        """
        ...

    async def feed_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        """Return the server's feeds whose name holds *typed*; their ids as values."""
        ...

    async def zone_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return time zones by city, country, abbreviation or offset, each with its current local time."""
        ...

    async def zones_meant(self, typed: str) -> tuple[Choice, ...]:
        """Return the one time zone that *typed* means, or several of which it may mean one, likeliest first.

        Raises:
            UserError: it means none; the message says what to try.
        """
        ...

    async def room(self, guild: int) -> ServerRoom:
        """Return what this server has chosen, has, and may have."""
        ...

    async def set_notices(self, guild: int, channel: int, user: int) -> None:
        """Let notices about this server's feeds go to *channel* from now on."""
        ...

    async def held(self, guild: int) -> dict[str, list[dict[str, object]]]:
        """Return every row that is held of this server, by table, as JSON values."""
        ...

    async def forget(self, guild: int) -> None:
        """Delete everything that is held of this server, now, so that not a byte of it stays in the database."""
        ...

    async def packs(self) -> tuple[Pack, ...]:
        """Return the starter packs there are, in order of key."""
        ...

    async def add_pack(self, guild: int, pack: str, user: int) -> PackAdded:
        """Subscribe the server to the feeds of a pack, as many as fit, in one transaction; nothing is fetched.

        Raises:
            UserError: there is no such pack, or the server has as many feeds as it may have and none of the pack's.
        """
        ...

    async def add_feeds(self, guild: int, urls: Iterable[str], user: int) -> FeedsTried:
        """Fetch *urls* at once and subscribe the server to what is found; each failure is a sentence. Takes seconds."""
        ...

    async def set_up(self, guild: int, channel: int, *, at: str, zone: str, pack: str | None, user: int) -> SetUp:
        """Add a pack (None: none) and a daily digest, or nothing where one of them is refused.

        Doing it again changes nothing: a running digest at that time in that channel stays the one it is. *at* and
        *zone* are as the person typed them.

        Raises:
            UserError: one of them cannot be read, or the server has as many feeds or schedules as it may have.
        """
        ...
