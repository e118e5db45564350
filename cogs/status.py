"""/status and /help: how the bot is doing, and what it can do."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.help_text import help_text
from bot.ui.layout import to_view
from bot.ui.preflight import server_of
from bot.ui.reply import reply
from bot.ui.status_card import status_card

Interaction = discord.Interaction[NewsBot]


class StatusCog(commands.Cog):
    """Speaks about the bot itself."""

    def __init__(self, bot: NewsBot) -> None:
        self._news, self._tree = bot.news, bot.tree

    @app_commands.command()
    @app_commands.guild_only()
    async def status(self, interaction: Interaction) -> None:
        """How I am doing: what was read, what fails, what comes next."""
        await interaction.response.defer(ephemeral=True)
        await reply(interaction, status_card(await self._news.status(server_of(interaction))))

    @app_commands.command(name="help")
    @app_commands.guild_only()
    async def show_help(self, interaction: Interaction) -> None:
        """Everything I can do."""
        await interaction.response.send_message(view=to_view(help_text(self._tree.get_commands())), ephemeral=True)


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(StatusCog(bot))
