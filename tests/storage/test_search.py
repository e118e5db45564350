"""SearchIndex: finds by words, on both dialects alike, and never takes a query for syntax."""

from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.storage.actor_edits import ActorEditStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.search import SearchIndex
from tests.storage.samples import COUNCIL, FERRY, HOLM, NOON, QUILL, SKERRY, analysis, draft, numbered


async def titles(database: Database, query: str, **filters: object) -> list[str]:
    page = await SearchIndex(database).search(query, **filters)  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return sorted(hit.title for hit in page.rows)


async def news(database: Database) -> None:
    await ArticleStore(database).put_many(
        [
            draft(),
            draft("Zürich bank calls", "The naïve plan, worth 2,500 crowns, failed.", guid="2", url=None),
            draft("Harbour closed", "COVID-19 closed the harbour; parts of it stay shut.", guid="3", url=None,
                  outlet="Holm Herald", first_seen=NOON + timedelta(days=2)),
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ferry", ["Ferry to sail again"]),
        ("FERRY again", ["Ferry to sail again"]),
        ("zurich naive", ["Zürich bank calls"]),
        ("ZÜRICH", ["Zürich bank calls"]),
        ("harbour", ["Ferry to sail again", "Harbour closed"]),
        ("harb*", ["Ferry to sail again", "Harbour closed"]),
        ("harb", []),
        ("parts", ["Ferry to sail again", "Harbour closed"]),
        ('"spare parts"', ["Ferry to sail again"]),
        ('"parts spare"', []),
        ('"spare par*"', ["Ferry to sail again"]),
        ("covid-19", ["Harbour closed"]),
        ("2,500", ["Zürich bank calls"]),
        ("harbour OR zurich", []),
        ("closed herald", []),
    ],
)
async def test_words_find_articles(database: Database, query: str, found: list[str]) -> None:
    await news(database)

    assert await titles(database, query) == found


@pytest.mark.parametrize(
    "query",
    ['"', "a OR", "NEAR(x y)", "title:ferry", "x AND NOT", "^ferry", "a:*", "'; DROP TABLE article; --", "x <-> y",
     "!a & b |", "\\", "ferry'", "{a b} : c", "%_", "\0ferry", "a" * 5_000, "🚢 ferry", "word " * 300],
)  # fmt: skip
async def test_signs_that_engines_obey_are_only_signs(database: Database, query: str) -> None:
    await news(database)

    try:
        page = await SearchIndex(database).search(query)
    except UserError:
        return
    assert page.total <= 3


async def test_filters_narrow_down(database: Database) -> None:
    await news(database)
    later = NOON + timedelta(days=1)

    assert await titles(database, "harbour", since=later) == ["Harbour closed"]
    assert await titles(database, "harbour", until=later) == ["Ferry to sail again"]
    assert await titles(database, "harbour", since=NOON, until=NOON) == ["Ferry to sail again"]
    assert await titles(database, "harbour", outlet="HOLM herald") == ["Harbour closed"]
    assert await titles(database, "harbour", outlet="Nobody") == []


async def test_actor_filter_follows_merges(database: Database) -> None:
    await news(database)
    (article, *_) = await ArticleStore(database).list_between(until=NOON)
    await AnalysisStore(database).put(article.id, analysis())

    assert await titles(database, "harbour", actor=QUILL.id) == ["Ferry to sail again"]
    assert await titles(database, "harbour", actor="person/nobody") == []
    await ActorEditStore(database).merge(COUNCIL.id, SKERRY.id, by="test", at=NOON)
    assert await titles(database, "harbour", actor=COUNCIL.id) == ["Ferry to sail again"]
    assert await titles(database, "harbour", actor=HOLM.id) == ["Ferry to sail again"]


async def test_hit_shows_copied_words(database: Database) -> None:
    await news(database)

    (hit,) = (await SearchIndex(database).search('"spare parts"')).rows

    assert hit.snippet in FERRY
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["spare parts"]
    assert (hit.outlet, hit.url, hit.at) == ("The Skerry Post", "https://post.example/news/ferry", NOON)


async def test_edited_article_is_found_by_its_new_words_only(database: Database) -> None:
    await news(database)

    await ArticleStore(database).put(draft(text=FERRY.replace("spare parts", "cranes")))

    assert await titles(database, "cranes") == ["Ferry to sail again"]
    assert await titles(database, "spare") == []


async def test_title_weighs_more_than_text(database: Database) -> None:
    filler = "Boats and barrels came and went. " * 20
    texts = [("Storm", filler), ("Calm", f"A storm. {filler}"), ("Wind", f"A storm, a storm. {filler}")]
    await ArticleStore(database).put_many(
        [draft(title, text, guid=str(n), url=None) for n, (title, text) in enumerate(texts)]
    )

    page = await SearchIndex(database).search("storm")

    assert page.rows[0].title == "Storm"


async def test_pages_do_not_overlap_and_cover_everything(database: Database) -> None:
    await ArticleStore(database).put_many(numbered(25))
    index = SearchIndex(database)

    pages = [await index.search("herring", limit=10, offset=offset) for offset in (0, 10, 20, 30)]

    assert [len(page.rows) for page in pages] == [10, 10, 5, 0]
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert {page.total for page in pages} == {25}
    assert len({hit.article for page in pages for hit in page.rows}) == 25
