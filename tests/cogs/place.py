"""A simulated server in which nothing is set up yet, with a real desk over a real database."""

from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.client import NewsBot
from bot.clock import ManualClock
from bot.errors import FeedError
from bot.model.editions import Edition
from bot.news.allowance import Quotas
from bot.news.desk import Desk
from bot.news.feed_desk import FoundSource
from bot.news.packs import PackShelf
from bot.storage.database import Database
from bot.ui.payload import walk
from bot.ui.setup import draft as moves
from bot.ui.setup.draft import Draft
from tests.cogs.fakes import FakeHash, FakeNews
from tests.ui.samples import STANDARD

KYIV = "Europe/Kyiv"
PACK = """<opml version="2.0"><body>
<outline text="Harbour Ledger" xmlUrl="https://ledger.example/rss"/>
<outline text="Northline Wire" xmlUrl="https://wire.example/rss"/>
</body></opml>"""


class Sources:
    """Finds a feed at any address but the broken ones."""

    async def look(self, url: str) -> FoundSource:
        if "broken" in url:
            raise FeedError("timeout", "broken.example did not answer.")
        return FoundSource(url, "The Skerry Post", 12)


@dataclass
class Wire(FakeNews):
    """News whose editions are given, one a question; the last one stays."""

    coming: tuple[Edition, ...] = (STANDARD,)

    async def digest(self, **options: Any) -> Edition:
        await super().digest(**options)
        edition, *rest = self.coming
        self.coming = tuple(rest) or self.coming
        return replace(edition, id=None)


@dataclass
class Place:
    """All that a test of the wizard needs."""

    env: simcord.Env
    news: Wire
    desk: Desk
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    admins: simcord.RoleHandle
    admin: simcord.MemberActor
    member: simcord.MemberActor

    @property
    def bot(self) -> NewsBot:
        """The bot that runs now."""
        assert isinstance(self.env.bot, NewsBot)
        return self.env.bot

    @property
    def server(self) -> discord.Guild:
        """The server as the bot knows it."""
        assert self.guild.me is not None
        return self.guild.me.guild

    async def restart(self) -> None:
        """Start a new process over the same Discord and database."""
        await self.env.restart_bot(NewsBot(self.news, self.desk, hashes=FakeHash(), clock=self.bot.clock))

    async def start(self) -> simcord.ResponseMessage:
        """Run /setup and return the wizard's message, which stays the same through all steps."""
        shown = (await self.admin.slash(self.channel, "setup")).response
        assert shown is not None
        return shown

    async def last_step(self) -> simcord.ResponseMessage:
        """Go to the last step, with the pack and a zone chosen."""
        shown = await self.start()
        await self.admin.click(shown, label="Continue")
        await self.admin.select(shown, ["harbours"])
        if labels(shown)["Save"]:
            await self.admin.select(shown, [KYIV], custom_id=self.id_of(moves.ZONE, "harbours"))
        return shown

    def id_of(self, move: str, pack: str = "", at: time = time(7), zone: str = "") -> str:
        """Return the id of a button or menu of a card of this channel."""
        return Draft(self.channel.id, pack, at, zone).id_for(move)

    async def saved(self) -> list[tuple[int, str, str]]:
        """Return channel, time and zone of every schedule."""
        lines = await self.desk.schedules(self.guild.id)
        return [(one.schedule.channel, f"{one.schedule.at:%H:%M}", one.schedule.zone) for one in lines]

    async def feeds(self) -> list[str]:
        """Return the names of the server's feeds."""
        return [line.name for line in await self.desk.feeds(self.guild.id)]

    def channel_without(self, **denied: bool | None) -> simcord.ChannelHandle:
        """Make a channel in which the bot is denied something."""
        assert self.guild.me is not None
        refused = discord.PermissionOverwrite(**denied)
        return self.guild.create_text_channel("target", overwrites={self.guild.me: refused})

    def deny(self, **denied: bool | None) -> None:
        """Take permissions from the bot in the channel, where it is."""
        assert self.guild.me is not None
        allow, deny = discord.PermissionOverwrite(**denied).pair()
        changed = Overwrite(self.guild.me.id, OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
        self.env.backend.set_overwrite(self.channel.id, changed)


async def build_place(env: simcord.Env, news: Wire, desk: Desk) -> Place:
    """Make a server without channels, let the bot come in unseen, then fill it."""
    guild = env.create_guild("Port Ellery Readers")
    await env.settle()
    admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel("daily-news")
    admin = guild.add_member(env.create_user("mira"), roles=[admins])
    return Place(env, news, desk, guild, channel, admins, admin, guild.add_member(env.create_user("tomas")))


def desk_over(database: Database, clock: ManualClock, folder: Path) -> Desk:
    """Return a desk that offers one pack of two feeds; a server may have three feeds and two schedules."""
    folder.mkdir()
    (folder / "harbours.opml").write_text(PACK, "utf-8")
    return Desk(database, clock, Sources(), Quotas(feeds=3, schedules=2), PackShelf(folder))


def labels(shown: Any) -> dict[str, bool]:
    """Return the buttons of a message, and whether each is switched off."""
    parts = walk(part if isinstance(part, dict) else part.to_dict() for part in shown.components)
    return {part["label"]: bool(part.get("disabled")) for part in parts if part["type"] == 2}
