"""The double as a server: one loopback port for HTTP, gateway and files, with faults and a log of all that is asked."""

import asyncio
import time
from collections import deque
from datetime import timedelta
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.sandbox.double.checks.shapes import known_shapes
from bot.sandbox.double.checks.spec import Spec
from bot.sandbox.double.core import Core
from bot.sandbox.double.errors import ApiError, Problem, refuse
from bot.sandbox.double.events import Exchange, FaultsChanged, Listener, Violation
from bot.sandbox.double.faults import OF_THE_GATEWAY, Armed, Fault, Faults
from bot.sandbox.double.files import CDN
from bot.sandbox.double.gateway.protocol import Protocol
from bot.sandbox.double.members import Member
from bot.sandbox.double.messages import NONCE_WINDOW
from bot.sandbox.double.rest.answers import Answer, error_answer, fault_answer
from bot.sandbox.double.rest.limits import Limits
from bot.sandbox.double.rest.requests import API, Request, read_request
from bot.sandbox.double.rest.routes import Route, Router, answered
from bot.sandbox.double.rest.table import ROUTES
from bot.sandbox.double.state import JsonObject

_GATEWAY: Final = "/gateway"
_SLOW_SECONDS: Final = 4.0
_LARGEST_BODY: Final = 110 << 20
_LOGGED: Final = 50_000
# What a body that breaks the rules is answered with.
_BODY_ERRORS: Final = frozenset({50006, 50035})


