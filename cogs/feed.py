"""/feed: which sources this server reads."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.choices import chosen_id, to_choices
from bot.ui.custom_ids import Ask
from bot.ui.feed_card import feed_added, feed_list, feed_removed
from bot.ui.payload import Payload
from bot.ui.preflight import may_configure, server_of
from bot.ui.reply import reply

Interaction = discord.Interaction[NewsBot]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class FeedCog(commands.GroupCog, group_name="feed", group_description="Which sources are read"):
    """Manages feeds; every command needs Manage Server."""

    def __init__(self, bot: NewsBot) -> None:
        self._desk = bot.desk
        bot.answers["feeds"] = self.answer

    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Check again what Discord's settings should have checked."""
        return may_configure(interaction)

    @app_commands.command()
    @app_commands.describe(
        url="Address of a feed, or of a site that has one", name="What to call it", topic="What it is about"
    )
    async def add(
        self,
        interaction: Interaction,
        url: app_commands.Range[str, 4, 2000],
        name: app_commands.Range[str, 1, 80] | None = None,
        topic: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        """Read one more source."""
        await interaction.response.defer(ephemeral=True)
        line = await self._desk.add_feed(server_of(interaction), url, name, topic, interaction.user.id)
        await reply(interaction, feed_added(line))

    @app_commands.command(name="list")
    async def list_all(self, interaction: Interaction) -> None:
        """See the sources of this server and how they are doing."""
        await interaction.response.defer(ephemeral=True)
        await reply(interaction, await self.answer(interaction, Ask("feeds")))

    @app_commands.command()
    @app_commands.describe(feed="Which one")
    async def remove(self, interaction: Interaction, feed: app_commands.Range[str, 1, 100]) -> None:
        """Stop reading a source."""
        await interaction.response.defer(ephemeral=True)
        gone = await self._desk.remove_feed(server_of(interaction), chosen_id(feed), interaction.user.id)
        await reply(interaction, feed_removed(gone))

    @remove.autocomplete("feed")
    @app_commands.check(may_configure)
    async def feeds(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest this server's feeds."""
        return to_choices(await self._desk.feed_choices(server_of(interaction), typed))

    async def answer(self, interaction: discord.Interaction[Any], ask: Ask) -> Payload:
        """Answer with a page of feeds; also called by buttons, which no command's check stands before."""
        may_configure(interaction)
        return feed_list(await self._desk.feeds(server_of(interaction)), ask)


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(FeedCog(bot))
