"""forget_left_servers: thirty days after the bot left, nothing of a server is held."""

from datetime import UTC, datetime, timedelta

from bot.app.operations import forget_left_servers
from bot.storage.database import Database
from bot.storage.guilds import GuildStore

LEFT = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_a_server_is_remembered_for_thirty_days_and_then_forgotten(sqlite: Database) -> None:
    guilds = GuildStore(sqlite)
    await guilds.join(5, LEFT - timedelta(days=1))
    await guilds.join(6, LEFT - timedelta(days=1))
    await guilds.leave(5, LEFT)

    early = await forget_left_servers(sqlite, LEFT + timedelta(days=29))
    late = await forget_left_servers(sqlite, LEFT + timedelta(days=30, seconds=1))

    assert (early, late) == (0, 1)
    assert await guilds.find(5) is None
    assert await guilds.find(6) is not None
