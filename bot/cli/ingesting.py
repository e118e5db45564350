"""Commands that bring articles in and list them."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.options import Database, Json, Limit, Since, Until, existing, instant, settings_with
from bot.cli.output import iso, note, progress, say, say_json, say_json_line, table
from bot.errors import UsageError
from bot.model.articles import IngestReport


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    app.command(help="Read files, folders and feeds into the database.")(ingest)
    app.command(help="List stored articles, newest first; JSON is one article a line.")(articles)


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", help="Text, HTML, JSONL, folders.")] = None,
    feed: Annotated[list[str] | None, typer.Option(metavar="URL", help="A feed to fetch now; repeatable.")] = None,
    opml: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Fetch every feed of an OPML file.")] = None,
    published: Annotated[str | None, typer.Option(metavar="ISO", help="When a plain file was published.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published a plain file.")] = None,
    url: Annotated[str | None, typer.Option(help="Where a plain file stands on the web.")] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Read files, folders and feeds."""
    if not (paths or feed or opml):
        raise UsageError("Nothing to ingest: name a file or folder, --feed URL or --opml FILE.")
    at = instant(published, "--published")
    existing([*(paths or []), *(opml or [])])
    report = asyncio.run(_ingest(paths or [], feed or [], opml or [], (at, outlet, url), db))
    if as_json:
        say_json(_report(report))
    else:
        _print(report)
    if _failed(report):
        raise typer.Exit(1)


async def _ingest(
    paths: list[Path], feeds: list[str], opml: list[Path], said: tuple[Any, str | None, str | None], db: str | None
) -> IngestReport:
    from bot.app.machinery import open_ingest

    async with open_ingest(settings_with(db)) as line:
        with progress("reading") as step:
            return await line.run(paths=paths, feeds=feeds, opml=opml, said=said, step=step)


def _failed(report: IngestReport) -> bool:
    """Tell whether nothing at all came of the run: no feed answered and no article was taken."""
    took = report.new + report.revised + report.duplicate
    return not took and (bool(report.rejected) or any(feed.outcome == "error" for feed in report.feeds))


def _report(report: IngestReport) -> dict[str, Any]:
    counts = ("new", "revised", "duplicate", "rejected")
    return {
        "feeds": [asdict(feed) for feed in report.feeds],
        "articles": {name: getattr(report, name) for name in counts},
        "problems": list(report.problems),
        "seconds": round(report.seconds, 3),
    }


def _print(report: IngestReport) -> None:
    if report.feeds:
        rows = [
            (
                feed.url,
                feed.code or feed.outcome,
                str(feed.entries),
                str(feed.new),
                str(feed.revised),
                feed.message or "",
            )
            for feed in report.feeds
        ]
        table("Feeds", ("address", "outcome", "entries", "new", "revised"), rows)
    for problem in report.problems[:20]:
        note(problem)
    if len(report.problems) > 20:
        note(f"… and {len(report.problems) - 20} more")
    counts = f"{report.new} new, {report.revised} revised, {report.duplicate} known, {report.rejected} rejected"
    say(f"{counts} in {report.seconds:.1f} s")


def articles(
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet.")] = None,
    limit: Limit = 100,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """List stored articles."""
    from bot.app.machinery import open_reading

    first, last = instant(since, "--since"), instant(until, "--until", day_ends=True)

    async def work() -> list[Any]:
        async with open_reading(settings_with(db)) as news:
            return list(await news.articles(since=first, until=last, outlet=outlet, limit=limit))

    found = asyncio.run(work())
    if not as_json:
        table(
            "Articles",
            ("id", "when", "outlet", "title"),
            [(str(row.id), f"{row.event_at:%Y-%m-%d %H:%M}", row.outlet.name, row.title) for row in found],
        )
        return
    for row in found:
        say_json_line(
            {
                "id": row.id, "title": row.title, "text": row.text, "url": row.url, "outlet": row.outlet.name,
                "published": iso(row.published), "first_seen": iso(row.first_seen), "kind": row.kind,
                "status": row.status, "revision": row.revision,
                "parts": [{"number": p.number, "role": p.role, "span": [p.span.start, p.span.end]} for p in row.parts],
            }
        )  # fmt: skip
