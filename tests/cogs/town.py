"""A simulated server with an admin, a member, and channels of every kind of permission."""

from dataclasses import dataclass
from typing import Any, cast

import discord
import simcord

from bot.client import NewsBot
from bot.clock import ManualClock
from tests.cogs.fakes import FakeDesk, FakeHash, FakeNews


@dataclass
class Town:
    """All that a test of commands needs."""

    env: simcord.Env
    news: FakeNews
    desk: FakeDesk
    hashes: FakeHash
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    admin: simcord.MemberActor
    member: simcord.MemberActor
    admins: simcord.RoleHandle
    clock: ManualClock

    @property
    def bot(self) -> NewsBot:
        """The bot that runs now."""
        return cast(NewsBot, self.env.bot)

    def new_bot(self) -> NewsBot:
        return NewsBot(self.news, self.desk, hashes=self.hashes, clock=self.clock)

    def open_to_everybody(self, command: str) -> None:
        """Open a command to the member in the server's own settings, as an owner may do."""
        found = self.env.backend.find_command(command, self.guild.id, type=1)
        assert found is not None
        self.guild.set_command_permissions(int(found["id"]), {self.member: True})

    def demote(self) -> None:
        """Take Manage Server from the admin."""
        self.env.backend.remove_member_role(self.guild.id, self.admin.id, self.admins.id)

    async def restart(self) -> None:
        """Start a new process over the same Discord."""
        await self.env.restart_bot(self.new_bot())


def answer(result: simcord.InteractionResult) -> str:
    """Return the words of the first answer, and make sure that nobody else sees them."""
    shown = result.response or result.followups[0]
    assert shown.ephemeral
    return texts(shown)


def texts(message: Any) -> str:
    """Return all words of a message: its plain content, or those of its components."""
    if message.content:
        return str(message.content)
    found: list[str] = []

    def collect(components: list[dict[str, Any]]) -> None:
        for part in components:
            if "content" in part:
                found.append(part["content"])
            collect(part.get("components", []))

    collect([part if isinstance(part, dict) else part.to_dict() for part in message.components])
    return "\n".join(found)


def build_town(env: simcord.Env, news: FakeNews, desk: FakeDesk, hashes: FakeHash, clock: ManualClock) -> Town:
    """Make a server with an admin and a member in one channel."""
    guild = env.create_guild("Port Ellery Readers")
    admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    return Town(
        env=env,
        news=news,
        desk=desk,
        hashes=hashes,
        clock=clock,
        guild=guild,
        admins=admins,
        channel=guild.create_text_channel("daily-news"),
        admin=guild.add_member(env.create_user("mira"), roles=[admins]),
        member=guild.add_member(env.create_user("tomas")),
    )
