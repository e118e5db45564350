"""Names to addresses: looked up once, vetted, and the connection goes to exactly what was vetted."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import FeedError
from bot.feeds.guard import vet

Lookup = Callable[[str, int], Awaitable[tuple[str, ...]]]
_MOST_LOOKUPS: Final = 16


class SystemLookup:
    """Ask the machine's resolver, each time in a thread that is left behind if the name server never answers.

    The event loop's own threads are not used: a handful of dead name servers would take them all, and the process
    would wait for them when it ends.
    """

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(_MOST_LOOKUPS)

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses of *host*, best first, without repeats.

        Raises:
            OSError: there are none, or the name server failed.
        """
        await self._slots.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

        def finish(addresses: tuple[str, ...], error: OSError | None) -> None:
            self._slots.release()
            if answer.done():
                return
            if error is None:
                answer.set_result(addresses)
            else:
                answer.set_exception(error)

        def look() -> None:
            try:
                addresses, error = _getaddrinfo(host, port), None
            except (OSError, UnicodeError) as problem:
                addresses, error = (), OSError(str(problem))
            if not loop.is_closed():
                loop.call_soon_threadsafe(finish, addresses, error)

        threading.Thread(target=look, name=f"look up {host}", daemon=True).start()
        return await answer


class VettingResolver(AbstractResolver):
    """The resolver of the HTTP client: hands on public addresses only. There is no cache and no second look-up."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the signature is aiohttp's
    ) -> list[ResolveResult]:
        """Return the public addresses of *host*.

        Raises:
            FeedError: ``dns_error`` where the name has no address, ``blocked_address`` where none is public.
        """
        try:
            found = await self._lookup(host, port)
        except OSError as error:
            raise FeedError("dns_error", f"The name {host} cannot be found in the DNS.") from error
        if not found:
            raise FeedError("dns_error", f"The name {host} has no address.")
        public = vet(found)
        if not public:
            raise FeedError("blocked_address", f"{host} leads to an address that is not on the public internet.")
        return [_result(host, port, address) for address in public]

    async def close(self) -> None:
        """Do nothing: nothing is kept."""


def _getaddrinfo(host: str, port: int) -> tuple[str, ...]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def _result(host: str, port: int, address: str) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=socket.IPPROTO_TCP, flags=socket.AI_NUMERICHOST
    )