class Double(Core):
    """A whole Discord on one loopback port.

    Use it as ``async with Double(clock) as double:`` and point a bot at :attr:`api` and :attr:`gateway_url`. Limits,
    checks and time limits are Discord's; ``limits``, ``faults``, ``gateway`` and ``messages`` hold the switches.
    ``violations`` are the requests that broke Discord's rules, ``log`` all of them, oldest first.
    """

    def __init__(
        self, clock: Clock | None = None, *, shards: int = 1, nonce_window: timedelta = NONCE_WINDOW, port: int = 0
    ) -> None:
        super().__init__(clock or SystemClock())
        self.gateway.shards = shards
        self.messages.nonce_window = nonce_window
        self.faults = Faults()
        self.faults.changed = lambda: self.events.tell(FaultsChanged())
        self.limits = Limits(self.clock, self.elapsed)
        self.log: deque[Exchange] = deque(maxlen=_LOGGED)
        self.violations: list[Violation] = []
        self.port = port
        self._router = Router(ROUTES)
        self._protocol = Protocol(self.gateway, self.state)
        self._spec = Spec.from_environment()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_LARGEST_BODY)
        self.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.at_port(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add HTTP interface, gateway and files to a server of somebody else's, who then calls :meth:`at_port`."""
        router.add_get(_GATEWAY, self._protocol.handle)
        router.add_get(f"{_GATEWAY}/", self._protocol.handle)
        router.add_get(CDN + "/{file_id}/{name}", self._file)
        router.add_route("*", API + "/{path:.*}", self._handle)

    def at_port(self, port: int) -> None:
        """Note which loopback port the double is served from."""
        self.port = port
        self.files.origin = f"http://127.0.0.1:{port}"
        self.gateway.url = self.gateway_url

    @property
    def api(self) -> str:
        """Return the address of the HTTP interface."""
        return f"http://127.0.0.1:{self.port}{API}"

    @property
    def gateway_url(self) -> str:
        """Return the address of the gateway."""
        return f"ws://127.0.0.1:{self.port}{_GATEWAY}"

    @property
    def listeners(self) -> list[Listener]:
        """Return those who hear of every event and its audience, every request, violation and change of commands.

        They are called at once; they must neither block nor raise. The gateway is one of them: only add, and remove
        what you added.
        """
        return self.events.listeners

    def member(self, user: JsonObject, channel: JsonObject, *, patience: float = 10.0) -> Member:
        """Return a person in a channel, to act as them."""
        return Member(self, user, channel, patience=patience)

    def revoke_token(self, new: str = "another-token") -> None:
        """Make the bot's token invalid, as after a reset: requests get 401, the gateway closes with 4004."""
        self.state.token = new
        self.gateway.close(4004)

    async def _handle(self, raw: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        try:
            request = await read_request(raw)
        except ApiError as error:
            return error_answer(error).response()
        route, request = self._router.find(request) or (None, request)
        armed = self.faults.next(request.method, request.path)
        if armed is not None and armed.kind in OF_THE_GATEWAY:
            self.strike(armed.kind)
        is_lost = armed is not None and armed.kind in {Fault.RESET_BEFORE, Fault.REPLY_LOST}
        if armed is not None and armed.kind is Fault.RESET_BEFORE:
            answer = Answer(0)
        else:
            answer = await self._answer_late(raw, route, request, armed)
        milliseconds = (time.perf_counter() - began) * 1000
        self._note(Exchange(request.method, request.path, route.key if route else None,
                            None if is_lost else answer.status, milliseconds, answer.body))  # fmt: skip
        if is_lost:
            return _cut(raw)
        self.limits.note(answer.status)
        return answer.response()

    def order(self, fault: str, route: str, times: int) -> None:
        """Order a fault as a panel does: those of the gateway happen now, others to the next *times* requests.

        *route* is a key of :data:`bot.sandbox.double.faults.ROUTES`, *fault* the value of a :class:`Fault`.

        Raises:
            ValueError: there is no such fault.
            KeyError: there is no such route.
        """
        kind = Fault(fault)
        if kind in OF_THE_GATEWAY:
            self.strike(kind)
        else:
            self.faults.arm_route(kind, route, times)

    def strike(self, fault: Fault) -> None:
        """Let a fault of the gateway happen now; others are passed over."""
        match fault:
            case Fault.GATEWAY_DROP:
                self.gateway.drop()
            case Fault.RECONNECT:
                self.gateway.ask_reconnect()
            case Fault.INVALID_SESSION:
                self.gateway.invalidate()
            case _:
                return

    async def _answer_late(
        self, raw: web.Request, route: Route | None, request: Request, armed: Armed | None
    ) -> Answer:
        if armed is not None and armed.kind is Fault.SLOW:
            await asyncio.sleep(_SLOW_SECONDS if armed.seconds is None else armed.seconds)
        faulty = fault_answer(armed) if armed is not None else None
        return faulty or self._answer(raw, route, request)

    def _answer(self, raw: web.Request, route: Route | None, request: Request) -> Answer:
        if route is None:
            return Answer(404, {"message": "404: Not Found", "code": 0})
        refusal, headers = self.limits.admit(route.key, request.names)
        if refusal is not None:
            return refusal
        try:
            self._authorise(raw, route)
            self._require_available(request)
            self._check_body(route, request)
            answer = answered(route.handler(self, request))
        except ApiError as error:
            if error.code in _BODY_ERRORS:
                problems = error.problems or (Problem((), error.message),)
                self._violated(Violation(request.method, request.path, problems))
            answer = error_answer(error)
        return Answer(answer.status, answer.body, headers | dict(answer.headers or {}))

    def _authorise(self, raw: web.Request, route: Route) -> None:
        if not route.is_public and raw.headers.get("Authorization") != f"Bot {self.state.token}":
            raise ApiError(401, 0, "401: Unauthorized")

    def _require_available(self, request: Request) -> None:
        channel = self.state.channels.get(request.names.get("channel_id", ""), {})
        guild = self.state.guilds.get(request.names.get("guild_id") or channel.get("guild_id", ""))
        if guild is not None and guild["unavailable"]:
            raise ApiError(503, 0, "503: Service Unavailable")

    def _check_body(self, route: Route, request: Request) -> None:
        refuse(known_shapes().request_problems(route.key, request.body))
        if self._spec is not None:
            refuse(self._spec.request_problems(route.key, request.body))

    def _violated(self, violation: Violation) -> None:
        self.violations.append(violation)
        self.events.tell(violation)

    def _note(self, exchange: Exchange) -> None:
        self.log.append(exchange)
        self.events.tell(exchange)

    async def _file(self, raw: web.Request) -> web.Response:
        kept = self.files.find(raw.match_info["file_id"])
        if kept is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
        if kept.content_type not in _SHOWN_IN_A_PAGE:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=kept.content, content_type=kept.content_type, headers=headers)


_SHOWN_IN_A_PAGE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def _cut(raw: web.Request) -> web.Response:
    """Cut the connection instead of answering."""
    if raw.transport is not None:
        raw.transport.abort()
    return web.Response()
