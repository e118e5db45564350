"""After an order of the demo's clock everything is fetched, then read to the end, then posted."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bot.app.run import _Rounds
from bot.tasks import Worker


@dataclass
class Life:
    """Notes in which order things are done; a fetch brings five batches."""

    waiting: int = 0
    done: list[str] = field(default_factory=list)
    bells: list[object] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return self.waiting > 0

    async def fetch(self) -> None:
        self.waiting = 5
        self.done.append("fetch")

    async def read(self) -> None:
        self.waiting = max(0, self.waiting - 1)
        self.done.append("read")

    async def run_now(self) -> None:
        self.done.append("post")


async def test_all_is_read_before_anything_is_posted() -> None:
    life = Life()
    async with (
        Worker("ingest", life.fetch, pause_seconds=600) as ingest,
        Worker("reading", life.read, pause_seconds=600) as reading,
        AsyncExitStack() as stack,
    ):
        await asyncio.sleep(0.05)
        life.done.clear()
        rounds = _Rounds(ingest, reading, life)  # type: ignore[arg-type] # all it asks of the line is what is left
        await rounds.go_to(life, None, stack)  # type: ignore[arg-type] # and of the duties, to post
        await rounds.run_now()

    assert life.done == ["fetch", *["read"] * 5, "post"]


async def test_a_bot_that_is_told_to_stop_does_not_wait_for_the_rest() -> None:
    life = Life()

    async def read() -> None:
        life.done.append("read")
        reading.stop()

    async with Worker("ingest", life.fetch, pause_seconds=600) as ingest, AsyncExitStack() as stack:
        reading = Worker("reading", read, pause_seconds=600)
        rounds = _Rounds(ingest, reading, life)  # type: ignore[arg-type] # all it asks of the line is what is left
        await rounds.go_to(life, None, stack)  # type: ignore[arg-type] # and of the duties, to post
        await reading.start()
        async with asyncio.timeout(5):
            await rounds.run_now()

    assert life.done.count("post") == 1
