"""A server's configuration: its schedules and feeds, each method for one server's rows alone."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import FeedError, UserError
from bot.feeds.health import describe_error
from bot.feeds.opml import Outline
from bot.model.answers import Choice, FeedLine, FeedsTried, Pack, PackAdded, ScheduleLine, ServerRoom, SetUp
from bot.model.delivery import EVERY_DAY, OccurrenceState, Schedule, ScheduleId
from bot.model.editions import Length
from bot.news.pace import Pace
from bot.news.packs import PackShelf
from bot.news.runs import apart, next_day, next_runs
from bot.news.scoping import Scoping
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outlets import OutletStore
from bot.storage.pack_subscriptions import PackSubscriptionStore
from bot.storage.schedules import ScheduleStore
from bot.storage.subscriptions import SubscriptionStore
from bot.text.zones import parse_days, parse_time, suggest_zones, zone

_RUNS: Final = 3
_MOST_SKIPPED: Final = 20
_LONGEST_NAME: Final = 100
_WEEK: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A feed that was looked at: its address, what it calls itself, how many entries it holds."""

    url: str
    title: str
    entries: int


class SourceReader(Protocol):
    """Looks at a feed."""

    async def look(self, url: str) -> FoundSource:
        """Return the feed at *url*, or the first one that the page there names.

        Raises:
            FeedError: there is none, or it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Quotas:
    """What one server may have; ``feed_adds`` are tries within a minute, ``minutes_apart`` digests of one channel."""

    feeds: int
    schedules: int
    feed_adds: int = 5
    minutes_apart: int = 0


class Desk:
    """Reads and changes configuration; see :class:`bot.news.questions.DeskQuestions` for each promise."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sources: SourceReader,
        quotas: Quotas,
        packs: PackShelf | None = None,
        *,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """Prepare the desk; without *packs* those that come with the bot are offered.

        *seconds* counts how fast feeds are added; it is not the clock, which a sandbox may stop.
        """
        self._pace = Pace(seconds)
        self._shelf = packs or PackShelf()
        self._pack_subscriptions = PackSubscriptionStore(database)
        self._one_at_a_time = asyncio.Lock()
        self._guilds = GuildStore(database)
        self._outlets = OutletStore(database)
        self._schedules = ScheduleStore(database)
        self._scoping = Scoping(database)
        self._occurrences = OccurrenceStore(database)
        self._subscriptions = SubscriptionStore(database)
        self._sources = sources
        self._clock = clock
        self._quotas = quotas

    async def join(self, guild: int) -> bool:
        """Remember that the bot is in this server; False where it was known to be there already."""
        async with self._one_at_a_time:
            known = await self._guilds.find(guild)
            if known is not None and known.left_at is None:
                return False
            await self._guilds.join(guild, self._clock.now())
        return True

    async def leave(self, guild: int) -> None:
        """Remember that the bot left this server: nothing more is posted there."""
        await self._guilds.leave(guild, self._clock.now())

    async def schedules(self, guild: int) -> tuple[ScheduleLine, ...]:
        """Return the server's schedules with their next runs, oldest schedule first."""
        skipped = await self._occurrences.skipped(guild, self._clock.now())
        return tuple(self._line(schedule, skipped) for schedule in await self._schedules.list_for(guild))

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
        """Store a schedule and return it with its next runs. The options are as the person typed them.

        Raises:
            UserError: one of them can't be meant, *topic* names what is not known, or it is one schedule too many.
        """
        await self._scoping.scope_of(topic)  # what can't be resolved now would fail every day
        wanted = Schedule(
            ScheduleId(0), guild, channel, parse_time(at), _zone_key(zone), parse_days(days), length, topic or None
        )
        quotas = await self._quotas_of(guild)
        await self._check_apart(wanted, quotas)
        made = await self._schedules.add(wanted, by=self._by(user), limit=quotas.schedules)
        if made is None:
            raise self._too_many_schedules(quotas)
        return self._line(made)

    async def remove_schedule(self, guild: int, schedule: ScheduleId, user: int) -> Schedule:
        """Remove a schedule of this server and return what it was."""
        removed = await self._schedules.remove(guild, schedule, by=self._by(user))
        if removed is None:
            raise _no_schedule()
        return removed

    async def pause_schedule(self, guild: int, schedule: ScheduleId, user: int, *, paused: bool) -> ScheduleLine:
        """Pause a schedule, or let it go on with every day that was to be skipped; return it.

        Raises:
            UserError: there is none, or it may not go on because another of its channel's digests is too near by now.
        """
        found = await self._schedules.get(guild, schedule)
        if found is not None and found.paused and not paused:
            await self._check_apart(found, await self._quotas_of(guild))
        changed = await self._schedules.pause(guild, schedule, paused=paused, by=self._by(user))
        if changed is None:
            raise _no_schedule()
        if not paused:
            await self._occurrences.unskip(schedule, self._clock.now())
        return self._line(changed)

    async def skip_next(self, guild: int, schedule: ScheduleId, user: int) -> tuple[ScheduleLine, datetime]:
        """Leave out the next day of a schedule; return it, and when that day would have been due."""
        found, now = await self._schedules.get(guild, schedule), self._clock.now()
        if found is None:
            raise _no_schedule()
        async with self._one_at_a_time:
            skipped = await self._occurrences.skipped(guild, now)
            day = next_day(found, now, {at for number, at in skipped if number == schedule})
            if day is None or len(skipped) >= _MOST_SKIPPED:
                raise UserError("So many days are skipped already. Pause it instead: /schedule pause.")
            note = "skipped by an admin"
            await self._occurrences.add(schedule, *day, state=OccurrenceState.SKIPPED, note=note)
            await self._schedules.note_skip(found, day[0], by=self._by(user))
        return self._line(found, skipped | {(schedule, day[1])}), day[1]

    async def schedule_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        """Return the server's schedules that read like *typed*; their ids as values."""
        rows = [(schedule, _words(schedule)) for schedule in await self._schedules.list_for(guild)]
        return tuple(Choice(words, str(row.id)) for row, words in rows if typed.strip().lower() in words.lower())[:25]

    async def feeds(self, guild: int) -> tuple[FeedLine, ...]:
        """Return the feeds that this server subscribed to, with their health."""
        return await self._subscriptions.list_for(guild)

    async def add_feed(self, guild: int, url: str, name: str | None, topic: str | None, user: int) -> FeedLine:
        """Fetch *url*, subscribe the server to the feed found there, and return it. Takes seconds."""
        address = url.strip() if "://" in url else f"https://{url.strip()}"
        quotas = await self._quotas_of(guild)
        if len(await self._subscriptions.list_for(guild)) >= quotas.feeds:
            raise self._too_many_feeds(quotas)
        if not self._pace.admits(guild, quotas.feed_adds):
            raise UserError(f"A server can add {quotas.feed_adds} feeds a minute. Please wait a minute, then go on.")
        try:
            found = await self._sources.look(address)
        except FeedError as error:
            raise UserError(
                f"I can't read {urlsplit(address).hostname or 'this address'}: {describe_error(error)}"
            ) from error
        title = (name or found.title).strip()[:_LONGEST_NAME]
        line = await self._subscriptions.add(
            guild, found.url, title, by=self._by(user), outlet=found.title.strip()[:_LONGEST_NAME], topic=topic or None,
            limit=quotas.feeds,
        )  # fmt: skip
        if line is None:
            raise self._too_many_feeds(quotas)
        return line

    async def add_feeds(self, guild: int, urls: Iterable[str], user: int) -> FeedsTried:
        """Fetch *urls* at once and subscribe the server to what is found; each failure becomes a sentence."""

        async def one(url: str) -> FeedLine | UserError:
            try:
                return await self.add_feed(guild, url, None, None, user)
            except UserError as error:
                return error

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(url)) for url in urls]
        results = [task.result() for task in tasks]
        return FeedsTried(
            tuple(line for line in results if not isinstance(line, UserError)),
            tuple(dict.fromkeys(str(error) for error in results if isinstance(error, UserError))),
        )

    async def remove_feed(self, guild: int, feed: int, user: int) -> FeedLine:
        """End the server's subscription and return what it was."""
        removed = await self._subscriptions.remove(guild, feed, by=self._by(user))
        if removed is None:
            raise UserError("This server has no such feed. /feed list shows what there is.")
        return removed

    async def feed_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        """Return the server's feeds whose name holds *typed*; their ids as values."""
        rows = await self._subscriptions.list_for(guild)
        wanted = typed.strip().lower()
        return tuple(Choice(row.name[:_LONGEST_NAME], str(row.id)) for row in rows if wanted in row.name.lower())[:25]

    async def room(self, guild: int) -> ServerRoom:
        """Return what this server has chosen, has, and may have."""
        found, quotas = await self._guilds.find(guild), await self._quotas_of(guild)
        return ServerRoom(
            notice_channel=None if found is None else found.notice_channel,
            feeds=len(await self._subscriptions.list_for(guild)),
            most_feeds=quotas.feeds,
            schedules=len(await self._schedules.list_for(guild)),
            most_schedules=quotas.schedules,
            feed_adds=quotas.feed_adds,
            minutes_apart=quotas.minutes_apart,
        )

    async def set_notices(self, guild: int, channel: int, user: int) -> None:
        """Let notices about this server's feeds go to *channel* from now on."""
        await self._guilds.set_details(guild, by=self._by(user), notice_channel=channel)

    async def held(self, guild: int) -> dict[str, list[dict[str, object]]]:
        """Return every row that is held of this server, by table."""
        return await self._guilds.export(guild)

    async def forget(self, guild: int) -> None:
        """Delete everything that is held of this server, now."""
        await self._guilds.purge(guild)

    async def packs(self) -> tuple[Pack, ...]:
        """Return the starter packs there are."""
        return tuple(one.pack for one in await self._shelf.list_packs())

    async def add_pack(self, guild: int, pack: str, user: int) -> PackAdded:
        """Subscribe the server to the feeds of a pack, as many as fit; they are read at the next round."""
        found = await self._shelf.get(pack)
        feeds = [(feed.url, feed.title[:_LONGEST_NAME]) for feed in found.feeds]
        quotas = await self._quotas_of(guild)
        made = await self._pack_subscriptions.add(guild, pack, feeds, by=self._by(user), limit=quotas.feeds)
        if not made.added and not made.known:
            raise self._too_many_feeds(quotas)
        await self._describe(found.feeds)
        return made

    async def set_up(self, guild: int, channel: int, *, at: str, zone: str, pack: str | None, user: int) -> SetUp:
        """Add a pack and a daily digest. A digest at that time in that channel stays the one it is."""
        wanted = (channel, parse_time(at), _zone_key(zone), EVERY_DAY, None)
        async with self._one_at_a_time:
            lines = await self.schedules(guild)
            line = next((one for one in lines if not one.schedule.paused and _what(one.schedule) == wanted), None)
            quotas = await self._quotas_of(guild)
            if line is None and len(lines) >= quotas.schedules:
                raise self._too_many_schedules(quotas)
            if line is None:
                await self._check_apart(Schedule(ScheduleId(0), guild, *wanted[:4], Length.STANDARD), quotas)
            added = await self.add_pack(guild, pack, user) if pack else None
            line = line or await self.add_schedule(
                guild, channel, at=at, zone=zone, days="daily", length=Length.STANDARD, topic=None, user=user
            )
        return SetUp(line, added, len(await self.feeds(guild)))

    async def zones_meant(self, typed: str) -> tuple[Choice, ...]:
        """Return the one time zone that *typed* means, or several of which it may mean one."""
        now = self._clock.now()
        found = suggest_zones(typed, now) or suggest_zones(_zone_key(typed), now, 1)
        exact = [one for one in found if one.value.lower() == typed.strip().lower() and "/" in one.value]
        return tuple(exact) or found

    async def zone_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return time zones by city, country, abbreviation or offset, each with its current local time."""
        return suggest_zones(typed, self._clock.now())

    async def _describe(self, feeds: Iterable[Outline]) -> None:
        """Keep what a pack says of its outlets, where nothing is known of them."""
        for feed in feeds:
            details = {"owner": feed.owner, "country": feed.country, "kind": feed.kind, "url": feed.site}
            outlet = await self._outlets.find(feed.title)
            if outlet is not None and outlet.owner is None and outlet.country is None and feed.owner is not None:
                await self._outlets.put(outlet.name, details)

    def _line(self, schedule: Schedule, skipped: frozenset[tuple[ScheduleId, datetime]] = frozenset()) -> ScheduleLine:
        runs = next_runs(schedule, self._clock.now(), _RUNS + len(skipped))
        return ScheduleLine(schedule, tuple(at for at in runs if (schedule.id, at) not in skipped)[:_RUNS])

    def _by(self, user: int) -> By:
        return By(user, self._clock.now())

    async def _quotas_of(self, guild: int) -> Quotas:
        """Return what this server may have: what its operator allowed it goes before what every server may."""
        found = await self._guilds.find(guild)
        allowed = {} if found is None else found.limits
        known = {
            name: allowed[name] for name in ("feeds", "schedules", "feed_adds", "minutes_apart") if name in allowed
        }
        return replace(self._quotas, **known)

    async def _check_apart(self, wanted: Schedule, quotas: Quotas) -> None:
        """Make sure that *wanted* keeps its distance from the other digests of its channel.

        Raises:
            UserError: it does not; the message names the one that is too near.
        """
        least, now = timedelta(minutes=quotas.minutes_apart), self._clock.now()
        for other in await self._schedules.list_for(wanted.guild):
            if other.id == wanted.id or other.channel != wanted.channel or other.paused:
                continue
            if apart(wanted, other, now) < least:
                raise UserError(
                    f"This channel gets a digest at {other.at:%H:%M} {other.zone} already, and two of them must lie at"
                    f" least {quotas.minutes_apart} minutes apart. Choose another time, or another channel."
                )

    def _too_many_feeds(self, quotas: Quotas) -> UserError:
        return UserError(
            f"This server has {quotas.feeds} feeds, which is all it may have. Remove one first: /feed remove."
        )

    def _too_many_schedules(self, quotas: Quotas) -> UserError:
        return UserError(
            f"This server has {quotas.schedules} schedules, which is all it may have."
            " Remove one first: /schedule remove."
        )


def _no_schedule() -> UserError:
    return UserError("This server has no such schedule. /schedule list shows what there is.")


def _what(schedule: Schedule) -> tuple[object, ...]:
    """Return what makes two schedules the same digest to a reader."""
    return schedule.channel, schedule.at, schedule.zone, schedule.days, schedule.topic


def _zone_key(name: str) -> str:
    """Return the IANA name of the zone that the person typed."""
    return zone(name).key


def _words(schedule: Schedule) -> str:
    every = len(schedule.days) == len(_WEEK)
    days = "every day" if every else ", ".join(_WEEK[day] for day in sorted(schedule.days))
    return f"{schedule.at:%H:%M} {schedule.zone}, {days}, {schedule.length}"[:_LONGEST_NAME]
