"""``python -m benchmarks.editions DATABASE``: an edition for every day that a database holds, as one channel gets them.

Prints for each day its bullets, whether the audit passes, whether making it again gives the same bytes, and how long it
took from the database. ``--write FOLDER`` keeps the editions as text with the reasons for each story.
"""

import argparse
import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time

from bot.digest.edition import make_edition
from bot.digest.export import explained, to_json, to_text
from bot.digest.material import EditionRequest, Told
from bot.digest.window import since_last, window_of
from bot.errors import AuditError
from bot.model.editions import Edition, Length
from bot.news.gathering import Gathering
from bot.storage.articles import ArticleStore
from bot.storage.database import Database

_REMEMBERED = timedelta(days=7)


@dataclass(frozen=True)
class Made:
    """One day's edition: whether a second making gave the same bytes; the first one's seconds, by clock and busy."""

    edition: Edition
    same: bool
    seconds: float
    busy: float


async def instants_of(path: str, at: time, every: timedelta) -> list[datetime]:
    """Return the instants, from *at* on the first day on, at which a digest falls due while articles arrived."""
    async with Database(path, create=False, check=False) as database:
        seen = sorted(article.first_seen for article in await ArticleStore(database).list_between())
    first = datetime.combine(seen[0].date(), at, tzinfo=UTC)
    count = (seen[-1] - first) // every + 2
    return [first + number * every for number in range(count) if first + number * every > seen[0]]


async def chain(path: str, instants: list[datetime], length: Length) -> AsyncIterator[Made | AuditError]:
    """Yield an edition for each of *instants*, each knowing what those before it told."""
    async with Database(path, create=False, check=False) as database:
        gathering = Gathering(database)
        told: list[Told] = []
        last: datetime | None = None
        for at in instants:
            request = EditionRequest(at, window=since_last(last, at), length=length)
            told = [one for one in told if one.at > at - _REMEMBERED]
            try:
                made = await _made(gathering, request, tuple(told))
            except AuditError as error:
                yield error
                continue
            last = at
            told += _told(made.edition)
            yield made


async def _made(gathering: Gathering, request: EditionRequest, told: tuple[Told, ...]) -> Made:
    started, worked = perf_counter(), process_time()
    material = await gathering.material(window_of(request), told=told)
    edition = make_edition(material, request)
    seconds, busy = perf_counter() - started, process_time() - worked
    turned = replace(
        material,
        articles=dict(reversed(material.articles.items())),
        analyses=dict(reversed(material.analyses.items())),
    )
    again = make_edition(turned, request)
    return Made(edition, _bytes(edition) == _bytes(again), seconds, busy)


def _told(edition: Edition) -> list[Told]:
    at = edition.window[1]
    lines = [Told(item.event, item.text, item.spans, at, one_liner=True) for item in edition.also]
    return [Told(item.event, item.text, item.spans, at) for item in edition.bullets] + lines


def _bytes(edition: Edition) -> str:
    return json.dumps([to_json(edition), explained(edition)], sort_keys=True)


def _written(edition: Edition) -> str:
    why = [f"   [{number}] {'; '.join(item.reasons)}" for number, item in enumerate(edition.bullets, start=1)]
    return "\n".join([to_text(edition), *why, ""])


async def _main(options: argparse.Namespace) -> int:
    instants = await instants_of(options.database, time(options.hour), timedelta(hours=options.every))
    if options.days:
        instants = instants[options.skip : options.skip + options.days]
    failed = 0
    async for made in chain(options.database, instants, Length(options.length)):
        if isinstance(made, AuditError):
            failed += 1
            print(f"AUDIT FAILED {made}")
            continue
        edition = made.edition
        failed += not (edition.audit.ok and made.same)
        updates, state = sum(item.update for item in edition.bullets), "ok" if edition.audit.ok else "FAILED"
        print(
            f"{edition.window[1]:%Y-%m-%d %H:%M} bullets={len(edition.bullets)} updates={updates}"
            f" also={len(edition.also)} articles={edition.articles} audit={state}"
            f" same={'yes' if made.same else 'NO'} seconds={made.seconds:.2f}"
            f" busy={made.busy:.2f}",
            flush=True,
        )
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            (options.write / f"{edition.window[1]:%Y-%m-%d-%H}.txt").write_text(_written(edition), "utf-8")
    return failed


def main() -> int:
    """Make every edition; return how many failed."""
    parser = argparse.ArgumentParser(description="An edition for every day of a database.")
    parser.add_argument("database")
    parser.add_argument("--hour", type=int, default=18, help="of each edition, UTC")
    parser.add_argument("--every", type=int, default=24, help="hours from one to the next")
    parser.add_argument("--days", type=int, help="only so many")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many first")
    parser.add_argument("--length", default="standard", choices=[str(one) for one in Length])
    parser.add_argument("--write", type=Path, help="keep the editions as text in this folder")
    return asyncio.run(_main(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(min(main(), 1))
