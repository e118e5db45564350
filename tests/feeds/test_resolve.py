"""SystemLookup and VettingResolver: names become public addresses, and dead name servers hold nothing up."""

import asyncio
import socket
import threading
from typing import Any

import pytest

from bot.errors import FeedError
from bot.feeds.resolve import SystemLookup, VettingResolver


def place(address: str) -> tuple[Any, ...]:
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))


async def test_addresses_come_without_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [place("1.1.1.1"), place("8.8.8.8"), place("1.1.1.1")])

    assert await SystemLookup()("news.example", 80) == ("1.1.1.1", "8.8.8.8")


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
async def test_name_that_cannot_be_found_is_an_os_error(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(OSError, match=str(error.args[-1])):
        await SystemLookup()("news.example", 80)


async def test_name_server_that_never_answers_holds_up_neither_others_nor_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = threading.Event()

    def look(host: str, *_: object, **__: object) -> list[tuple[Any, ...]]:
        if host == "dead.example":
            release.wait(20)
        return [place("1.1.1.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    lookup = SystemLookup()
    results = await asyncio.gather(
        *(asyncio.wait_for(lookup("dead.example", 80), 0.1) for _ in range(10)), return_exceptions=True
    )

    assert {type(result) for result in results} == {TimeoutError}
    assert await lookup("news.example", 80) == ("1.1.1.1",)
    assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("look up"))
    release.set()
    assert (await asyncio.gather(*(lookup("news.example", 80) for _ in range(40))))[-1] == ("1.1.1.1",)


async def test_only_public_addresses_are_handed_to_the_client() -> None:
    async def lookup(host: str, port: int) -> tuple[str, ...]:
        return ("10.0.0.1", "93.184.216.34", "::1", "2606:4700::1111")

    found = await VettingResolver(lookup).resolve("news.example", 443)

    assert [(one["host"], one["port"], one["family"]) for one in found] == [
        ("93.184.216.34", 443, socket.AF_INET),
        ("2606:4700::1111", 443, socket.AF_INET6),
    ]


async def test_name_without_any_address_is_a_dns_error() -> None:
    async def lookup(host: str, port: int) -> tuple[str, ...]:
        return ()

    with pytest.raises(FeedError) as caught:
        await VettingResolver(lookup).resolve("news.example", 443)

    assert caught.value.code == "dns_error"
