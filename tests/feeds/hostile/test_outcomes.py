"""Every misbehaving server and file comes to its expected outcome, in time, and leads nobody astray."""

import asyncio
import random
import tarfile
from collections import Counter
from pathlib import Path
from time import monotonic

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import FeedParser
from tests.feeds.hostile.cases import Expected, dispatch, expected, handlers
from tests.feeds.servers import answer, serve
from tests.promises import Record

TABLE = expected()
HEAVY = {name for name, row in TABLE.items() if "parse_timeout" in row.codes} | {"gzip_bomb", "gzip_bomb_of_members"}
_WALL_SECONDS = 25.0


def test_table_names_every_case_and_there_are_enough() -> None:
    assert TABLE.keys() == handlers(9).keys()
    assert len(TABLE) >= 150
    assert {"ok", "timeout", "too_large", "parse_timeout", "protocol_error"} <= {
        c for r in TABLE.values() for c in r.codes
    }


async def outcomes(names: list[str], clock: ManualClock, total_seconds: float) -> dict[str, tuple[str, int, float]]:
    """Fetch and parse every case of *names* at once; return outcome, entries, and seconds until its verdict."""
    async with serve(answer()) as canary:
        cases = handlers(canary.port)
        async with (
            serve(dispatch(cases)) as server,
            Fetcher(server.rules(per_host=16, total_seconds=total_seconds), clock) as fetcher,
            FeedParser() as parser,
        ):

            async def one(name: str) -> tuple[str, int, float]:
                try:
                    fetched = await fetcher.fetch(server.url(f"/{name}"))
                    begun = monotonic()
                    feed = await parser.parse(fetched.body, fetched.content_type, fetched.final_url)
                except FeedError as error:
                    return error.code, 0, 0.0
                return "ok", len(feed.entries), fetched.seconds + monotonic() - begun

            results = await asyncio.gather(*(one(name) for name in names))
        assert canary.requests == []
    return dict(zip(names, results, strict=True))


def wrong(found: dict[str, tuple[str, int, float]]) -> list[str]:
    return [
        f"{name}: {code}, {entries} entries; expected {row.codes}, {row.least} to {row.most}"
        for name, (code, entries, _) in found.items()
        if not _fits(row := TABLE[name], code, entries)
    ]


def _fits(row: Expected, code: str, entries: int) -> bool:
    return code in row.codes and (code != "ok" or row.least <= entries <= row.most)


async def test_a_sample_of_them_comes_to_its_outcome(clock: ManualClock) -> None:
    names = sorted(TABLE.keys() - HEAVY)
    sample = random.Random(20).sample(names, 90)

    found = await outcomes(sample, clock, total_seconds=0.6)

    assert wrong(found) == []
    assert len({code for code, *_ in found.values()}) >= 8


@pytest.mark.slow
async def test_all_of_them_come_to_their_outcome(clock: ManualClock, record_promise: Record) -> None:
    found = await outcomes(sorted(TABLE), clock, total_seconds=20.0)

    assert wrong(found) == []
    codes = Counter(code for code, *_ in found.values())
    record_promise(
        "3 hostile feeds", f"{len(found)} servers and files, each to its outcome: {dict(codes.most_common())}"
    )


@pytest.mark.slow
async def test_published_collections_of_odd_feeds_are_read_or_refused_in_time(
    data_folder: Path, record_promise: Record
) -> None:
    folder = next(path for path in (data_folder / "feeds", data_folder / "data" / "feeds") if path.is_dir())
    bodies = [body for archive in sorted(folder.glob("*.tar.gz")) for body in members(archive)]
    counts: Counter[str] = Counter()
    longest = 0.0
    async with FeedParser() as parser:
        for body in bodies:
            begun = monotonic()
            try:
                await parser.parse(body, None, "https://feeds.example/x")
                counts["ok"] += 1
            except FeedError as error:
                counts[error.code] += 1
            longest = max(longest, monotonic() - begun)

    assert len(bodies) > 2000
    assert longest < _WALL_SECONDS
    assert counts["parse_timeout"] == 0
    assert counts["ok"] > len(bodies) / 2
    record_promise(
        "3 hostile feeds", f"{len(bodies)} files of published collections: {dict(counts)}, longest {longest:.1f} s"
    )


def members(archive: Path) -> list[bytes]:
    with tarfile.open(archive) as opened:
        found = [opened.extractfile(member) for member in opened if member.isfile()]
        return [file.read() for file in found if file is not None]
