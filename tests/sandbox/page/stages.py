"""A stage without the real bot, and tabs of a browser that speak its protocol over a real WebSocket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

import aiohttp

from bot.clock import ManualClock
from bot.sandbox.double.server import Double
from bot.sandbox.readers import Readers, build_readers
from bot.sandbox.stage.guide import Guide
from bot.sandbox.stage.scene import Scene
from bot.sandbox.stage.server import Stage

Frame = dict[str, Any]
MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)


class Tab:
    """One tab: sends frames and keeps all that come."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.frames: list[Frame] = []

    async def send(self, op: str, **fields: Any) -> None:
        await self._socket.send_json({"op": op, **fields})

    async def send_text(self, text: str) -> None:
        await self._socket.send_str(text)

    async def until(self, op: str, is_it: Callable[[Frame], bool] = lambda _: True) -> Frame:
        """Return the next frame that is meant; those before it are kept in ``frames``."""
        async with asyncio.timeout(8):
            while True:
                frame: Frame = await self._socket.receive_json()
                self.frames.append(frame)
                if frame["op"] == op and is_it(frame):
                    return frame

    async def hello(self, viewer: str | None = None) -> Frame:
        """Greet, and return the state that comes."""
        await self.send("hello", protocol=1, viewer_id=viewer)
        return await self.until("state")

    async def settle(self) -> None:
        """Wait until all that was sent before has been answered."""
        await self.send("history", channel_id="0")
        await self.until("history", lambda frame: frame["channel_id"] == "0")


@dataclass
class Theatre:
    """A stage with all its parts."""

    stage: Stage
    scene: Scene
    session: aiohttp.ClientSession
    clock: ManualClock

    @property
    def double(self) -> Double:
        return self.scene.double

    @property
    def readers(self) -> Readers:
        return self.scene.readers

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        async with self.session.ws_connect(f"{self.stage.address}sandbox/socket", origin=self.origin) as socket:
            yield Tab(socket)

    @property
    def origin(self) -> str:
        return self.stage.address.rstrip("/")


@asynccontextmanager
async def theatre() -> AsyncIterator[Theatre]:
    """Open a stage on the morning of 3 March 2026; nobody is connected."""
    clock = ManualClock(MORNING)
    double = Double(clock)
    double.gateway.identify_seconds = 0.0
    scene = Scene(double, build_readers(double), Guide(double.state.bot["id"]), ZoneInfo("UTC"))
    async with Stage(scene) as stage, aiohttp.ClientSession() as session:
        scene.guide.told = stage.tell_done
        yield Theatre(stage, scene, session, clock)


class Walker:
    """Follows the clock, and notes where it stopped."""

    def __init__(self, clock: ManualClock, *due: datetime) -> None:
        self._clock = clock
        self._due = list(due)
        self.stops: list[datetime] = []

    @property
    def next_due(self) -> datetime | None:
        return next((at for at in self._due if at > self._clock.now()), None)

    async def follow(self) -> None:
        self.stops.append(self._clock.now())

    def with_due(self, *due: datetime) -> Self:
        self._due = list(due)
        return self
