"""``needtoknow demo``: the bot at work in a made-up world, with no Discord account and no network."""

import asyncio
import sys
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this file's command to *app*."""
    app.command(help="Try the bot in a made-up world, in the browser: no account, no network.")(demo)


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the page's address.")] = False,
    live: Annotated[bool, typer.Option("--live", help="Print an edition of the starter pack's real feeds.")] = False,
    just_print: Annotated[
        bool, typer.Option("--print", help="No page: print the editions, then ask at a terminal.")
    ] = False,
) -> None:
    """Run the demo.

    Where nobody sits at a terminal, and no page is asked for by its port or by ``--no-browser``, it prints and ends.
    """
    asked_for_page = bool(port) or no_browser
    if live or just_print or not (asked_for_page or sys.stdin.isatty()):
        from bot.cli.demo_print import print_days, print_live

        asyncio.run(print_live() if live else print_days(port))
    else:
        from bot.cli.demo_page import show_page

        asyncio.run(show_page(port, browser=not no_browser))
