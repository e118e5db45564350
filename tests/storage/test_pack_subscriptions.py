"""PackSubscriptionStore: all that fit, in order, in one go; what is read already takes no room."""

import asyncio

import pytest

from bot.model.answers import PackAdded
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.pack_subscriptions import PackSubscriptionStore
from bot.storage.subscriptions import SubscriptionStore
from tests.storage.samples import GUILD, NOON

BY = By(9, NOON)
FEEDS = [(f"https://{name}.example/rss", f"Outlet {name}") for name in "abc"]


async def names(database: Database, guild: int = GUILD) -> list[str]:
    return [line.name for line in await SubscriptionStore(database).list_for(guild)]


async def test_feeds_are_added_until_the_room_ends(database: Database) -> None:
    await SubscriptionStore(database).add(GUILD, FEEDS[1][0], "Ours", by=BY)

    added = await PackSubscriptionStore(database).add(GUILD, "abc", FEEDS, by=BY, limit=2)

    assert added == PackAdded(added=1, known=1, left_out=1)
    assert await names(database) == ["Ours", "Outlet a"]
    assert (await GuildStore(database).changes(GUILD))[0].detail == "abc: 1 new"


async def test_two_servers_share_a_feed_and_nothing_else(database: Database) -> None:
    store = PackSubscriptionStore(database)

    await asyncio.gather(*(store.add(guild, "abc", FEEDS, by=BY, limit=9) for guild in (GUILD, GUILD + 1)))

    assert await names(database) == await names(database, GUILD + 1) == [name for _, name in FEEDS]


async def test_nothing_is_kept_of_a_pack_that_breaks(database: Database) -> None:
    broken = [*FEEDS, ("https://d.example/rss", None)]

    with pytest.raises(Exception, match=r"(?i)null"):
        await PackSubscriptionStore(database).add(GUILD, "abcd", broken, by=BY)  # type: ignore[arg-type] # that is the point

    assert await names(database) == []


async def test_full_server_adds_nothing_and_logs_nothing(database: Database) -> None:
    added = await PackSubscriptionStore(database).add(GUILD, "abc", FEEDS, by=BY, limit=0)

    assert added == PackAdded(0, 0, 3)
    assert await GuildStore(database).changes(GUILD) == ()
