"""NoteStore: one text a name."""

from bot.storage.database import Database
from bot.storage.notes import NoteStore


async def test_last_text_under_a_name_counts(database: Database) -> None:
    store = NoteStore(database)
    await store.put("commands", "abc")
    await store.put("heartbeat", "noon")

    await store.put("commands", "def")

    assert await store.find("commands") == "def"
    assert await store.find("heartbeat") == "noon"
    assert await store.find("nothing") is None
