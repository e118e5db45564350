"""ActorDesk: an operator's word on who is who counts at once, and stays."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.clock import ManualClock
from bot.errors import UserError
from bot.model.analysis import Analysis, Quote, QuoteKind
from bot.model.articles import ArticleId
from bot.model.spans import Span
from bot.news.actor_desk import ActorDesk
from bot.news.reading import News
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from tests.storage.samples import NOON, numbered
from tests.storage.test_actors import ADA, ENNA, ENNO

SAYS = Quote(
    kind=QuoteKind.DIRECT, content=(Span(0, 4),), cue=None, sources=(), speakers=(ENNO.id,), speaker_name="Enno Quill"
)


@pytest_asyncio.fixture
async def article(database: Database) -> AsyncIterator[ArticleId]:
    (stored,) = await ArticleStore(database).put_many(numbered(1))
    await read(database, stored.id)
    yield stored.id


async def read(database: Database, article: ArticleId) -> None:
    """Store what an article says, as after every reading of it."""
    await AnalysisStore(database).put(article, Analysis(actors=(ENNO, ENNA, ADA), quotes=(SAYS,), version="1"))


async def said_by(database: Database, name: str) -> int:
    return (await News(database, ManualClock(NOON)).quotes(by=name)).total


async def test_merge_counts_at_once_and_stays_when_the_article_is_read_anew(
    database: Database, article: ArticleId
) -> None:
    desk = ActorDesk(database, ManualClock(NOON))
    assert await said_by(database, "Enna Quill") == 0

    change = await desk.merge("Enno Quill", "Enna Quill", by="operator")

    assert await said_by(database, "Enna Quill") == 1
    await read(database, article)
    assert await said_by(database, "Enna Quill") == 1
    await desk.undo(change, by="operator")
    assert await said_by(database, "Enna Quill") == 0
    assert await said_by(database, "Enno Quill") == 1


async def test_split_takes_the_name_that_was_merged_away(database: Database, article: ArticleId) -> None:
    desk = ActorDesk(database, ManualClock(NOON))
    await desk.merge("Enno Quill", "Enna Quill", by="operator")
    await desk.merge("Ada Wren", "Enna Quill", by="operator")

    await desk.split("enno quill", by="operator")

    assert await said_by(database, "Enno Quill") == 1
    with pytest.raises(UserError, match="No actors called"):
        await desk.split("Enno Quill", by="operator")
    assert article


async def test_split_of_a_shared_name_asks_which(database: Database, article: ArticleId) -> None:
    desk = ActorDesk(database, ManualClock(NOON))
    await desk.merge("Enno Quill", "Ada Wren", by="operator")
    await desk.merge("Enna Quill", "Ada Wren", by="operator")

    with pytest.raises(UserError, match=f"2 actors .*{ENNA.id}, {ENNO.id}"):
        await desk.split("Quill", by="operator")

    await desk.split(ENNO.id, by="operator")
    assert await said_by(database, "Enno Quill") == 1
    assert article


async def test_alias_is_found_and_everything_is_logged(database: Database, article: ArticleId) -> None:
    desk = ActorDesk(database, ManualClock(NOON))

    change = await desk.alias("Enno Quill", "The Ferryman", by="ana")
    assert await said_by(database, "the ferryman") == 1
    await desk.undo(change, by="ben")

    logged = await desk.log()
    assert [(entry.action, entry.by, entry.at, actor) for entry, actor in logged] == [
        ("undo", "ben", NOON, replace(ENNO)), ("alias", "ana", NOON, ENNO),
    ]  # fmt: skip
    assert logged[1][0].undone_at == NOON
    with pytest.raises(UserError, match="no change"):
        await desk.undo(change, by="ben")
    with pytest.raises(UserError, match="no change"):
        await desk.undo(logged[0][0].id, by="ben")
    assert article


async def test_article_before_a_name_does_not_hide_it(database: Database, article: ArticleId) -> None:
    assert await said_by(database, "the Enno Quill") == 1
    assert article
