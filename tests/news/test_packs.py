"""Starter packs and setting up: all or nothing, within quotas, and twice is once."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError, UserError
from bot.feeds.guard import FetchRules, check_url
from bot.model.answers import PackAdded
from bot.model.editions import Length
from bot.news.allowance import Quotas
from bot.news.desk import Desk
from bot.news.feed_desk import FoundSource
from bot.news.packs import PackShelf
from bot.storage.database import Database
from bot.storage.feeds import FeedStore
from bot.storage.guilds import GuildStore
from bot.storage.outlets import OutletStore

HERE, ELSEWHERE, CHANNEL, ADMIN = 10, 20, 77, 9
HARBOURS = """<opml version="2.0"><body>
<outline text="Harbour Ledger" xmlUrl="https://ledger.example/rss"/>
<outline text="Northline Wire" xmlUrl="https://wire.example/rss"/>
<outline text="Solmere Courier" xmlUrl="https://courier.example/rss"/>
</body></opml>"""


class Sources:
    """Finds a feed at any address but the broken ones."""

    async def look(self, url: str) -> FoundSource:
        if "broken" in url:
            raise FeedError("timeout", "broken.example did not answer.")
        return FoundSource(url, "The Skerry Post", 12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "harbours.opml").write_text(HARBOURS, "utf-8")
    return folder


@pytest.fixture
def desk(sqlite: Database, clock: ManualClock, folder: Path) -> Desk:
    return Desk(sqlite, clock, Sources(), Quotas(feeds=4, schedules=2, feed_adds=99), PackShelf(folder))


async def set_up(desk: Desk, guild: int = HERE, pack: str | None = "harbours", at: str = "07:00") -> PackAdded | None:
    return (await desk.set_up(guild, CHANNEL, at=at, zone="Europe/Kyiv", pack=pack, user=ADMIN)).pack


async def names(desk: Desk, guild: int = HERE) -> list[str]:
    return [line.name for line in await desk.feeds(guild)]


async def test_packs_that_come_with_the_bot_can_be_read_and_fetched() -> None:
    packs = await PackShelf().list_packs()

    assert "world" in [one.pack.key for one in packs]
    for one in packs:
        assert len(one.pack.names) == len(one.feeds) >= 5
        assert all(check_url(feed.url, FetchRules()) for feed in one.feeds)


async def test_file_that_is_no_pack_is_left_out(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "broken.opml").write_text("<html/>", "utf-8")
    (folder / f"{'x' * 25}.opml").write_text(HARBOURS, "utf-8")
    (folder / "notes.txt").write_text("read me", "utf-8")

    packs = await PackShelf(folder).list_packs()

    assert [(one.pack.key, one.pack.title) for one in packs] == [("harbours", "Harbours")]
    assert "pack left out: file=broken.opml why=This is no OPML file." in caplog.text


async def test_new_file_needs_no_restart(folder: Path) -> None:
    shelf = PackShelf(folder)
    await shelf.list_packs()

    (folder / "two-seas.opml").write_text(HARBOURS, "utf-8")

    assert (await shelf.get("two-seas")).pack.title == "Two seas"
    assert await PackShelf(folder / "missing").list_packs() == ()


async def test_pack_is_read_from_its_next_round_without_being_fetched_first(
    desk: Desk, sqlite: Database, clock: ManualClock
) -> None:
    added = await desk.add_pack(HERE, "harbours", ADMIN)

    assert added == PackAdded(3, 0, 0)
    assert await names(desk) == ["Harbour Ledger", "Northline Wire", "Solmere Courier"]
    due = await FeedStore(sqlite).due(clock.now(), 10)
    assert [feed.url for feed in due] == [
        "https://ledger.example/rss", "https://wire.example/rss", "https://courier.example/rss",
    ]  # fmt: skip


async def test_pack_twice_is_once_and_touches_no_other_server(desk: Desk, sqlite: Database) -> None:
    await desk.add_pack(HERE, "harbours", ADMIN)

    again = await desk.add_pack(HERE, "harbours", ADMIN)

    assert again == PackAdded(0, 3, 0)
    assert len(await names(desk)) == 3
    assert await names(desk, ELSEWHERE) == []
    (change,) = await GuildStore(sqlite).changes(HERE)
    assert (change.action, change.detail, change.user) == ("pack add", "harbours: 3 new", ADMIN)


async def test_pack_fills_what_room_there_is(desk: Desk) -> None:
    await desk.add_feeds(HERE, ["wire.example/rss", "a.example", "b.example"], ADMIN)

    added = await desk.add_pack(HERE, "harbours", ADMIN)

    assert added == PackAdded(1, 1, 1)
    assert len(await names(desk)) == 4


async def test_pack_without_any_room_is_refused_in_words(desk: Desk) -> None:
    await desk.add_feeds(HERE, ["a.example", "b.example", "c.example", "d.example"], ADMIN)

    with pytest.raises(UserError, match=r"has 4 feeds, which is all it may have\. Remove one first: /feed remove"):
        await desk.add_pack(HERE, "harbours", ADMIN)
    with pytest.raises(UserError, match="no starter pack “lakes”"):
        await desk.add_pack(HERE, "lakes", ADMIN)


async def test_setting_up_saves_a_daily_digest_and_the_pack(desk: Desk) -> None:
    done = await desk.set_up(HERE, CHANNEL, at="7am", zone="kyiv", pack="harbours", user=ADMIN)

    (line,) = await desk.schedules(HERE)
    assert done.line == line
    assert (line.schedule.channel, f"{line.schedule.at:%H:%M}", line.schedule.zone) == (CHANNEL, "07:00", "Europe/Kyiv")
    assert (done.pack, done.feeds) == (PackAdded(3, 0, 0), 3)


async def test_setting_up_twice_at_once_is_once(desk: Desk) -> None:
    await asyncio.gather(*(set_up(desk) for _ in range(5)))

    assert len(await desk.schedules(HERE)) == 1
    assert len(await names(desk)) == 3


async def test_another_time_or_a_paused_digest_is_another_one(desk: Desk) -> None:
    await set_up(desk)
    await set_up(desk, at="19:00", pack=None)

    assert [f"{line.schedule.at:%H:%M}" for line in await desk.schedules(HERE)] == ["07:00", "19:00"]


async def test_nothing_is_saved_where_schedules_are_full(desk: Desk) -> None:
    for at in ("6am", "8am"):
        await desk.add_schedule(
            HERE, CHANNEL, at=at, zone="UTC", days="daily", length=Length.SHORT, topic=None, user=ADMIN
        )

    with pytest.raises(UserError, match=r"has 2 schedules.*/schedule remove"):
        await set_up(desk)

    assert await names(desk) == []


async def test_nothing_is_saved_where_the_pack_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="no starter pack"):
        await set_up(desk, pack="lakes")
    with pytest.raises(UserError, match="25:00"):
        await set_up(desk, at="25:00")

    assert await desk.schedules(HERE) == ()


async def test_each_address_that_fails_is_told_and_the_others_are_added(desk: Desk) -> None:
    tried = await desk.add_feeds(HERE, ["a.example", "broken.example", "https://broken.example/rss"], ADMIN)

    assert [line.url for line in tried.lines] == ["https://a.example"]
    assert len(tried.problems) == 1
    assert tried.problems[0].startswith("I can't read broken.example: The server did not answer in time.")


async def test_addresses_beyond_the_quota_are_told_once(desk: Desk) -> None:
    tried = await desk.add_feeds(HERE, [f"{name}.example" for name in "abcdef"], ADMIN)

    assert len(tried.lines) == 4
    assert tried.problems == ("This server has 4 feeds, which is all it may have. Remove one first: /feed remove.",)


@pytest.mark.parametrize(
    ("typed", "zones"), [("kyiv", ["Europe/Kyiv"]), ("europe/kyiv", ["Europe/Kyiv"]), ("+0530", ["Asia/Kolkata"])]
)
async def test_place_that_means_one_zone_is_that_zone(desk: Desk, typed: str, zones: list[str]) -> None:
    assert [one.value for one in await desk.zones_meant(typed)][:1] == zones


async def test_place_that_means_several_zones_is_all_of_them(desk: Desk) -> None:
    found = [one.value for one in await desk.zones_meant("EST")]

    assert found[0] == "America/New_York"
    assert len(found) > 1
    with pytest.raises(UserError, match="“xyzzy” is no time zone I know"):
        await desk.zones_meant("xyzzy")


async def test_server_is_new_once_and_again_after_it_left(desk: Desk) -> None:
    arrivals = [await desk.join(HERE), await desk.join(HERE)]
    await set_up(desk)
    await desk.leave(HERE)

    assert arrivals == [True, False]
    assert await desk.join(HERE)
    assert len(await desk.schedules(HERE)) == 1


async def test_the_packs_of_the_bot_name_owner_country_and_kind_of_every_outlet() -> None:
    for one in await PackShelf().list_packs():
        assert all(feed.owner and feed.kind and feed.country and feed.country.isupper() for feed in one.feeds)
        countries = [feed.country for feed in one.feeds]
        # balanced: feeds decide what matters, so that no country may hold the pack
        assert max(map(countries.count, countries)) <= len(countries) / 5
        owners = [feed.owner for feed in one.feeds]
        assert len(set(owners)) == len(owners)


async def test_what_a_pack_says_of_an_outlet_is_kept_and_never_overwrites(sqlite: Database, clock: ManualClock) -> None:
    desk = Desk(sqlite, clock, Sources(), Quotas(feeds=50, schedules=2))
    await OutletStore(sqlite).put("RNZ", {"owner": "Somebody", "country": "AU"})

    await desk.add_pack(HERE, "world", ADMIN)

    found = [await OutletStore(sqlite).find(name) for name in ("Dawn", "RNZ")]
    assert [(one.owner, one.country) for one in found if one] == [("Dawn Media Group", "PK"), ("Somebody", "AU")]
