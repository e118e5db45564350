"""Chromium through Playwright, where both are there, and the demo as a person starts it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[3]
_ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str | None:
    """Say what is missing for a browser test, or None."""
    if find_spec("playwright") is None:
        return "no Playwright: pip install playwright"
    return None if _chromium() else "no Chromium: on Debian, apt-get install chromium"


@contextmanager
def browser() -> Iterator[Any]:
    """Yield a headless browser."""
    # By name, since not everybody has it.
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_chromium(), args=list(_ARGUMENTS))
        yield opened
        opened.close()


@asynccontextmanager
async def browser_beside_us() -> AsyncIterator[Any]:
    """Yield a headless browser for a test whose server runs in the same event loop."""
    async with import_module("playwright.async_api").async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=_chromium(), args=list(_ARGUMENTS))
        yield opened
        await opened.close()


@contextmanager
def demo(*options: str) -> Iterator[str]:
    """Start ``needtoknow demo``, yield the address that it prints, and end it as a service manager would."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEEDTOKNOW_")}
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            process.terminate()
            assert process.wait(30) == 0


def axe() -> str:
    """Return the source of axe-core, which a package of the development tools brings along."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def _chromium() -> str | None:
    return next((path for path in map(shutil.which, _NAMES) if path), None)
