"""The whole bot dies at the places that matter most, and the next one neither loses nor doubles a message."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.bot_process import BotGoneError
from tests.app.running import Running, running
from tests.app.test_faults import editions
from tests.promises import Record

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

POINTS = ("outbox.queue", "outbox.mark_sending", "poster.post", "outbox.mark_sent")


async def restarted(stage: Running, failpoint: str) -> None:
    """Start the bot anew, to die at *failpoint*; "" lets it live."""
    await stage.bot.__aexit__(None, None, None)
    stage.more = {"NEEDTOKNOW_FAILPOINT": failpoint} if failpoint else {}
    await stage.start()


async def test_the_bot_dies_and_each_digest_is_posted_once(tmp_path: Path, record_promise: Record) -> None:
    deaths = 0
    async with running(tmp_path) as stage:
        at = (stage.clock.now() + timedelta(days=1)).replace(second=0, microsecond=0)
        for guild, admin in zip(stage.guilds, stage.admins, strict=True):
            channel = stage.double.guilds.add_channel(guild, "morning")
            await admin.slash("schedule add", channel=channel, time=f"{at:%H:%M}", timezone="UTC")
        stage.double.messages.nonce_window = timedelta(milliseconds=50)
        for number, point in enumerate(POINTS):
            await restarted(stage, point)
            stage.clock.set(at + timedelta(days=number))
            with suppress(BotGoneError):
                await stage.bot.follow()
            await asyncio.wait_for(stage.bot.gone.wait(), 30)
            deaths += stage.bot._process is not None and stage.bot._process.returncode == -9
            await restarted(stage, "")
            await stage.bot.follow()
        told = [
            len(editions(stage, next(one for one in guild["channels"] if one["name"] == "morning")))
            for guild in stage.guilds
        ]

    record_promise(
        "1 exactly once, whatever dies",
        f"the whole bot killed at {deaths} places: {told} editions in {len(POINTS)} days",
    )
    assert deaths == len(POINTS)
    assert told == [len(POINTS)] * 2
