"""The bot's sessions: who hears of what, and every way in which a connection can be made to fail."""

import asyncio
from typing import Any, Final

from bot.sandbox.double.events import BotStateChanged, Event, Events, Notice
from bot.sandbox.double.gateway import intents
from bot.sandbox.double.gateway.sessions import Session
from bot.sandbox.double.gateway.socket import Socket
from bot.sandbox.double.permissions import VIEW_CHANNEL
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

HEARTBEAT_SECONDS: Final = 41.25
LOSE_THE_SESSION: Final = frozenset({4007, 4009})
"""Close codes after which a client must identify anew."""


class Gateway:
    """Tells the bot what happens, as far as its intents, its shard and its membership let it.

    ``privileged`` are the privileged intents that the bot was granted; ``identify_seconds`` is how long one shard has
    to wait after another, 0 for not at all; a client that sends no heartbeat for one and a half times
    ``heartbeat_seconds`` is cut off. ``refuse_resume`` makes every resume fail. ``log`` holds the frames that came.
    ``url`` is where it is found, ``shards`` how many of them bots are advised to run. ``identified`` is set once
    one of a bot's shards is connected, ``complete`` once all are.
    """

    def __init__(self, state: State, events: Events) -> None:
        self._state = state
        self._events = events
        self.heartbeat_seconds = HEARTBEAT_SECONDS
        self.identify_seconds = 5.0
        self.privileged = 0
        self.refuse_resume = False
        self.is_starting = False
        self.url = ""
        self.shards = 1
        self.sessions: dict[str, Session] = {}
        self.log: list[tuple[int, object]] = []
        self.identified = asyncio.Event()
        self.complete = asyncio.Event()
        events.listeners.append(self._hear)

    @property
    def is_online(self) -> bool:
        """Tell whether the bot holds a connection."""
        return any(session.is_connected for session in self.sessions.values())

    @property
    def is_complete(self) -> bool:
        """Tell whether the bot holds a connection for each of its shards."""
        held = {session.shard for session in self.sessions.values() if session.is_connected}
        return any(all((number, count) in held for number in range(count)) for _, count in held)

    @property
    def bot_state(self) -> str:
        """Return "online", "starting" or "offline"."""
        if self.is_online:
            return "online"
        return "starting" if self.is_starting else "offline"

    def tell(self, kind: str, data: JsonObject, *, guild: str | None) -> None:
        """Tell the bot alone, whatever its intents, that something happened in *guild* (None: a direct channel)."""
        for session in list(self.sessions.values()):
            if session.is_for(guild):
                session.tell(kind, data)

    def drop(self, *, shard: int | None = None) -> None:
        """Cut every connection off in mid-stream, or that of one *shard*."""
        for session in self.sessions.values():
            if session.socket is not None and shard in {None, session.shard[0]}:
                session.socket.abort()

    def close(self, code: int) -> None:
        """Close every connection with *code*."""
        for session in list(self.sessions.values()):
            if session.socket is not None:
                session.socket.close(code)
            if code in LOSE_THE_SESSION:
                self.forget(session)

    def ask_reconnect(self) -> None:
        """Send op 7 to every connection."""
        for socket in self._sockets():
            socket.send(7)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Send op 9 to every connection; the sessions end unless *resumable*."""
        for session in list(self.sessions.values()):
            if session.socket is not None:
                session.socket.send(9, resumable)
            if not resumable:
                self.forget(session)

    def forget(self, session: Session) -> None:
        """End a session: it can't be resumed."""
        self.sessions.pop(session.id, None)

    def begins(self) -> None:
        """Note that the bot has logged in over HTTP; a connection should follow."""
        if not self.is_online and not self.is_starting:
            self.is_starting = True
            self._events.tell(BotStateChanged(self.bot_state))

    def came(self) -> None:
        """Note that a connection was made whole."""
        self.is_starting = False
        self.identified.set()
        if self.is_complete:
            self.complete.set()
        self._events.tell(BotStateChanged(self.bot_state))

    def left(self, session: Session, socket: Socket) -> None:
        """Note that the connection over *socket* is gone."""
        if session.socket is socket:
            session.socket = None
            self._events.tell(BotStateChanged(self.bot_state))

    def guilds_of(self, session: Session) -> list[JsonObject]:
        """Return the servers that the bot is in and that the session's shard holds."""
        guilds = self._state.guilds.values()
        return [guild for guild in guilds if session.is_for(guild["id"]) and self._state.is_in(guild)]

    def shown(self, guild: JsonObject) -> JsonObject:
        """Return *guild* as a bot without the members intent sees it: itself as the only member."""
        own = self._state.member(guild, self._state.bot["id"])
        active = [thread for thread in guild["threads"] if not thread["thread_metadata"]["archived"]]
        seen = [thread for thread in active if self._sees(thread["id"])]
        return guild | {"members": [own] if own else [], "threads": seen}

    def _sockets(self) -> list[Socket]:
        return [session.socket for session in self.sessions.values() if session.socket is not None]

    def _hear(self, notice: Notice) -> None:
        if not isinstance(notice, Event) or not self._is_told(notice):
            return
        kind, data, bot_id = notice.kind, notice.data, self._state.bot["id"]
        if kind == "GUILD_CREATE":
            data = self.shown(data)
        for session in list(self.sessions.values()):
            is_heard = intents.is_heard(kind, data, session.intents, bot_id=bot_id)
            if is_heard and session.is_for(notice.audience.guild):
                session.tell(kind, intents.cut_to(data, session.intents, bot_id=bot_id))

    def _is_told(self, event: Event) -> bool:
        """Tell whether the bot may hear of *event* at all."""
        place = event.audience
        guild = self._state.guilds.get(place.guild or "")
        if place.user is not None:
            return False
        if (
            guild is not None
            and event.kind != "GUILD_DELETE"
            and (guild["unavailable"] or not self._state.is_in(guild))
        ):
            return False
        needs_sight = event.kind.startswith(("MESSAGE_", "THREAD_")) and place.channel is not None
        return not needs_sight or self._sees(place.channel or "")

    def _sees(self, channel_id: str) -> bool:
        channel = self._state.channels.get(channel_id)
        return channel is not None and bool(self._state.permissions_of(self._state.bot["id"], channel) & VIEW_CHANNEL)
