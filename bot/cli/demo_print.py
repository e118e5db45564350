"""The demo in print: the made-up days told one after the other, or the edition of real feeds."""

import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.output import note, printable, progress, say
from bot.cli.printing import print_actor, print_event, print_quote, when
from bot.errors import AnalysisError

if TYPE_CHECKING:
    from bot.app.machinery import Machinery
    from bot.clock import ManualClock
    from bot.news.reading import News
    from bot.sandbox.newsroom import Newsroom
    from bot.sandbox.world import World
    from bot.settings import Settings

_POLL_EVERY: Final = timedelta(hours=2)
_WIDTH: Final = 72
# Ids of a server and channel that exist nowhere.
_GUILD: Final = 1
_CHANNEL: Final = 1
_HELP: Final = (
    "actor NAME · event WORDS · search WORDS · quotes NAME · events · quit\n"
    "for instance: actor Vasarik · event treaty · search ferry · quotes Korrin"
)


async def print_days(port: int) -> None:
    """Let the world's days pass over loopback sockets, print each edition, then answer questions at a terminal."""
    from bot.app.machinery import open_machinery
    from bot.clock import ManualClock
    from bot.sandbox.newsroom import Newsroom
    from bot.sandbox.world import actor_folder, load_world

    world = load_world()
    clock = ManualClock(world.items[0].first_seen)
    with tempfile.TemporaryDirectory(prefix="needtoknow-demo-") as folder, actor_folder() as actors:
        async with Newsroom(world, clock, port=port) as newsroom:
            say(f"needtoknow demo · {world.title} · every name in it is invented")
            say(f"Eight made-up outlets publish on http://127.0.0.1:{newsroom.port}/ as RSS, Atom and JSON feeds.\n")
            settings = _settings(Path(folder), newsroom.port)
            note("Starting (the language model takes a few seconds) …")
            async with open_machinery(settings, clock, actor_folders=(actors,)) as machinery:
                await _tell_days(world, newsroom, machinery, clock)
                await _ask(machinery)


async def _tell_days(world: "World", newsroom: "Newsroom", machinery: "Machinery", clock: "ManualClock") -> None:
    """Let the days pass, and print each edition as its channel would get it."""
    from bot.app.delivering import delivery_of
    from bot.digest.export import to_text
    from bot.model.editions import Length
    from bot.settings import load_settings

    posted = _Posted()
    at, zone = f"{world.at:%H:%M}", world.zone.key
    await machinery.desk.add_schedule(
        _GUILD, _CHANNEL, at=at, zone=zone, days="daily", length=Length.STANDARD, topic=None, user=_GUILD
    )
    delivery = delivery_of(machinery, posted, load_settings({}))
    for due in world.edition_times():
        for moment in _moments(clock.now(), due):
            clock.set(moment)
            await machinery.line.run(feeds=list(newsroom.feeds.values()), step=_silent)
        await delivery.step()
        edition = await machinery.news.latest_edition(_GUILD)
        if edition is None:
            raise AnalysisError(f"The edition of {due:%d %b} was not made; see the log.")
        say(f"#daily-news · {due:%a} {due.day} {due:%b %Y %H:%M} UTC\n")
        say(printable(to_text(edition)))
        say("\n" + "─" * _WIDTH + "\n")


def _moments(start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield when the feeds are looked at: every two hours, and at the end."""
    moment = start + _POLL_EVERY
    while moment < end:
        yield moment
        moment += _POLL_EVERY
    yield end


class _Posted:
    """Takes the messages that a channel would get, and counts them."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    async def post(self, channel: int, payload: str, nonce: str) -> int:  # noqa: ARG002 - a poster's signature
        """Keep *payload* and return its number as the message's id."""
        self.messages.append(payload)
        return len(self.messages)

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:  # noqa: ARG002
        """Return the number of *payload*, where it was posted."""
        return self.messages.index(payload) + 1 if payload in self.messages else None


async def _ask(machinery: "Machinery") -> None:
    """Answer questions until there are no more; at once where nobody can type."""
    if not sys.stdin.isatty():
        say("Ask about any of it at a terminal: make demo. Read your own news: needtoknow ingest --feed URL")
        return
    say(f"Ask about any of it:\n{_HELP}\n")
    for line in _typed():
        await _answer(machinery, line)


def _typed() -> Iterator[str]:
    while True:
        try:
            line = input("needtoknow> ").strip()
        except EOFError:
            return
        if line in {"quit", "exit", "q"}:
            return
        if line:
            yield line


async def _answer(machinery: "Machinery", line: str) -> None:
    from bot.errors import UserError

    verb, _, rest = line.partition(" ")
    answers = {"actor": _actor, "event": _event, "search": _search, "quotes": _quotes, "events": _events}
    try:
        if verb in answers and (rest or verb == "events"):
            await answers[verb](machinery.news, rest)
        else:
            say(_HELP)
    except UserError as error:
        say(printable(str(error)))


async def _actor(news: "News", name: str) -> None:
    print_actor(await news.actor(name))


async def _event(news: "News", name: str) -> None:
    print_event(await news.event(name))


async def _search(news: "News", query: str) -> None:
    for hit in (await news.search(query)).rows:
        say(f"  {when(hit.at)}  {printable(hit.outlet)}: {printable(hit.title)}")


async def _quotes(news: "News", name: str) -> None:
    for quote in (await news.quotes(by=name)).rows:
        print_quote(quote)


async def _events(news: "News", _: str) -> None:
    for event in (await news.events(limit=15)).rows:
        say(f"  {event.id:>4}  {printable(event.title)} ({len(event.outlets)} outlets)")


def _settings(folder: Path, port: int) -> "Settings":
    from bot.settings import load_settings

    return load_settings(
        {
            "NEEDTOKNOW_DATABASE__URL": str(folder / "demo.sqlite"),
            "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
            "NEEDTOKNOW_FEEDS__ALLOW_PORTS": f"[{port}]",
        }
    )


def _silent(done: int, total: int) -> None:
    """Draw nothing: the editions are what there is to see."""


async def print_live() -> None:
    """Read the starter pack's real feeds, and print the edition of the last day."""
    from bot.app.machinery import open_machinery
    from bot.digest.export import to_text
    from bot.sandbox.world import starter_pack
    from bot.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="needtoknow-live-") as folder:
        settings = load_settings({"NEEDTOKNOW_DATABASE__URL": str(Path(folder) / "live.sqlite")})
        async with open_machinery(settings) as machinery:
            with starter_pack() as pack, progress("reading feeds") as step:
                report = await machinery.line.run(opml=[pack], step=step)
            answered = sum(feed.outcome == "ok" for feed in report.feeds)
            say(f"{answered} of {len(report.feeds)} feeds answered · {report.new} articles\n")
            say(printable(to_text(await machinery.news.digest(hours=24))))
            await _ask(machinery)
