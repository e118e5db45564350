"""Prints answers for people, and shapes them for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cli.output import iso, printable, say, table
from bot.model.analysis import QuoteKind
from bot.model.answers import ActionLine, ActorPage, Comparison, EventPage, QuoteLine
from bot.model.editions import Edition
from bot.model.events import Event


def event_row(row: Event) -> dict[str, Any]:
    """Return an event as programs read it."""
    return {
        "id": row.id,
        "title": row.title,
        "start": iso(row.start),
        "end": iso(row.end),
        "articles": list(row.articles),
        "outlets": list(row.outlets),
        "actors": list(row.actors),
        "importance": round(row.importance, 4),
        "reasons": [reason.text for reason in row.reasons],
        "storyline": row.storyline,
        "topics": list(row.topics),
        "place": row.place,
    }


def when(at: datetime) -> str:
    """Return an instant as people write it, in UTC."""
    return at.strftime("%a %-d %b %Y %H:%M")


def print_event(page: EventPage) -> None:
    """Print an event for people."""
    row = page.event
    say(printable(row.title))
    counts = f"{len(row.reports)} reports · {len(row.outlets)} outlets"
    say(f"Event {row.id} · {counts} · {when(row.start)} – {when(row.end)}")
    if row.topics or row.place:
        say("  " + " · ".join((*row.topics, *([printable(row.place)] if row.place else []))))
    for reason in row.reasons:
        say(f"  {printable(reason.text)}")
    for disputed in page.disagreements:
        say(f"  outlets disagree · {printable(disputed.what)}:")
        for claim in disputed.claims:
            by = ", ".join(claim.outlets) or claim.outlet
            say(f"    {claim.value:,g}: {printable(by)}: {printable(claim.text)}")
    for text, link in page.summary:
        say(f"\n{printable(text)} ({printable(link.name)})")
    print_timeline(page)
    table(
        "Reports",
        ("when", "outlet", "title", "why grouped"),
        [(when(line.at), line.outlet, line.title, "; ".join(why.text for why in line.why)) for line in page.reports],
    )
    if page.storyline:
        say("In the same storyline: " + "; ".join(f"{other.id} {printable(other.title)}" for other in page.storyline))
    if page.actors:
        say("Actors: " + ", ".join(printable(who.name) for who in page.actors))


def print_comparison(found: Comparison) -> None:
    """Print two actors side by side."""
    names = [printable(each.name) for each in (found.one, found.other)]
    sections = [
        *((f"{name} says", said) for name, said in zip(names, found.said, strict=True)),
        *((f"{name} of the other", said) for name, said in zip(names, found.of_each_other, strict=True)),
    ]
    for label, said in sections:
        if said:
            say(f"\n{label}")
        for quote in said:
            print_quote(quote)
    for title, lines in (
        ("Their dealings", [line.sentence for line in found.dealings]),
        ("In the same stories", [event.title for event in found.events]),
    ):
        if lines:
            say(f"\n{title}")
        for line in lines:
            say(f"  {printable(line)}")


def print_timeline(page: EventPage) -> None:
    """Print an event's dated lines."""
    for line in page.timeline:
        say(f"  {line.value:<10}  {printable(line.text)} ({printable(line.outlet)})")


def print_actor(page: ActorPage) -> None:
    """Print an actor for people."""
    say(f"{printable(page.actor.name)} ({page.actor.type})")
    others = [alias for alias in page.aliases if alias != page.actor.name]
    if others:
        say(f"Also written: {printable(', '.join(others))}")
    for role in page.roles:
        say(f"  {printable(role.text)} — {when(role.at)}, {printable(role.outlet)}")
    say(f"{page.articles} articles · {page.quotes_by} quotes by · {page.quotes_about} about")
    _print_quotes("Latest words", page.latest_quotes)
    _print_quotes("Others about them", page.latest_about)
    _print_deeds(page.actions)
    if page.events:
        table("Events", ("id", "title", "last report"), [(str(e.id), e.title, when(e.end)) for e in page.events])
    if page.related:
        say("Named with: " + ", ".join(f"{printable(who.name)} ({count})" for who, count in page.related))


def print_quote(row: QuoteLine) -> None:
    """Print one quote with speaker and source."""
    bare = row.kind is QuoteKind.REPORTED or any(mark in row.text for mark in '“”"')
    marks = ("", "") if bare else ("“", "”")
    who = row.speaker_name or "unattributed"
    words = f"{marks[0]}{row.text}{marks[1]}"
    say(printable(f"  {words} — {who} ({row.kind}), {row.outlet}, {when(row.at)}"))


def print_verdicts(edition: Edition) -> None:
    """Print which rule kept or dropped each event."""
    rows = [("kept" if v.kept else "dropped", str(v.event), v.title, v.rule) for v in edition.verdicts]
    table("Why", ("", "event", "title", "rule"), rows)


def _print_quotes(title: str, rows: Sequence[QuoteLine]) -> None:
    if rows:
        say(f"\n{title}")
    for row in rows:
        print_quote(row)


def _print_deeds(lines: Sequence[ActionLine]) -> None:
    if lines:
        say("\nDeeds found (a partial list, now and then wrong)")
    for line in lines:
        deed = f"{line.action.source_name} | {line.action.action} | {line.action.target_name}"
        say(printable(f"  {deed}: {line.sentence}"))
