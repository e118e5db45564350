"""/settings and /privacy: where notices go, what there is room for, what is held of a server and how to delete it."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.ui.preflight import check_target, may_configure, server_name, server_of
from bot.ui.privacy_card import confirm_card, export_file, forgotten_card, held_card
from bot.ui.reply import reply
from bot.ui.settings_card import settings_card

Interaction = discord.Interaction[NewsBot]


class SettingsCog(commands.Cog):
    """Settings of a server, and what is held of it; both need Manage Server."""

    def __init__(self, bot: NewsBot) -> None:
        self._desk = bot.desk

    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Check again what Discord's settings should have checked."""
        return may_configure(interaction)

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(notices="Where to tell you once when a feed breaks, and when it works again")
    async def settings(self, interaction: Interaction, notices: discord.TextChannel | None = None) -> None:
        """See the limits of this server, and choose where notices go."""
        await interaction.response.defer(ephemeral=True)
        server = server_of(interaction)
        if notices is not None:
            check_target(interaction, notices)
            await self._desk.set_notices(server, notices.id, interaction.user.id)
        await reply(interaction, settings_card(await self._desk.room(server)))

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(
        action="See what is held, get all of it as a file, or delete it now",
        confirm="To delete: the name of this server",
    )
    async def privacy(
        self,
        interaction: Interaction,
        action: Literal["show", "export", "delete"] = "show",
        confirm: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """What I hold of this server; get it as a file or delete it."""
        await interaction.response.defer(ephemeral=True)
        server, name = server_of(interaction), server_name(interaction)
        held = await self._desk.held(server)
        if action == "delete" and confirm == name:
            await self._desk.forget(server)
            await reply(interaction, forgotten_card(held))
        elif action == "delete":
            await reply(interaction, confirm_card(held, name))
        elif action == "export":
            await interaction.followup.send(file=export_file(server, held), ephemeral=True)
        else:
            await reply(interaction, held_card(held))


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(SettingsCog(bot))
