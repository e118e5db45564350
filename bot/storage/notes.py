"""Single facts that the bot keeps about itself, by name."""

from typing import Final

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.schema import NOTE
from bot.storage.statements import upsert

COMMANDS: Final = "commands"
HEARTBEAT: Final = "heartbeat"
LANGUAGE_MODEL: Final = "language model"


class NoteStore:
    """Notes: a text for each name."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def find(self, name: str) -> str | None:
        """Return what was put under *name* last, or None."""
        async with self._db.read() as connection:
            value: str | None = await connection.scalar(select(NOTE.c.value).where(NOTE.c.name == name))
        return value

    async def put(self, name: str, value: str) -> None:
        """Remember *value* under *name* instead of what was there."""
        async with self._db.transaction() as connection:
            insertion = upsert(connection, NOTE).values({"name": name, "value": value})
            new = {"value": insertion.excluded["value"]}
            await connection.execute(insertion.on_conflict_do_update(index_elements=[NOTE.c.name], set_=new))
