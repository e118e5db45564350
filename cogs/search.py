"""/search: articles by their words."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.choices import to_choices
from bot.ui.custom_ids import Ask
from bot.ui.pages import ROWS
from bot.ui.payload import Payload
from bot.ui.reply import reply
from bot.ui.search_list import search_list

Interaction = discord.Interaction[NewsBot]


class SearchCog(commands.Cog):
    """Searches stored articles."""

    def __init__(self, bot: NewsBot) -> None:
        self._news = bot.news
        bot.answers["search"] = self.answer

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(query="Words, a “phrase”, or the start of a word with *", outlet="Only this outlet")
    async def search(
        self,
        interaction: Interaction,
        query: app_commands.Range[str, 2, 100],
        outlet: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Find articles by their words."""
        await interaction.response.defer(ephemeral=True)
        await reply(interaction, await self.answer(interaction, Ask("search", (query, outlet or ""))))

    @search.autocomplete("outlet")
    async def outlets(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest outlets."""
        return to_choices(await self._news.outlet_choices(typed))

    async def answer(self, _: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer with a page of articles."""
        query, outlet = ask.options
        page = await self._news.search(query, outlet=outlet or None, limit=ROWS, offset=ask.offset)
        return search_list(query, page, ask)


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(SearchCog(bot))
