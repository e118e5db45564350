"""Fetcher: what a server says is understood, and no more is taken from it than that."""

import asyncio

import pytest

from bot.clock import ManualClock
from bot.feeds.fetch import Fetcher
from tests.feeds.servers import FEED, Request, answer, drip, failure, fetch, raw, redirect, serve


async def test_a_sound_answer_is_handed_on(clock: ManualClock) -> None:
    async with serve(
        answer(etag='"v1"', last_modified="Mon, 02 Mar 2026 11:00:00 GMT", content_type="text/xml")
    ) as server:
        fetched = await fetch(server.url("/feed?a=1"), server.rules(), clock)

    assert (fetched.status, fetched.body, fetched.wire_bytes) == (200, FEED, len(FEED))
    assert (fetched.etag, fetched.modified) == ('"v1"', "Mon, 02 Mar 2026 11:00:00 GMT")
    assert (fetched.content_type, fetched.final_url, fetched.moved_to) == ("text/xml", server.url("/feed?a=1"), None)
    assert server.requests[0].headers["accept-encoding"] == "gzip"
    assert not {"cookie", "authorization"} & server.requests[0].headers.keys()


async def test_validators_are_sent_back_and_304_means_unchanged(clock: ManualClock) -> None:
    async with serve(answer(b"", "304 Not Modified")) as server:
        fetched = await fetch(
            server.url(), server.rules(), clock, etag='"v1"', modified="Mon, 02 Mar 2026 11:00:00 GMT"
        )

    assert (fetched.not_modified, fetched.body) == (True, b"")
    assert server.requests[0].headers["if-none-match"] == '"v1"'
    assert server.requests[0].headers["if-modified-since"] == "Mon, 02 Mar 2026 11:00:00 GMT"


@pytest.mark.parametrize("etag", ['"' + "x" * 600 + '"', '"a"\r\nX-Evil: 1', "\x01", '"é"'])
async def test_odd_validator_is_never_sent(clock: ManualClock, etag: str) -> None:
    async with serve(answer()) as server:
        await fetch(server.url(), server.rules(), clock, etag=etag)

    assert not {"if-none-match", "x-evil"} & server.requests[0].headers.keys()


async def test_odd_validator_is_never_kept(clock: ManualClock) -> None:
    async with serve(answer(etag='"' + "x" * 600 + '"')) as server:
        assert (await fetch(server.url(), server.rules(), clock)).etag is None


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("301 Moved", "protocol_error"),
        ("206 Partial Content", "protocol_error"),
        ("300 Multiple Choices", "http_error"),
        ("401 Unauthorized", "auth_required"),
        ("403 Forbidden", "http_error"),
        ("404 Not Found", "http_error"),
        ("410 Gone", "gone"),
        ("429 Too Many", "rate_limited"),
        ("500 Oops", "http_error"),
        ("503 Busy", "http_error"),
        ("999 Blocked", "protocol_error"),
    ],
)
async def test_status_wins_over_a_body_that_looks_like_news(clock: ManualClock, status: str, code: str) -> None:
    error = await failure(answer(FEED, status), clock)

    assert (error.code, error.status) == (code, int(status[:3]))


async def test_304_to_a_first_request_is_a_protocol_error(clock: ManualClock) -> None:
    error = await failure(answer(b"", "304 Not Modified"), clock)

    assert (error.code, error.status) == ("protocol_error", 304)


async def test_304_may_state_the_length_of_what_it_does_not_send(clock: ManualClock) -> None:
    async with serve(raw(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n")) as server:
        assert (await fetch(server.url(), server.rules(), clock, etag='"v1"')).not_modified


@pytest.mark.parametrize("status", ["429 Too Many", "503 Busy"])
@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120), ("1", 60), ("86400", 86400), ("9999999", 86400), ("-5e999", 60), ("1e999", 86400), ("0", 60),
        ("Mon, 02 Mar 2026 12:10:00 GMT", 600), ("Fri, 01 Jan 2099 00:00:00 GMT", 86400), ("soon", None),
        ("Sun, 01 Mar 2020 00:00:00 GMT", 60), ("", None), ("nan", None), ("9" * 5000, 86400),
    ],
)  # fmt: skip
async def test_retry_after_is_honoured_within_a_minute_and_a_day(
    clock: ManualClock, status: str, asked: str, seconds: float | None
) -> None:
    error = await failure(answer(b"", status, retry_after=asked), clock)

    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("statuses", "moved"), [(["301 A", "308 B"], True), (["301 A", "302 B"], False), (["307 A", "301 B"], False)]
)
async def test_only_a_chain_of_permanent_redirects_moves_the_feed(
    clock: ManualClock, statuses: list[str], moved: bool
) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        step = int(request.path[1:])
        await (answer() if step == 2 else redirect(f"/{step + 1}", statuses[step]))(request, writer)

    async with serve(handle) as server:
        fetched = await fetch(server.url("/0"), server.rules(), clock)

    assert fetched.moved_to == (server.url("/2") if moved else None)


async def test_cookies_of_one_answer_are_not_sent_with_the_next(clock: ManualClock) -> None:
    async with serve(answer(set_cookie="id=1; Path=/")) as server, Fetcher(server.rules(), clock) as fetcher:
        await fetcher.fetch(server.url())
        await fetcher.fetch(server.url())

    assert "cookie" not in server.requests[1].headers


async def test_a_host_is_asked_two_things_at_once_and_no_more(clock: ManualClock) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        await answer()(request, writer)

    async with serve(slow) as server, Fetcher(server.rules(total_seconds=0.5), clock) as fetcher:
        started: list[str] = []
        fetches = (fetcher.fetch(server.url(f"/{n}"), on_start=lambda: started.append("")) for n in range(12))
        fetched = await asyncio.gather(*fetches)

    assert server.most_running == 2
    assert len(started) == len(fetched) == 12
    assert all(0.09 < one.seconds < 0.5 for one in fetched)


async def test_a_fetch_that_failed_gives_its_turn_back(clock: ManualClock) -> None:
    async with serve(drip(b"", b"")) as server, Fetcher(server.rules(total_seconds=0.1), clock) as fetcher:
        results = await asyncio.gather(*(fetcher.fetch(server.url()) for _ in range(6)), return_exceptions=True)

    assert [getattr(result, "code", None) for result in results] == ["timeout"] * 6
