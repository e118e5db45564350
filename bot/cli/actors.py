"""``needtoknow actors``: merge, split and name actors, and take such changes back."""

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, TypeVar

import typer

from bot.cli.options import Database, Json, Limit, settings_with
from bot.cli.output import printable, say, say_json, table
from bot.cli.printing import when
from bot.news.actor_desk import ActorDesk

T = TypeVar("T")
_By = Annotated[str | None, typer.Option("--by", help="Who asks for it; the account's name where left out.")]
_Name = Annotated[str, typer.Argument(metavar="NAME", help="A name in any spelling, or an id.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    actors = typer.Typer(help="Correct who is who: merge, split, alias, undo, log.", no_args_is_help=True)
    actors.command(help="Let one actor count as another.")(merge)
    actors.command(help="Let an actor that was merged away stand for itself again.")(split)
    actors.command(help="Give an actor another name.")(alias)
    actors.command(help="Take a change back.")(undo)
    actors.command(help="List the changes, the newest first.")(log)
    app.add_typer(actors, name="actors")


def merge(
    name: _Name,
    into: Annotated[str, typer.Argument(metavar="INTO", help="Whom it counts as from now on.")],
    by: _By = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Let one actor count as another."""
    _told(_change(db, lambda desk: desk.merge(name, into, by=_who(by))), as_json)


def split(name: _Name, by: _By = None, db: Database = None, as_json: Json = False) -> None:
    """Let an actor that was merged away stand for itself again."""
    _told(_change(db, lambda desk: desk.split(name, by=_who(by))), as_json)


def alias(
    name: _Name,
    other: Annotated[str, typer.Argument(metavar="ALIAS", help="What it is called too.")],
    by: _By = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Give an actor another name."""
    _told(_change(db, lambda desk: desk.alias(name, other, by=_who(by))), as_json)


def undo(
    change: Annotated[int, typer.Argument(metavar="CHANGE", help="Its number, as the log gives it.")],
    by: _By = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Take a change back."""
    _change(db, lambda desk: desk.undo(change, by=_who(by)))
    say_json({"undone": change}) if as_json else say(f"Change {change} is undone.")


def log(limit: Limit = 25, db: Database = None, as_json: Json = False) -> None:
    """List the changes."""
    changes = _change(db, lambda desk: desk.log(limit))
    if as_json:
        say_json([asdict(change) | {"actor_name": actor and actor.name} for change, actor in changes])
        return
    rows = [
        (
            str(change.id), when(change.at), printable(change.by), change.action,
            printable(actor.name if actor else change.actor),
            printable(", ".join(str(value) for value in change.detail.values() if value)),
            f"undone {when(change.undone_at)}" if change.undone_at else "",
        )
        for change, actor in changes
    ]  # fmt: skip
    table(f"{len(rows)} changes", ("change", "UTC", "by", "what", "actor", "", ""), rows)


def _change(database: str | None, work: Callable[[ActorDesk], Awaitable[T]]) -> T:
    from bot.app.machinery import open_actor_desk

    async def run() -> T:
        async with open_actor_desk(settings_with(database)) as desk:
            return await work(desk)

    return asyncio.run(run())


def _who(by: str | None) -> str:
    return by or getpass.getuser()


def _told(change: int, as_json: bool) -> None:
    say_json({"change": change}) if as_json else say(f"Done. `needtoknow actors undo {change}` takes it back.")
