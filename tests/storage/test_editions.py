"""EditionStore: an edition comes back to the letter; what readers were told is remembered."""

from dataclasses import replace
from datetime import timedelta

from bot.model.articles import ArticleId
from bot.model.delivery import OccurrenceState, Schedule
from bot.model.editions import Edition, EditionId
from bot.model.events import EventId, ReportKey
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import Citation, EditionStore, Readers
from bot.storage.events import EventStore
from bot.storage.guild_log import By
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outbox import OutboxStore
from bot.storage.schedules import ScheduleStore
from tests.storage.samples import CHANNEL, DAY, GUILD, NOON, OTHER_GUILD, draft, edition, item, numbered, schedule


async def article(database: Database) -> ArticleId:
    return (await ArticleStore(database).put(draft())).id


async def scheduled(database: Database) -> Schedule:
    added = await ScheduleStore(database).add(schedule(), by=By(None, NOON))
    assert added is not None
    return added


async def posted(database: Database, made: Edition, day: int, plan: Schedule) -> EditionId:
    at = NOON + timedelta(days=day)
    number = await EditionStore(database).put(made, readers=Readers(GUILD, CHANNEL, plan.id), made_at=at)
    occurrence = await OccurrenceStore(database).add(plan.id, DAY + timedelta(days=day), at)
    assert occurrence is not None
    await OutboxStore(database).queue(occurrence.id, number, [])
    return number


async def test_edition_comes_back_to_the_letter(database: Database) -> None:
    source, store = await article(database), EditionStore(database)
    whole = edition(
        item(source),
        item(source, 2, "Second"),
        background=(item(source, None, "Before"),),
        also=(item(source, 3, "Also"),),
        quote=item(source, 4, "Quote"),
        coming=(item(source, 5, "Coming"),),
        quiet=True,
        topic="ferries",
    )

    number = await store.put(whole, made_at=NOON)

    found = await store.get(number)
    assert found is not None
    assert found.edition == replace(whole, id=number)
    assert (found.id, found.readers, found.made_at) == (number, Readers(), NOON)


async def test_empty_edition_comes_back(database: Database) -> None:
    store = EditionStore(database)

    number = await store.put(edition(), made_at=NOON)

    found = await store.get(number)
    assert found is not None
    assert found.edition == replace(edition(), id=number)
    assert await store.get(EditionId(404)) is None


async def test_edition_of_another_server_is_out_of_reach(database: Database) -> None:
    store = EditionStore(database)
    mine = await store.put(edition(), readers=Readers(GUILD), made_at=NOON)
    nobodys = await store.put(edition(), made_at=NOON)

    assert await store.get(mine, guild=OTHER_GUILD) is None
    assert await store.get(mine, guild=GUILD) is not None
    assert await store.get(nobodys, guild=OTHER_GUILD) is not None


async def test_latest_is_the_newest_for_the_same_readers(database: Database) -> None:
    store = EditionStore(database)
    times = [NOON + timedelta(hours=hour) for hour in (0, 2, 1)]
    first, second, third = [
        await store.put(edition(title=f"Edition {n}"), readers=Readers(GUILD, CHANNEL + n % 2), made_at=at)
        for n, at in enumerate(times)
    ]

    newest = await store.latest(Readers(GUILD))
    in_channel = await store.latest(Readers(GUILD, CHANNEL))

    assert newest is not None
    assert in_channel is not None
    assert (newest.id, in_channel.id) == (second, third)
    assert [found.id for found in await store.list_for(Readers(GUILD))] == [second, third, first]
    assert await store.latest(Readers(OTHER_GUILD)) is None


async def test_schedule_told_only_what_was_to_be_posted(database: Database) -> None:
    source, store, plan = await article(database), EditionStore(database), await scheduled(database)
    first = await posted(database, edition(item(source, 1, "Told on day 0")), 0, plan)
    second = await posted(database, edition(item(source, 2, "Told on day 1"), also=(item(source, 3, "Also"),)), 1, plan)
    await store.put(edition(item(source, 4, "Never queued")), readers=Readers(GUILD, CHANNEL, plan.id), made_at=NOON)
    failed = await posted(database, edition(item(source, 5, "Failed")), 2, plan)
    occurrence = await OccurrenceStore(database).find(plan.id, DAY + timedelta(days=2))
    assert occurrence is not None
    await OccurrenceStore(database).settle(occurrence.id, OccurrenceState.FAILED)

    told = await store.told(plan.id, NOON)

    assert [(one.edition, one.section, one.item.text) for one in told] == [
        (first, "bullets", "Told on day 0"), (second, "bullets", "Told on day 1"), (second, "also", "Also"),
    ]  # fmt: skip
    assert [one.edition for one in await store.told(plan.id, NOON + timedelta(hours=1))] == [second, second]
    latest = await store.latest(Readers(schedule=plan.id))
    assert latest is not None
    assert latest.id == second != failed


async def test_told_items_name_the_event_that_theirs_became(database: Database) -> None:
    store, events, plan = EventStore(database), EditionStore(database), await scheduled(database)
    keys = [ReportKey(stored.id) for stored in await ArticleStore(database).put_many(numbered(2))]
    await store.assign_many({key: (EventId(n), None) for n, key in enumerate(keys, 1)}, at=NOON)
    await posted(database, edition(item(keys[0].article, 1), item(keys[0].article, None)), 0, plan)

    await store.merge(EventId(1), EventId(2), at=NOON)

    told = await events.told(plan.id, NOON)
    assert [one.event for one in told] == [2, None]
    assert told[0].item.event == 1


async def test_citations_remember_the_revision_that_was_copied(database: Database) -> None:
    source, store = await article(database), EditionStore(database)
    first = await store.put(edition(item(source)), made_at=NOON)
    await ArticleStore(database).put(draft("Edited"))

    second = await store.put(edition(item(source)), made_at=NOON)

    assert await store.citing([source]) == (Citation(second, source, 2), Citation(first, source, 1))
    assert await store.citing([ArticleId(404)]) == ()


async def test_edition_survives_the_removal_of_its_schedule(database: Database) -> None:
    source, store, plan = await article(database), EditionStore(database), await scheduled(database)
    number = await posted(database, edition(item(source)), 0, plan)

    await ScheduleStore(database).remove(GUILD, plan.id, by=By(None, NOON))

    found = await store.get(number)
    assert found is not None
    assert found.readers == Readers(GUILD, CHANNEL, None)
