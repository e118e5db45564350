"""/compare: two actors side by side."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.choices import to_choices
from bot.ui.comparison import comparison_card
from bot.ui.reply import reply

Interaction = discord.Interaction[NewsBot]


class CompareCog(commands.Cog):
    """Sets two actors side by side."""

    def __init__(self, bot: NewsBot) -> None:
        self._news = bot.news

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        first="A person, organisation or country", second="Another one", issue="Only quotes with these words"
    )
    async def compare(
        self,
        interaction: Interaction,
        first: app_commands.Range[str, 1, 100],
        second: app_commands.Range[str, 1, 100],
        issue: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        """What two actors say, what they say of each other, and what they do."""
        await interaction.response.defer(ephemeral=True)
        await reply(interaction, comparison_card(await self._news.compare(first, second, issue)))

    @compare.autocomplete("first")
    @compare.autocomplete("second")
    async def names(self, _: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Suggest actors."""
        return to_choices(await self._news.actor_choices(typed))


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(CompareCog(bot))
