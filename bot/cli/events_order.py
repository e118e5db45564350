"""Commands by which an operator puts events in order: merge, split, undo, list what was changed."""

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, TypeVar

import typer

from bot.cli.options import Database, Json, settings_with
from bot.cli.output import say, say_json, table
from bot.cli.printing import when
from bot.model.articles import ArticleId
from bot.model.events import EventId
from bot.news.event_desk import EventDesk
from bot.storage.event_edits import EventChange

T = TypeVar("T")

By = Annotated[str, typer.Option(help="Who asks for it; your user name where left out.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    app.command("merge-events", help="Let one event be part of another; it can be undone.")(merge)
    app.command("split-event", help="Make an event of its own of some of an event's articles; it can be undone.")(split)
    app.command("undo-event-change", help="Take a merge or a split back.")(undo)
    app.command("event-changes", help="List who merged or split which events, and when.")(changes)


def merge(
    event: Annotated[int, typer.Argument(help="The id of the event that is part of the other.")],
    into: Annotated[int, typer.Argument(help="The id that stays.")],
    by: By = "",
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Merge two events."""
    _show(_at_desk(db, lambda desk: desk.merge(EventId(event), EventId(into), by=by or _user())), as_json=as_json)


def split(
    event: Annotated[int, typer.Argument(help="The id of the event.")],
    articles: Annotated[list[int], typer.Argument(help="Ids of the articles that tell something else.")],
    by: By = "",
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Split articles off an event."""
    apart = [ArticleId(article) for article in articles]
    _show(_at_desk(db, lambda desk: desk.split(EventId(event), apart, by=by or _user())), as_json=as_json)


def undo(
    change: Annotated[int, typer.Argument(help="The number that the change was given.")],
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Take a change back."""
    _show(_at_desk(db, lambda desk: desk.undo(change)), as_json=as_json)


def changes(db: Database = None, as_json: Json = False) -> None:
    """List the changes, newest first."""
    found = _at_desk(db, lambda desk: desk.changes())
    if as_json:
        say_json([asdict(change) for change in found])
        return
    rows = [
        (str(each.id), when(each.at), each.by, _words(each), "" if each.undone_at is None else when(each.undone_at))
        for each in found
    ]
    table("Changes of events", ("number", "when", "who", "what", "undone"), rows)


def _at_desk(database: str | None, work: Callable[[EventDesk], Awaitable[T]]) -> T:
    from bot.app.operations import at_event_desk

    return asyncio.run(at_event_desk(settings_with(database), work))


def _show(change: EventChange, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(change))
        return
    undone = "Taken back: " if change.undone_at is not None else ""
    say(f"{undone}change {change.id}: {_words(change)}")


def _words(change: EventChange) -> str:
    event, other = change.events
    if change.action == "merge":
        return f"event {event} is part of event {other}"
    return f"event {other} was split off event {event}"


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a container's user may have no name
        return "operator"
