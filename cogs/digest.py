"""/digest: read one now, read the last one again, look behind it."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.model.editions import Edition, EditionId, Length
from bot.ui.choices import chosen_id, to_choices
from bot.ui.custom_ids import Ask
from bot.ui.digest_message import digest_message
from bot.ui.edition_detail import sources_list, why_list
from bot.ui.failures import ReplyError
from bot.ui.payload import Payload
from bot.ui.preflight import server_of
from bot.ui.reply import reply
from bot.ui.schedule_card import home_zone

Interaction = discord.Interaction[NewsBot]


@app_commands.guild_only()
class DigestCog(commands.GroupCog, group_name="digest", group_description="What you need to know, in a few sentences"):
    """Reads editions to people."""

    def __init__(self, bot: NewsBot) -> None:
        self._news, self._desk = bot.news, bot.desk
        bot.answers.update(sources=self.sources, why=self.why)

    @app_commands.command()
    @app_commands.describe(
        hours="How many hours to look back",
        length="How many stories at most",
        topic="A topic, an actor, words, storyline: …, outlets: …",
    )
    async def now(
        self,
        interaction: Interaction,
        hours: app_commands.Range[int, 1, 168] | None = None,
        length: Literal["short", "standard", "long"] = "standard",
        topic: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Make a digest of the latest news, for you alone."""
        await interaction.response.defer(ephemeral=True)
        zone = home_zone(await self._desk.schedules(server_of(interaction)))
        edition = await self._news.digest(
            zone=zone, hours=hours, length=Length(length), topic=topic, guild=server_of(interaction)
        )
        await reply(interaction, *digest_message(edition, share=True))

    @now.autocomplete("topic")
    async def topics(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest topics and actors."""
        return to_choices(await self._news.topic_choices(typed))

    @app_commands.command()
    async def latest(self, interaction: Interaction) -> None:
        """Read the last digest that was posted here."""
        await interaction.response.defer(ephemeral=True)
        server = server_of(interaction)
        edition = await self._news.latest_edition(server, interaction.channel_id)
        edition = edition or await self._news.latest_edition(server)
        if edition is None:
            raise ReplyError("No digest was posted here yet. `/schedule add` plans one, `/digest now` makes one.")
        await reply(interaction, *digest_message(edition, share=True))

    async def sources(self, interaction: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer where the words of an edition come from."""
        return sources_list(await self._edition(interaction, ask), ask)

    async def why(self, interaction: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer why the stories of an edition stand there."""
        return why_list(await self._edition(interaction, ask), ask)

    async def _edition(self, interaction: discord.Interaction[Any], ask: Ask) -> Edition:
        number = EditionId(chosen_id(ask.options[0]))
        edition = await self._news.edition(server_of(interaction), number)
        if edition is None:
            raise ReplyError("I no longer have that digest. `/digest latest` shows the newest one.")
        return edition


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(DigestCog(bot))
