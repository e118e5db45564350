"""The server side: rows of one server are never touched through another; what is forgotten leaves no byte."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from bot.model.delivery import ScheduleId
from bot.model.editions import Length
from bot.storage.articles import ArticleStore
from bot.storage.corrections import CorrectionStore, LoggedCorrection
from bot.storage.database import Database
from bot.storage.editions import EditionStore, Readers
from bot.storage.feed_notices import FeedNoticeStore
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outbox import Message, OutboxStore
from bot.storage.schedules import ScheduleStore
from bot.storage.subscriptions import SubscriptionStore
from tests.storage.samples import CHANNEL, DAY, GUILD, NOON, OTHER_GUILD, USER, draft, edition, item, schedule

BY = By(USER, NOON)
URL = "https://post.example/feed?token=secret"


async def test_schedule_comes_back_as_it_was_added(database: Database) -> None:
    store = ScheduleStore(database)
    wanted = schedule(at=time(18, 30), days=frozenset({0, 4, 6}), length=Length.LONG, topic="ferries")

    added = await store.add(wanted, by=BY)

    assert added is not None
    assert added == replace(wanted, id=added.id, created_by=USER, created_at=NOON)
    assert await store.get(GUILD, added.id) == added
    assert await store.list_for(GUILD) == (added,)
    assert await store.active() == (added,)


async def test_schedules_of_another_server_are_out_of_reach(database: Database) -> None:
    store = ScheduleStore(database)
    added = await store.add(schedule(), by=BY)
    assert added is not None

    assert await store.list_for(OTHER_GUILD) == ()
    assert await store.get(OTHER_GUILD, added.id) is None
    assert await store.pause(OTHER_GUILD, added.id, paused=True, by=BY) is None
    assert await store.change(replace(added, guild=OTHER_GUILD, zone="UTC"), by=BY) is None
    assert await store.remove(OTHER_GUILD, added.id, by=BY) is None
    assert await store.list_for(GUILD) == (added,)
    assert await GuildStore(database).changes(OTHER_GUILD) == ()


async def test_quota_holds_however_many_ask_at_once(database: Database) -> None:
    store = ScheduleStore(database)

    added = await asyncio.gather(*(store.add(schedule(), by=BY, limit=3) for _ in range(8)))

    assert sum(one is not None for one in added) == 3
    assert await store.add(schedule(guild=OTHER_GUILD), by=BY, limit=3) is not None


async def test_paused_suspended_and_left_schedules_are_not_active(database: Database) -> None:
    store, guilds = ScheduleStore(database), GuildStore(database)
    added = await store.add(schedule(), by=BY)
    assert added is not None

    await store.pause(GUILD, added.id, paused=True, by=BY)
    assert await store.active() == ()
    await store.pause(GUILD, added.id, paused=False, by=BY)
    assert len(await store.active()) == 1

    assert await store.suspend(CHANNEL, "missing Embed Links") == 1
    assert await store.suspend(CHANNEL, "again") == 0
    assert await store.active() == ()
    assert await store.suspend(CHANNEL, None) == 1

    await guilds.leave(GUILD, NOON)
    assert await store.active() == ()
    await guilds.join(GUILD, NOON)
    assert await store.active() == (added,)


async def test_changed_schedule_keeps_who_made_it(database: Database) -> None:
    store = ScheduleStore(database)
    added = await store.add(schedule(), by=BY)
    assert added is not None

    changed = await store.change(replace(added, zone="UTC", created_by=1, created_at=None), by=By(9, NOON))

    assert changed == replace(added, zone="UTC")


async def test_removed_schedule_takes_its_days_and_messages_along_and_its_id_is_not_given_again(
    database: Database,
) -> None:
    store, outbox = ScheduleStore(database), OutboxStore(database)
    added = await store.add(schedule(), by=BY)
    assert added is not None
    occurrence = await OccurrenceStore(database).add(added.id, DAY, NOON)
    made = await EditionStore(database).put(edition(), readers=Readers(GUILD, CHANNEL, added.id), made_at=NOON)
    assert occurrence is not None
    await outbox.queue(occurrence.id, made, [Message("n1", "{}")])

    assert await store.remove(GUILD, added.id, by=BY) == added

    assert await outbox.claim(NOON, timedelta(minutes=1)) == ()
    assert await OccurrenceStore(database).get(occurrence.id) is None
    again = await store.add(schedule(), by=BY)
    assert again is not None
    assert again.id > added.id


async def test_subscription_shows_no_secret_and_is_made_once(database: Database) -> None:
    store = SubscriptionStore(database)

    first = await store.add(GUILD, URL, "Post", by=BY, topic="ferries", limit=1)
    second = await store.add(GUILD, URL, "Other name", by=BY, limit=1)

    assert first == second
    assert first is not None
    assert (first.name, first.topic, first.url) == ("Post", "ferries", "https://post.example/feed?…")
    assert first.feed.url == URL
    assert await store.add(GUILD, "https://else.example/feed", "Else", by=BY, limit=1) is None
    assert await store.list_for(GUILD) == (first,)
    assert "secret" not in str(await GuildStore(database).changes(GUILD))


async def test_subscriptions_of_another_server_are_out_of_reach(database: Database) -> None:
    store = SubscriptionStore(database)
    line = await store.add(GUILD, URL, "Post", by=BY)
    assert line is not None

    assert await store.list_for(OTHER_GUILD) == ()
    assert await store.get(OTHER_GUILD, line.id) is None
    assert await store.remove(OTHER_GUILD, line.id, by=BY) is None
    assert await store.get(GUILD, line.id) == line
    assert await store.remove(GUILD, line.id, by=BY) == line
    assert await store.get(GUILD, line.id) is None


async def test_subscription_counts_the_articles_of_its_outlet(database: Database) -> None:
    await ArticleStore(database).put(draft())

    line = await SubscriptionStore(database).add(GUILD, URL, "The Skerry Post", by=BY)

    assert line is not None
    assert line.articles == 1


async def test_every_change_is_logged_and_can_be_counted(database: Database) -> None:
    schedules, guilds = ScheduleStore(database), GuildStore(database)
    added = await schedules.add(schedule(), by=BY)
    assert added is not None
    await schedules.pause(GUILD, added.id, paused=True, by=By(None, NOON + timedelta(minutes=1)))
    await guilds.set_details(GUILD, by=BY, notice_channel=5, zone="UTC", limits={"feeds": 50})

    changes = await guilds.changes(GUILD)

    assert [(change.user, change.action) for change in changes] == [
        (USER, "settings"), (None, "schedule pause"), (USER, "schedule add"),
    ]  # fmt: skip
    assert await guilds.count_changes(GUILD, "schedule add", NOON) == 1
    assert await guilds.count_changes(GUILD, "schedule add", NOON + timedelta(seconds=1)) == 0
    assert await guilds.count_changes(OTHER_GUILD, "schedule add", NOON) == 0


async def test_guild_details_stay_until_they_are_changed(database: Database) -> None:
    store = GuildStore(database)
    await store.join(GUILD, NOON)
    await store.set_details(GUILD, by=BY, zone="Europe/Kyiv", limits={"feeds": 50})

    await store.set_details(GUILD, by=BY, notice_channel=CHANNEL)

    guild = await store.find(GUILD)
    assert guild is not None
    assert (guild.zone, guild.notice_channel, guild.limits) == ("Europe/Kyiv", CHANNEL, {"feeds": 50})
    assert await store.find(OTHER_GUILD) is None


async def test_problem_is_counted_from_its_first_time_until_it_is_cleared(database: Database) -> None:
    store, later = GuildStore(database), NOON + timedelta(hours=2)

    first = await store.note_problem(GUILD, CHANNEL, "missing Send Messages", NOON)
    await store.note_told(GUILD, CHANNEL, NOON)
    second = await store.note_problem(GUILD, CHANNEL, "missing Embed Links", later)

    assert (first.count, first.told_at) == (1, None)
    assert (second.text, second.since, second.count, second.told_at) == ("missing Embed Links", NOON, 2, NOON)
    assert await store.problems(GUILD) == (second,)
    assert await store.clear_problem(CHANNEL)
    assert not await store.clear_problem(CHANNEL)
    assert await store.problems(GUILD) == ()


async def test_left_server_waits_and_returns_as_it_was(database: Database) -> None:
    store, later = GuildStore(database), NOON + timedelta(days=30)
    await ScheduleStore(database).add(schedule(), by=BY)
    await store.leave(GUILD, NOON)
    await store.leave(GUILD, later)

    assert await store.left_before(NOON) == ()
    assert await store.left_before(later) == (GUILD,)
    assert (await store.join(GUILD, later)).left_at is None
    assert await store.left_before(later + timedelta(days=1)) == ()
    assert len(await ScheduleStore(database).list_for(GUILD)) == 1


async def everything(database: Database, guild: int, channel: int) -> None:
    """Let a server have a row in every table that can hold one."""
    article = await ArticleStore(database).put(draft())
    await GuildStore(database).note_problem(guild, channel, "missing Embed Links", NOON)
    await GuildStore(database).set_details(guild, by=BY, notice_channel=channel)
    line = await SubscriptionStore(database).add(guild, URL, "Post", by=BY)
    assert line is not None
    await FeedNoticeStore(database).note(line.feed.id, "failing", "timeout", NOON)
    added = await ScheduleStore(database).add(schedule(guild=guild, channel=channel), by=BY)
    assert added is not None
    made = await EditionStore(database).put(
        edition(item(article.id, None)), readers=Readers(guild, channel, added.id), made_at=NOON
    )
    occurrence = await OccurrenceStore(database).add(added.id, DAY, NOON)
    assert occurrence is not None
    await OutboxStore(database).queue(occurrence.id, made, [Message(f"nonce {guild}", f'{{"channel":{channel}}}')])
    (part,) = await OutboxStore(database).parts_of(made)
    corrections = CorrectionStore(database)
    await corrections.log([LoggedCorrection(made, guild, "bullet 1", NOON, False, "Old.", f"New in {channel}.")])
    await corrections.want(replace(part, message=channel), f'{{"corrected":{channel}}}')


async def test_export_holds_every_row_of_the_server_and_none_of_another(database: Database) -> None:
    await everything(database, GUILD, CHANNEL)
    await everything(database, OTHER_GUILD, CHANNEL + 1)

    exported = await GuildStore(database).export(GUILD)

    assert {name: len(rows) for name, rows in exported.items()} == {
        "guild": 1, "channel": 1, "schedule": 1, "subscription": 1, "feed_notice": 1, "config_log": 3, "edition": 1,
        "outbox_part": 1, "occurrence": 1, "correction": 1, "message_edit": 1,
    }  # fmt: skip
    assert str(OTHER_GUILD) not in str(exported)


async def test_forgotten_server_leaves_no_row_and_others_stay(database: Database) -> None:
    await everything(database, GUILD, CHANNEL)
    await everything(database, OTHER_GUILD, CHANNEL + 1)

    assert await GuildStore(database).purge(GUILD)

    assert not any((await GuildStore(database).export(GUILD)).values())
    assert all((await GuildStore(database).export(OTHER_GUILD)).values())
    assert len(await ArticleStore(database).list_between()) == 1
    assert not await GuildStore(database).purge(GUILD)
    assert [part.guild for part in await OutboxStore(database).claim(NOON, timedelta(minutes=1), 9)] == [OTHER_GUILD]


async def test_forgotten_server_leaves_no_byte_in_the_files(sqlite: Database, tmp_path: Path) -> None:
    await everything(sqlite, GUILD, CHANNEL)
    await everything(sqlite, OTHER_GUILD, CHANNEL + 1)
    traces = [number.to_bytes(8, "big") for number in (GUILD, CHANNEL)] + [str(GUILD).encode(), str(CHANNEL).encode()]
    assert all(trace in all_bytes(tmp_path) for trace in traces)

    await GuildStore(sqlite).purge(GUILD)

    assert not [trace for trace in traces if trace in all_bytes(tmp_path)]
    assert OTHER_GUILD.to_bytes(8, "big") in all_bytes(tmp_path)


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_unknown_schedule_is_nothing(database: Database) -> None:
    assert await ScheduleStore(database).get(GUILD, ScheduleId(404)) is None
