"""The whole sandbox: the real bot in its own process has told the first days, and tells the next one live."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.double.building import all_text
from bot.sandbox.opening import open_sandbox
from tests.sandbox.page.stages import Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


async def test_the_first_days_are_told_and_the_next_morning_comes_live(tmp_path: Path) -> None:
    told: list[str] = []
    async with open_sandbox(tmp_path, told=told.append) as sandbox, aiohttp.ClientSession() as session:
        daily, double = sandbox.scene.readers.daily["id"], sandbox.scene.double
        editions = [all_text(message) for message in double.state.messages[daily].values()]
        async with session.ws_connect(f"{sandbox.stage.address}sandbox/socket") as socket:
            tab = Tab(socket)
            state = await tab.hello()
            await tab.send("clock", next="07:00")
            async with asyncio.timeout(120):
                while sandbox.scene.clock()["now"] < "2026-03-04T07:00" or sandbox.night.is_passing:
                    await tab.until("clock")
            fresh = [frame["d"] for frame in tab.frames if frame["op"] == "dispatch"]
        log = sandbox.bot.log.read_text("utf-8")

    titles = [text.partition("\n")[0] for text in editions if text.startswith("## ")]
    assert titles == ["## What you need to know — Mon 2 Mar 2026", "## What you need to know — Tue 3 Mar 2026"]
    assert "**Update:**" in editions[2]
    assert state["bot_state"] == "online"
    assert {"actor", "digest", "schedule"} <= {command["name"] for command in state["commands"]}
    assert "## What you need to know — Wed 4 Mar 2026" in all_text(fresh[0])
    assert double.violations == []
    assert [line for line in log.splitlines() if " ERROR " in line or "Traceback" in line] == []
    assert len(told) == 2
