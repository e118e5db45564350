"""Room for large bodies: only so many of them are in memory at once, from the wire until they are stored."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

LARGE_BYTES: Final = 1 << 20
"""A body beyond this needs a place; most feeds never do."""


class Place:
    """One body's claim to the room; ``taken`` says that the body turned out to be large."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self.taken = False

    async def take(self) -> None:
        """Wait for a place, unless one is held already."""
        if not self.taken:
            await self._places.acquire()
            self.taken = True

    def leave(self) -> None:
        """Give the place back, if one was taken."""
        if self.taken:
            self.taken = False
            self._places.release()


class Room:
    """Bounds how many large bodies are held at the same time."""

    def __init__(self, places: int = 2) -> None:
        self._places = asyncio.Semaphore(places)

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[Place]:
        """Yield a place for one body, to be taken only if it is large, and given back when the block ends."""
        place = Place(self._places)
        try:
            yield place
        finally:
            place.leave()
