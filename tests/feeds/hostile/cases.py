"""Every misbehaving server by its name, all behind one loopback port: ``/<name>`` asks for its misbehaviour."""

import asyncio
import gzip
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Final, NamedTuple

from tests.feeds.hostile.bodies import JSON, MIB, PAGES, XML, items, rss
from tests.feeds.servers import FEED, OK, Handler, Request, answer, drip, raw, redirect

OUTCOMES: Final = Path(__file__).with_name("outcomes.tsv")
_CHUNKED: Final = OK + b"Transfer-Encoding: chunked\r\n\r\n"


class Expected(NamedTuple):
    """What has to come of a case: ``ok`` or a reason code (several, where timing decides), and how many entries."""

    codes: frozenset[str]
    least: int
    most: int


def lazily(build: Callable[[], Handler]) -> Handler:
    """Build the handler when it is first used: some bodies are large."""
    made = cache(build)

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        await made()(request, writer)

    return handle


def _document(build: Callable[[], bytes]) -> Handler:
    return answer(build(), content_type="text/xml")


def packed(body: Callable[[], bytes], encoding: str = "gzip") -> Handler:
    return lazily(lambda: answer(body(), content_encoding=encoding))


async def reset(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 500\r\n\r\n<rss>")
    await writer.drain()
    writer.transport.abort()


async def hop(request: Request, writer: asyncio.StreamWriter) -> None:
    await redirect(request.path + "-")(request, writer)


def _gzip_bomb(size: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(squeeze.compress(bytes(MIB)) for _ in range(size)), squeeze.flush()])


