"""BotProcess: the bot as a child that lives by our clock and says how it ended."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.sandbox.bot_process import BotGoneError, BotProcess

CLOCK = ManualClock(datetime(2026, 3, 3, 7, tzinfo=UTC))


async def test_a_bot_that_cannot_start_says_why_and_follows_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDTOKNOW_TOKEN", "a token of the person's own")

    async with BotProcess({"NEEDTOKNOW_DATABASE__URL": str(tmp_path / "demo.sqlite")}, CLOCK, tmp_path) as bot:
        with pytest.raises(BotGoneError, match="No Discord token"):
            await bot.ready()
        await bot.gone.wait()
        with pytest.raises(BotGoneError):
            await bot.follow()

    assert "a token" not in bot.last_lines()
