"""Fetch one URL: guarded at every hop, bounded in time and size, nothing remembered between two fetches."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from bot.clock import Clock
from bot.errors import FeedError
from bot.feeds.body import Body, Take, read_body
from bot.feeds.failures import feed_error
from bot.feeds.guard import FetchRules, Target, check_url
from bot.feeds.headers import retry_after_seconds, validator
from bot.feeds.resolve import Lookup, SystemLookup, VettingResolver
from bot.feeds.room import Place
from bot.feeds.turns import Turns

_LOG = logging.getLogger(__name__)
_ACCEPT: Final = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})
_WITH_BODY: Final = frozenset({200, 203, 226})
_NO_DOCUMENT: Final = frozenset({204, 205, 206})
_AUTH_REQUIRED: Final = frozenset({401, 407, 511})
_MOST_HEADER_BYTES: Final = 8 * 1024
_MOST_HEADERS: Final = 128
# Longer than this nobody queues for a place, so that a round ends even where every feed is large and slow.
_LONGEST_WAIT_SECONDS: Final = 240.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought.

    ``body`` is inflated and empty where ``not_modified``. ``etag`` and ``modified`` are fit to be sent back the next
    time. ``moved_to`` is set where every redirect on the way said that it is for good: the new address of the feed,
    which passed the guard. ``seconds`` counts from the first request, waiting for a turn or a place excluded.
    """

    status: int
    body: bytes
    content_type: str | None
    etag: str | None
    modified: str | None
    final_url: str
    not_modified: bool
    wire_bytes: int
    retry_after: float | None = None
    moved_to: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str
    for_good: bool


