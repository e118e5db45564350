"""QuoteStore: quotes by and about actors, copied word for word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.model.analysis import Actor, ActorId, Mention, MentionType, QuoteKind
from bot.storage.actor_edits import ActorEditStore
from bot.storage.actor_pages import ActorPageStore
from bot.storage.actors import ActorStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.quotes import QuoteFilter, QuoteStore
from tests.storage.samples import COUNCIL, FERRY, HOLM, NOON, QUILL, SKERRY, analysis, draft, span

BOLT, FRIDAY = "We have checked every bolt,", "the ferry would sail again on Friday"


async def news(database: Database) -> None:
    """Two articles: the ferry, and half a day later the same words in another outlet."""
    stored = await ArticleStore(database).put_many(
        [draft(), draft(outlet="Holm Herald", first_seen=NOON + timedelta(hours=12), url=None)]
    )
    for one in stored:
        await AnalysisStore(database).put(one.id, analysis())


async def words(database: Database, **wanted: Any) -> list[str]:
    page = await QuoteStore(database).list_quotes(QuoteFilter(**wanted))
    assert page.total == len(page.rows)
    return [line.text for line in page.rows]


async def test_quote_comes_with_its_source(database: Database) -> None:
    await news(database)

    page = await QuoteStore(database).list_quotes(QuoteFilter(by=QUILL.id))

    line = page.rows[2]
    assert (line.text, line.kind, line.content) == (BOLT, QuoteKind.DIRECT, (span(BOLT),))
    assert line.sentence == "“We have checked every bolt,” she told the Council of Skerry."
    assert (line.speakers, line.speaker_name, line.about) == ((QUILL.id,), "Enna Quill", ())
    assert (line.outlet, line.title, line.at) == ("The Skerry Post", "Ferry to sail again", NOON)
    assert line.url == "https://post.example/news/ferry"
    assert page.rows[0].url is None
    assert all(content.of(FERRY) in line.text for line in page.rows for content in line.content)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [BOLT, FRIDAY, BOLT, FRIDAY]),
        ({"by": QUILL.id}, [BOLT, FRIDAY, BOLT, FRIDAY]),
        ({"by": SKERRY.id}, []),
        ({"about": SKERRY.id}, [FRIDAY, FRIDAY]),
        ({"by": QUILL.id, "about": SKERRY.id, "kind": QuoteKind.DIRECT}, []),
        ({"kind": QuoteKind.REPORTED}, [FRIDAY, FRIDAY]),
        ({"contains": "EVERY BOLT"}, [BOLT, BOLT]),
        ({"contains": "100%"}, []),
        ({"contains": "_"}, []),
        ({"since": NOON + timedelta(hours=12)}, [BOLT, FRIDAY]),
        ({"until": NOON}, [BOLT, FRIDAY]),
        ({"by": "person/nobody"}, []),
    ],
)
async def test_filters_narrow_down(database: Database, wanted: dict[str, Any], found: list[str]) -> None:
    await news(database)

    assert await words(database, **wanted) == found


async def test_newest_quotes_come_first_page_by_page(database: Database) -> None:
    await news(database)
    store = QuoteStore(database)

    pages = [await store.list_quotes(limit=3, offset=offset) for offset in (0, 3)]

    assert [line.outlet for line in pages[0].rows] == ["Holm Herald", "Holm Herald", "The Skerry Post"]
    assert [len(page.rows) for page in pages] == [3, 1]
    assert {page.total for page in pages} == {4}


async def test_broken_up_quote_is_joined_by_a_mark_of_omission(database: Database) -> None:
    stored = await ArticleStore(database).put(draft())
    whole = analysis().quotes[0]
    broken = replace(whole, content=(span("We have"), span("every bolt")))

    await AnalysisStore(database).put(stored.id, replace(analysis(), quotes=(broken,)))

    assert await words(database) == ["We have … every bolt"]


async def test_straight_and_curly_apostrophes_are_one(database: Database) -> None:
    text = "Enna Quill said: “It isn’t over.”"
    stored = await ArticleStore(database).put(draft(text=text))
    quote = replace(analysis().quotes[0], content=(span("It isn’t over.", text),), cue=None, sources=())
    await AnalysisStore(database).put(
        stored.id, replace(analysis(), quotes=(quote,), sentences=(span(text, text),), mentions=(), dates=(), roles=(),
                           actions=(), traits=())
    )  # fmt: skip

    assert await words(database, contains="isn't") == await words(database, contains="isn’t") == ["It isn’t over."]


async def test_withdrawn_articles_are_quoted_no_more(database: Database) -> None:
    await news(database)

    await ArticleStore(database).put(draft(withdrawn=True))

    assert await words(database) == [BOLT, FRIDAY]
    figures = await ActorPageStore(database).figures(QUILL.id)
    assert (figures.articles, figures.quotes_by) == (1, 2)


async def test_page_figures_count_articles_quotes_and_days(database: Database) -> None:
    await news(database)
    store = ActorPageStore(database)

    quill, skerry, nobody = [await store.figures(actor) for actor in (QUILL.id, SKERRY.id, "person/nobody")]  # type: ignore[arg-type]

    assert (quill.articles, quill.quotes_by, quill.quotes_about) == (2, 4, 0)
    assert (quill.first_seen, quill.last_seen) == (NOON, NOON + timedelta(hours=12))
    assert (skerry.articles, skerry.quotes_by, skerry.quotes_about) == (2, 0, 2)
    assert (nobody.articles, nobody.quotes_by, nobody.first_seen) == (0, 0, None)


async def test_figures_and_quotes_follow_merges_without_counting_twice(database: Database) -> None:
    await news(database)
    await ActorEditStore(database).merge(COUNCIL.id, SKERRY.id, by="test", at=NOON)
    await ActorEditStore(database).merge(QUILL.id, SKERRY.id, by="test", at=NOON)

    for actor in (COUNCIL.id, SKERRY.id, QUILL.id):
        figures = await ActorPageStore(database).figures(actor)
        assert (figures.articles, figures.quotes_by, figures.quotes_about) == (2, 4, 2)
    (line, *_) = (await QuoteStore(database).list_quotes(QuoteFilter(by=QUILL.id))).rows
    assert line.speakers == (SKERRY.id,)


async def test_roles_come_newest_first_and_once(database: Database) -> None:
    await news(database)
    store = ActorPageStore(database)

    (role,) = await store.roles(QUILL.id)
    (older,) = await store.roles(QUILL.id, until=NOON)

    assert (role.text, role.at, role.outlet) == ("Harbour master", NOON + timedelta(hours=12), "Holm Herald")
    assert (older.at, older.outlet) == (NOON, "The Skerry Post")
    assert await store.roles(SKERRY.id) == ()


async def test_actions_show_the_sentence_and_both_ends(database: Database) -> None:
    await news(database)
    store = ActorPageStore(database)

    done, suffered = await store.actions(SKERRY.id), await store.actions(HOLM.id, limit=1)

    assert (done.total, len(done.rows), suffered.total, len(suffered.rows)) == (2, 2, 2, 1)
    line = done.rows[1]
    assert line.action == analysis().actions[0]
    assert line.sentence == "Skerry accused Holm of delaying the spare parts."
    assert (line.outlet, line.at) == ("The Skerry Post", NOON)
    assert (await store.actions(SKERRY.id, other=HOLM.id)).total == 2
    assert (await store.actions(SKERRY.id, other=QUILL.id)).total == 0


async def test_a_bare_surname_of_nobody_known_is_no_company(database: Database) -> None:
    stranger = Actor(ActorId("person/holm~0a1b2c3d"), "Holm", MentionType.PERSON)
    named = Mention(span("Skerry"), MentionType.PERSON, stranger.id, "Holm")
    stored = await ArticleStore(database).put_many([draft()])
    found = analysis()
    found = replace(found, actors=(*found.actors, stranger), mentions=(*found.mentions, named))
    await AnalysisStore(database).put(stored[0].id, found)

    company = await ActorPageStore(database).related(QUILL.id)

    assert company
    assert stranger.id not in {actor.id for actor, _ in company}


async def test_company_is_counted_by_articles(database: Database) -> None:
    await news(database)
    await ActorStore(database).put([SKERRY, HOLM])

    company = await ActorPageStore(database).related(QUILL.id)

    assert [(actor.name, count) for actor, count in company] == [("Council of Skerry", 2), ("Holm", 2), ("Skerry", 2)]
    await ActorEditStore(database).merge(COUNCIL.id, SKERRY.id, by="test", at=NOON)
    company = await ActorPageStore(database).related(QUILL.id, limit=1)
    assert [(actor.name, count) for actor, count in company] == [("Holm", 2)]


async def test_wordings_come_once_oldest_first_and_are_counted(database: Database) -> None:
    await news(database)
    (louder,) = await ArticleStore(database).put_many(
        [
            draft(
                text=FERRY.replace("We have", "WE\nHAVE"),
                outlet="Loud Herald",
                guid="loud",
                url=None,
                first_seen=NOON + timedelta(days=1),
            )
        ]
    )
    await AnalysisStore(database).put(louder.id, analysis())
    store = QuoteStore(database)

    pages = [await store.list_wordings(QuoteFilter(by=QUILL.id), limit=1, offset=offset) for offset in (0, 1, 2)]

    assert [[line.text for line in page.rows] for page in pages] == [[BOLT], [FRIDAY], []]
    assert {page.total for page in pages} == {2}
    assert {line.at for page in pages for line in page.rows} == {NOON}
