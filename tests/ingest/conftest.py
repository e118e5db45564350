"""A whole machinery over a fresh SQLite database, with a clock that stands at noon of 2 March 2026."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.app.machinery import Machinery, open_machinery
from bot.clock import ManualClock
from bot.settings import Settings, load_settings

Opener = Callable[[], AbstractAsyncContextManager[Machinery]]


@pytest.fixture
def local_settings(tmp_path: Path) -> Settings:
    return load_settings(
        {
            "NEEDTOKNOW_DATABASE__URL": str(tmp_path / "news.sqlite"),
            "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
            "NEEDTOKNOW_FEEDS__TOTAL_SECONDS": "3",
        }
    )


@pytest.fixture
def opener(local_settings: Settings, clock: ManualClock) -> Opener:
    return lambda: open_machinery(local_settings, clock)


@pytest.fixture
async def machinery(opener: Opener) -> AsyncIterator[Machinery]:
    async with opener() as opened:
        yield opened
