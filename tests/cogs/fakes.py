"""News and desk that answer from samples and remember what they were asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.errors import UnknownActorError, UnknownEventError, UserError
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
from tests.ui.samples import ACTOR_PAGE, END, EVENT, EVENT_PAGE, HIT, QUOTE, STANDARD, VARROW
from tests.ui.test_cards import FEED_LINE, SCHEDULE, STATUS


@dataclass
class FakeNews:
    """Knows Ilsa Varrow, one story, twelve quotes and articles, and the editions of one server."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    editions: dict[tuple[int, int], Edition] = field(default_factory=dict)
    failure: BaseException | None = None

    def _ask(self, what: str, **options: Any) -> None:
        self.asked.append((what, options))
        if self.failure is not None:
            raise self.failure

    async def actor(self, name: str) -> ActorPage:
        self._ask("actor", name=name)
        if name not in {"Varrow", "person/ilsa-varrow"}:
            raise UnknownActorError(name, ("Ilsa Varrow",))
        return ACTOR_PAGE

    async def actor_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        self._ask("actor_choices", typed=typed)
        return (Choice("Ilsa Varrow", "person/ilsa-varrow"),)

    async def quotes(
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
        self._ask("quotes", by=by, about=about, contains=contains, kind=kind, offset=offset)
        rows = [replace(QUOTE, text=f"Quote number {number}.") for number in range(12)]
        return Page(tuple(rows[offset : offset + limit]), len(rows), offset)

    async def event(self, name_or_id: str) -> EventPage:
        self._ask("event", name_or_id=name_or_id)
        if name_or_id not in {"7", "dam"}:
            raise UnknownEventError(name_or_id)
        return EVENT_PAGE

    async def event_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        self._ask("event_choices", typed=typed)
        return (Choice("Karse dam overflows", "7"),)

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
        self._ask("events", actor=actor, since=since, min_outlets=min_outlets, offset=offset)
        return Page((EVENT,), 1, offset)

    async def search(
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
        self._ask("search", query=query, outlet=outlet, offset=offset)
        rows = [replace(HIT, title=f"Article number {number}") for number in range(12)]
        return Page(tuple(rows[offset : offset + limit]), len(rows), offset)

    async def outlet_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        self._ask("outlet_choices", typed=typed)
        return (Choice("Harbour Ledger", "Harbour Ledger"),)

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
        self._ask("digest", zone=zone, hours=hours, length=length, topic=topic, guild=guild)
        return replace(STANDARD, id=None)

    async def position(self, name: str, issue: str | None = None, *, limit: int = 20, offset: int = 0) -> Position:
        self._ask("position", name=name, issue=issue, offset=offset)
        return Position(VARROW, issue, (QUOTE,), 1, offset)

    async def compare(self, one: str, other: str, issue: str | None = None) -> Comparison:
        self._ask("compare", one=one, other=other, issue=issue)
        return Comparison(VARROW, VARROW, issue, ((QUOTE,), (QUOTE,)), ((), ()), (), ())

    async def topic_choices(self, typed: str) -> tuple[Choice, ...]:
        self._ask("topic_choices", typed=typed)
        return (Choice("Health", "Health"),)

    async def latest_edition(self, guild: int, channel: int | None = None) -> Edition | None:
        self._ask("latest_edition", guild=guild, channel=channel)
        return None if channel else next((one for (of, _), one in self.editions.items() if of == guild), None)

    async def edition(self, guild: int, edition: EditionId) -> Edition | None:
        self._ask("edition", guild=guild, edition=edition)
        return self.editions.get((guild, edition))

    async def status(self, guild: int | None = None) -> Status:
        self._ask("status", guild=guild)
        return STATUS


@dataclass
class FakeDesk:
    """Keeps schedules and feeds of each server in lists."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    kept: dict[int, list[ScheduleLine]] = field(default_factory=dict)
    subscribed: dict[int, list[FeedLine]] = field(default_factory=dict)
    present: set[int] = field(default_factory=set)

    async def join(self, guild: int) -> bool:
        is_new = guild not in self.present
        self.present.add(guild)
        return is_new

    async def leave(self, guild: int) -> None:
        self.present.discard(guild)

    async def schedules(self, guild: int) -> tuple[ScheduleLine, ...]:
        return tuple(self.kept.get(guild, ()))

    async def add_schedule(
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
        self.asked.append(
            ("add_schedule", {"guild": guild, "channel": channel, "at": at, "zone": zone, "days": days, "user": user})
        )
        if at == "25:00":
            raise UserError("“25:00” is not a time. Try 07:00, 7am or noon.")
        schedule = replace(SCHEDULE, guild=guild, channel=channel, at=time(7), zone=zone, length=length, topic=topic)
        line = ScheduleLine(schedule, tuple(END + timedelta(days=day) for day in range(3)))
        self.kept.setdefault(guild, []).append(line)
        return line

    async def remove_schedule(self, guild: int, schedule: ScheduleId, user: int) -> Schedule:
        self.asked.append(("remove_schedule", {"guild": guild, "schedule": schedule, "user": user}))
        for line in self.kept.get(guild, []):
            if line.schedule.id == schedule:
                self.kept[guild].remove(line)
                return line.schedule
        raise UserError("This server has no such schedule. See /schedule list.")

    async def pause_schedule(self, guild: int, schedule: ScheduleId, user: int, *, paused: bool) -> ScheduleLine:
        self.asked.append(("pause_schedule", {"guild": guild, "schedule": schedule, "paused": paused, "user": user}))
        for number, line in enumerate(self.kept.get(guild, [])):
            if line.schedule.id == schedule:
                self.kept[guild][number] = replace(line, schedule=replace(line.schedule, paused=paused))
                return self.kept[guild][number]
        raise UserError("This server has no such schedule. See /schedule list.")

    async def skip_next(self, guild: int, schedule: ScheduleId, user: int) -> tuple[ScheduleLine, datetime]:
        self.asked.append(("skip_next", {"guild": guild, "schedule": schedule, "user": user}))
        for line in self.kept.get(guild, []):
            if line.schedule.id == schedule:
                return replace(line, next_runs=line.next_runs[1:]), line.next_runs[0]
        raise UserError("This server has no such schedule. See /schedule list.")

    async def schedule_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        self.asked.append(("schedule_choices", {"guild": guild, "typed": typed}))
        return tuple(Choice("07:00 Europe/Kyiv", str(line.schedule.id)) for line in self.kept.get(guild, ()))

    async def feeds(self, guild: int) -> tuple[FeedLine, ...]:
        return tuple(self.subscribed.get(guild, ()))

    async def add_feed(self, guild: int, url: str, name: str | None, topic: str | None, user: int) -> FeedLine:
        self.asked.append(("add_feed", {"guild": guild, "url": url, "name": name, "topic": topic, "user": user}))
        line = replace(FEED_LINE, url=url, name=name or "Harbour Ledger", topic=topic)
        self.subscribed.setdefault(guild, []).append(line)
        return line

    async def remove_feed(self, guild: int, feed: int, user: int) -> FeedLine:
        self.asked.append(("remove_feed", {"guild": guild, "feed": feed, "user": user}))
        for line in self.subscribed.get(guild, []):
            if line.id == feed:
                self.subscribed[guild].remove(line)
                return line
        raise UserError("This server has no such feed. See /feed list.")

    async def feed_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        self.asked.append(("feed_choices", {"guild": guild, "typed": typed}))
        return tuple(Choice(line.name, str(line.id)) for line in self.subscribed.get(guild, ()))

    async def zone_choices(self, typed: str) -> tuple[Choice, ...]:
        self.asked.append(("zone_choices", {"typed": typed}))
        return (Choice("Kyiv · now 07:02 (+3)", "Europe/Kyiv"),)

    async def zones_meant(self, typed: str) -> tuple[Choice, ...]:
        return await self.zone_choices(typed)

    async def room(self, guild: int) -> ServerRoom:
        self.asked.append(("room", {"guild": guild}))
        return ServerRoom(None, len(self.subscribed.get(guild, ())), 25, len(self.kept.get(guild, ())), 10, 5, 60)

    async def set_notices(self, guild: int, channel: int, user: int) -> None:
        self.asked.append(("set_notices", {"guild": guild, "channel": channel, "user": user}))

    async def held(self, guild: int) -> dict[str, list[dict[str, object]]]:
        self.asked.append(("held", {"guild": guild}))
        return {"subscription": [{"name": line.name} for line in self.subscribed.get(guild, ())]}

    async def forget(self, guild: int) -> None:
        self.asked.append(("forget", {"guild": guild}))
        self.subscribed.pop(guild, None)

    async def packs(self) -> tuple[Pack, ...]:
        return (Pack("harbours", "Harbours", ("Harbour Ledger", "Northline Wire")),)

    async def add_pack(self, guild: int, pack: str, user: int) -> PackAdded:
        self.asked.append(("add_pack", {"guild": guild, "pack": pack, "user": user}))
        return PackAdded(2, 0, 0)

    async def add_feeds(self, guild: int, urls: Iterable[str], user: int) -> FeedsTried:
        return FeedsTried(tuple([await self.add_feed(guild, url, None, None, user) for url in urls]), ())

    async def set_up(self, guild: int, channel: int, *, at: str, zone: str, pack: str | None, user: int) -> SetUp:
        line = await self.add_schedule(
            guild, channel, at=at, zone=zone, days="daily", length=Length.STANDARD, topic=None, user=user
        )
        added = await self.add_pack(guild, pack, user) if pack else None
        return SetUp(line, added, len(self.subscribed.get(guild, ())))


@dataclass
class FakeHash:
    """Keeps the hash of the commands, as storage does across restarts."""

    value: str | None = None
    puts: int = 0

    async def find(self) -> str | None:
        return self.value

    async def put(self, value: str) -> None:
        self.value = value
        self.puts += 1
