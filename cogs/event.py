"""/event and /events: what happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.choices import to_choices
from bot.ui.custom_ids import Ask
from bot.ui.event_card import event_card
from bot.ui.event_list import event_list
from bot.ui.pages import LINES
from bot.ui.payload import Payload
from bot.ui.reply import reply

Interaction = discord.Interaction[NewsBot]
_DAYS: Final = {"today": 1, "3 days": 3, "week": 7, "month": 30}


class EventCog(commands.Cog):
    """Looks up stories."""

    def __init__(self, bot: NewsBot) -> None:
        self._news, self._clock = bot.news, bot.clock
        bot.answers.update(event=self.answer_one, events=self.answer_many)

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(event="A story", view="What to see first")
    async def event(
        self,
        interaction: Interaction,
        event: app_commands.Range[str, 1, 100],
        view: Literal["summary", "timeline", "sources", "actors"] = "summary",
    ) -> None:
        """What happened, when, who reports it, who is in it."""
        await interaction.response.defer(ephemeral=True)
        await reply(interaction, await self.answer_one(interaction, Ask("event", (event,), view)))

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        actor="Only stories with this actor",
        period="How far back",
        min_outlets="Only stories of at least so many outlets",
    )
    async def events(
        self,
        interaction: Interaction,
        actor: app_commands.Range[str, 1, 100] | None = None,
        period: Literal["today", "3 days", "week", "month"] = "3 days",
        min_outlets: app_commands.Range[int, 1, 50] = 1,
    ) -> None:
        """The most important stories of a period."""
        await interaction.response.defer(ephemeral=True)
        since = self._clock.now() - timedelta(days=_DAYS[period])
        ask = Ask("events", (actor or "", str(int(since.timestamp())), str(min_outlets)))
        await reply(interaction, await self.answer_many(interaction, ask))

    @event.autocomplete("event")
    async def stories(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest recent stories."""
        return to_choices(await self._news.event_choices(typed))

    @events.autocomplete("actor")
    async def actors(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest actors."""
        return to_choices(await self._news.actor_choices(typed))

    async def answer_one(self, _: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer with one view of a story."""
        event = await self._news.event(ask.options[0])
        return event_card(event, replace(ask, options=(str(event.event.id),), view=ask.view or "summary"))

    async def answer_many(self, _: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer with a page of stories."""
        actor, since, outlets = ask.options
        start = datetime.fromtimestamp(int(since), UTC)
        page = await self._news.events(
            actor=actor or None, since=start, min_outlets=int(outlets), limit=LINES, offset=ask.offset
        )
        return event_list(page, ask)


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(EventCog(bot))
