"""Fakes of the outside: an edition maker and a channel that fail on order and record everything."""

import json
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.delivery.ledger import EditionMaker, Ledger
from bot.delivery.poster import Poster
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.model.delivery import Schedule
from bot.model.editions import Audit, Edition
from bot.storage.database import Database
from bot.ui.payload import walk

RULES = Rules(grace=timedelta(hours=6), lease=timedelta(minutes=2), per_second=10_000)


class Maker:
    """Makes an empty quiet edition, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[datetime] = []
        self.error = error

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        self.asked.append(at)
        if self.error is not None:
            raise self.error
        title = f"What you need to know — {at:%a} {at.day} {at:%b %Y}"
        window = (at - timedelta(days=1), at)
        return Edition(title, at.date(), schedule.zone, window, quiet=True, audit=Audit(ok=True))


class Channel:
    """Records what is posted; drops a nonce that it knows, as Discord does; *faults* go first.

    ``loses_replies``: the message arrives all the same. ``forgets_nonces``: a copy is not dropped. ``blind`` are the
    faults of its own that a look has.
    """

    def __init__(self, *faults: BaseException) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.tries: list[str] = []
        self.looks: list[int] = []
        self.faults = list(faults)
        self.blind: list[Exception] = []
        self.loses_replies = False
        self.forgets_nonces = False

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        self.tries.append(nonce)
        if self.faults and not self.loses_replies:
            raise self.faults.pop(0)
        key = f"{nonce}#{len(self.messages)}" if self.forgets_nonces else nonce
        self.messages.setdefault(key, {"channel": channel} | json.loads(payload))
        if self.faults:
            raise self.faults.pop(0)
        return 1000 + list(self.messages).index(key)

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        self.looks.append(channel)
        if self.blind:
            raise self.blind.pop(0)
        wanted = marks(json.loads(payload))
        for number, message in enumerate(self.messages.values()):
            if message["channel"] == channel and marks(message) == wanted:
                return 1000 + number
        return None


def marks(message: dict[str, Any]) -> list[str]:
    """Return the ids of a message's buttons, the words of one that has none."""
    parts = list(walk(message["components"]))
    return [part["custom_id"] for part in parts if "custom_id" in part] or [
        part["content"] for part in parts if "content" in part
    ]


async def deliver(
    database: Database, maker: EditionMaker, poster: Poster, clock: Clock, rules: Rules = RULES
) -> datetime | None:
    """Compose and send all that is due, by a ledger and a sender of their own; return when to look again."""
    planned = await Ledger(database, maker, clock, rules).step()
    async with Sender(database, poster, clock, rules) as sender:
        sent = await sender.drain()
    return min((at for at in (planned, sent) if at is not None), default=None)
