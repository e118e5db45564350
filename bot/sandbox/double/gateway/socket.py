"""One WebSocket of the gateway: frames out in order, in the compression that the client asked for."""

import asyncio
import json
import zlib
from collections.abc import Callable
from contextlib import suppress

import zstandard
from aiohttp import web

from bot.tasks import end_task, spawn

Packer = Callable[[bytes], bytes]


class Socket:
    """Frames are put into a queue and sent by a task of the socket's own, so that nobody waits for a slow client.

    Use it as ``async with Socket(ws, compression) as socket:``. A socket that is gone takes frames without a word: a
    resumed session brings them again.
    """

    def __init__(self, ws: web.WebSocketResponse, compression: str | None) -> None:
        self.ws = ws
        self._pack = _packer(compression)
        self._queue: asyncio.Queue[bytes | int] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self.is_open = True

    async def __aenter__(self) -> "Socket":
        self._writer = spawn(self._write(), name="gateway socket")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.is_open = False
        if self._writer is not None:
            await end_task(self._writer)

    def send(self, op: int, data: object = None, *, kind: str | None = None, number: int | None = None) -> None:
        """Send one frame, after those that wait."""
        self.send_text(json.dumps({"op": op, "d": data, "s": number, "t": kind}))

    def send_text(self, frame: str) -> None:
        """Send one frame that is JSON already."""
        self._queue.put_nowait(frame.encode())

    def close(self, code: int) -> None:
        """Close with *code* after the frames that wait."""
        self._queue.put_nowait(code)

    def abort(self) -> None:
        """Cut the connection off, as a broken line does."""
        self.is_open = False
        request = self.ws._req  # noqa: SLF001 - there is no other way to a reset
        if request is not None and request.transport is not None:
            request.transport.abort()

    async def _write(self) -> None:
        while True:
            frame = await self._queue.get()
            with suppress(ConnectionError, RuntimeError):
                if isinstance(frame, int):
                    self.is_open = False
                    await self.ws.close(code=frame)
                elif self._pack is None:
                    await self.ws.send_str(frame.decode())
                else:
                    await self.ws.send_bytes(self._pack(frame))


def _packer(compression: str | None) -> Packer | None:
    if compression == "zstd-stream":
        zstd = zstandard.ZstdCompressor().compressobj()
        return lambda raw: zstd.compress(raw) + zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    if compression == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda raw: deflate.compress(raw) + deflate.flush(zlib.Z_SYNC_FLUSH)
    return None
