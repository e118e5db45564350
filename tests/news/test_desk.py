"""Desk: a server's configuration, its own rows alone, within quotas, refusals in plain words."""

from datetime import UTC, datetime

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError, UserError
from bot.model.delivery import ScheduleId
from bot.model.editions import Length
from bot.news.allowance import Quotas
from bot.news.desk import Desk
from bot.news.feed_desk import FoundSource
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore

HERE, ELSEWHERE, CHANNEL, ADMIN = 10, 20, 77, 9


class Sources:
    """Finds a feed at any address but the broken ones."""

    def __init__(self) -> None:
        self.looked: list[str] = []

    async def look(self, url: str) -> FoundSource:
        self.looked.append(url)
        if "broken" in url:
            raise FeedError("timeout", "broken.example did not answer.")
        return FoundSource(url, "The Skerry Post", 12)


@pytest.fixture
def sources() -> Sources:
    return Sources()


@pytest.fixture
def desk(sqlite: Database, clock: ManualClock, sources: Sources) -> Desk:
    return Desk(sqlite, clock, sources, Quotas(feeds=2, schedules=2))


async def add(desk: Desk, guild: int = HERE, at: str = "7am", zone: str = "Europe/Kyiv", days: str = "daily") -> int:
    line = await desk.add_schedule(
        guild, CHANNEL, at=at, zone=zone, days=days, length=Length.STANDARD, topic=None, user=ADMIN
    )
    return line.schedule.id


async def test_a_schedule_tells_its_next_three_runs(desk: Desk) -> None:
    await add(desk)

    (line,) = await desk.schedules(HERE)

    assert [run.isoformat() for run in line.next_runs] == [
        "2026-03-03T05:00:00+00:00", "2026-03-04T05:00:00+00:00", "2026-03-05T05:00:00+00:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "zone", "days", "said"),
    [("25:00", "UTC", "daily", "25:00"), ("7am", "Mars", "daily", "Mars"), ("7am", "UTC", "someday", "someday")],
)
async def test_what_cannot_be_read_is_named(desk: Desk, at: str, zone: str, days: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        await add(desk, at=at, zone=zone, days=days)

    assert await desk.schedules(HERE) == ()


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("actor: Nobdy", "no actor called “Nobdy”"),
        ("outlets: The Skery Post", "No outlet is called"),
        ("storyline: 99", "no story “99”"),
        ("topic: gardening", "no topic “gardening”"),
    ],
)
async def test_a_digest_of_what_is_not_known_is_refused_before_it_is_stored(desk: Desk, topic: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        await desk.add_schedule(
            HERE, CHANNEL, at="7am", zone="UTC", days="daily", length=Length.SHORT, topic=topic, user=ADMIN
        )

    assert await desk.schedules(HERE) == ()


async def test_quotas_end_in_a_friendly_refusal(desk: Desk) -> None:
    await add(desk)
    await add(desk)

    with pytest.raises(UserError, match=r"has 2 schedules.*/schedule remove"):
        await add(desk)

    assert len(await desk.schedules(HERE)) == 2
    assert await add(desk, guild=ELSEWHERE)


async def test_another_servers_schedule_is_neither_seen_nor_removed(desk: Desk) -> None:
    number = await add(desk)

    with pytest.raises(UserError, match="no such schedule"):
        await desk.remove_schedule(ELSEWHERE, (await desk.schedules(HERE))[0].schedule.id, ADMIN)

    assert await desk.schedule_choices(ELSEWHERE, "") == ()
    assert [choice.value for choice in await desk.schedule_choices(HERE, "kyiv")] == [str(number)]


async def test_a_feed_is_looked_at_before_it_is_kept(desk: Desk, sources: Sources) -> None:
    line = await desk.add_feed(HERE, "post.example/feed", None, None, ADMIN)

    assert sources.looked == ["https://post.example/feed"]
    assert line.name == "The Skerry Post"
    assert [row.name for row in await desk.feeds(HERE)] == ["The Skerry Post"]
    assert await desk.feeds(ELSEWHERE) == ()


async def test_a_feed_that_cannot_be_read_is_not_kept_and_says_why(desk: Desk) -> None:
    with pytest.raises(UserError, match=r"can't read broken\.example"):
        await desk.add_feed(HERE, "https://broken.example/feed", None, None, ADMIN)

    assert await desk.feeds(HERE) == ()


async def test_another_servers_feed_cannot_be_removed(desk: Desk) -> None:
    line = await desk.add_feed(HERE, "https://post.example/feed", "Post", None, ADMIN)

    with pytest.raises(UserError, match="no such feed"):
        await desk.remove_feed(ELSEWHERE, line.id, ADMIN)
    removed = await desk.remove_feed(HERE, line.id, ADMIN)

    assert removed.name == "Post"
    assert await desk.feeds(HERE) == ()


async def test_zones_are_suggested_with_their_time(desk: Desk, clock: ManualClock) -> None:
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))

    choices = await desk.zone_choices("kiev")

    assert choices[0].value == "Europe/Kyiv"
    assert "14:00" in choices[0].name


async def test_feeds_are_added_at_a_walking_pace_whether_or_not_they_can_be_read(
    sqlite: Database, clock: ManualClock, sources: Sources
) -> None:
    now = 0.0
    desk = Desk(sqlite, clock, sources, Quotas(feeds=25, schedules=2, feed_adds=5), seconds=lambda: now)
    for number in range(3):
        await desk.add_feed(HERE, f"https://{number}.example/rss", None, None, ADMIN)
    for _ in range(2):
        with pytest.raises(UserError, match="did not answer"):
            await desk.add_feed(HERE, "https://broken.example/", None, None, ADMIN)

    with pytest.raises(UserError, match="5 feeds a minute"):
        await desk.add_feed(HERE, "https://5.example/rss", None, None, ADMIN)
    await desk.add_feed(ELSEWHERE, "https://6.example/rss", None, None, ADMIN)
    now = 60.0
    await desk.add_feed(HERE, "https://7.example/rss", None, None, ADMIN)

    assert len(sources.looked) == 7
    assert len(await desk.feeds(HERE)) == 4


