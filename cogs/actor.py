"""/actor: one person, organisation or country."""

from dataclasses import replace
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.actor_card import POSITION, QUOTES_ABOUT, QUOTES_BY, actor_card, actor_quotes
from bot.ui.choices import to_choices
from bot.ui.comparison import position_list
from bot.ui.custom_ids import Ask
from bot.ui.pages import ROWS
from bot.ui.payload import Payload
from bot.ui.reply import reply

Interaction = discord.Interaction[NewsBot]


class ActorCog(commands.Cog):
    """Looks up people, organisations and countries."""

    def __init__(self, bot: NewsBot) -> None:
        self._news = bot.news
        bot.answers["actor"] = self.answer

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        name="A person, organisation or country", view="What to see first", issue="Position: on what (words of a quote)"
    )
    async def actor(
        self,
        interaction: Interaction,
        name: app_commands.Range[str, 1, 100],
        view: Literal["overview", "quotes by", "quotes about", "position", "actions", "events"] = "overview",
        issue: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        """Who somebody is, what they said, what was said about them, what they did."""
        await interaction.response.defer(ephemeral=True)
        await reply(
            interaction,
            await self.answer(
                interaction,
                Ask("actor", (name, *([issue] if issue else [])), POSITION if issue and view == "overview" else view),
            ),
        )

    @actor.autocomplete("name")
    async def names(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest actors."""
        return to_choices(await self._news.actor_choices(typed))

    async def answer(self, _: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer with one view of an actor."""
        actor = await self._news.actor(ask.options[0])
        known, who = replace(ask, options=(actor.actor.id, *ask.options[1:])), actor.actor.id
        if ask.view == POSITION:
            issue = ask.options[1] if len(ask.options) > 1 else None
            return position_list(await self._news.position(who, issue, limit=ROWS, offset=ask.offset), known)
        if ask.view == QUOTES_BY:
            return actor_quotes(actor, await self._news.quotes(by=who, limit=ROWS, offset=ask.offset), known)
        if ask.view == QUOTES_ABOUT:
            return actor_quotes(actor, await self._news.quotes(about=who, limit=ROWS, offset=ask.offset), known)
        return actor_card(actor, known)


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(ActorCog(bot))
