"""The help is read from the commands."""

import discord
import pytest
from discord import app_commands

from bot.ui.help_text import help_text, leaves


def command(name: str, description: str = "Does it") -> app_commands.Command[app_commands.Group, ..., None]:
    async def callback(interaction: discord.Interaction, word: str, more: str = "") -> None:
        """Do nothing."""

    return app_commands.Command(name=name, description=description, callback=callback)


def test_commands_come_by_name_with_their_options_and_who_may_use_them() -> None:
    group = app_commands.Group(name="feed", description="x", default_permissions=discord.Permissions(manage_guild=True))
    group.add_command(command("remove"))
    group.add_command(command("add"))

    async def look(interaction: discord.Interaction, message: discord.Message) -> None:
        """Do nothing."""

    menu = app_commands.ContextMenu(name="Look", callback=look)
    body = help_text([command("status"), group, menu]).texts[1]

    assert body.split("\n") == [
        "`/feed add word [more]`",
        "-# Does it · needs Manage Server",
        "`/feed remove word [more]`",
        "-# Does it · needs Manage Server",
        "`/status word [more]`",
        "-# Does it",
    ]
    assert [one.name for one in leaves([command("b"), command("a")])] == ["a", "b"]


def test_help_that_no_longer_fits_fails_loudly() -> None:
    with pytest.raises(ValueError, match="longer than a message"):
        help_text([command(f"command{number}", "d" * 100) for number in range(40)])
