"""Read a response's body within bounds: neither the wire nor a compressed bomb decides how much memory is used."""

import asyncio
import zlib
from collections.abc import AsyncIterable, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.errors import FeedError
from bot.feeds.room import LARGE_BYTES

Take = Callable[[], Awaitable[None]]

_GZIP: Final = frozenset({"gzip", "x-gzip"})
_GZIP_MAGIC: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31  # zlib: 15 bits of window + 16 for a gzip header
# A chunk of the wire is inflated in steps of this size, so that the loop breathes and no step allocates more.
_STEP_BYTES: Final = 1 << 18
# Joined gzip files have a handful of members; a bomb of empty ones costs time instead of memory.
_MOST_MEMBERS: Final = 256


@dataclass(frozen=True, slots=True)
class Body:
    """A whole body, inflated. ``wire_bytes`` is what was read before inflating."""

    data: bytes
    wire_bytes: int


async def read_body(
    chunks: AsyncIterable[bytes], encodings: str, *, max_wire_bytes: int, max_bytes: int, take: Take | None = None
) -> Body:
    """Read *chunks* to their end and undo the ``Content-Encoding`` *encodings* (empty: none).

    A body that turns out to be large waits for a place with *take* before more of it is read; once it has one, that
    returns at once.

    Raises:
        FeedError: ``too_large`` as soon as either bound is passed; ``bad_encoding`` for anything but a single, sound
            gzip.
    """
    inflater = _inflater(encodings)
    pieces: list[bytes] = []
    wire = size = 0
    async for chunk in chunks:
        wire += len(chunk)
        if wire > max_wire_bytes:
            raise _too_large(max_wire_bytes)
        for piece in inflater.feed(chunk) if inflater else (chunk,):
            size += len(piece)
            if size > max_bytes:
                raise _too_large(max_bytes)
            if take is not None and size > LARGE_BYTES:
                await take()
            pieces.append(piece)
            await asyncio.sleep(0)
    if inflater:
        inflater.finish()
    return Body(b"".join(pieces), wire)


class _Inflater:
    """Undoes gzip piece by piece, joined members too; what follows the last member is ignored."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._members = 1
        self._begun = False
        self._rest = b""
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what *data* inflates to, in pieces of bounded size."""
        data = self._rest + data
        self._rest = b""
        while data and not self._over:
            if self._member.eof and not self._next_member(data):
                return
            self._begun = True
            try:
                piece = self._member.decompress(data, _STEP_BYTES)
            except zlib.error as error:
                raise FeedError("bad_encoding", "The server's gzip compression is damaged.") from error
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if piece:
                yield piece
            elif not data:
                return

    def _next_member(self, data: bytes) -> bool:
        """Begin the member that *data* starts with; False where there is none, or too little of it to tell."""
        if len(data) < len(_GZIP_MAGIC) and _GZIP_MAGIC.startswith(data):
            self._rest = data
            return False
        if not data.startswith(_GZIP_MAGIC):
            self._over = True
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise FeedError("bad_encoding", f"The server's answer is made of more than {_MOST_MEMBERS} gzip files.")
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        return True

    def finish(self) -> None:
        """Check that the last member is whole.

        Raises:
            FeedError: ``bad_encoding`` where it is cut off.
        """
        if self._begun and not self._member.eof:
            raise FeedError("bad_encoding", "The server's gzip compression ends too early.")


def _inflater(encodings: str) -> _Inflater | None:
    named = [name.strip().lower() for name in encodings.split(",")]
    used = [name for name in named if name not in {"", "identity"}]
    if not used:
        return None
    if len(used) == 1 and used[0] in _GZIP:
        return _Inflater()
    raise FeedError(
        "bad_encoding", f"The server compressed its answer in a way that was not asked for ({used[0][:40]})."
    )


def _too_large(bound: int) -> FeedError:
    return FeedError("too_large", f"The answer is larger than {bound / (1 << 20):.0f} MiB.")