class Fetcher:
    """Fetches feeds over HTTP. Use it as ``async with Fetcher(rules, clock) as fetcher:``.

    It keeps no cookies, reads no proxy variables and no ``.netrc``, sends no credentials, and closes every
    connection after one answer.
    """

    def __init__(
        self, rules: FetchRules, clock: Clock, *, lookup: Lookup | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        """Prepare a fetcher; *lookup* replaces the machine's DNS, *tls* the authorities it trusts."""
        self._rules = rules
        self._clock = clock
        self._lookup = lookup
        self._tls = tls
        self._turns = Turns(per_host=rules.per_host, at_once=rules.at_once)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=VettingResolver(self._lookup or SystemLookup()),
            use_dns_cache=False,
            force_close=True,
            limit=0,
            ssl=self._tls or True,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
            max_line_size=_MOST_HEADER_BYTES,
            max_field_size=_MOST_HEADER_BYTES,
            max_headers=_MOST_HEADERS,
            headers={"User-Agent": self._rules.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(
        self,
        url: str,
        etag: str | None = None,
        modified: str | None = None,
        *,
        on_start: Callable[[], None] | None = None,
        place: Place | None = None,
    ) -> Fetched:
        """Return what *url* gives, redirects followed.

        *etag* and *modified* are those of the last answer: the server may then say that nothing changed. *on_start* is
        called once, when the wait for a turn is over. A large body takes *place*, which the caller gives back; the time
        that it waits for it is not counted against the server.

        Raises:
            FeedError: with a reason code; nothing but a success status ever yields a body.
        """
        conditions = {"If-None-Match": validator(etag), "If-Modified-Since": validator(modified)}
        headers = {name: value for name, value in conditions.items() if value}
        moved_to: str | None = url
        seconds = 0.0
        target = check_url(url, self._rules)
        for _ in range(self._rules.max_redirects + 1):
            async with self._turns.take(target.host):
                if on_start is not None:
                    on_start()
                    on_start = None
                watch = _Watch(self._rules.total_seconds - seconds)
                answer = await self._hop(target, headers, watch, place)
                seconds += watch.used_seconds
            if isinstance(answer, Fetched):
                return replace(answer, seconds=seconds, moved_to=None if moved_to == url else moved_to)
            target = check_url(_joined(target.url, answer.location), self._rules)
            moved_to = target.url if answer.for_good and moved_to else None
        raise FeedError("too_many_redirects", f"{target.host} passes on from one address to the next without end.")

    async def _hop(
        self, target: Target, headers: dict[str, str], watch: "_Watch", place: Place | None
    ) -> Fetched | _Redirect:
        try:
            async with watch.deadline:
                return await self._request(target, headers, partial(watch.wait_for, place) if place else None)
        except (FeedError, TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            _LOG.debug("fetch failed: host=%s error=%r", target.host, error)
            raise feed_error(error, target.host) from error

    async def _request(self, target: Target, headers: dict[str, str], take: Take | None) -> Fetched | _Redirect:
        if self._session is None:
            raise RuntimeError("Fetcher used outside 'async with'")
        response = await self._session.get(URL(target.url, encoded=True), headers=headers, allow_redirects=False)
        try:
            if response.status in _REDIRECTS:
                return _redirect(response, target)
            if response.status == 304:
                return _unchanged(response, target, conditional=bool(headers))
            self._refuse_failure(response, target)
            return _fetched(response, await self._body(response, take), target)
        finally:
            response.close()

    def _refuse_failure(self, response: aiohttp.ClientResponse, target: Target) -> None:
        """Raise unless the status says that the body is what was asked for, whatever the body holds."""
        status = response.status
        if status in _WITH_BODY:
            return
        if status in _NO_DOCUMENT or not 200 <= status < 600:
            raise FeedError("protocol_error", f"{target.host} answered with status {status}.", status=status)
        code = "http_error"
        if status in _AUTH_REQUIRED:
            code = "auth_required"
        elif status in {410, 429}:
            code = "gone" if status == 410 else "rate_limited"
        wait = retry_after_seconds(response.headers.get("Retry-After"), self._clock.now())
        raise FeedError(code, f"{target.host} answered with status {status}.", status=status, retry_after=wait)

    async def _body(self, response: aiohttp.ClientResponse, take: Take | None) -> Body:
        limit = self._rules.max_wire_bytes
        if (response.content_length or 0) > limit:
            raise FeedError("too_large", f"The answer is larger than {limit / (1 << 20):.0f} MiB.")
        return await read_body(
            response.content.iter_any(),
            ",".join(response.headers.getall("Content-Encoding", [])),
            max_wire_bytes=limit,
            max_bytes=self._rules.max_body_bytes,
            take=take,
        )


class _Watch:
    """The seconds that a server has for one request; it stands while somebody else is waited for."""

    def __init__(self, seconds: float) -> None:
        self._now = asyncio.get_running_loop().time
        self._started = self._now()
        self._waited = 0.0
        self.deadline = asyncio.timeout(seconds)

    @property
    def used_seconds(self) -> float:
        """Return how much of its time the server has used."""
        return self._now() - self._started - self._waited

    async def wait_for(self, place: Place) -> None:
        """Take *place*, and give the server the time back that this took."""
        end, began = self.deadline.when(), self._now()
        if end is None or place.taken:
            return
        self.deadline.reschedule(end + _LONGEST_WAIT_SECONDS)
        await place.take()
        waited = self._now() - began
        self._waited += waited
        self.deadline.reschedule(end + waited)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FeedError("blocked_address", "A redirect leads to an address that cannot be read.") from error


def _redirect(response: aiohttp.ClientResponse, target: Target) -> _Redirect:
    location = response.headers.get("Location")
    if not location:
        raise FeedError("protocol_error", f"{target.host} passes on to no address.", status=response.status)
    return _Redirect(location, response.status in _FOR_GOOD)


def _unchanged(response: aiohttp.ClientResponse, target: Target, *, conditional: bool) -> Fetched:
    if not conditional:
        raise FeedError("protocol_error", f"{target.host} says “not modified” to a first request.", status=304)
    return _fetched(response, Body(b"", 0), target)


def _fetched(response: aiohttp.ClientResponse, body: Body, target: Target) -> Fetched:
    return Fetched(
        status=response.status,
        body=body.data,
        content_type=validator(response.headers.get("Content-Type")),
        etag=validator(response.headers.get("ETag")),
        modified=validator(response.headers.get("Last-Modified")),
        final_url=target.url,
        not_modified=response.status == 304,
        wire_bytes=body.wire_bytes,
    )
