"""Loopback servers that answer exactly the bytes, and misbehave exactly the way, that a test asks for."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetched, Fetcher
from bot.feeds.guard import FetchRules

Handler = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\n"
FEED = (
    b"<rss version='2.0'><channel><title>T</title>"
    b"<item><title>One</title><link>https://a.example/1</link></item></channel></rss>"
)


@dataclass(frozen=True)
class Request:
    """One request: its path and its headers, names in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """A running server; ``requests`` is everything it was asked."""

    port: int
    requests: list[Request] = field(default_factory=list)
    running: int = 0
    most_running: int = 0

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def rules(self, **changes: object) -> FetchRules:
        given: dict[str, object] = {
            "allow_private_networks": ("127.0.0.1/32",),
            "allow_ports": (self.port,),
            "total_seconds": 5.0,
            **changes,
        }
        return FetchRules(**given)  # type: ignore[arg-type] # a test names the fields


def raw(*pieces: bytes) -> Handler:
    """Answer every request with *pieces* and close."""

    async def handle(_: Request, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
        await writer.drain()

    return handle


def answer(body: bytes = FEED, status: str = "200 OK", **headers: str) -> Handler:
    """Answer every request with a proper response; ``content_type="x"`` becomes ``Content-Type: x``."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def redirect(location: str, status: str = "302 Found") -> Handler:
    return answer(b"", status, location=location)


@asynccontextmanager
async def serve(handler: Handler, *, tls: ssl.SSLContext | None = None, listens: bool = True) -> AsyncGenerator[Server]:
    """Run a server on a free loopback port; one that does not listen answers before it is asked."""
    served = Server(0)

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.running += 1
        served.most_running = max(served.most_running, served.running)
        try:
            request = await _read(reader) if listens else Request("", {})
            if request is not None:
                served.requests.append(request)
                await handler(request, writer)
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            served.running -= 1
            writer.close()

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        tasks = [task for task in asyncio.all_tasks() if "on_connection" in repr(task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if ":" in line)
        return Request(head[0].split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})
    return None


async def fetch(url: str, rules: FetchRules, clock: ManualClock, **options: str | None) -> Fetched:
    async with Fetcher(rules, clock) as fetcher:
        return await fetcher.fetch(url, **options)  # type: ignore[arg-type] # etag and modified


async def outcome(fetcher: Fetcher, url: str) -> bytes | str:
    try:
        return (await fetcher.fetch(url)).body
    except FeedError as error:
        return error.code


async def failure(handler: Handler, clock: ManualClock, **changes: object) -> FeedError:
    async with serve(handler) as server:
        with pytest.raises(FeedError) as caught:
            await fetch(server.url(), server.rules(**changes), clock)
    return caught.value


def drip(head: bytes, piece: bytes, pause: float = 0.02) -> Handler:
    """Send *head*, then *piece* again and again."""

    async def handle(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return handle
