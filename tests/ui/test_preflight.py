"""Who may configure is read from the interaction itself."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.ui.failures import NotAllowedError, ReplyError
from bot.ui.preflight import check_target, may_configure, server_of


def interaction(permissions: discord.Permissions, guild: int | None = 1) -> Any:
    return SimpleNamespace(permissions=permissions, guild_id=guild, user=SimpleNamespace(id=5))


@pytest.mark.parametrize("name", ["manage_guild", "administrator"])
def test_managers_and_administrators_may(name: str) -> None:
    assert may_configure(interaction(discord.Permissions(**{name: True})))


def test_nobody_else_may_and_nobody_outside_a_server() -> None:
    everything_else = discord.Permissions.all()
    everything_else.update(manage_guild=False, administrator=False)

    with pytest.raises(NotAllowedError, match="Manage Server"):
        may_configure(interaction(everything_else))
    with pytest.raises(NotAllowedError):
        may_configure(interaction(discord.Permissions.all(), guild=None))


def test_questions_from_outside_a_server_are_refused() -> None:
    assert server_of(interaction(discord.Permissions())) == 1
    with pytest.raises(ReplyError, match="inside a server"):
        server_of(interaction(discord.Permissions(), guild=None))


def test_channel_of_another_server_is_refused() -> None:
    channel: Any = SimpleNamespace(guild=SimpleNamespace(id=2, me=None))

    with pytest.raises(ReplyError, match="not in this server"):
        check_target(interaction(discord.Permissions.all()), channel)
