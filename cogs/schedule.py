"""/schedule: when which channel gets its digest."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsBot
from bot.model.delivery import ScheduleId
from bot.model.editions import Length
from bot.ui.choices import chosen_id, to_choices
from bot.ui.preflight import check_target, may_configure, server_of
from bot.ui.reply import reply
from bot.ui.schedule_card import schedule_added, schedule_list, schedule_paused, schedule_removed, schedule_skipped

Interaction = discord.Interaction[NewsBot]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class ScheduleCog(commands.GroupCog, group_name="schedule", group_description="When digests are posted, and where"):
    """Plans digests; every command needs Manage Server."""

    def __init__(self, bot: NewsBot) -> None:
        self._desk, self._news = bot.desk, bot.news

    async def interaction_check(self, interaction: discord.Interaction[discord.Client], /) -> bool:
        """Check again what Discord's settings should have checked."""
        return may_configure(interaction)

    @app_commands.command()
    @app_commands.describe(
        channel="Where to post",
        time="When: 07:00, 7am, noon",
        timezone="Your city or time zone",
        days="Which days: daily, weekdays, Mon, Wed; one day is a weekly digest",
        length="How many stories at most",
        topic="A topic, an actor, words, storyline: …, outlets: …",
    )
    async def add(
        self,
        interaction: Interaction,
        channel: discord.TextChannel,
        time: app_commands.Range[str, 1, 20],
        timezone: app_commands.Range[str, 1, 60],
        days: app_commands.Range[str, 1, 60] = "daily",
        length: Literal["short", "standard", "long"] = "standard",
        topic: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Post a digest in a channel every day."""
        await interaction.response.defer(ephemeral=True)
        check_target(interaction, channel)
        server, user, size = server_of(interaction), interaction.user.id, Length(length)
        line = await self._desk.add_schedule(
            server, channel.id, at=time, zone=timezone, days=days, length=size, topic=topic, user=user
        )
        await reply(interaction, schedule_added(line))

    @app_commands.command(name="list")
    async def list_all(self, interaction: Interaction) -> None:
        """See what is planned here."""
        await interaction.response.defer(ephemeral=True)
        await reply(interaction, schedule_list(await self._desk.schedules(server_of(interaction))))

    @app_commands.command()
    @app_commands.describe(schedule="Which one")
    async def remove(self, interaction: Interaction, schedule: app_commands.Range[str, 1, 100]) -> None:
        """Stop posting a digest."""
        await interaction.response.defer(ephemeral=True)
        number = ScheduleId(chosen_id(schedule))
        gone = await self._desk.remove_schedule(server_of(interaction), number, interaction.user.id)
        await reply(interaction, schedule_removed(gone))

    @app_commands.command()
    @app_commands.describe(schedule="Which one")
    async def pause(self, interaction: Interaction, schedule: app_commands.Range[str, 1, 100]) -> None:
        """Post nothing until you resume it."""
        await interaction.response.defer(ephemeral=True)
        number, server = ScheduleId(chosen_id(schedule)), server_of(interaction)
        line = await self._desk.pause_schedule(server, number, interaction.user.id, paused=True)
        await reply(interaction, schedule_paused(line))

    @app_commands.command()
    @app_commands.describe(schedule="Which one")
    async def resume(self, interaction: Interaction, schedule: app_commands.Range[str, 1, 100]) -> None:
        """Let a paused, stopped or skipped digest come again."""
        await interaction.response.defer(ephemeral=True)
        number, server = ScheduleId(chosen_id(schedule)), server_of(interaction)
        line = await self._desk.pause_schedule(server, number, interaction.user.id, paused=False)
        await reply(interaction, schedule_paused(line))

    @app_commands.command()
    @app_commands.describe(schedule="Which one")
    async def skip(self, interaction: Interaction, schedule: app_commands.Range[str, 1, 100]) -> None:
        """Leave out the next digest only."""
        await interaction.response.defer(ephemeral=True)
        number, server = ScheduleId(chosen_id(schedule)), server_of(interaction)
        await reply(interaction, schedule_skipped(*await self._desk.skip_next(server, number, interaction.user.id)))

    @add.autocomplete("timezone")
    @app_commands.check(may_configure)
    async def zones(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest time zones with their current time."""
        return to_choices(await self._desk.zone_choices(typed))

    @add.autocomplete("topic")
    @app_commands.check(may_configure)
    async def topics(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest topics and actors."""
        return to_choices(await self._news.topic_choices(typed))

    @pause.autocomplete("schedule")
    @resume.autocomplete("schedule")
    @skip.autocomplete("schedule")
    @remove.autocomplete("schedule")
    @app_commands.check(may_configure)
    async def schedules(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest this server's schedules."""
        return to_choices(await self._desk.schedule_choices(server_of(interaction), typed))


async def setup(bot: NewsBot) -> None:
    """Register the cog (called by discord.py)."""
    await bot.add_cog(ScheduleCog(bot))
