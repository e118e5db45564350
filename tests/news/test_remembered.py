"""What was asked is remembered until somebody writes; never longer than a minute while news is being read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.errors import UnknownActorError
from bot.model.events import EventId, ReportKey
from bot.news.event_desk import EventDesk
from bot.news.remembered import AnswerMemory, RememberedNews, edits_of
from bot.storage.actor_edits import ActorEditStore
from bot.storage.actors import ActorStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.notes import NoteStore
from tests.cogs.fakes import FakeNews
from tests.storage.samples import HOLM, NOON, SKERRY, numbered


@dataclass
class World:
    """A database that is written to, by name of what is known, and what was asked of it."""

    mark: int = 0
    now: float = 0.0
    edits: int = 0
    is_reading: bool = False
    asked: list[str] = field(default_factory=list)
    memory: AnswerMemory = field(init=False)

    def __post_init__(self) -> None:
        async def mark() -> object:
            return self.mark

        async def edits() -> object:
            return self.edits

        self.memory = AnswerMemory(mark, lambda: self.is_reading, edits, seconds=lambda: self.now)

    async def ask(self, question: str) -> int:
        async def found() -> int:
            self.asked.append(question)
            return self.mark

        return await self.memory.answer(question, found)


async def test_second_question_is_answered_from_memory_until_somebody_writes() -> None:
    world = World()

    answers = [await world.ask("who"), await world.ask("who")]
    world.mark = 1
    answers += [await world.ask("who"), await world.ask("who")]

    assert answers == [0, 0, 1, 1]
    assert world.asked == ["who", "who"]


async def test_while_news_is_read_an_answer_lasts_a_minute_from_when_it_was_last_true() -> None:
    world = World(is_reading=True)
    told = []

    for second in (0, 30, 59.9, 60.1, 70):
        world.mark, world.now = int(second), second
        told.append(await world.ask("who"))
    world.is_reading = False
    told.append(await world.ask("who"))

    assert told == [0, 0, 0, 60, 60, 70]


async def test_what_a_person_put_right_counts_at_once_while_news_is_read() -> None:
    world = World(is_reading=True)
    told = [await world.ask("who")]

    for mark, edits in ((1, 0), (2, 1), (3, 1), (4, 2)):
        world.mark, world.edits = mark, edits
        told.append(await world.ask("who"))

    assert told == [0, 0, 2, 2, 4]


async def test_every_change_to_actors_and_events_and_its_undoing_is_an_edit(database: Database) -> None:
    (stored, other) = await ArticleStore(database).put_many(numbered(2))
    await ActorStore(database).put([SKERRY, HOLM])
    events = {ReportKey(stored.id): (EventId(1), None), ReportKey(other.id): (EventId(2), None)}
    await EventStore(database).assign_many(events, at=NOON)
    actors, order, edits = ActorEditStore(database), EventDesk(database, ManualClock(NOON)), edits_of(database)
    seen = [await edits(), await edits()]

    change = await actors.merge(SKERRY.id, HOLM.id, by="ana", at=NOON)
    seen.append(await edits())
    await actors.undo(change, by="ana", at=NOON)
    seen.append(await edits())
    merged = await order.merge(EventId(1), EventId(2), by="ana")
    seen.append(await edits())
    await order.undo(merged.id)
    seen.append(await edits())

    assert seen[0] == seen[1]
    assert len(set(seen)) == 5


async def test_answer_from_before_somebody_wrote_is_not_remembered_as_one_from_after() -> None:
    world = World()

    async def slow() -> str:
        world.mark = 1
        await world.ask("another question, in the meantime")
        return "old"

    assert await world.memory.answer("who", slow) == "old"
    assert await world.ask("who") == 1


async def test_only_so_many_are_kept_and_the_longest_unasked_go_first() -> None:
    world = World()
    for number in range(256):
        await world.ask(str(number))
    await world.ask("0")
    await world.ask("one more")
    world.asked.clear()

    for question in ("0", "2", "1"):
        await world.ask(question)

    assert world.asked == ["1"]


async def test_failure_is_not_remembered() -> None:
    world = World()

    async def nobody() -> str:
        raise UnknownActorError("x")

    with pytest.raises(UnknownActorError):
        await world.memory.answer("who", nobody)
    assert await world.ask("who") == 0


async def test_different_options_are_different_questions() -> None:
    world, asked = World(), []

    class Asked(FakeNews):
        async def search(self, query: str, **filters: Any) -> Any:
            asked.append((query, filters))
            return await super().search(query, **filters)

    news = RememberedNews(Asked(), world.memory)

    for offset in (0, 5, 0):
        await news.search("ferry", limit=5, offset=offset)
    await news.search("port", limit=5, offset=0)

    assert [(query, filters["offset"]) for query, filters in asked] == [("ferry", 0), ("ferry", 5), ("port", 0)]


async def test_mark_changes_when_this_or_another_connection_writes_and_not_else(database: Database) -> None:
    notes = NoteStore(database)
    first = [await database.mark() for _ in range(2)]

    await notes.put("a", "1")
    second = [await database.mark(), await notes.find("a"), await database.mark()]

    assert first[0] == first[1] != second[0]
    assert second[0] == second[2]


async def test_mark_changes_when_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    async with Database(path) as ours:
        before = await ours.mark()
        async with Database(path, check=False) as theirs:
            await NoteStore(theirs).put("a", "1")
        after = await ours.mark()

    assert before != after