async def test_exactly_as_many_feeds_as_allowed_fit_and_no_more_are_fetched(
    sqlite: Database, clock: ManualClock, sources: Sources
) -> None:
    desk = Desk(sqlite, clock, sources, Quotas(feeds=25, schedules=10, feed_adds=999))

    tried = [await desk.add_feeds(HERE, [f"https://{number}.example/rss"], ADMIN) for number in range(40)]

    problems = [problem for one in tried for problem in one.problems]
    assert problems == ["This server has 25 feeds, which is all it may have. Remove one first: /feed remove."] * 15
    assert (len(await desk.feeds(HERE)), len(sources.looked)) == (25, 25)


async def test_an_operator_may_allow_one_server_more(sqlite: Database, clock: ManualClock, sources: Sources) -> None:
    desk = Desk(sqlite, clock, sources, Quotas(feeds=1, schedules=1, minutes_apart=60))
    limits = {"feeds": 3, "schedules": 2, "minutes_apart": 5}
    await GuildStore(sqlite).set_details(HERE, by=By(None, clock.now()), limits=limits)

    for number in range(3):
        await desk.add_feed(HERE, f"https://{number}.example/rss", None, None, ADMIN)
    await add(desk)
    await add(desk, at="7:10")
    await desk.add_feed(ELSEWHERE, "https://0.example/rss", None, None, ADMIN)

    with pytest.raises(UserError, match="1 feeds"):
        await desk.add_feed(ELSEWHERE, "https://1.example/rss", None, None, ADMIN)
    room = await desk.room(HERE)
    assert (room.feeds, room.most_feeds, room.schedules, room.most_schedules, room.minutes_apart) == (3, 3, 2, 2, 5)


async def test_digests_of_one_channel_keep_an_hour_apart_in_every_zone(
    sqlite: Database, clock: ManualClock, sources: Sources
) -> None:
    desk = Desk(sqlite, clock, sources, Quotas(feeds=1, schedules=9, minutes_apart=60))
    await add(desk, at="7am", zone="UTC", days="mon")

    with pytest.raises(UserError, match="at least 60 minutes apart"):
        await add(desk, at="9:30", zone="Europe/Kyiv")
    await add(desk, at="9:30", zone="Europe/Kyiv", days="tue")
    await add(desk, at="8am", zone="UTC", days="mon")

    assert len(await desk.schedules(HERE)) == 3


async def test_a_paused_digest_goes_on_only_where_it_keeps_its_distance(
    sqlite: Database, clock: ManualClock, sources: Sources
) -> None:
    desk = Desk(sqlite, clock, sources, Quotas(feeds=1, schedules=9, minutes_apart=60))
    first = ScheduleId(await add(desk, at="7am", zone="UTC"))
    await desk.pause_schedule(HERE, first, ADMIN, paused=True)
    second = ScheduleId(await add(desk, at="7:30", zone="UTC"))

    with pytest.raises(UserError, match="at least 60 minutes apart"):
        await desk.pause_schedule(HERE, first, ADMIN, paused=False)
    still = {line.schedule.id: line.schedule.paused for line in await desk.schedules(HERE)}
    await desk.pause_schedule(HERE, second, ADMIN, paused=True)
    resumed = await desk.pause_schedule(HERE, first, ADMIN, paused=False)

    assert still == {first: True, second: False}
    assert not resumed.schedule.paused


async def test_a_name_that_one_server_gives_stays_with_it(desk: Desk, sqlite: Database) -> None:
    line = await desk.add_feed(HERE, "https://post.example/rss", "Our secret nickname", None, ADMIN)
    other = await desk.add_feed(ELSEWHERE, "https://post.example/rss", None, None, ADMIN)

    assert line.name == "Our secret nickname"
    assert line.feed.outlet.name == other.name == other.feed.outlet.name == "The Skerry Post"


async def test_the_next_day_is_skipped_and_comes_back_when_resumed(desk: Desk) -> None:
    number = ScheduleId(await add(desk))
    before = (await desk.schedules(HERE))[0].next_runs

    line, at = await desk.skip_next(HERE, number, ADMIN)
    once = (await desk.schedules(HERE))[0].next_runs
    _, second = await desk.skip_next(HERE, number, ADMIN)
    resumed = await desk.pause_schedule(HERE, number, ADMIN, paused=False)

    assert (at, second) == before[:2]
    assert line.next_runs == once
    assert once[:2] == before[1:]
    assert resumed.next_runs == (await desk.schedules(HERE))[0].next_runs == before


async def test_a_schedule_rests_while_it_is_paused(desk: Desk) -> None:
    number = ScheduleId(await add(desk))

    paused = await desk.pause_schedule(HERE, number, ADMIN, paused=True)

    assert paused.schedule.paused
    for refused in (desk.pause_schedule(ELSEWHERE, number, ADMIN, paused=False), desk.skip_next(ELSEWHERE, number, 1)):
        with pytest.raises(UserError, match="no such schedule"):
            await refused


async def test_days_cannot_be_skipped_for_ever(desk: Desk) -> None:
    number = ScheduleId(await add(desk))

    for _ in range(20):
        await desk.skip_next(HERE, number, ADMIN)
    with pytest.raises(UserError, match="/schedule pause"):
        await desk.skip_next(HERE, number, ADMIN)
