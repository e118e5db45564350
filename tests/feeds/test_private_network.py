"""No form of address, redirect or DNS answer makes the bot connect to anything but the public internet."""

import asyncio
import errno
import random
import socket
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Address

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import FetchRules
from tests.feeds.servers import redirect, serve
from tests.feeds.test_guard import ODD_LOOPBACK, PRIVATE_V4, PRIVATE_V6
from tests.promises import Record

PUBLIC = "93.184.216.34"
RANGES = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
]  # fmt: skip
NAMES = [
    "localhost", "x.localhost", "printer.local", "metadata.google.internal", "nas.lan", "router.home.arpa", "db",
    "a.b.corp", "box.localdomain", "wpad.intranet", "host.docker.internal", "kubernetes.default.svc.cluster.local",
]  # fmt: skip
DISCORD = ["discord.com", "ptb.discord.com", "cdn.discordapp.com", "discord.gg", "media.discordapp.net", "DISCORD.com."]
SCHEMES = [
    "file",
    "ftp",
    "gopher",
    "data",
    "feed",
    "ws",
    "dict",
    "ldap",
    "jar",
    "javascript",
    "sftp",
    "tftp",
    "view-source",
]
PORTS = [
    0,
    1,
    19,
    21,
    22,
    23,
    25,
    53,
    110,
    139,
    445,
    1433,
    2049,
    2375,
    3306,
    5432,
    5900,
    6379,
    9200,
    11211,
    27017,
    65536,
]
TRICKS = [
    "http://user@news.example/", "http://user:secret@news.example/", "http://news.example@127.0.0.1/",
    "http://news.example/\r\nHost: x", "http://news.example\\@127.0.0.1/", "http://news.example/a\tb",
    "http://news.example/%00", "http://news.example/%0d%0aX: y", "http://127.0.0.1%00.news.example/",
    "http://%31%32%37.0.0.1/", "http://news.example/" + "a" * 5000, "http://1.2.3.4.5/", "http://256.0.0.1/",
    "http://[::1", "http://[fe80::1%25eth0]/", "http://[::1]x/", "http://news.example\ud800/",
    "http://news＠127.0.0.1/", "http://a b.example/", "http://-a.example/", "http://a..example/",
]  # fmt: skip


def spelled(address: IPv4Address) -> Iterator[str]:
    """Yield every way to write an IPv4 address that some resolver understands."""
    number, parts = int(address), address.packed
    yield str(address)
    yield str(number)
    yield hex(number)
    yield f"0{number:o}"
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(hex(part) for part in parts)
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    yield str(address).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    yield str(address).replace(".", "。")
    yield f"{address}."
    for prefix in ("::ffff:", "::", "64:ff9b::", "64:ff9b:1::", "2606:4700::5efe:"):
        yield f"[{prefix}{address}]"
    yield f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]"
    yield f"[2001:0:{number >> 16:x}:{number & 0xFFFF:x}::1]"


def inside(network: str) -> IPv4Address:
    start, _, bits = network.partition("/")
    size = 1 << (32 - int(bits))
    return IPv4Address(int(IPv4Address(start)) + random.Random(network).randrange(size))


