"""ActorStore: people and houses under all their names, misspelt ones too; merges and their undoing."""

from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.model.analysis import Actor, ActorId, Analysis, Mention, MentionType
from bot.model.spans import Span
from bot.storage.actor_edits import ActorEditStore
from bot.storage.actors import ActorStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.text.fold import fold
from tests.storage.samples import COUNCIL, HOLM, NOON, QUILL, SKERRY, numbered


def person(name: str, *aliases: str) -> Actor:
    return Actor(ActorId(f"person/{fold(name).replace(' ', '-')}"), name, MentionType.PERSON, aliases)


ENNA, ENNO, ADA = person("Enna Quill", "Quill"), person("Enno Quill", "Quill"), person("Ada Wren", "Dame Ada")


async def named_in(database: Database, counts: dict[Actor, int]) -> None:
    """Let so many articles name each actor."""
    ids = [stored.id for stored in await ArticleStore(database).put_many(numbered(max(counts.values())))]
    for index, number in enumerate(ids):
        actors = [actor for actor, count in counts.items() if index < count]
        mentions = tuple(Mention(Span(at, at + 1), actor.type, actor.id) for at, actor in enumerate(actors))
        await AnalysisStore(database).put(number, Analysis(mentions=mentions, actors=tuple(actors), version="1"))


@pytest.mark.parametrize("typed", ["Enna Quill", "ENNA  QUILL", "quill", "Énna Quill"])
async def test_any_name_finds_its_actor(database: Database, typed: str) -> None:
    await ActorStore(database).put([ENNA, ADA])

    assert await ActorStore(database).find(fold(typed)) == ENNA


async def test_unknown_name_finds_nobody(database: Database) -> None:
    await ActorStore(database).put([ENNA])

    assert await ActorStore(database).find("nobody") is None
    assert await ActorStore(database).find("") is None


async def test_shared_name_finds_whom_more_articles_name(database: Database) -> None:
    await named_in(database, {ENNO: 3, ENNA: 1})
    store = ActorStore(database)

    assert await store.find("quill") == ENNO
    assert await store.find_all("quill") == (ENNO, ENNA)


async def test_suggestions_begin_a_word_and_are_ranked_by_articles(database: Database) -> None:
    await named_in(database, {ENNO: 2, ENNA: 4, ADA: 3})
    store = ActorStore(database)

    assert [actor.name for actor in await store.suggest("qui", 9)] == ["Enna Quill", "Enno Quill"]
    assert [actor.name for actor in await store.suggest("enna q", 9)] == ["Enna Quill"]
    assert [actor.name for actor in await store.suggest("ada", 9)] == ["Ada Wren"]
    assert [actor.name for actor in await store.suggest("", 2)] == ["Enna Quill", "Ada Wren"]
    assert await store.suggest("uill", 9) == ()
    assert await store.suggest("%", 9) == ()
    assert await store.suggest("_nna", 9) == ()


@pytest.mark.parametrize("typed", ["Ena Quill", "Enna Quil", "enna qiull", "Wrenn", "Adda Wren"])
async def test_near_names_are_found(database: Database, typed: str) -> None:
    await ActorStore(database).put([ENNA, ADA, HOLM, SKERRY])

    wanted = ADA if "wren" in typed.lower() else ENNA
    assert next(iter(await ActorStore(database).near(fold(typed), 3))) == wanted


async def test_nobody_is_near_a_wholly_different_name(database: Database) -> None:
    await ActorStore(database).put([ENNA, ADA])

    assert await ActorStore(database).near("xyzzy", 3) == ()


async def test_all_gives_every_actor_once_with_all_aliases(database: Database) -> None:
    await ActorStore(database).put([SKERRY, HOLM, COUNCIL, ENNA, ADA])
    await ActorEditStore(database).merge(ADA.id, ENNA.id, by="test", at=NOON)

    everybody = {actor.id: actor for actor in await ActorStore(database).all()}

    assert set(everybody) == {SKERRY.id, HOLM.id, COUNCIL.id, ENNA.id}
    assert set(everybody[ENNA.id].aliases) == {"Quill", "Ada Wren", "Dame Ada"}
    assert everybody[COUNCIL.id] == COUNCIL


async def test_tables_update_what_is_stored(database: Database) -> None:
    store = ActorStore(database)
    await store.put([replace(SKERRY, name="Skerrie", known=False)])

    await store.put([SKERRY])

    assert (await store.get([SKERRY.id]))[SKERRY.id].name == "Skerry"


