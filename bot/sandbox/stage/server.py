"""Serves the page, its socket and the double on one loopback port.

``/`` and the page's files; ``/sandbox/socket``, one WebSocket a page, JSON frames both ways; ``/sandbox/files``, where
a page brings a file and gets the id by which options and forms name it; and all that the double serves.
"""

import asyncio
import json
import os
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import unquote

from aiohttp import WSMsgType, web

from bot.errors import NeedToKnowError, UsageError
from bot.sandbox.double.events import Notice
from bot.sandbox.double.rest.requests import LARGEST_FILE
from bot.sandbox.stage.files import page_files
from bot.sandbox.stage.guard import guarding, policy
from bot.sandbox.stage.scene import Scene
from bot.sandbox.stage.viewing import Viewing
from bot.tasks import end_task, spawn

JsonObject = dict[str, Any]

_LARGEST_BODY: Final = 110 << 20
_LARGEST_FRAME: Final = 1 << 18
_LONGEST_NAME: Final = 200


class Stage:
    """The sandbox's server. Use it as ``async with Stage(scene, port=0) as stage:`` and open :attr:`address`."""

    def __init__(self, scene: Scene, *, port: int = 0) -> None:
        self._scene = scene
        self._files = page_files()
        self._viewings: set[Viewing] = set()
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None
        self.port = port

    @property
    def address(self) -> str:
        """Return where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[guarding(lambda: self.port)], client_max_size=_LARGEST_BODY)
        self._scene.double.add_routes(app.router)
        app.router.add_get("/sandbox/socket", self._socket)
        app.router.add_post("/sandbox/files", self._upload)
        app.router.add_get("/{path:.*}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        except OSError as error:
            await self._runner.cleanup()
            why = os.strerror(error.errno) if error.errno else str(error)
            raise UsageError(f"--port {self.port} cannot be used: {why}. Leave it out to get a free one.") from error
        self.port = self._runner.addresses[0][1]
        self._scene.double.at_port(self.port)
        self._scene.double.listeners.append(self._hear)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scene.double.listeners.remove(self._hear)
        self._scene.double.gateway.close(1001)
        for socket in list(self._sockets):
            await socket.close(code=1001)
        if self._runner is not None:
            await self._runner.cleanup()

    def tell_all(self, frame: JsonObject) -> None:
        """Send a frame to every page."""
        for viewing in self._viewings:
            viewing.send(frame)

    def tell_clock(self) -> None:
        """Show every page the clock as it is now."""
        self.tell_all({"op": "clock", "clock": self._scene.clock()})

    def tell_done(self) -> None:
        """Show every page which first steps were done."""
        self.tell_all({"op": "guide", "done": sorted(self._scene.guide.done)})

    def tell_failure(self, error: NeedToKnowError) -> None:
        """Show every page what went wrong."""
        self.tell_all({"op": "note", "text": str(error).partition("\n")[0], "level": "error"})

    def _hear(self, notice: Notice) -> None:
        self._scene.guide.hear(notice)
        for viewing in self._viewings:
            viewing.hear(notice)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=_LARGEST_FRAME, heartbeat=30.0)
        await socket.prepare(request)
        frames: asyncio.Queue[JsonObject] = asyncio.Queue()
        viewing = Viewing(self._scene, frames.put_nowait)
        writer = spawn(_write(socket, frames), name="page socket")
        self._viewings.add(viewing)
        self._sockets.add(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    viewing.take(_frame(message.data))
        finally:
            self._viewings.discard(viewing)
            self._sockets.discard(socket)
            await end_task(writer)
            await viewing.close()
        return socket

    async def _upload(self, request: web.Request) -> web.Response:
        if request.content_length is None or request.content_length > LARGEST_FILE:
            raise web.HTTPRequestEntityTooLarge(LARGEST_FILE, request.content_length or 0)
        name = unquote(request.headers.get("X-Filename", ""))[:_LONGEST_NAME].replace("/", "_") or "file"
        kept = self._scene.double.files.keep(name, await request.read())
        return web.json_response({"id": kept["id"]})

    async def _file(self, request: web.Request) -> web.Response:
        found = self._files.get(request.match_info["path"])
        if found is None:
            raise web.HTTPNotFound
        content, kind = found
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy(self.port)}
        return web.Response(body=content, content_type=kind, charset="utf-8", headers=headers)


async def _write(socket: web.WebSocketResponse, frames: asyncio.Queue[JsonObject]) -> None:
    with suppress(ConnectionError):
        while True:
            await socket.send_str(json.dumps(await frames.get(), ensure_ascii=False, separators=(",", ":")))


def _frame(text: str) -> JsonObject:
    """Return a frame of a page; one that is no JSON object is an empty one, which is answered with a note."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
