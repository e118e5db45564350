"""Commands that ask about the news: events, actors, quotes, search, the digest."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from bot.cli.options import Database, Json, Limit, Since, Until, Zone, instant, settings_with, time_zone
from bot.cli.output import note, printable, say, say_json, table
from bot.cli.printing import (
    event_row,
    print_actor,
    print_comparison,
    print_event,
    print_quote,
    print_timeline,
    print_verdicts,
    when,
)
from bot.errors import UsageError
from bot.model.analysis import QuoteKind
from bot.model.editions import Edition, Length
from bot.news.reading import News

T = TypeVar("T")


class Form(StrEnum):
    """How an edition is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    RSS = "rss"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add this file's commands to *app*."""
    app.command(help="List events, the most important first.")(events)
    app.command(help="Show one event: reports, dated lines, actors.")(event)
    app.command(help="Show an event's dated lines.")(timeline)
    app.command(help="Show a person, organisation or country: roles, quotes, deeds, events.")(actor)
    app.command(help="Show what an actor said on an issue, oldest first.")(position)
    app.command(help="Show two actors side by side: their words, their dealings, common stories.")(compare)
    app.command(help="List quotes, by and about whom you like.")(quotes)
    app.command(help='Search all articles: words, "phrases", prefix*.')(search)
    app.command(help="Make the edition of an instant.")(digest)


def _ask(database: str | None, question: Callable[[News], Awaitable[T]]) -> T:
    from bot.app.machinery import open_reading

    async def work() -> T:
        async with open_reading(settings_with(database)) as news:
            return await question(news)

    return asyncio.run(work())


