"""A canary token and a canary address go through a life of the bot: neither is in a log, traceback or message."""

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.double.clockwork import SandboxClock
from bot.sandbox.double.faults import Fault
from bot.sandbox.double.server import Double
from bot.storage.database import Database
from bot.storage.guilds import GuildStore
from tests.app.running import NOW
from tests.app.test_hostile_feeds import settings
from tests.feeds.servers import FEED, Request, answer, serve
from tests.promises import Record

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

KEY = "canarykey5f1d"


async def test_no_secret_is_in_logs_tracebacks_or_messages(tmp_path: Path, record_promise: Record) -> None:
    broken = asyncio.Event()

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        assert KEY in request.path
        good, bad = answer(FEED, content_type="text/xml"), answer(b"", "500 Broken")
        await (bad if broken.is_set() else good)(request, writer)

    clock = SandboxClock(NOW)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serve(handle))
        double = await stack.enter_async_context(Double(clock))
        double.gateway.identify_seconds = 0.0
        ada = double.state.add_user("ada")
        guild = double.state.add_guild("Readers", ada)
        member = double.member(ada, double.state.add_channel(guild, "daily-news"), patience=30.0)
        given = settings(double, server.port, tmp_path) | {"NEEDTOKNOW_LOG__LEVEL": "DEBUG"}
        bot = await stack.enter_async_context(BotProcess(given, clock, tmp_path))
        await asyncio.wait_for(double.gateway.identified.wait(), 60)
        url = server.url(f"/rss?key={KEY}")
        added = await member.slash("feed add", url=url)
        await member.slash("feed add", url=server.url(f"/none?key={KEY}").replace("http://", f"http://ada:{KEY}@"))
        broken.set()
        await member.slash("feed add", url=server.url(f"/other?key={KEY}"))
        for _ in range(3):
            await bot.follow()
        for command in ("feed list", "status", "settings", "privacy"):
            await member.slash(command)
        await member.slash("privacy", action="export")
        double.faults.arm(Fault.INTERNAL, times=6)
        await member.slash("feed list")
        token = double.state.token
        sent = json.dumps(list(member.sees), default=str)
        log = bot.log.read_text("utf-8")
        exported = json.dumps(await export(tmp_path, int(guild["id"])))

    assert "Feed added" in added.text
    hits = {name: text.count(KEY) + text.count(token) for name, text in (("log", log), ("messages", sent))}
    assert hits == {"log": 0, "messages": 0}
    assert KEY not in exported
    assert "aW50" not in log
    assert len(log.splitlines()) > 20
    record_promise(
        "10 secrets", f"{len(log.splitlines())} log lines at DEBUG and {len(sent)} characters of messages: 0 hits"
    )


async def export(folder: Path, guild: int) -> object:
    async with Database(folder / "news.sqlite", create=False) as database:
        return await GuildStore(database).export(guild)
