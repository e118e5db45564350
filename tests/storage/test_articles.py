"""ArticleStore: each story once, its edits as revisions, nothing lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.articles import ArticleId, ItemKind, Part, PartRole
from bot.model.events import EventId, ReportKey
from bot.model.spans import Span
from bot.storage.analyses import AnalysisStore
from bot.storage.article_rows import storable
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.intake import Outcome
from tests.storage.samples import FERRY, NOON, analysis, draft, numbered

NEW, REVISED, DUPLICATE = Outcome.NEW, Outcome.REVISED, Outcome.DUPLICATE


async def test_article_comes_back_as_it_was_put(database: Database) -> None:
    store = ArticleStore(database)
    put = draft(
        "Šķerry’s ferry 🚢", "Zürich — “naïve”\n\n• bullet\0", author="Ada Wren", language="de", kind=ItemKind.LIVE,
        date_only=True, truncated=True, published=None,
        parts=(Part(1, PartRole.ITEM, Span(0, 6), date(2026, 3, 1)), Part(2, PartRole.BACKGROUND, Span(6, 9))),
    )  # fmt: skip

    stored = await store.put(put)
    article = (await store.find([stored.id]))[stored.id]

    assert (stored.outcome, stored.revision) == (NEW, 1)
    assert article.text == "Zürich — “naïve”\n\n• bullet\ufffd"
    assert (article.title, article.author, article.language, article.kind) == (put.title, "Ada Wren", "de", "live")
    assert (article.date_only, article.truncated, article.published, article.status) == (True, True, None, "published")
    assert (article.first_seen, article.event_at, article.url, article.guid) == (NOON, NOON, put.url, put.guid)
    assert article.parts == put.parts
    assert article.outlet.name == "The Skerry Post"


async def test_unknown_ids_are_left_out(database: Database) -> None:
    assert await ArticleStore(database).find([ArticleId(1), ArticleId(10**15)]) == {}
    assert await ArticleStore(database).find([]) == {}


async def test_second_putting_changes_nothing(database: Database) -> None:
    store = ArticleStore(database)
    first = await store.put_many(numbered(30))

    second = await store.put_many(numbered(30))

    assert {one.outcome for one in second} == {DUPLICATE}
    assert [one.id for one in second] == [one.id for one in first]
    assert len(await store.list_between()) == 30


async def test_outcomes_come_in_the_order_of_the_drafts(database: Database) -> None:
    store = ArticleStore(database)
    drafts = [replace(one, outlet=f"Outlet {number % 3}") for number, one in enumerate(numbered(9))]

    stored = await store.put_many([*drafts, drafts[4]])

    articles = await store.find([one.id for one in stored])
    assert [articles[one.id].title for one in stored] == [one.title for one in [*drafts, drafts[4]]]
    assert [one.outcome for one in stored] == [*[NEW] * 9, DUPLICATE]


async def test_edited_headline_is_a_revision_and_the_old_one_is_kept(database: Database) -> None:
    store = ArticleStore(database)
    first = await store.put(draft())
    later = NOON + timedelta(hours=3)

    edit = draft("Ferry to sail on Friday", first_seen=later, published=later, event_at=later)
    second = await store.put(edit)

    article = (await store.find([first.id]))[first.id]
    assert (second.id, second.outcome, second.revision) == (first.id, REVISED, 2)
    assert (article.title, article.revision) == ("Ferry to sail on Friday", 2)
    assert (article.first_seen, article.event_at, article.published) == (NOON, NOON, NOON)
    (old,) = (await store.revisions([first.id]))[first.id]
    assert (old.number, old.title, old.text, old.replaced_at) == (1, "Ferry to sail again", FERRY, later)
    assert [change.article for change in await store.changed_since(later)] == [first.id]
    assert await store.changed_since(later + timedelta(seconds=1)) == ()


async def test_several_edits_in_one_batch_are_several_revisions(database: Database) -> None:
    store = ArticleStore(database)
    edits = [draft(f"Edit {number}", first_seen=NOON + timedelta(minutes=number)) for number in range(4)]

    stored = await store.put_many(edits)

    assert [(one.outcome, one.revision) for one in stored] == [(NEW, 1), (REVISED, 2), (REVISED, 3), (REVISED, 4)]
    assert [old.title for old in (await store.revisions([stored[0].id]))[stored[0].id]] == [
        "Edit 0",
        "Edit 1",
        "Edit 2",
    ]
    assert (await store.find([stored[0].id]))[stored[0].id].title == "Edit 3"


async def test_older_copy_from_a_slow_cache_changes_nothing(database: Database) -> None:
    store = ArticleStore(database)
    await store.put(draft())
    await store.put(draft("Ferry to sail on Friday"))

    stale = await store.put(draft())

    assert (stale.outcome, stale.revision) == (DUPLICATE, 2)
    assert (await store.find([stale.id]))[stale.id].title == "Ferry to sail on Friday"


async def test_revision_forgets_the_analysis_whose_offsets_no_longer_fit(database: Database) -> None:
    store, analyses = ArticleStore(database), AnalysisStore(database)
    stored = await store.put(draft())
    await analyses.put(stored.id, analysis())

    await store.put(draft(text="Another text. " + FERRY))

    assert await analyses.find([stored.id]) == {}
    assert [article.id for article in await store.waiting("rules-1", 9)] == [stored.id]


async def test_revision_replaces_parts_and_frees_reports_of_parts_that_are_gone(database: Database) -> None:
    store, events = ArticleStore(database), EventStore(database)
    parts = tuple(Part(number, PartRole.ITEM, Span(number, number + 1)) for number in (1, 2, 3))
    stored = await store.put(draft(parts=parts))
    reports = {ReportKey(stored.id, number): (EventId(number), None) for number in (1, 2, 3)}
    await events.assign_many(reports, at=NOON)

    await store.put(draft("Edited", parts=parts[:2]))

    assert (await store.find([stored.id]))[stored.id].parts == parts[:2]
    assert await events.events_of([stored.id]) == {ReportKey(stored.id, 1): 1, ReportKey(stored.id, 2): 2}


async def test_withdrawn_story_keeps_its_text_and_is_marked(database: Database) -> None:
    store = ArticleStore(database)
    first = await store.put(draft())
    later = NOON + timedelta(hours=1)
    notice = draft("Withdrawn", "We were wrong.", withdrawn=True, first_seen=later)

    outcomes = [
        (await store.put(notice)).outcome,
        (await store.put(notice)).outcome,
        (await store.put(draft())).outcome,
    ]

    article = (await store.find([first.id]))[first.id]
    assert outcomes == [REVISED, DUPLICATE, DUPLICATE]
    assert (article.status, article.text, article.revision) == ("withdrawn", FERRY, 1)
    assert [change.article for change in await store.changed_since(later)] == [first.id]
    assert await store.waiting("rules-1", 9) == ()


async def test_withdrawn_story_that_returns_with_other_words_is_published_again(database: Database) -> None:
    store = ArticleStore(database)
    await store.put(draft())
    await store.put(draft("Withdrawn", "We were wrong.", withdrawn=True))

    again = await store.put(draft(text=FERRY.replace("Friday", "Saturday")))

    assert again.outcome is REVISED
    assert (await store.find([again.id]))[again.id].status == "published"


async def test_story_first_met_as_withdrawn_is_remembered_as_such(database: Database) -> None:
    stored = await ArticleStore(database).put(draft(withdrawn=True))

    assert stored.outcome is NEW
    assert (await ArticleStore(database).find([stored.id]))[stored.id].status == "withdrawn"


async def test_listing_counts_both_ends_and_keeps_the_newest(database: Database) -> None:
    store = ArticleStore(database)
    await store.put_many([*numbered(10), draft(outlet="Holm Herald", event_at=NOON + timedelta(minutes=4))])

    since, until = NOON + timedelta(minutes=2), NOON + timedelta(minutes=5)

    listed = await store.list_between(since, until)
    assert [article.event_at.minute for article in listed] == [2, 3, 4, 4, 5]
    assert [article.event_at.minute for article in await store.list_between(since, until, limit=2)] == [4, 5]
    assert [article.title for article in await store.list_between(outlet="holm herald")] == ["Ferry to sail again"]
    assert len(await store.list_between()) == 11


async def test_waiting_gives_new_ones_first_in_order_and_then_those_of_other_versions(database: Database) -> None:
    store, analyses = ArticleStore(database), AnalysisStore(database)
    ids = [stored.id for stored in await store.put_many(numbered(6))]
    for article, version in zip(ids[:4], ("rules-1", "rules-1", "rules-2", "rules-3"), strict=True):
        await analyses.put(article, analysis(version, **dict.fromkeys(("quotes", "actions", "roles", "dates"), ())))

    waiting = [article.id for article in await store.waiting("rules-2", 9)]

    assert waiting == [ids[4], ids[5], ids[3], ids[1], ids[0]]
    assert [article.id for article in await store.waiting("rules-2", 1)] == [ids[4]]


async def test_batch_is_stored_whole_or_not_at_all(database: Database) -> None:
    broken = draft("Naive", "A time without a zone.", guid="x", url=None, event_at=NOON.replace(tzinfo=None))

    with pytest.raises(Exception, match="naive"):
        await ArticleStore(database).put_many([*numbered(5), broken])

    assert await ArticleStore(database).list_between() == ()


async def test_odd_texts_are_stored(database: Database) -> None:
    store = ArticleStore(database)
    texts = ["'; DROP TABLE article; --", "%s %d {0} {x}", "\ud83d half", "\0", "", "x" * 1_000_000, "NEAR(a, b) *\"'"]

    stored = await store.put_many([draft(text[:40], text, guid=str(n), url=None) for n, text in enumerate(texts)])

    articles = await store.find([one.id for one in stored])
    assert [len(articles[one.id].text) for one in stored] == [len(text) for text in texts]


@given(st.text(st.characters(codec=None), max_size=40))
def test_storable_text_keeps_every_length_and_every_character_that_can_be_kept(text: str) -> None:
    kept = storable(draft(text, text)).text

    assert len(kept) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))
    assert "\0" not in kept
    kept.encode()
