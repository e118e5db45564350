"""/setup: a daily digest in three clicks."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.preflight import may_configure
from bot.ui.setup.draft import OPEN, Draft, Press, read_press
from bot.ui.setup.press import guarded
from bot.wizard import Wizard


class SetupCog(commands.Cog):
    """Sets a server up; every step needs Manage Server."""

    def __init__(self, bot: NewsBot) -> None:
        self._wizard = Wizard(bot.news, bot.desk, bot.clock.now, bot.once)

    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Check again what Discord's settings should have checked."""
        return may_configure(interaction)

    @app_commands.command(name="setup")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def start(self, interaction: discord.Interaction[NewsBot]) -> None:
        """Get a daily digest in three clicks: where, what, when."""
        await self._wizard.take(interaction, Press(OPEN, Draft()))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take the wizard's presses, of cards and forms however old."""
        press = read_press(interaction.data)
        if press is not None:
            await guarded(interaction, f"setup {press.move}", partial(self._wizard.take, interaction, press))


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(SetupCog(bot))
