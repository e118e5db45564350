"""read_body: gzip in any pieces, and never more than was allowed."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FeedError
from bot.feeds.body import Body, read_body
from bot.feeds.headers import retry_after_seconds, validator

MEBIBYTE = 1 << 20


async def pieces(data: bytes, size: int) -> AsyncGenerator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def read(data: bytes, encodings: str = "gzip", size: int = 65536, most: int = 8 * MEBIBYTE) -> Body:
    return await read_body(pieces(data, size), encodings, max_wire_bytes=most, max_bytes=most)


@given(
    st.lists(st.binary(max_size=400), min_size=1, max_size=4), st.integers(1, 50), st.sampled_from([b"", b"\0\0", b"x"])
)
async def test_joined_gzip_files_are_undone_in_any_pieces(members: list[bytes], size: int, tail: bytes) -> None:
    packed = b"".join(map(gzip.compress, members)) + tail

    assert await read(packed, size=size) == Body(b"".join(members), len(packed))


@given(st.binary(max_size=300), st.integers(1, 40))
async def test_any_bytes_are_a_body_or_a_feed_error(data: bytes, size: int) -> None:
    assert (await read(data, "identity", size)).data == data
    try:
        await read(b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + data, size=size)
    except FeedError as error:
        assert error.code == "bad_encoding"  # noqa: PT017 - success is right, too


async def test_bomb_is_stopped_before_it_unfolds() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * MEBIBYTE) for _ in range(60)) + packer.flush()

    tracemalloc.start()
    with pytest.raises(FeedError) as caught:
        await read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert caught.value.code == "too_large"
    assert peak < 20 * MEBIBYTE


async def test_empty_body_under_gzip_is_an_empty_body() -> None:
    assert await read(b"") == Body(b"", 0)


@given(st.text(max_size=60))
def test_any_header_is_survived(value: str) -> None:
    wait = retry_after_seconds(value, datetime(2026, 3, 2, tzinfo=UTC))
    kept = validator(value)

    assert wait is None or 60 <= wait <= 86400
    assert kept is None or kept.isprintable()
