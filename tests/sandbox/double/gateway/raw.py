"""A gateway client of a few lines, for what an orderly client never does."""

import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import zstandard

from bot.sandbox.double.gateway.intents import GUILDS
from bot.sandbox.double.server import Double


class RawClient:
    """One socket."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, compression: str | None) -> None:
        self.ws = ws
        self._zlib = zlib.decompressobj()
        self._zstd = zstandard.ZstdDecompressor().decompressobj()
        self._compression = compression

    async def next(self) -> dict[str, Any]:
        """Return the next frame, or ``{"closed": code}``."""
        message = await self.ws.receive(timeout=5)
        if message.type is aiohttp.WSMsgType.BINARY:
            unpack = self._zstd if self._compression == "zstd-stream" else self._zlib
            return _object(unpack.decompress(message.data))
        if message.type is aiohttp.WSMsgType.TEXT:
            return _object(message.data)
        return {"closed": self.ws.close_code}

    async def until(self, kind: str) -> dict[str, Any]:
        """Return the data of the next event of *kind*."""
        while True:
            frame = await self.next()
            assert "closed" not in frame, frame
            if frame["t"] == kind:
                data: dict[str, Any] = frame["d"]
                return data

    async def closed(self) -> int | None:
        """Return the code with which the other side closes."""
        while True:
            frame = await self.next()
            if "closed" in frame:
                return self.ws.close_code

    async def send(self, op: int, data: Any = None) -> None:
        await self.ws.send_json({"op": op, "d": data})

    async def identify(self, token: str, *, shard: tuple[int, int] = (0, 1), intents: int = GUILDS) -> None:
        await self.send(2, {"token": token, "intents": intents, "shard": list(shard), "properties": {}})


def _object(frame: str | bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(frame)
    return read


@asynccontextmanager
async def raw_client(
    double: Double, *, compression: str | None = None, version: str = "10"
) -> AsyncIterator[RawClient]:
    """Connect until the block ends."""
    query = f"?v={version}&encoding=json" + (f"&compress={compression}" if compression else "")
    async with aiohttp.ClientSession() as session, session.ws_connect(double.gateway_url + query) as ws:
        yield RawClient(ws, compression)
