"""The gateway's protocol: hello, identify, heartbeats, resume, closing; see "Gateway" in the API reference."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSMessage, WSMsgType, web

from bot.sandbox.double.gateway import intents
from bot.sandbox.double.gateway.gateway import LOSE_THE_SESSION, Gateway
from bot.sandbox.double.gateway.sessions import Session
from bot.sandbox.double.gateway.socket import Socket
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

_FRAMES_A_MINUTE: Final = 120
_A_MINUTE: Final = 60.0
_VERSIONS: Final = frozenset({"9", "10"})
_GUILDS_A_SHARD: Final = 2500
_BEFORE_IDENTIFYING: Final = frozenset({1, 2, 6})


class CloseError(Exception):
    """The connection ends with one of Discord's close codes."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Protocol:
    """Serves the connections of one gateway."""

    def __init__(self, gateway: Gateway, state: State) -> None:
        self._gateway = gateway
        self._state = state
        self._last_identify = float("-inf")

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        ws = web.WebSocketResponse(max_msg_size=1 << 16, compress=False)
        await ws.prepare(request)
        address = f"ws://{request.host}{request.path}".removesuffix("/")
        async with Socket(ws, request.query.get("compress")) as socket:
            connection = _Connection(self, self._gateway, self._state, socket, address)
            try:
                await connection.serve(request.query.get("v", "10"))
            except CloseError as error:
                connection.end(error.code)
                with suppress(ConnectionError, RuntimeError):
                    await ws.close(code=error.code)
            finally:
                connection.leave()
        return ws

    def may_identify(self) -> bool:
        """Tell whether enough time has passed since the last shard, and count this one."""
        now = asyncio.get_running_loop().time()
        if now - self._last_identify < self._gateway.identify_seconds:
            return False
        self._last_identify = now
        return True


class _Connection:
    """One client while it is connected."""

    def __init__(self, protocol: Protocol, gateway: Gateway, state: State, socket: Socket, address: str) -> None:
        self._protocol = protocol
        self._gateway = gateway
        self._state = state
        self._socket = socket
        self._address = address
        self._session: Session | None = None
        self._arrivals: deque[float] = deque(maxlen=_FRAMES_A_MINUTE)
        self._ops: dict[int, Callable[[Any], None]] = {
            1: lambda _: self._socket.send(11), 2: self._identify, 3: self._ignore, 4: self._ignore, 6: self._resume,
            8: self._members,
        }  # fmt: skip

    async def serve(self, version: str) -> None:
        """Answer frames until the client leaves.

        Raises:
            CloseError: the client broke the protocol, or fell silent.
        """
        if version not in _VERSIONS:
            raise CloseError(4012)
        loop, patience = asyncio.get_running_loop(), self._gateway.heartbeat_seconds * 1.5
        self._socket.send(10, {"heartbeat_interval": round(self._gateway.heartbeat_seconds * 1000)})
        deadline = loop.time() + patience
        while True:
            try:
                message = await self._socket.ws.receive(timeout=max(0.001, deadline - loop.time()))
            except TimeoutError as error:
                raise CloseError(4009) from error
            if message.type is not WSMsgType.TEXT:
                return
            if self._take(message, loop.time()) == 1:
                deadline = loop.time() + patience

    def end(self, code: int) -> None:
        """Note that the connection ends with *code*."""
        if self._session is not None and code in LOSE_THE_SESSION:
            self._gateway.forget(self._session)

    def leave(self) -> None:
        """Note that the connection is gone."""
        self._socket.is_open = False
        if self._session is not None:
            self._gateway.left(self._session, self._socket)

    def _take(self, message: WSMessage, now: float) -> int:
        if len(self._arrivals) == _FRAMES_A_MINUTE and now - self._arrivals[0] < _A_MINUTE:
            raise CloseError(4008)
        self._arrivals.append(now)
        try:
            frame = json.loads(message.data)
            op, data = int(frame["op"]), frame.get("d")
        except (ValueError, KeyError, TypeError) as error:
            raise CloseError(4002) from error
        self._gateway.log.append((op, data))
        if op not in self._ops:
            raise CloseError(4001)
        if self._session is None and op not in _BEFORE_IDENTIFYING:
            raise CloseError(4003)
        try:
            self._ops[op](data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CloseError(4002) from error
        return op

    def _ignore(self, data: object) -> None:
        """Take a presence or a voice state without a word."""

    def _identify(self, data: JsonObject) -> None:
        if self._session is not None:
            raise CloseError(4005)
        number, count = self._checked(data)
        if not self._protocol.may_identify():
            self._socket.send(9, False)
            return
        session = Session(self._state.ids.new(), (number, count), data["intents"], socket=self._socket)
        self._session = session
        self._gateway.sessions[session.id] = session
        self._welcome(session)
        self._gateway.came()

    def _checked(self, data: JsonObject) -> tuple[int, int]:
        """Return the shard that identifies."""
        self._check_token(data)
        wanted, shard = data.get("intents"), data.get("shard") or (0, 1)
        if not isinstance(wanted, int) or wanted & ~intents.KNOWN:
            raise CloseError(4013)
        if wanted & intents.PRIVILEGED & ~self._gateway.privileged:
            raise CloseError(4014)
        number, count = shard
        if not 0 <= number < count:
            raise CloseError(4010)
        if len(self._state.guilds) / count > _GUILDS_A_SHARD:
            raise CloseError(4011)
        return number, count

    def _check_token(self, data: JsonObject) -> None:
        if str(data.get("token", "")).removeprefix("Bot ") != self._state.token:
            raise CloseError(4004)

    def _welcome(self, session: Session) -> None:
        guilds = self._gateway.guilds_of(session)
        ready = {
            "v": 10, "user": self._state.bot, "session_id": session.id, "session_type": "normal",
            "shard": list(session.shard), "resume_gateway_url": self._address,
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "application": {"id": self._state.bot["id"], "flags": 1 << 23},
        }  # fmt: skip
        session.tell("READY", ready)
        for guild in guilds:
            if not guild["unavailable"] and session.intents & intents.GUILDS:
                session.tell("GUILD_CREATE", self._gateway.shown(guild))

    def _resume(self, data: JsonObject) -> None:
        self._check_token(data)
        session = self._gateway.sessions.get(data.get("session_id", ""))
        if session is None or self._gateway.refuse_resume:
            self._socket.send(9, False)
            return
        self._session = session
        if data["seq"] is None or data["seq"] > session.sent:
            raise CloseError(4007)
        session.socket = self._socket
        session.tell_again(data["seq"])
        session.tell("RESUMED", {})
        self._gateway.came()

    def _members(self, data: JsonObject) -> None:
        """Answer a request for members: those that are asked for by id."""
        guild, wanted = self._state.guilds.get(str(data["guild_id"]), {}), data.get("user_ids") or []
        ids = {str(user) for user in (wanted if isinstance(wanted, list) else [wanted])}
        found = [member for member in guild.get("members", ()) if member["user"]["id"] in ids]
        chunk = {"guild_id": str(data["guild_id"]), "members": found, "chunk_index": 0, "chunk_count": 1}
        if self._session is not None:
            self._session.tell("GUILD_MEMBERS_CHUNK", chunk | {"nonce": data.get("nonce")})