WIRE: Final[dict[str, Handler]] = {
    "closes_at_once": raw(),
    "never_answers": drip(b"", b""),
    "slow_status": drip(b"HTTP/1.1 2", b""),
    "slow_headers": drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 0.2),
    "slow_body": drip(OK + b"Content-Length: 100000\r\n\r\n", b"x", 0.2),
    "slow_chunks": drip(_CHUNKED, b"1\r\nx\r\n", 0.2),
    "slow_gzip": drip(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(FEED)[:20], b"", 0.2),
    "body_that_stops": drip(OK + b"Content-Length: 100000\r\n\r\n<rss>", b"", 0.2),
    "continue_flood": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001),
    "early_hints_flood": drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", 0.001),
    "endless_body": drip(OK + b"\r\n", b"x" * 65536, 0.001),
    "endless_chunks": drip(_CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", 0.001),
    "endless_tiny_chunks": drip(_CHUNKED, b"1\r\nx\r\n" * 1000, 0.001),
    "endless_headers": drip(OK, b"X-A: b\r\n" * 20, 0.001),
    "endless_header": drip(OK + b"X-A: ", b"b" * 4096, 0.001),
    "endless_trailers": drip(_CHUNKED + b"1\r\nx\r\n0\r\n", b"X-A: b\r\n" * 20, 0.001),
    "chunk_extension_flood": drip(_CHUNKED + b"1;", b"a" * 4096, 0.001),
    "length_of_a_petabyte": raw(OK + b"Content-Length: 1000000000000000\r\n\r\nx"),
    "length_of_a_thousand_digits": raw(OK + b"Content-Length: " + b"9" * 1000 + b"\r\n\r\nx"),
    "negative_length": raw(OK + b"Content-Length: -1\r\n\r\n" + FEED),
    "length_in_floating_point": raw(OK + b"Content-Length: 1e3\r\n\r\n" + FEED),
    "length_with_underscore": raw(OK + b"Content-Length: 1_0\r\n\r\n" + FEED),
    "two_lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + FEED),
    "length_and_chunks": raw(OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"),
    "shorter_than_its_length": raw(OK + b"Content-Length: 100000\r\n\r\n" + FEED),
    "longer_than_its_length": raw(OK + b"Content-Length: 40\r\n\r\n" + FEED),
    "no_chunk_size": raw(_CHUNKED + b"zz\r\nabc"),
    "negative_chunk_size": raw(_CHUNKED + b"-5\r\nabc"),
    "chunk_size_of_an_exabyte": raw(_CHUNKED + b"fffffffffffffff\r\nabc"),
    "chunk_cut_off": raw(_CHUNKED + b"5\r\nab"),
    "long_header": raw(OK + b"X: " + b"a" * 20_000 + b"\r\n\r\n"),
    "twenty_thousand_cookies": raw(OK + b"Set-Cookie: a=b\r\n" * 20_000 + b"\r\n"),
    "long_reason": raw(b"HTTP/1.1 200 " + b"a" * 20_000 + b"\r\n\r\n"),
    "switching_protocols": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + FEED),
    "http_0_9": raw(b"<html>an HTTP/0.9 answer</html>"),
    "http_2_preface": raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "ssh_banner": raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "smtp_banner": raw(b"220 mail.example ESMTP\r\n"),
    "redis_error": raw(b"-ERR unknown command\r\n"),
    "tls_hello": raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    "tls_alert": raw(b"\x15\x03\x03\x00\x02\x02\x16"),
    "status_in_letters": raw(b"HTTP/1.1 abc OK\r\n\r\n"),
    "status_of_four_digits": raw(b"HTTP/1.1 2000 OK\r\n\r\n" + FEED),
    "header_without_colon": raw(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
    "header_with_zero_byte": raw(OK + b"X-A: a\x00b\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED),
    "header_that_is_folded": raw(OK + b"X-A: a\r\n  b\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED),
    "header_name_of_blanks": raw(OK + b" : x\r\n\r\n" + FEED),
    "reset_in_the_body": reset,
    "answers_for_the_next_one_too": raw(
        OK + b"Content-Length: %d\r\n\r\n" % len(FEED) + FEED + OK + b"Content-Length: 6\r\n\r\npoison"
    ),
    "etag_of_a_megabyte": answer(FEED, etag='"' + "e" * 7000 + '"'),
    "etag_of_odd_letters": answer(FEED, etag='"\xe9\x01"'),
    "max_age_without_end": answer(FEED, cache_control="max-age=1000000000000000000", expires="-1"),
    "content_type_of_kilobytes": answer(FEED, content_type="text/xml; charset=" + "x" * 6000),
    "content_type_of_a_picture": answer(FEED, content_type="image/png"),
    "charset_that_runs_code": answer(FEED, content_type="text/xml; charset=unicode_escape"),
}

PACKED: Final[dict[str, Handler]] = {
    "gzip_bomb": packed(lambda: _gzip_bomb(512)),
    "gzip_bomb_of_members": packed(lambda: gzip.compress(bytes(MIB)) * 40),
    "gzip_of_empty_members": packed(lambda: gzip.compress(b"") * 5000),
    "gzip_twice": packed(lambda: gzip.compress(gzip.compress(FEED)), "gzip, gzip"),
    "gzip_in_gzip": packed(lambda: gzip.compress(gzip.compress(FEED))),
    "gzip_cut_off": packed(lambda: gzip.compress(FEED)[:-9]),
    "gzip_with_a_wrong_checksum": packed(lambda: gzip.compress(FEED)[:-8] + bytes(8)),
    "gzip_and_garbage": packed(lambda: gzip.compress(FEED) + b"garbage" * 100),
    "gzip_that_is_none": packed(lambda: FEED),
    "gzip_of_large_items": packed(lambda: gzip.compress(rss(items(60_000)))),
    "brotli": packed(lambda: b"x", "br"),
    "zstandard": packed(lambda: b"x", "zstd"),
    "deflate": packed(lambda: zlib.compress(FEED), "deflate"),
    "unknown_encoding": packed(lambda: b"x", "aws-chunked"),
    "twelve_encodings": packed(lambda: FEED, ", ".join(["gzip"] * 12)),
}

STATUSES: Final[dict[str, Handler]] = {
    f"status_{status}": answer(FEED, f"{status} Whatever")
    for status in (
        204, 205, 206, 226, 299, 300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 418, 421, 425,
        428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 508, 511, 520, 521, 522, 524, 525, 530, 599, 600, 999,
    )
}  # fmt: skip

WAITS: Final[dict[str, Handler]] = {
    f"retry_after_{name}": answer(FEED, status, retry_after=value)
    for name, status, value in (
        ("a_day", "429 Slow", "86400"), ("a_year", "503 Busy", "31536000"), ("minus", "503 Busy", "-5e999"),
        ("2099", "429 Slow", "Mon, 02 Mar 2099 10:00:00 GMT"), ("words", "429 Slow", "soon"),
        ("the_past", "429 Slow", "Mon, 02 Mar 1999 10:00:00 GMT"),
        ("nothing", "503 Busy", ""), ("digits", "429 Slow", "9" * 5000),
    )
}  # fmt: skip

# {port} is the canary's: a server beside ours that nobody may connect to.
REDIRECTS: Final = {
    "redirect_loop": "/redirect_loop",
    "redirect_to_another_port": "http://127.0.0.1:{port}/canary",
    "redirect_to_another_loopback": "http://127.0.0.2:{port}/canary",
    "redirect_to_decimal": "http://2130706433:{port}/canary",
    "redirect_to_octal": "http://0177.0.0.1:{port}/canary",
    "redirect_to_hexadecimal": "http://0x7f.1:{port}/canary",
    "redirect_to_full_width": "http://１２７.０.０.１:{port}/canary".encode().decode("latin-1"),
    "redirect_to_zero": "http://0:{port}/canary",
    "redirect_to_localhost": "http://localhost:{port}/canary",
    "redirect_to_ipv6_loopback": "http://[::1]:{port}/canary",
    "redirect_to_mapped": "http://[::ffff:127.0.0.1]:{port}/canary",
    "redirect_to_nat64": "http://[64:ff9b::7f00:1]:{port}/canary",
    "redirect_to_metadata": "http://169.254.169.254/latest/meta-data/",
    "redirect_to_metadata_name": "http://metadata.google.internal/",
    "redirect_to_ssh": "http://127.0.0.1:22/",
    "redirect_to_a_user": "http://user:pass@127.0.0.1:{port}/canary",
    "redirect_to_discord": "https://discord.com/api/webhooks/1/x",
    "redirect_to_a_file": "file:///etc/passwd",
    "redirect_to_ftp": "ftp://127.0.0.1/",
    "redirect_to_gopher": "gopher://127.0.0.1:{port}/_x",
    "redirect_to_data": "data:text/xml,<rss/>",
    "redirect_to_a_script": "javascript:alert(1)",
    "redirect_without_scheme": "//127.0.0.1:{port}/canary",
    "redirect_to_a_backslash": "http://127.0.0.1:{port}\\@a.example/",
    "redirect_to_a_zero_byte": "/feed%00",
    "redirect_to_six_kilobytes": "/" + "a" * 6000,
    "redirect_to_half_an_address": "http://[::1",
    "redirect_to_nothing": "",
}


def handlers(canary_port: int) -> dict[str, Handler]:
    """Return every case's handler by its name."""
    bodies = {**XML, **JSON, **PAGES}
    made = {name: lazily(partial(_document, build)) for name, build in bodies.items()}
    made |= WIRE | PACKED | STATUSES | WAITS
    made |= {name: redirect(to.replace("{port}", str(canary_port)), "301 Moved") for name, to in REDIRECTS.items()}
    return made | {"redirect_chain": hop}


def expected() -> dict[str, Expected]:
    """Return the table of expected outcomes."""
    table = {}
    for line in OUTCOMES.read_text("utf-8").splitlines()[1:]:
        name, codes, least, most = line.split("\t")
        table[name] = Expected(frozenset(codes.split("|")), int(least), int(most))
    return table


def dispatch(cases: dict[str, Handler]) -> Handler:
    """Return the handler of the one server: it answers as the case that the path names."""

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        name = request.path.strip("/").rstrip("-").partition("?")[0]
        await cases.get(name, answer(b"", "404 Not Found"))(request, writer)

    return handle
