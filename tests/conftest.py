"""Rules for every test: no network but loopback, a fresh database, one profile for hypothesis."""

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from bot.analysis.language import Language, load_language
from bot.clock import ManualClock
from tests.databases import database, empty_file, postgres_url, sqlite
from tests.promises import pytest_terminal_summary, record_promise

__all__ = ["database", "empty_file", "postgres_url", "pytest_terminal_summary", "record_promise", "sqlite"]

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("prove", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("NEEDTOKNOW_HYPOTHESIS", "suite"))

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail at once when a test would leave this machine."""
    real: Callable[..., Any] = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else address
        if host not in _LOOPBACK and not str(host).startswith("127.") and self.family != socket.AF_UNIX:
            pytest.fail(f"a test tried to reach {host}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def clock() -> ManualClock:
    """A clock at noon of 2 March 2026, UTC."""
    return ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.fixture(scope="session")
def language() -> Language:
    """The language model that is active on this machine, loaded once."""
    return load_language()


@pytest.fixture
def data_folder() -> Path:
    """The folder with labelled sets and case articles; the test is skipped where there is none."""
    folder = os.environ.get("NEEDTOKNOW_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("no labelled data: set NEEDTOKNOW_DATA to their folder")
    return Path(folder)
