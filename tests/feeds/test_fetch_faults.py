"""Fetcher: whatever a server does wrong, a typed error or a bounded answer, in time."""

import asyncio
import gzip
import zlib

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetcher
from bot.feeds.room import LARGE_BYTES, Place, Room
from tests.feeds.servers import FEED, OK, Handler, Request, answer, drip, failure, fetch, outcome, raw, redirect, serve


@pytest.mark.parametrize(
    "handler",
    [
        raw(),
        drip(b"", b""),
        drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
        drip(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
        drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0),
    ],
    ids=["closes at once", "never answers", "slow headers", "slow body", "slow chunks", "100 Continue without end"],
)
async def test_one_deadline_holds_for_the_whole_fetch(clock: ManualClock, handler: Handler) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()

    error = await failure(handler, clock, total_seconds=0.25)

    assert error.code in {"timeout", "protocol_error"}
    assert loop.time() - started < 2


async def test_deadline_is_shared_by_all_hops(clock: ManualClock) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        await redirect(request.path + "x")(request, writer)

    error = await failure(handle, clock, total_seconds=0.25)

    assert error.code == "timeout"


@pytest.mark.parametrize(
    "handler",
    [
        drip(OK + b"\r\n", b"x" * 65536, 0),
        drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n", 0),
        raw(OK + b"Content-Length: 1000000000000000\r\n\r\nx"),
        answer(gzip.compress(b"x" * 3_000_000), content_encoding="gzip"),
        answer(gzip.compress(b"x" * 600_000) * 3, content_encoding="x-gzip"),
    ],
    ids=["endless", "endless chunks", "length of a petabyte", "gzip bomb", "gzip bomb of members"],
)
async def test_too_much_is_refused_before_it_is_read(clock: ManualClock, handler: Handler) -> None:
    error = await failure(handler, clock, max_wire_bytes=1 << 20, max_body_bytes=1 << 20)

    assert error.code == "too_large"


async def test_gzip_is_undone_across_members_and_chunks(clock: ManualClock) -> None:
    packed = gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]) + b"\0" * 20
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in packed) + b"0\r\n\r\n"

    async with serve(raw(OK + b"Content-Encoding: GZIP\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)) as server:
        fetched = await fetch(server.url(), server.rules(), clock)

    assert (fetched.body, fetched.wire_bytes) == (FEED, len(packed))


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"x"), ("zstd", b"x"), ("deflate", zlib.compress(FEED)),
        ("gzip, gzip", gzip.compress(gzip.compress(FEED))),
        ("gzip", FEED), ("gzip", gzip.compress(FEED)[:-9]), ("gzip", gzip.compress(b"") * 5000), ("aws-chunked", b"x"),
    ],
    ids=["br", "zstd", "deflate", "stacked", "not gzip", "cut off", "thousands of members", "unknown"],
)  # fmt: skip
async def test_encoding_that_was_not_asked_for_or_is_damaged_is_refused(
    clock: ManualClock, encoding: str, body: bytes
) -> None:
    assert (await failure(answer(body, content_encoding=encoding), clock)).code == "bad_encoding"


async def test_second_encoding_header_counts(clock: ManualClock) -> None:
    head = OK + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"

    assert (await failure(raw(head), clock)).code == "bad_encoding"


@pytest.mark.parametrize(
    "reply",
    [
        OK + b"Content-Length: -1\r\n\r\n" + FEED,
        OK + b"Content-Length: 1e3\r\n\r\n" + FEED,
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + FEED,
        OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        OK + b"Content-Length: 100000\r\n\r\n" + FEED,
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        OK + b"X: " + b"a" * 20_000 + b"\r\n\r\n",
        OK + b"Set-Cookie: a=b\r\n" * 20_000 + b"\r\n",
        b"HTTP/1.1 200 " + b"a" * 20_000 + b"\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + FEED,
        b"<html>an HTTP/0.9 answer</html>",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x15\x03\x03\x00\x02\x02\x16",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        b"",
    ],
    ids=[
        "negative length", "length in floating point", "two lengths", "length and chunks", "shorter than its length",
        "no chunk size", "chunk cut off", "long header", "20,000 cookies", "long reason", "101", "HTTP/0.9", "SSH",
        "TLS hello", "TLS alert", "status in letters", "header without colon", "closed at once",
    ],
)  # fmt: skip
async def test_what_is_not_proper_http_is_a_protocol_error(clock: ManualClock, reply: bytes) -> None:
    assert (await failure(raw(reply), clock)).code == "protocol_error"


async def test_bytes_after_the_body_do_not_reach_the_next_fetch(clock: ManualClock) -> None:
    poison = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"

    async with (
        serve(raw(OK + b"Content-Length: 2\r\n\r\nok" + poison)) as server,
        Fetcher(server.rules(), clock) as fetcher,
    ):
        results = [await outcome(fetcher, server.url()) for _ in range(3)]

    assert set(results) <= {b"ok", "protocol_error"}


async def test_nobody_listening_is_a_protocol_error(clock: ManualClock) -> None:
    async with serve(answer()) as server:
        pass

    with pytest.raises(FeedError) as caught:
        await fetch(server.url(), server.rules(), clock)

    assert caught.value.code == "protocol_error"


async def until_taken(places: list[Place], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if len(places) == 2 and all(place.taken for place in places):
                return
            await asyncio.sleep(0.01)


async def test_waiting_for_a_place_is_not_counted_against_the_server(clock: ManualClock) -> None:
    room, go_on = Room(), asyncio.Event()
    large = b"x" * (LARGE_BYTES + 1)
    held: list[Place] = []

    async def stalling(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"\r\n" + large)
        if request.path == "/slow":
            await go_on.wait()
        await writer.drain()

    async def hold(fetcher: Fetcher, url: str) -> float:
        async with room.place() as place:
            held.append(place)
            return (await fetcher.fetch(url, place=place)).seconds

    async with serve(stalling) as server:
        patient, hasty = server.rules(total_seconds=30.0, per_host=9), server.rules(total_seconds=1.0, per_host=9)
        async with Fetcher(patient, clock) as slow, Fetcher(hasty, clock) as quick:
            holding = [asyncio.ensure_future(hold(slow, server.url("/slow"))) for _ in range(2)]
            await until_taken(held)
            innocent = asyncio.ensure_future(hold(quick, server.url("/large")))
            await asyncio.sleep(1.3)
            go_on.set()
            seconds = await innocent
            await asyncio.gather(*holding)

    assert seconds < hasty.total_seconds


async def test_a_slow_server_has_no_more_time_once_it_has_its_place(clock: ManualClock) -> None:
    async with (
        serve(drip(OK + b"\r\n" + b"x" * (LARGE_BYTES + 1), b"x")) as server,
        Fetcher(server.rules(total_seconds=0.5), clock) as fetcher,
        Room().place() as place,
    ):
        with pytest.raises(FeedError) as caught:
            await fetcher.fetch(server.url(), place=place)
        taken = place.taken

    assert taken
    assert caught.value.code == "timeout"
