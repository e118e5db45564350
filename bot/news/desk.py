"""A server's configuration: its schedules and feeds, each method for one server's rows alone."""

import asyncio
from collections.abc import Callable
from time import monotonic

from bot.clock import Clock
from bot.model.answers import Choice, ServerRoom, SetUp
from bot.model.delivery import EVERY_DAY, Schedule, ScheduleId
from bot.model.editions import Length
from bot.news.allowance import Allowance, Quotas, too_many_schedules
from bot.news.feed_desk import FeedDesk, SourceReader
from bot.news.pace import Pace
from bot.news.packs import PackShelf
from bot.news.schedule_desk import ScheduleDesk, zone_key
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.text.zones import parse_time, suggest_zones


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
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._guilds = GuildStore(database)
        self._allowance = Allowance(database, quotas)
        schedules = self._schedules = ScheduleDesk(database, clock, self._allowance)
        feeds = FeedDesk(database, clock, self._allowance, sources, packs or PackShelf(), Pace(seconds))
        self.schedules, self.schedule_choices = schedules.schedules, schedules.schedule_choices
        self.add_schedule, self.remove_schedule = schedules.add_schedule, schedules.remove_schedule
        self.pause_schedule, self.skip_next = schedules.pause_schedule, schedules.skip_next
        self.feeds, self.feed_choices = feeds.feeds, feeds.feed_choices
        self.add_feed, self.add_feeds, self.remove_feed = feeds.add_feed, feeds.add_feeds, feeds.remove_feed
        self.packs, self.add_pack = feeds.packs, feeds.add_pack

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

    async def room(self, guild: int) -> ServerRoom:
        """Return what this server has chosen, has, and may have."""
        found, quotas = await self._guilds.find(guild), await self._allowance.of(guild)
        return ServerRoom(
            notice_channel=None if found is None else found.notice_channel,
            feeds=len(await self.feeds(guild)),
            most_feeds=quotas.feeds,
            schedules=len(await self.schedules(guild)),
            most_schedules=quotas.schedules,
            feed_adds=quotas.feed_adds,
            minutes_apart=quotas.minutes_apart,
        )

    async def set_notices(self, guild: int, channel: int, user: int) -> None:
        """Let notices about this server's feeds go to *channel* from now on."""
        await self._guilds.set_details(guild, by=By(user, self._clock.now()), notice_channel=channel)

    async def held(self, guild: int) -> dict[str, list[dict[str, object]]]:
        """Return every row that is held of this server, by table."""
        return await self._guilds.export(guild)

    async def forget(self, guild: int) -> None:
        """Delete everything that is held of this server, now."""
        await self._guilds.purge(guild)

    async def set_up(self, guild: int, channel: int, *, at: str, zone: str, pack: str | None, user: int) -> SetUp:
        """Add a pack and a daily digest. A digest at that time in that channel stays the one it is."""
        wanted = (channel, parse_time(at), zone_key(zone), EVERY_DAY, None)
        async with self._one_at_a_time:
            lines = await self.schedules(guild)
            line = next((one for one in lines if not one.schedule.paused and _what(one.schedule) == wanted), None)
            quotas = await self._allowance.of(guild)
            if line is None and len(lines) >= quotas.schedules:
                raise too_many_schedules(quotas)
            if line is None:
                await self._schedules.check_apart(Schedule(ScheduleId(0), guild, *wanted[:4], Length.STANDARD), quotas)
            added = await self.add_pack(guild, pack, user) if pack else None
            line = line or await self.add_schedule(
                guild, channel, at=at, zone=zone, days="daily", length=Length.STANDARD, topic=None, user=user
            )
        return SetUp(line, added, len(await self.feeds(guild)))

    async def zones_meant(self, typed: str) -> tuple[Choice, ...]:
        """Return the one time zone that *typed* means, or several of which it may mean one."""
        now = self._clock.now()
        found = suggest_zones(typed, now) or suggest_zones(zone_key(typed), now, 1)
        exact = [one for one in found if one.value.lower() == typed.strip().lower() and "/" in one.value]
        return tuple(exact) or found

    async def zone_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return time zones by city, country, abbreviation or offset, each with its current local time."""
        return suggest_zones(typed, self._clock.now())


def _what(schedule: Schedule) -> tuple[object, ...]:
    """Return what makes two schedules the same digest to a reader."""
    return schedule.channel, schedule.at, schedule.zone, schedule.days, schedule.topic
