"""A new server is greeted once, with one button that opens the wizard for those who may; an outage is no farewell."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import AuditError, StorageError
from bot.storage.database import Database
from bot.storage.guilds import GuildStore
from tests.cogs.place import KYIV, Place, labels
from tests.cogs.town import answer, texts

NEEDS = "You need the **Manage Server** permission for that. Please ask an admin of this server."


@pytest.fixture
async def fresh(place: Place, sqlite: Database) -> Place:
    """The place before the bot was ever there."""
    await GuildStore(sqlite).purge(place.guild.id)
    return place


async def test_new_server_gets_one_message_with_a_sample_and_a_button(fresh: Place) -> None:
    for _ in range(2):
        await fresh.bot.on_guild_join(fresh.server)

    (message,) = fresh.channel.history()
    assert texts(message).startswith("## What you need to know, every day\nI read many outlets")
    assert "-# From the last 24 hours, as a sample:" in texts(message)
    assert "turned back three Estmark trawlers" in texts(message)
    assert labels(message) == {"Set up": False}
    assert not message.flags.ephemeral


@pytest.mark.parametrize("failure", [StorageError("busy"), AuditError("a stray character")])
async def test_welcome_without_an_edition_shows_a_made_up_sample(fresh: Place, failure: Exception) -> None:
    fresh.news.failure = failure

    await fresh.bot.on_guild_join(fresh.server)

    (message,) = fresh.channel.history()
    assert "-# A sample from a made-up world:" in texts(message)


async def test_button_of_the_welcome_opens_the_wizard_for_admins_alone_and_after_a_restart(fresh: Place) -> None:
    await fresh.bot.on_guild_join(fresh.server)
    (message,) = fresh.channel.history()
    await fresh.restart()

    refused = await fresh.member.click(message, label="Set up")
    opened = await fresh.admin.click(message, label="Set up")

    assert answer(refused) == NEEDS
    assert f"I can post in <#{fresh.channel.id}>." in answer(opened)
    assert "Step 1 of 3" in answer(opened)
    assert texts(fresh.channel.history()[0]) == texts(message)


async def test_greeting_goes_to_the_system_channel_where_there_is_one(fresh: Place) -> None:
    lobby = fresh.guild.create_text_channel("lobby")
    fresh.env.backend.guilds[fresh.guild.id].system_channel_id = lobby.id
    fresh.server._system_channel_id = lobby.id

    await fresh.bot.on_guild_join(fresh.server)

    assert (len(lobby.history()), fresh.channel.history()) == (1, [])


async def test_server_without_a_place_to_write_is_not_greeted(fresh: Place) -> None:
    fresh.deny(send_messages=False)

    await fresh.bot.on_guild_join(fresh.server)

    assert fresh.channel.history() == []


async def test_greeting_that_is_refused_is_only_noted(fresh: Place, caplog: pytest.LogCaptureFixture) -> None:
    fresh.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

    with caplog.at_level(logging.WARNING):
        await fresh.bot.on_guild_join(fresh.server)

    assert f"no welcome: guild={fresh.guild.id} code=50013" in caplog.text


async def test_kicked_bot_stops_and_finds_its_settings_when_it_comes_back(place: Place, sqlite: Database) -> None:
    await place.desk.set_up(place.guild.id, place.channel.id, at="07:00", zone=KYIV, pack="harbours", user=1)
    server = place.server
    await place.bot.on_guild_remove(server)
    left = await GuildStore(sqlite).find(place.guild.id)

    await place.bot.on_guild_join(server)

    assert left is not None
    assert left.left_at == place.bot.clock.now()
    (message,) = place.channel.history()
    assert "## I am back\nYour settings are as you left them: 1 digest planned, 2 feeds." in texts(message)
    assert len(await place.saved()) == 1


async def test_outage_is_no_farewell_and_its_end_no_arrival(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(place.bot._connection, "dispatch", lambda event, *_: told.append(event))
    outage: Any = {"id": str(place.guild.id), "unavailable": True}

    place.bot._connection.parse_guild_delete(outage)
    await place.bot.on_guild_available(place.server)

    assert told == ["guild_unavailable"]
    assert place.channel.history() == []


async def test_server_that_invited_us_while_we_were_away_is_remembered_and_not_greeted_late(
    fresh: Place, sqlite: Database
) -> None:
    fresh.server.me.joined_at = fresh.bot.clock.now() - timedelta(hours=1)

    await fresh.bot.on_guild_available(fresh.server)

    assert await GuildStore(sqlite).find(fresh.guild.id) is not None
    assert fresh.channel.history() == []


async def test_server_that_invites_us_while_we_connect_is_greeted_once(fresh: Place) -> None:
    fresh.server.me.joined_at = fresh.bot.clock.now() - timedelta(seconds=1)

    for _ in range(2):
        await fresh.bot.on_guild_available(fresh.server)

    (message,) = fresh.channel.history()
    assert labels(message) == {"Set up": False}
