"""Commands for the person who hosts the bot: run, status, backup, restore, migrate, export and forget a server."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.logs import configure_logging
from bot.cli.options import Database, Json, settings_with
from bot.cli.output import iso, note, printable, say, say_json, table
from bot.cli.printing import when
from bot.errors import UsageError
from bot.model.answers import Status
from bot.settings import read_token


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    app.command(help="Run the bot: read feeds, post digests, answer commands (token in NEEDTOKNOW_TOKEN).")(run)
    app.command(help="Show how the bot is doing.")(status)
    app.command(help="Copy the database while it is in use.")(backup)
    app.command(help="Put a backup in the database's place; what was there is kept beside it.")(restore)
    app.command(help="Bring the database to the newest schema, after a backup.")(migrate)
    app.command("export-guild", help="Print all that is held of one server, as JSON.")(export_guild)
    app.command("forget-guild", help="Delete all that is held of one server.")(forget_guild)
    app.command(help="Allow one server more, or less, than every server may have.")(limits)


def run(db: Database = None) -> None:
    """Run the bot until SIGINT or SIGTERM."""
    from bot.app.run import run_bot
    from bot.app.steering import take_helm

    settings = settings_with(db)
    token = read_token(settings)
    configure_logging(settings.log.level, secrets=(token.get_secret_value(),))
    asyncio.run(run_bot(settings, token, helm=take_helm()))


def status(
    check: Annotated[
        bool, typer.Option("--check", help="Only exit 1 where a part of the running bot has stopped.")
    ] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Show how the bot is doing."""
    from bot.app.machinery import open_reading
    from bot.app.operations import is_alive

    settings = settings_with(db)
    if check:
        alive = asyncio.run(is_alive(settings))
        say("alive" if alive else "a part of it has stopped, or it does not run")
        raise typer.Exit(0 if alive else 1)

    async def work() -> Status:
        async with open_reading(settings) as news:
            return await news.status()

    found = asyncio.run(work())
    say_json(asdict(found)) if as_json else _print(found)


def backup(
    target: Annotated[Path | None, typer.Argument(help="A new file; in the backup folder where left out.")] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Copy the database."""
    from bot.app.operations import back_up

    written = asyncio.run(back_up(settings_with(db), target))
    say_json({"backup": str(written), "bytes": written.stat().st_size}) if as_json else say(f"Written: {written}")


def restore(
    source: Annotated[Path, typer.Argument(help="A file that `needtoknow backup` wrote.")],
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Put a backup in the database's place."""
    from bot.app.operations import restore_from

    if not source.is_file():
        raise UsageError(f"There is no file {source}.")
    kept = asyncio.run(restore_from(settings_with(db), source))
    if as_json:
        say_json({"restored": str(source), "kept": str(kept) if kept else None})
        return
    say(f"Restored from {source}.")
    if kept:
        note(f"What was there before is kept as {kept}.")


def migrate(db: Database = None, as_json: Json = False) -> None:
    """Bring the database to the newest schema."""
    from bot.app.operations import migrate_database

    schema = asyncio.run(migrate_database(settings_with(db)))
    say_json({"schema": schema}) if as_json else say(f"The database is at schema {schema}.")


def export_guild(
    guild: Annotated[int, typer.Argument(help="The server's id.")], db: Database = None, as_json: Json = True
) -> None:
    """Print all that is held of one server."""
    from bot.app.operations import export_server

    del as_json  # an export is JSON
    say_json(asyncio.run(export_server(settings_with(db), guild)))


def forget_guild(
    guild: Annotated[int, typer.Argument(help="The server's id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Delete all that is held of one server."""
    from bot.app.operations import forget_server

    if not yes and not typer.confirm(f"Delete schedules, feeds and editions of server {guild}?", err=True):
        raise typer.Abort
    rows = asyncio.run(forget_server(settings_with(db), guild))
    say_json({"guild": guild, "rows": rows}) if as_json else say(f"{rows} rows deleted.")


def limits(
    guild: Annotated[int, typer.Argument(help="The server's id.")],
    feeds: Annotated[int | None, typer.Option(min=1, help="Feeds it may have.")] = None,
    schedules: Annotated[int | None, typer.Option(min=1, help="Schedules it may have.")] = None,
    feed_adds: Annotated[int | None, typer.Option(min=1, help="Feeds it may add within a minute.")] = None,
    minutes_apart: Annotated[int | None, typer.Option(min=0, help="Between two digests of one channel.")] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Allow one server more, or less, than every server may have; without options, show what it was allowed."""
    from bot.app.operations import allow

    wanted = {"feeds": feeds, "schedules": schedules, "feed_adds": feed_adds, "minutes_apart": minutes_apart}
    given = {name: value for name, value in wanted.items() if value is not None}
    found = asyncio.run(allow(settings_with(db), guild, given))
    say_json({"guild": guild, "limits": found}) if as_json else say(
        ", ".join(f"{name} {value}" for name, value in found.items()) or "Nothing beyond what every server may have."
    )


def _print(found: Status) -> None:
    say(f"needtoknow {found.version} · {found.language_model} · {printable(found.database)} (schema {found.schema})")
    counts = f"{found.articles} articles · {found.events} events · {found.actors} actors · {found.quotes} quotes"
    say(f"{counts} · {found.feeds} feeds")
    if found.waiting_analysis:
        say(f"{found.waiting_analysis} articles wait to be read")
    if found.last_article:
        say(f"Last article: {iso(found.last_article)}")
    if found.feeds_failing:
        rows = [(line.name, line.feed.code or "", str(line.feed.failures)) for line in found.feeds_failing]
        table("Failing feeds", ("name", "why", "times"), rows)
    if found.next_runs:
        runs = [
            (str(schedule.channel), f"{schedule.at:%H:%M} {schedule.zone}", when(at))
            for schedule, at in found.next_runs
        ]
        table("Next digests", ("channel", "schedule", "UTC"), runs)
    if found.last_deliveries:
        done = [
            (str(line.channel), str(line.local_date), line.state, line.note or "") for line in found.last_deliveries
        ]
        table("Last deliveries", ("channel", "local day", "state", ""), done)
