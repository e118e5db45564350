"""The Discord connection: loads cogs, hands them their services, turns errors into replies."""

import hashlib
import json
import logging
from datetime import timedelta
from typing import Any, Final, Protocol

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket

from bot.clock import Clock, SystemClock
from bot.errors import NeedToKnowError
from bot.model.editions import Length
from bot.news.questions import DeskQuestions, NewsQuestions
from bot.ui.failures import NotAllowedError, TooLateFilter, answer_failure
from bot.ui.layout import to_view
from bot.ui.once import Once
from bot.ui.payload import Payload
from bot.ui.views import DYNAMIC_ITEMS, Answer
from bot.ui.welcome import welcome, welcome_back

_LOG = logging.getLogger(__name__)
_TREE_LOG = logging.getLogger("discord.app_commands.tree")

COGS: Final = (
    "cogs.digest",
    "cogs.schedule",
    "cogs.feed",
    "cogs.actor",
    "cogs.compare",
    "cogs.event",
    "cogs.quotes",
    "cogs.search",
    "cogs.status",
    "cogs.setup",
    "cogs.settings",
)
# A sample of what was read lately, for a server that has just invited us.
_SAMPLE_HOURS: Final = 24
# Whoever invited us longer ago has gone on to other things.
_GREETED_WITHIN: Final = timedelta(minutes=10)
# discord.py would wait an hour through a ban of ours at Cloudflare's; from here on it raises RateLimited instead.
_LONGEST_RATE_LIMIT_SECONDS: Final = 60.0


class CommandHash(Protocol):
    """Remembers which definition of the commands Discord was last given."""

    async def find(self) -> str | None:
        """Return the hash that was put last, or None."""
        ...

    async def put(self, value: str) -> None:
        """Remember *value* instead."""
        ...


class Tree(app_commands.CommandTree["NewsBot"]):
    """One place where a failed command is answered."""

    async def interaction_check(self, interaction: discord.Interaction["NewsBot"], /) -> bool:
        """Refuse what does not come from a server, whatever Discord's settings let through."""
        if interaction.guild_id is None:
            raise NotAllowedError("I only work inside a server. Please ask me there.")
        return True

    async def on_error(
        self, interaction: discord.Interaction["NewsBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what they can fix; log the rest with a traceback."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        await answer_failure(interaction, error, interaction.command.qualified_name if interaction.command else "?")


class NewsBot(commands.Bot):
    """A bot that carries its services; cogs read them in ``setup``, nowhere else.

    ``answers`` says who answers which question, for buttons; each cog puts its own in. ``once`` keeps a button that is
    pressed twice from doing a thing twice.
    """

    def __init__(
        self, news: NewsQuestions, desk: DeskQuestions, *, hashes: CommandHash | None = None, clock: Clock | None = None
    ) -> None:
        """Prepare the bot. Without *hashes* the commands are told to Discord at every start."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT_SECONDS,
        )
        self.news = news
        self.desk = desk
        self.clock: Clock = clock or SystemClock()
        self.answers: dict[str, Answer] = {}
        self.once = Once()
        self._hashes = hashes
        self._too_late = TooLateFilter()

    async def setup_hook(self) -> None:
        """Load every cog and tell Discord the commands, if they changed; a cog that cannot load stops the start."""
        _TREE_LOG.addFilter(self._too_late)
        self.add_dynamic_items(*DYNAMIC_ITEMS)
        for name in COGS:
            await self.load_extension(name)
        await self._sync()

    async def close(self) -> None:
        """Leave Discord; a second call does nothing."""
        _TREE_LOG.removeFilter(self._too_late)
        await super().close()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say in one message what to do next, in the first channel that has room for us; else say nothing."""
        is_new = await self.desk.join(guild.id)
        channel = _first_writable(guild) if is_new else None
        _LOG.info("joined: guild=%s new=%s channel=%s", guild.id, is_new, channel.id if channel else None)
        if channel is None:
            return
        try:
            await channel.send(view=to_view(await self._greeting(guild.id)))
        except discord.HTTPException as error:
            _LOG.warning("no welcome: guild=%s code=%s", guild.id, error.code)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server that invited us just now; one that did so longer ago, while we were away, is remembered.

        discord.py takes every server that comes within two seconds of a connection for one that was there before.
        """
        joined = guild.me.joined_at
        if joined is not None and self.clock.now() - joined < _GREETED_WITHIN:
            await self.on_guild_join(guild)
        else:
            await self.desk.join(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Post nothing more there; an outage of Discord's does not come here but as ``guild_unavailable``."""
        await self.desk.leave(guild.id)
        _LOG.info("left: guild=%s", guild.id)

    async def _greeting(self, guild: int) -> Payload:
        kept = await self.desk.schedules(guild)
        if kept:
            return welcome_back(len(kept), len(await self.desk.feeds(guild)))
        try:
            return welcome(await self.news.digest(hours=_SAMPLE_HOURS, length=Length.SHORT))
        except NeedToKnowError as error:
            _LOG.warning("no sample for a welcome: guild=%s why=%s", guild, error)
            return welcome()

    async def _sync(self) -> None:
        value = self._command_hash()
        if self._hashes is not None and await self._hashes.find() == value:
            return
        synced = await self.tree.sync()
        _LOG.info("commands told to Discord: commands=%d hash=%s", len(synced), value[:12])
        if self._hashes is not None:
            await self._hashes.put(value)

    def _command_hash(self) -> str:
        """Return a hash of the commands as Discord gets them, and of the application they belong to."""
        commands_by_name = sorted(self.tree.get_commands(), key=lambda command: command.name)
        definition: list[Any] = [self.application_id, [command.to_dict(self.tree) for command in commands_by_name]]
        return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()


class ShardedNewsBot(NewsBot, commands.AutoShardedBot):
    """The bot as it runs: in as many sessions of the gateway, in this one process, as Discord recommends."""

    most_tries = 12
    """So often a session of the gateway is tried, five seconds apart."""
    _tries = 0

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:  # noqa: ARG002
        """Connect where a single session would, so that the settings can name another gateway.

        Raises:
            GatewayNotFound: all tries were in vain. discord.py makes each from inside the one before and never stops,
                until Python's stack is full.
        """
        self._tries += 1
        if self._tries > self.most_tries:
            raise discord.GatewayNotFound
        await super().launch_shard(DiscordWebSocket.DEFAULT_GATEWAY, shard_id, initial=initial)
        self._tries = 0


def _first_writable(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the system channel, else the first text channel from above, where we may write; None: nowhere."""
    system = [guild.system_channel] if guild.system_channel else []
    for channel in [*system, *guild.text_channels]:
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None
