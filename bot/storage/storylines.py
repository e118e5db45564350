"""What clustering remembers beyond single events: storylines, and how common words were on each day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from bot.storage.database import Database
from bot.storage.schema import DOCUMENT_FREQUENCY, STORYLINE
from bot.storage.statements import upsert


@dataclass(frozen=True, slots=True)
class Storyline:
    """A story that goes on over days; ``state`` is a JSON value of :mod:`bot.events`."""

    id: int
    title: str
    first_day: date
    last_day: date
    state: Any = None


@dataclass(frozen=True, slots=True)
class DayFrequency:
    """How many of a day's ``articles`` hold each word."""

    day: date
    articles: int
    counts: Mapping[str, int]


class StorylineStore:
    """Storylines and word frequencies."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def new_storyline(self, title: str, first_day: date, last_day: date, state: object = None) -> int:
        """Store a new storyline and return its number."""
        row = {"title": title, "first_day": first_day, "last_day": last_day, "state": state or {}}
        async with self._db.transaction() as connection:
            number: int = (
                await connection.execute(insert(STORYLINE).values(row).returning(STORYLINE.c.id))
            ).scalar_one()
        return number

    async def put(self, storyline: Storyline) -> None:
        """Store what changed about *storyline*."""
        changed = {
            "title": storyline.title,
            "first_day": storyline.first_day,
            "last_day": storyline.last_day,
            "state": storyline.state or {},
        }
        async with self._db.transaction() as connection:
            await connection.execute(update(STORYLINE).where(STORYLINE.c.id == storyline.id).values(changed))

    async def list_since(self, day: date) -> tuple[Storyline, ...]:
        """Return the storylines that had news on *day* or later, the oldest number first."""
        query = select(STORYLINE).where(STORYLINE.c.last_day >= day).order_by(STORYLINE.c.id)
        async with self._db.read() as connection:
            return tuple(
                Storyline(row.id, row.title, row.first_day, row.last_day, row.state)
                for row in await connection.execute(query)
            )

    async def put_frequency(self, frequency: DayFrequency) -> None:
        """Store a day's word counts in the place of older ones."""
        row = {"day": frequency.day, "articles": frequency.articles, "counts": dict(frequency.counts)}
        async with self._db.transaction() as connection:
            insertion = upsert(connection, DOCUMENT_FREQUENCY).values(row)
            new = {name: insertion.excluded[name] for name in ("articles", "counts")}
            days = [DOCUMENT_FREQUENCY.c.day]
            await connection.execute(insertion.on_conflict_do_update(index_elements=days, set_=new))

    async def frequencies(self, since: date) -> tuple[DayFrequency, ...]:
        """Return the word counts of *since* and every later day, oldest first."""
        query = select(DOCUMENT_FREQUENCY).where(DOCUMENT_FREQUENCY.c.day >= since).order_by(DOCUMENT_FREQUENCY.c.day)
        async with self._db.read() as connection:
            return tuple(DayFrequency(row.day, row.articles, row.counts) for row in await connection.execute(query))