async def test_merged_actor_is_found_as_the_other_until_that_is_undone(database: Database) -> None:
    await named_in(database, {ENNO: 5, ENNA: 1, ADA: 3})
    store, edits = ActorStore(database), ActorEditStore(database)

    change = await edits.merge(ENNO.id, ENNA.id, by="operator", at=NOON)

    merged = await store.find("enno quill")
    assert merged is not None
    assert (merged.id, merged.name) == (ENNA.id, "Enna Quill")
    assert await store.get([ENNO.id]) == {ENNO.id: merged}
    assert [actor.id for actor in await store.suggest("", 9)] == [ENNA.id, ADA.id]

    assert await edits.undo(change, by="operator", at=NOON)

    assert await store.find("enno quill") == ENNO
    assert await store.find("enna quill") == ENNA
    assert not await edits.undo(change, by="operator", at=NOON)


async def test_chain_of_merges_leads_to_the_last_and_comes_apart_again(database: Database) -> None:
    store, edits = ActorStore(database), ActorEditStore(database)
    await store.put([ENNO, ENNA, ADA])

    await edits.merge(ENNO.id, ENNA.id, by="operator", at=NOON)
    second = await edits.merge(ENNA.id, ADA.id, by="operator", at=NOON)

    assert {actor.id for actor in (await store.get([ENNO.id, ENNA.id, ADA.id])).values()} == {ADA.id}
    await edits.undo(second, by="operator", at=NOON)
    found = await store.get([ENNO.id, ENNA.id, ADA.id])
    assert [found[actor.id].id for actor in (ENNO, ENNA, ADA)] == [ENNA.id, ENNA.id, ADA.id]


async def test_split_takes_one_merge_back(database: Database) -> None:
    store, edits = ActorStore(database), ActorEditStore(database)
    await store.put([ENNO, ENNA])
    await edits.merge(ENNO.id, ENNA.id, by="operator", at=NOON)

    change = await edits.split(ENNO.id, by="operator", at=NOON)

    assert await store.find("enno quill") == ENNO
    await edits.undo(change, by="operator", at=NOON)
    merged = await store.find("enno quill")
    assert merged is not None
    assert merged.id == ENNA.id


async def test_alias_is_found_until_it_is_taken_away(database: Database) -> None:
    store, edits = ActorStore(database), ActorEditStore(database)
    await store.put([ENNA])

    given = await edits.alias(ENNA.id, "The Harbour Master", by="operator", at=NOON)
    assert await store.find("the harbour master") is not None
    await edits.undo(given, by="operator", at=NOON)
    assert await store.find("the harbour master") is None

    taken = await edits.unalias(ENNA.id, "QUILL", by="operator", at=NOON)
    assert await store.find("quill") is None
    await edits.undo(taken, by="operator", at=NOON)
    assert await store.find("quill") is not None


async def test_changes_are_logged_newest_first(database: Database) -> None:
    edits = ActorEditStore(database)
    await ActorStore(database).put([ENNO, ENNA])
    first = await edits.alias(ENNA.id, "Boss", by="user 7", at=NOON)
    second = await edits.merge(ENNO.id, ENNA.id, by="user 8", at=NOON)
    await edits.undo(first, by="operator", at=NOON)

    changes = await edits.changes()

    assert [(change.id, change.action, change.by, change.undone_at) for change in changes] == [
        (second + 1, "undo", "operator", None), (second, "merge", "user 8", None), (first, "alias", "user 7", NOON),
    ]  # fmt: skip


async def test_impossible_changes_say_why(database: Database) -> None:
    edits = ActorEditStore(database)
    await ActorStore(database).put([ENNO, ENNA])
    await edits.merge(ENNO.id, ENNA.id, by="x", at=NOON)

    with pytest.raises(UserError, match="already the same"):
        await edits.merge(ENNA.id, ENNO.id, by="x", at=NOON)
    with pytest.raises(UserError, match="No actor"):
        await edits.merge(ENNA.id, ActorId("person/nobody"), by="x", at=NOON)
    with pytest.raises(UserError, match="not merged"):
        await edits.split(ENNA.id, by="x", at=NOON)
    with pytest.raises(UserError, match="already goes by"):
        await edits.alias(ENNA.id, "quill", by="x", at=NOON)
    with pytest.raises(UserError, match="no name"):
        await edits.alias(ENNA.id, "!!!", by="x", at=NOON)
    with pytest.raises(UserError, match="does not go by"):
        await edits.unalias(ENNA.id, "Boss", by="x", at=NOON)
    assert len(await edits.changes()) == 1


async def test_person_of_the_samples_is_the_one_of_these_tests() -> None:
    assert QUILL.id == ENNA.id


async def test_who_was_met_comes_with_the_number_of_articles_most_named_first(database: Database) -> None:
    await named_in(database, {ADA: 1, ENNA: 3})

    met = await ActorStore(database).met()

    assert [(actor.id, articles) for actor, articles in met] == [(ENNA.id, 3), (ADA.id, 1)]