HOSTS = [
    *(form for network in RANGES for form in spelled(inside(network))),
    *(form for known in ("127.0.0.1", "169.254.169.254", "10.0.0.1") for form in spelled(IPv4Address(known))),
    *PRIVATE_V4, *(f"[{address}]" for address in PRIVATE_V6), *ODD_LOOPBACK,
]  # fmt: skip
CORPUS = [
    *((f"http://{host}/feed", "blocked_address") for host in dict.fromkeys(HOSTS)),
    *((f"https://{host}:8443/feed", "blocked_address") for host in (*NAMES, *DISCORD)),
    *((f"{scheme}://127.0.0.1/feed", "bad_scheme") for scheme in SCHEMES),
    *((text, "bad_scheme") for text in ("/etc/passwd", "feed.xml", "<rss/>", "", "//10.0.0.1/", "http:/10.0.0.1/")),
    *((f"http://news.example:{port}/", "bad_port") for port in PORTS),
    *((trick, "blocked_address") for trick in TRICKS),
]
ANSWERS = [*PRIVATE_V4, *PRIVATE_V6, "fe80::1%lo", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"]


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address that any socket is told to connect to, by whatever way; none gets there."""
    meant: list[object] = []

    async def refuse(self: object, sock: object, address: object) -> None:
        meant.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", refuse)

    def refuse_now(self: object, address: object) -> int:
        meant.append(address)
        return errno.ECONNREFUSED

    monkeypatch.setattr(socket.socket, "connect_ex", refuse_now)
    return meant


async def code_of(fetcher: Fetcher, url: str) -> str:
    try:
        await fetcher.fetch(url)
    except FeedError as error:
        return error.code
    return "ok"


async def public(host: str, port: int) -> tuple[str, ...]:
    return (PUBLIC,)


async def test_no_spelling_of_an_address_is_connected_to(
    clock: ManualClock, connects: list[object], record_promise: Record
) -> None:
    async with Fetcher(FetchRules(), clock, lookup=public) as fetcher:
        found = [(url, code, await code_of(fetcher, url)) for url, code in CORPUS]

    assert [(url, code, got) for url, code, got in found if code != got] == []
    assert connects == []
    counts = dict(Counter(code for _, _, code in found))
    record_promise("4 no private network", f"{len(found)} addresses: 0 connects, {counts}")


async def test_no_answer_of_the_dns_leads_inside(
    clock: ManualClock, connects: list[object], record_promise: Record
) -> None:
    asked = 0

    async def lookup(host: str, port: int) -> tuple[str, ...]:
        nonlocal asked
        asked += 1
        number = int(host.partition(".")[0].removeprefix("n"))
        return (ANSWERS[number], ANSWERS[(number + 7) % len(ANSWERS)])

    async with Fetcher(FetchRules(), clock, lookup=lookup) as fetcher:
        codes = [await code_of(fetcher, f"http://n{number}.news.example/feed") for number in range(len(ANSWERS))]

    assert codes == ["blocked_address"] * len(ANSWERS)
    assert connects == []
    assert asked == len(ANSWERS)
    record_promise("4 no private network", f"{len(ANSWERS)} DNS answers: 0 connects, each looked up once")


async def test_of_mixed_answers_only_the_public_one_is_dialled_and_once(
    clock: ManualClock, connects: list[object]
) -> None:
    answers = iter([("10.0.0.1", PUBLIC, "::1", "fd00::1"), ("127.0.0.1",), ("127.0.0.1",)])

    async def lookup(host: str, port: int) -> tuple[str, ...]:
        return next(answers)

    async with Fetcher(FetchRules(), clock, lookup=lookup) as fetcher:
        codes = [await code_of(fetcher, "http://news.example/feed") for _ in range(2)]

    assert codes == ["protocol_error", "blocked_address"]
    assert connects == [(PUBLIC, 80)]


async def test_no_redirect_leads_inside(clock: ManualClock, record_promise: Record) -> None:
    targets = [(url, code) for url, code in CORPUS if url.isprintable() and url.isascii() and url and "\\" not in url]
    # The very address that the test's own server stands on is opened, and no redirect to it is refused.
    targets = [
        (url, code)
        for url, code in targets
        if "://" in url and len(url) < 2000 and not url.startswith("http://127.0.0.1/")
    ]
    canary_hits = 0
    async with serve(redirect("/")) as canary:
        for url, _ in targets:
            async with serve(redirect(url, "301 Moved")) as server, Fetcher(server.rules(), clock) as fetcher:
                code = await code_of(fetcher, server.url())

                assert (url, code) == (url, dict(targets)[url])
                assert len(server.requests) == 1
        canary_hits = len(canary.requests)

    assert canary_hits == 0
    record_promise("4 no private network", f"{len(targets)} redirects: none followed, reason code each time")
