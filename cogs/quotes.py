"""/quotes: who said what, about whom."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.model.analysis import QuoteKind
from bot.ui.choices import to_choices
from bot.ui.custom_ids import Ask
from bot.ui.pages import ROWS
from bot.ui.payload import Payload
from bot.ui.quote_list import quote_list
from bot.ui.reply import reply

Interaction = discord.Interaction[NewsBot]


class QuotesCog(commands.Cog):
    """Looks up quotes."""

    def __init__(self, bot: NewsBot) -> None:
        self._news = bot.news
        bot.answers["quotes"] = self.answer

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        by="Who said it", about="Who is spoken of", contains="Words in the quote", kind="In full, in part, or reported"
    )
    async def quotes(
        self,
        interaction: Interaction,
        by: app_commands.Range[str, 1, 100] | None = None,
        about: app_commands.Range[str, 1, 100] | None = None,
        contains: app_commands.Range[str, 2, 60] | None = None,
        kind: Literal["direct", "partial", "reported"] | None = None,
    ) -> None:
        """Words as they were said, each with its source."""
        await interaction.response.defer(ephemeral=True)
        ask = Ask("quotes", (by or "", about or "", contains or "", kind or ""))
        await reply(interaction, await self.answer(interaction, ask))

    @quotes.autocomplete("by")
    @quotes.autocomplete("about")
    async def actors(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest actors."""
        return to_choices(await self._news.actor_choices(typed))

    async def answer(self, _: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer with a page of quotes."""
        by, about, contains, kind = ask.options
        page = await self._news.quotes(
            by=by or None,
            about=about or None,
            contains=contains or None,
            kind=QuoteKind(kind) if kind else None,
            limit=ROWS,
            offset=ask.offset,
        )
        return quote_list(page, ask)


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(QuotesCog(bot))
