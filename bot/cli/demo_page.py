"""The demo in the browser: opens the sandbox, prints its address, and serves it until somebody ends it."""

import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.cli.output import note, say


async def show_page(port: int, *, browser: bool) -> None:
    """Serve the sandbox on *port* (0: a free one) until SIGINT or SIGTERM; open it in a *browser* where there is one.

    Raises:
        UsageError: the port cannot be used.
        BotGoneError: the bot could not be started.
    """
    from bot.cli.logs import configure_logging

    configure_logging("WARNING")
    await _until_stopped(_serve(port, browser=browser))


async def _serve(port: int, *, browser: bool) -> None:
    from bot.sandbox.opening import open_sandbox

    with tempfile.TemporaryDirectory(prefix="needtoknow-demo-") as folder:
        async with open_sandbox(Path(folder), port=port, told=note) as sandbox:
            address = sandbox.stage.address
            say(f"The sandbox is open: {address}")
            sys.stdout.flush()
            note("Ctrl-C ends it. Prefer to read here? needtoknow demo --print")
            if browser and _has_browser():
                await asyncio.to_thread(webbrowser.open, address)
            await sandbox.bot.gone.wait()
            note(f"The bot has stopped; the page stays open. Its last words:\n{sandbox.bot.last_lines()}")
            await asyncio.Event().wait()


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do *work* until it ends or a signal asks to."""
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        with suppress(asyncio.CancelledError):
            await task
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _has_browser() -> bool:
    """Tell whether a window can be opened: a browser inside this very terminal would be in the way."""
    has_screen = sys.platform in {"darwin", "win32"} or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return has_screen and sys.stdout.isatty()
