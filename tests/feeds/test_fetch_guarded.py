"""Fetcher: no redirect, no name and no variable leads it where it may not go."""

import asyncio
import os
import shutil
import ssl
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import FetchRules
from tests.feeds.servers import FEED, OK, Request, answer, failure, fetch, raw, redirect, serve


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2:{port}/canary", "http://169.254.169.254/latest/meta-data/", "http://[::1]:{port}/canary",
        "http://2130706433:{port}/canary", "http://localhost:{port}/canary", "//10.0.0.1/", "http://0x7f.1:{port}/canary",
        "http://user:pass@127.0.0.1:{port}/canary", "http://discord.com/api/webhooks/1/x",
        "http://[::1", "/feed%00", "http://127.0.0.1:{port}\\@a.example/",
    ],
)  # fmt: skip
async def test_redirect_to_a_closed_address_is_not_followed(clock: ManualClock, location: str) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        await redirect(location.format(port=port))(request, writer)

    async with serve(handle) as server:
        port = server.port
        with pytest.raises(FeedError) as caught:
            await fetch(server.url(), server.rules(), clock)

    assert caught.value.code == "blocked_address"
    assert [request.path for request in server.requests] == ["/feed"]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:1", "data:,x"])
async def test_redirect_to_another_scheme_is_not_followed(clock: ManualClock, location: str) -> None:
    assert (await failure(redirect(location), clock)).code == "bad_scheme"


async def test_redirects_are_followed_five_times_and_no_further(clock: ManualClock) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        step = int(request.path.rpartition("/")[2])
        await (answer() if step == 5 else redirect(f"/hop/{step + 1}"))(request, writer)

    async with serve(handle) as server:
        fetched = await fetch(server.url("/hop/0"), server.rules(), clock)
        with pytest.raises(FeedError) as caught:
            await fetch(server.url("/hop/-1"), server.rules(), clock)

    assert fetched.final_url == server.url("/hop/5")
    assert caught.value.code == "too_many_redirects"
    assert len(server.requests) == 12


async def test_redirect_loop_ends(clock: ManualClock) -> None:
    async with serve(redirect("/feed")) as server:
        with pytest.raises(FeedError) as caught:
            await fetch(server.url(), server.rules(), clock)

    assert caught.value.code == "too_many_redirects"
    assert len(server.requests) <= 6


async def test_proxy_variables_and_netrc_are_not_read(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async with serve(answer()) as server:
        assert (await fetch(server.url(), server.rules(), clock)).status == 200

    assert "authorization" not in server.requests[0].headers
    assert os.environ["http_proxy"]


async def test_https_to_a_plain_server_is_a_protocol_error(clock: ManualClock) -> None:
    async with serve(raw(OK + b"\r\n"), listens=False) as server:
        with pytest.raises(FeedError) as caught:
            await fetch(server.url().replace("http:", "https:"), server.rules(), clock)

    assert caught.value.code == "protocol_error"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = [openssl, "req", "-x509", *kind, *name, "-keyout", str(file), "-out", str(file)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed arguments
    return file


async def test_certificate_of_its_own_making_is_refused_unless_the_operator_trusts_it(
    clock: ManualClock, certificate: Path
) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(certificate)

    async with serve(answer(), tls=served) as server:
        url = server.url().replace("http:", "https:")
        with pytest.raises(FeedError) as caught:
            await fetch(url, server.rules(), clock)
        trusted = ssl.create_default_context(cafile=str(certificate))
        async with Fetcher(server.rules(), clock, tls=trusted) as fetcher:
            fetched = await fetcher.fetch(url)

    assert caught.value.code == "tls_error"
    assert fetched.body == FEED


async def looked_up(answers: list[tuple[str, ...]], url: str, clock: ManualClock) -> tuple[str | None, int]:
    """Fetch *url* with a DNS that gives *answers* one after the other; return the code and how often it was asked."""
    asked = 0

    async def lookup(host: str, port: int) -> tuple[str, ...]:
        nonlocal asked
        asked += 1
        found = answers[min(asked, len(answers)) - 1]
        if not found:
            raise OSError("no such name")
        return found

    rules = FetchRules(allow_private_networks=("127.0.0.1/32",), total_seconds=2)
    async with Fetcher(rules, clock, lookup=lookup) as fetcher:
        try:
            await fetcher.fetch(url)
        except FeedError as error:
            return error.code, asked
    return None, asked


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("10.0.0.1", "::1"), ("::ffff:7f00:1",), ("fe80::1%lo",)])
async def test_name_that_leads_inside_is_refused_without_a_connection(
    clock: ManualClock, addresses: tuple[str, ...]
) -> None:
    assert await looked_up([addresses], "http://news.example/feed", clock) == ("blocked_address", 1)


async def test_unknown_name_is_a_dns_error(clock: ManualClock) -> None:
    assert await looked_up([()], "http://news.example/feed", clock) == ("dns_error", 1)


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[tuple[str, int]]]:
    """Lead every connection to a loopback port, and note where it was meant to go."""

    def lead(port: int) -> list[tuple[str, int]]:
        meant: list[tuple[str, int]] = []
        loop = asyncio.get_running_loop()
        real: Callable[..., Awaitable[None]] = loop.sock_connect

        async def connect(sock: object, address: tuple[str, int]) -> None:
            meant.append((address[0], address[1]))
            await real(sock, ("127.0.0.1", port))

        monkeypatch.setattr(loop, "sock_connect", connect)
        return meant

    return lead


async def test_connection_goes_to_the_vetted_address_though_the_dns_changes_its_mind(
    clock: ManualClock, dialled: Callable[[int], list[tuple[str, int]]]
) -> None:
    async with serve(answer()) as server:
        meant = dialled(server.port)
        result = await looked_up([("10.0.0.9", "93.184.216.34"), ("127.0.0.1",)], "http://news.example/feed", clock)

    assert result == (None, 1)
    assert meant == [("93.184.216.34", 80)]
    assert server.requests[0].headers["host"] == "news.example"


async def test_each_hop_is_looked_up_and_vetted_anew(
    clock: ManualClock, dialled: Callable[[int], list[tuple[str, int]]]
) -> None:
    async with serve(redirect("http://other.example/")) as server:
        meant = dialled(server.port)
        result = await looked_up([("93.184.216.34",), ("169.254.169.254",)], "http://news.example/feed", clock)

    assert result == ("blocked_address", 2)
    assert meant == [("93.184.216.34", 80)]
