"""Sessions: what a bot that identified was told, so that it can be told again; they outlive their sockets."""

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox.double.gateway.socket import Socket

JsonObject = dict[str, Any]

_REMEMBERED: Final = 1000


@dataclass
class Session:
    """One identified connection of one shard. Events are remembered as text: later changes do not reach them."""

    id: str
    shard: tuple[int, int]
    intents: int
    sent: int = 0
    remembered: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    socket: Socket | None = None

    @property
    def is_connected(self) -> bool:
        """Tell whether somebody listens."""
        return self.socket is not None and self.socket.is_open

    def tell(self, kind: str, data: JsonObject) -> None:
        """Send an event, and remember it for a resume."""
        self.sent += 1
        frame = json.dumps({"op": 0, "t": kind, "s": self.sent, "d": data})
        self.remembered.append((self.sent, frame))
        if self.socket is not None:
            self.socket.send_text(frame)

    def tell_again(self, after: int) -> None:
        """Send all that came after the event number *after*."""
        for number, frame in self.remembered:
            if number > after and self.socket is not None:
                self.socket.send_text(frame)

    def is_for(self, guild: str | None) -> bool:
        """Tell whether this shard holds *guild*; direct messages are the first shard's."""
        number, count = self.shard
        return (int(guild) >> 22) % count == number if guild else number == 0
