"""Commands about the starter packs: what is in them, and whether their feeds answer."""

import asyncio
from typing import Annotated, Any

import typer

from bot.cli.options import Database, Json, settings_with
from bot.cli.output import note, say_json, table
from bot.errors import FeedError
from bot.news.packs import PackFile


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    group = typer.Typer(help="Starter packs: feeds that read well together.", invoke_without_command=True)
    group.callback()(listed)
    group.command("check", help="Fetch every feed of the packs and say what came of it.")(check)
    app.add_typer(group, name="packs")


def listed(context: typer.Context, db: Database = None, as_json: Json = False) -> None:
    """Show the packs with their outlets, owners and countries."""
    if context.invoked_subcommand is not None:
        return
    packs = asyncio.run(_packs(db))
    if as_json:
        say_json([_shown(one) for one in packs])
        return
    for one in packs:
        rows = [(feed.title, feed.owner or "", feed.country or "", feed.kind or "") for feed in one.feeds]
        table(f"{one.pack.key}: {one.pack.title}", ("outlet", "owner", "country", "kind"), rows)


def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="PACK…", help="Which packs; all where left out.")] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Fetch every feed of the packs; nothing is stored. Exit code 1 where one does not answer."""
    rows = asyncio.run(_checked(names or [], db))
    if as_json:
        say_json(rows)
    else:
        table("Feeds", ("pack", "outlet", "outcome", "entries"), [_line(row) for row in rows])
    if any(row["code"] for row in rows):
        raise typer.Exit(1)


def _line(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return row["pack"], row["outlet"], row["code"] or "ok", str(row["entries"])


async def _packs(db: str | None) -> tuple[PackFile, ...]:
    from bot.app.machinery import shelf_of

    return await shelf_of(settings_with(db)).list_packs()


async def _checked(names: list[str], db: str | None) -> list[dict[str, Any]]:
    from bot.app.machinery import open_feed_reader, shelf_of

    settings = settings_with(db)
    shelf = shelf_of(settings)
    wanted = [await shelf.get(name) for name in names] or list(await shelf.list_packs())
    rows: list[dict[str, Any]] = []
    async with open_feed_reader(settings) as look:
        for one in wanted:
            for feed in one.feeds:
                note(f"{feed.title} …")
                row = {"pack": one.pack.key, "outlet": feed.title, "url": feed.url, "code": None, "entries": 0}
                try:
                    row["entries"] = await look(feed.url)
                except FeedError as error:
                    row["code"] = error.code
                rows.append(row)
    return rows


def _shown(one: PackFile) -> dict[str, Any]:
    feeds = [
        {"outlet": feed.title, "url": feed.url, "owner": feed.owner, "country": feed.country, "kind": feed.kind}
        for feed in one.feeds
    ]
    return {"key": one.pack.key, "title": one.pack.title, "feeds": feeds}
