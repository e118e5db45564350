"""Opens the sandbox: newsroom, double, page and bot, with the first days already told by the bot itself."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.errors import NeedToKnowError
from bot.feeds.opml import Outline, write_opml
from bot.sandbox.bot_process import BotGoneError, BotProcess
from bot.sandbox.double.clockwork import SandboxClock
from bot.sandbox.double.interactions import Interaction
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.newsroom import Newsroom
from bot.sandbox.night import Night
from bot.sandbox.readers import Readers, build_readers
from bot.sandbox.stage.guide import Guide
from bot.sandbox.stage.scene import Scene
from bot.sandbox.stage.server import Stage
from bot.sandbox.world import World, actor_folder, load_world

JsonObject = dict[str, Any]

_FIRST_DAYS: Final = 2
_CONNECTS_WITHIN_SECONDS: Final = 120.0
_ANSWERS_WITHIN_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What is open."""

    stage: Stage
    scene: Scene
    bot: BotProcess
    night: Night


@asynccontextmanager
async def open_sandbox(
    folder: Path, *, port: int = 0, told: Callable[[str], None] = lambda _: None
) -> AsyncIterator[Sandbox]:
    """Yield the sandbox on a loopback *port* (0: a free one) once the bot has told the first days.

    The bot's database and log lie in *folder*. *told* hears what is being done, for somebody who waits.

    Raises:
        UsageError: the port cannot be used.
        BotGoneError: the bot ended; the message holds the last lines of its log.
    """
    world = load_world()
    clock = SandboxClock(world.items[0].first_seen)
    async with AsyncExitStack() as stack:
        actors = stack.enter_context(actor_folder())
        newsroom = await stack.enter_async_context(Newsroom(world, clock))
        double = Double(clock)
        double.state.token = secrets.token_urlsafe(24)
        readers = build_readers(double)
        scene = Scene(double, readers, Guide(double.state.bot["id"]), world.zone)
        stage = await stack.enter_async_context(Stage(scene, port=port))
        scene.guide.told = stage.tell_done
        told("Starting the bot (the language model takes a few seconds) …")
        settings = _settings(double, newsroom, actors, folder) | _packs(newsroom, world, folder / "packs")
        bot = await stack.enter_async_context(BotProcess(settings, clock, folder))
        await _connected(double, bot)
        night = await stack.enter_async_context(Night(clock, bot))
        night.told, night.failed, scene.night = stage.tell_clock, stage.tell_failure, night
        await _set_up(double, readers, newsroom, world)
        told(f"The bot reads the first {_FIRST_DAYS} days and posts their editions …")
        await _tell_first_days(scene, night, world)
        yield Sandbox(stage, scene, bot, night)


def _settings(double: Double, newsroom: Newsroom, actors: Path, folder: Path) -> dict[str, str]:
    return {
        "NEEDTOKNOW_TOKEN": double.state.token,
        "NEEDTOKNOW_DISCORD_API": double.api,
        "NEEDTOKNOW_DISCORD_GATEWAY": double.gateway_url,
        "NEEDTOKNOW_DATABASE__URL": str(folder / "demo.sqlite"),
        "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
        "NEEDTOKNOW_FEEDS__ALLOW_PORTS": f"[{newsroom.port}]",
        "NEEDTOKNOW_LIMITS__FEED_ADDS_PER_MINUTE": "100",
        "NEEDTOKNOW_LANGUAGE__ACTOR_FOLDERS": f'["{actors}"]',
    }


def _packs(newsroom: Newsroom, world: World, folder: Path) -> dict[str, str]:
    """Write the one starter pack that this world has, since the bot's own ones lead out of it."""
    folder.mkdir()
    feeds = [Outline(address, name) for name, address in newsroom.feeds.items()]
    (folder / "inner-sea.opml").write_bytes(write_opml(feeds, world.title))
    return {"NEEDTOKNOW_FEEDS__PACK_FOLDER": str(folder)}


async def _connected(double: Double, bot: BotProcess) -> None:
    """Wait until the bot is at work and listens to the gateway.

    Raises:
        BotGoneError: it ended, or never came.
    """
    await bot.ready()
    waits = {asyncio.ensure_future(double.gateway.identified.wait()), asyncio.ensure_future(bot.gone.wait())}
    _, left = await asyncio.wait(waits, timeout=_CONNECTS_WITHIN_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for wait in left:
        wait.cancel()
    if not double.gateway.identified.is_set():
        raise BotGoneError(f"The bot did not connect. Its log: {bot.log}")


async def _set_up(double: Double, readers: Readers, newsroom: Newsroom, world: World) -> None:
    """Let the admin do what any admin does: add feeds and plan a daily edition, by the bot's own commands."""
    admin = double.member(readers.admin.user, readers.newsroom, patience=_ANSWERS_WITHIN_SECONDS)
    for address in newsroom.feeds.values():
        _taken(admin, await admin.slash("feed add", url=address))
    planned = await admin.slash(
        "schedule add", channel=readers.daily, time=f"{world.at:%H:%M}", timezone=world.zone.key
    )
    _taken(admin, planned)
    admin.say("All set: eight feeds, one edition a day. `/feed list` and `/schedule list` show it.")
    admin.at(readers.general).say(
        f"I have asked a news bot in. It posts in <#{readers.daily['id']}> every morning at seven, and it answers "
        "questions: type a slash to see which."
    )


def _taken(admin: Member, seen: Interaction) -> None:
    """Make sure that the bot did as it was told, and put its answer away, as one does.

    Raises:
        NeedToKnowError: it did not.
    """
    if seen.failure or not any(message["components"] for message in seen.shown):
        raise NeedToKnowError(f"The demo's bot refused /{seen.name}: {seen.failure or seen.text}")
    for message in seen.shown:
        admin.dismiss(message)


async def _tell_first_days(scene: Scene, night: Night, world: World) -> None:
    double, readers = scene.double, scene.readers
    first, *_, last = world.edition_times()[:_FIRST_DAYS]
    await night.pass_until(first)
    member = double.member(readers.member.user, readers.general)
    member.say("Read it with my tea. I like that each sentence says where it is from.")
    await night.pass_until(last)
    double.guilds.join(readers.school)
