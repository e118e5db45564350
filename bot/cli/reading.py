"""Commands that read text and keep nothing: analyze, cluster, render, occurrences."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.options import Json, NoDatabase, Zone, existing, time_zone
from bot.cli.output import note, printable, progress, say, say_json, say_json_line, table
from bot.errors import UsageError, UserError
from bot.text.occurrences import upcoming
from bot.text.zones import parse_days, parse_time


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    app.command(help="Read documents: sentences, names, quotes, deeds, dates; JSON is one document a line.")(analyze)
    app.command(help="Group the items of a JSONL file by the event they tell.")(cluster)
    app.command(help="Make a line of foreign text safe for Discord.")(render)
    app.command(help="List when a schedule is due.")(occurrences)


def analyze(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Text, HTML or JSONL; - is standard input.")],
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Take the text exactly as it is, so that offsets index the input.")
    ] = False,
    as_json: Json = False,
    _db: NoDatabase = None,
) -> None:
    """Read documents."""
    from bot.cli.documents import analyse_all, read_documents

    existing(paths)
    documents, problems = read_documents(paths, keep_text=keep_text)
    for problem in problems:
        note(problem)
    with progress("reading") as step:
        for row in analyse_all(documents, step):
            say_json_line(row) if as_json else _print_document(row)
    if problems and not documents:
        raise typer.Exit(1)


def cluster(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSONL in order of arrival; - is standard input.")],
    as_json: Json = True,
    _db: NoDatabase = None,
) -> None:
    """Group items by event."""
    from bot.cli.documents import cluster_items, read_items

    existing([path])
    items, problems = read_items(path)
    for problem in problems:
        note(problem)
    if problems and not items:
        raise typer.Exit(1)
    with progress("reading") as step:
        groups = cluster_items(items, step)
    for name, number in groups:
        say_json_line({"id": name, "cluster": number}) if as_json else say(f"{number}\t{name}")


def render(
    text: Annotated[str, typer.Argument(help="One line of text; - reads lines from standard input.")],
    as_json: Json = True,
    _db: NoDatabase = None,
) -> None:
    """Make foreign text safe."""
    from bot.ui.safe_text import discord_line

    for line in _lines() if text == "-" else [text]:
        safe = discord_line(line)
        say_json_line({"discord": safe}) if as_json else say(safe)


def occurrences(
    source: Annotated[str | None, typer.Argument(metavar="[-]", help="- reads JSONL from standard input.")] = None,
    at: Annotated[str | None, typer.Option(metavar="HH:MM", help="The wall-clock time.")] = None,
    zone: Zone = "UTC",
    days: Annotated[str, typer.Option(help="Such as daily, mon-fri, Sat,Sun.")] = "daily",
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first local day; today.")] = None,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 7,
    as_json: Json = False,
    _db: NoDatabase = None,
) -> None:
    """List when a schedule is due."""
    if source == "-":
        for line in _lines():
            say_json_line(_occurrences(**_asked(line)))
        return
    if at is None:
        raise UsageError("--at is missing: the wall-clock time, such as --at 07:00.")
    rows = _occurrences(at=at, zone=zone, days=days, start=start, count=count)
    if as_json:
        say_json(rows)
    else:
        table(f"{at} {zone}", ("local day", "UTC"), [(row["local_date"], row["utc"]) for row in rows])


def _occurrences(
    *, at: str, zone: str = "UTC", days: str = "daily", start: str | None = None, count: int = 7
) -> list[dict[str, str]]:
    try:
        wall, weekdays = parse_time(at), parse_days(days)
    except UserError as error:
        raise UsageError(str(error)) from error
    found = time_zone(zone)
    try:
        first = date.fromisoformat(start) if start else _today()
    except ValueError as error:
        raise UsageError(f"--from: “{start}” is no date. Write 2026-03-02.") from error
    rows = upcoming(wall, found, weekdays, first, count)
    return [{"local_date": day.isoformat(), "utc": due.isoformat().replace("+00:00", "Z")} for day, due in rows]


def _today() -> date:
    from bot.clock import SystemClock

    return SystemClock().now().astimezone(UTC).date()


def _asked(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        count = int(row.get("count", 7))
        asked = {"at": str(row["at"]), "zone": str(row.get("zone", "UTC")), "count": count}
        days, start = row.get("days"), row.get("from")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f'Not {{"at","zone","from","count"}}: {line[:80]}') from error
    if not 1 <= count <= 1000:
        raise UsageError(f"count {count} is not between 1 and 1000.")
    return asked | ({"days": str(days)} if days else {}) | ({"start": str(start)} if start else {})


def _lines() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are no UTF-8 are replaced."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _print_document(row: dict[str, Any]) -> None:
    text = row["text"]
    say(f"{printable(str(row['id']))}: {len(row['sentences'])} sentences")
    for quote in row["quotes"]:
        words = " … ".join(text[a:b] for a, b in quote["content"])
        say(printable(f"  {quote['kind']:<9} “{words}” — {quote['speaker_name'] or 'unattributed'}"))
    _print_named("actors", (m["actor_name"] for m in row["mentions"] if m["actor"]))
    _print_named("dates", (d["value"] for d in row["dates"]))
    for deed in row["actions"]:
        say(printable(f"  {deed['source']} | {deed['class']} | {deed['target']}"))


def _print_named(title: str, names: Iterable[str]) -> None:
    if found := list(dict.fromkeys(names)):
        say(printable(f"  {title}: {', '.join(found)}"))
