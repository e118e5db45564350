"""Options that several commands share, and how their values are read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from bot.errors import UsageError, UserError
from bot.settings import Settings, load_settings
from bot.text.zones import zone

Database = Annotated[
    str | None, typer.Option("--db", metavar="URL|PATH", help="The database; the settings' where left out.")
]
NoDatabase = Annotated[
    str | None, typer.Option("--db", metavar="URL|PATH", help="Taken as by every command; nothing is read from it.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")]
Since = Annotated[str | None, typer.Option(metavar="ISO", help="Only from this instant or day on.")]
Until = Annotated[str | None, typer.Option(metavar="ISO", help="Only before this instant, or up to this day.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000_000, help="At most this many rows.")]
Zone = Annotated[str, typer.Option(metavar="ZONE", help="Time zone, such as Europe/Kyiv.")]
ZoneOption: Final = Zone


def settings_with(database: str | None) -> Settings:
    """Return the settings, with the database that was named on the command line."""
    settings = load_settings()
    if database is None:
        return settings
    return settings.model_copy(update={"database": settings.database.model_copy(update={"url": database})})


def instant(text: str | None, name: str, *, day_ends: bool = False) -> datetime | None:
    """Return *text* as an instant in UTC; None stays None.

    A bare day is its midnight, or with *day_ends* the midnight after it. A time without a zone is UTC.

    Raises:
        UsageError: *text* is no ISO 8601 instant; the message names the option *name*.
    """
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{name}: “{text}” is no date or time. Write 2026-03-02 or 2026-03-02T07:00:00Z.") from error
    if day_ends and len(text.strip()) == len("2026-03-02"):
        read += timedelta(days=1)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def time_zone(name: str) -> ZoneInfo:
    """Return the zone called *name*.

    Raises:
        UsageError: there is none; the message names near ones.
    """
    try:
        return zone(name)
    except UserError as error:
        raise UsageError(f"--zone: {error}") from error


def existing(paths: list[Path]) -> list[Path]:
    """Return *paths* after making sure that each is there.

    Raises:
        UsageError: one is missing.
    """
    for path in paths:
        if str(path) != "-" and not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
    return paths
