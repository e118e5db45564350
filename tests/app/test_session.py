"""Sessions: what becomes of a bot that Discord does not let in, and how long the next one waits."""

import gc
import weakref

from bot.app.answering import bot_over
from bot.clock import ManualClock
from bot.storage.database import Database
from tests.app.idle import idle_machinery
from tests.cogs.fakes import FakeHash


async def test_a_bot_that_was_closed_is_collected(sqlite: Database, clock: ManualClock) -> None:
    machinery = idle_machinery(sqlite, clock)
    closed = []
    for _ in range(3):
        async with bot_over(machinery, FakeHash()) as bot:
            closed.append(weakref.ref(bot))
        del bot

    gc.collect()

    assert [bot() for bot in closed] == [None] * 3
