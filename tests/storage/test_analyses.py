"""AnalysisStore: an analysis comes back whole, belongs to one revision, and replaces the one before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.model.analysis import Actor, ActorId, Analysis, Mention, MentionType
from bot.model.articles import ArticleId
from bot.model.spans import Span
from bot.storage.actors import ActorStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.schema import ACTION, ACTOR, ACTOR_ROLE, DATE_MENTION, MENTION, QUOTE, QUOTE_ACTOR
from tests.storage.samples import FERRY, HOLM, NOON, QUILL, SKERRY, analysis, draft, numbered

_TABLES = (MENTION, QUOTE, QUOTE_ACTOR, ACTION, ACTOR_ROLE, DATE_MENTION)


async def article(database: Database) -> ArticleId:
    return (await ArticleStore(database).put(draft())).id


async def rows(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in _TABLES
        }


async def named(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        found = await connection.execute(select(ACTOR.c.id, ACTOR.c.articles).where(ACTOR.c.articles != 0))
        return {row.id: row.articles for row in found}


async def test_analysis_comes_back_as_it_was_put(database: Database) -> None:
    number = await article(database)

    assert await AnalysisStore(database).put(number, analysis())

    assert await AnalysisStore(database).find([number]) == {number: analysis()}
    assert await rows(database) == {
        "mention": 4, "quote": 2, "quote_actor": 3, "action": 1, "actor_role": 1, "date_mention": 1,
    }  # fmt: skip


async def test_articles_without_analysis_are_left_out(database: Database) -> None:
    number = await article(database)

    assert await AnalysisStore(database).find([number, ArticleId(10**9)]) == {}


async def test_new_analysis_replaces_the_old_one(database: Database) -> None:
    number, store = await article(database), AnalysisStore(database)
    await store.put(number, analysis())
    smaller = Analysis(mentions=analysis().mentions[:1], actors=(QUILL,), version="rules-2")

    await store.put(number, smaller)

    assert await store.find([number]) == {number: smaller}
    assert await rows(database) == dict.fromkeys((table.name for table in _TABLES), 0) | {"mention": 1}
    assert await named(database) == {QUILL.id: 1}


async def test_actors_know_how_many_articles_name_them(database: Database) -> None:
    ids = [stored.id for stored in await ArticleStore(database).put_many(numbered(3))]
    plain = replace(analysis(), quotes=(), roles=(), actions=(), dates=())
    store = AnalysisStore(database)

    await store.put_many(dict.fromkeys(ids, plain))
    await store.put(ids[0], replace(plain, mentions=plain.mentions[:1]))
    await ArticleStore(database).put(draft("Edited", "Edited.", guid="post-2", url="https://post.example/news/2"))

    counts = await named(database)
    assert counts[QUILL.id] == 2
    assert counts[HOLM.id] == 1


async def test_analysis_of_an_older_revision_is_not_stored(database: Database) -> None:
    number, store = await article(database), AnalysisStore(database)
    await ArticleStore(database).put(draft("Edited"))

    assert not await store.put(number, analysis(), revision=1)
    assert await store.find([number]) == {}
    assert await store.put(number, analysis(), revision=2)


async def test_analysis_of_an_unknown_article_is_not_stored(database: Database) -> None:
    assert not await AnalysisStore(database).put(ArticleId(404), analysis())


async def test_actor_that_the_analysis_does_not_describe_is_named_after_its_id(database: Database) -> None:
    number = await article(database)
    found = Analysis(
        mentions=(
            Mention(Span(0, 3), MentionType.COUNTRY, ActorId("country/far-isle")),
            Mention(Span(4, 7), MentionType.PERSON, ActorId("person/ada-wren"), "Ada Wren"),
        ),
        version="rules-1",
    )

    await AnalysisStore(database).put(number, found)

    actors = await ActorStore(database).get([ActorId("country/far-isle"), ActorId("person/ada-wren")])
    assert [(actor.name, actor.type) for actor in actors.values()] == [
        ("Far Isle", MentionType.COUNTRY), ("Ada Wren", MentionType.PERSON),
    ]  # fmt: skip


async def test_what_a_text_says_never_replaces_what_the_tables_know(database: Database) -> None:
    await ActorStore(database).put([SKERRY])
    number = await article(database)
    rumour = Actor(SKERRY.id, "Skerrie", MentionType.OTHER, ("Skerrie Island",))

    await AnalysisStore(database).put(number, replace(analysis(), actors=(QUILL, rumour, HOLM)))

    stored = (await ActorStore(database).get([SKERRY.id]))[SKERRY.id]
    assert (stored.name, stored.type, stored.known) == ("Skerry", MentionType.COUNTRY, True)
    assert set(stored.aliases) == {"Skerry Isle", "Skerrie", "Skerrie Island"}


async def test_many_analyses_are_found_at_once(database: Database) -> None:
    ids = [stored.id for stored in await ArticleStore(database).put_many(numbered(250))]
    plain = replace(analysis(), quotes=(), roles=(), actions=(), dates=())
    store = AnalysisStore(database)

    await store.put_many(dict.fromkeys(ids, plain))

    assert await store.find(ids) == dict.fromkeys(ids, plain)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 3, 6), date(2026, 3, 6), True),
        (date(2026, 3, 1), date(2026, 3, 31), True),
        (date(2026, 3, 7), date(2026, 3, 9), False),
    ],
)
async def test_articles_are_found_by_the_days_they_name(
    database: Database, first: date, last: date, found: bool
) -> None:
    number, store = await article(database), AnalysisStore(database)
    await store.put(number, analysis())

    assert await store.naming(first, last, since=NOON) == ((number,) if found else ())
    assert await store.naming(first, last, since=NOON + timedelta(seconds=1)) == ()


def test_sample_spans_lie_where_they_say() -> None:
    assert analysis().quotes[0].content[0].of(FERRY) == "We have checked every bolt,"