def events(
    since: Since = None,
    until: Until = None,
    actor: Annotated[str | None, typer.Option(help="Only with this actor.")] = None,
    min_outlets: Annotated[int, typer.Option(min=1, help="Only told by so many independent outlets.")] = 1,
    limit: Limit = 50,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """List events."""
    first, last = instant(since, "--since"), instant(until, "--until", day_ends=True)
    page = _ask(
        db,
        lambda news: news.events(actor=actor, since=first, until=last, min_outlets=min_outlets, limit=limit),
    )
    if as_json:
        say_json([event_row(row) for row in page.rows])
        return
    rows = [
        (str(row.id), row.title, str(len(row.outlets)), when(row.end), f"{row.importance:.2f}") for row in page.rows
    ]
    table(f"{page.total} events", ("id", "title", "outlets", "last report", "importance"), rows)


def event(
    name: Annotated[str, typer.Argument(metavar="EVENT", help="An id, or words of its title.")],
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Show one event."""
    page = _ask(db, lambda news: news.event(name))
    if as_json:
        say_json(asdict(page) | {"event": event_row(page.event)})
        return
    print_event(page)


def timeline(
    name: Annotated[str, typer.Argument(metavar="EVENT", help="An id, or words of its title.")],
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Show an event's dated lines."""
    page = _ask(db, lambda news: news.event(name))
    if as_json:
        say_json([asdict(line) for line in page.timeline])
        return
    say(printable(page.event.title))
    print_timeline(page)


def actor(
    name: Annotated[str, typer.Argument(help="A name, in any spelling.")],
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Show one actor."""
    page = _ask(db, lambda news: news.actor(name))
    if as_json:
        say_json(asdict(page) | {"events": [event_row(row) for row in page.events]})
        return
    print_actor(page)


def position(
    name: Annotated[str, typer.Argument(help="A name, in any spelling.")],
    issue: Annotated[str | None, typer.Option("--on", help="Words that stand in the quote.")] = None,
    limit: Limit = 20,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Show what an actor said on an issue, oldest first."""
    found = _ask(db, lambda news: news.position(name, issue, limit=limit))
    if as_json:
        say_json(asdict(found))
        return
    say(f"{printable(found.actor.name)}: {found.total} quotes{f' on “{printable(issue)}”' if issue else ''}")
    for row in found.rows:
        print_quote(row)


def compare(
    one: Annotated[str, typer.Argument(help="A name, in any spelling.")],
    other: Annotated[str, typer.Argument(help="Another one.")],
    issue: Annotated[str | None, typer.Option("--on", help="Words that stand in the quotes.")] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Show two actors side by side."""
    found = _ask(db, lambda news: news.compare(one, other, issue))
    if as_json:
        say_json(asdict(found) | {"events": [event_row(row) for row in found.events]})
        return
    print_comparison(found)


def quotes(
    by: Annotated[str | None, typer.Option(help="Who says it.")] = None,
    about: Annotated[str | None, typer.Option(help="Who is named in it.")] = None,
    contains: Annotated[str | None, typer.Option(help="Words that stand in it.")] = None,
    kind: Annotated[QuoteKind | None, typer.Option(help="direct, partial or reported.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """List quotes, newest first."""
    first, last = instant(since, "--since"), instant(until, "--until", day_ends=True)
    page = _ask(
        db,
        lambda news: news.quotes(
            by=by, about=about, contains=contains, since=first, until=last, kind=kind, limit=limit
        ),
    )
    if as_json:
        say_json([asdict(row) for row in page.rows])
        return
    say(f"{page.total} quotes")
    for row in page.rows:
        print_quote(row)


def search(
    query: Annotated[str, typer.Argument(help='Words, "a phrase", begin*.')],
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only where this actor is named.")] = None,
    limit: Limit = 20,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Search all articles."""
    first, last = instant(since, "--since"), instant(until, "--until", day_ends=True)
    page = _ask(
        db,
        lambda news: news.search(query, since=first, until=last, outlet=outlet, actor=actor, limit=limit),
    )
    if as_json:
        say_json([asdict(row) for row in page.rows])
        return
    say(f"{page.total} articles")
    for row in page.rows:
        say(f"\n{when(row.at)}  {printable(row.outlet)}: {printable(row.title)}\n  {printable(row.snippet)}")
        if row.url:
            say(f"  {printable(row.url)}")


def digest(
    at: Annotated[str | None, typer.Option(metavar="ISO", help="The instant; now where left out.")] = None,
    zone: Zone = "UTC",
    hours: Annotated[int, typer.Option(min=1, max=168, help="How far back it looks.")] = 24,
    length: Annotated[Length | None, typer.Option(help="short, standard or long.")] = None,
    topic: Annotated[
        str | None, typer.Option(help="A topic, an actor or words; also actor: …, storyline: …, outlets: A, B.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How it is printed.")] = Form.TEXT,
    link: Annotated[
        str | None, typer.Option(metavar="URL", help="With --format rss: the site that publishes the feed.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rule kept or dropped each event.")] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Make the edition of an instant."""
    from bot.digest.export import explained, to_json, to_markdown, to_text
    from bot.digest.html_page import to_html
    from bot.digest.rss import NO_SITE, to_rss

    if explain and not as_json and form in {Form.HTML, Form.RSS}:
        raise UsageError(f"--explain can't be printed as {form}. Use it with --format text, markdown or json.")
    moment = instant(at, "--at")
    time_zone(zone)
    edition = _ask(db, lambda news: news.digest(at=moment, zone=zone, hours=hours, length=length, topic=topic))
    if not edition.audit.ok:
        note("The audit failed: " + "; ".join(edition.audit.problems[:3]))
        raise typer.Exit(1)
    if as_json or form is Form.JSON:
        say_json(to_json(edition) | ({"explain": explained(edition)} if explain else {}))
        return
    writers: dict[Form, Callable[[Edition], str]] = {
        Form.TEXT: to_text,
        Form.MARKDOWN: to_markdown,
        Form.HTML: to_html,
        Form.RSS: lambda one: to_rss([one], link or NO_SITE),
    }
    say(printable(writers[form](edition)))
    if explain:
        print_verdicts(edition)
