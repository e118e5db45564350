"""``needtoknow run`` as its own process, over real sockets, against the Discord double."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def running(
    double: Double, folder: Path, *, token: str | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEEDTOKNOW_")} | {
        "NEEDTOKNOW_TOKEN": token or double.state.token,
        "NEEDTOKNOW_DISCORD_API": double.api,
        "NEEDTOKNOW_DISCORD_GATEWAY": double.gateway_url,
        "NEEDTOKNOW_DATABASE__URL": str(folder / "news.sqlite"),
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as opened:
        yield opened


@pytest.fixture
def admin(double: Double) -> Member:
    owner = double.state.add_user("ada")
    channel = double.state.add_channel(double.state.add_guild("Readers", owner), "daily-news")
    return double.member(owner, channel)


async def ready(double: Double) -> None:
    await asyncio.wait_for(double.gateway.identified.wait(), 80)
    double.gateway.identified.clear()


async def test_a_second_one_on_the_same_database_refuses_to_start_and_the_first_goes_on(
    double: Double, admin: Member, tmp_path: Path
) -> None:
    async with running(double, tmp_path) as first:
        await ready(double)
        async with running(double, tmp_path) as second:
            _, said = await asyncio.wait_for(second.communicate(), 80)
        status = await admin.slash("status")
        first.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(first.wait(), 15)

    assert code == 0
    assert status.failure is None
    assert double.violations == []
    assert second.returncode == 1
    assert b"news.sqlite" in said
    assert b"Traceback" not in said


async def test_a_wrong_token_is_one_clear_line_and_exit_78(double: Double, tmp_path: Path) -> None:
    async with running(double, tmp_path, token="wrong") as process:
        _, said = await asyncio.wait_for(process.communicate(), 80)

    assert process.returncode == 78
    assert b"token" in said
    assert b"Traceback" not in said
