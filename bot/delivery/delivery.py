"""Ledger and sender in one hand, for those who have nothing else to do meanwhile."""

from datetime import datetime

from bot.delivery.ledger import Ledger
from bot.delivery.sender import Sender


class Delivery:
    """Composes and sends all that is due, one after the other."""

    def __init__(self, ledger: Ledger, sender: Sender) -> None:
        self._ledger = ledger
        self._sender = sender

    async def step(self) -> datetime | None:
        """Compose and send, and return when to look again (None: when something changes)."""
        planned = await self._ledger.step()
        sent = await self._sender.drain()
        return min((at for at in (planned, sent) if at is not None), default=None)
