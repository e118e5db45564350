"""OutboxStore: no message twice, none lost, in order."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.delivery import OccurrenceId, OccurrenceState, OutboxPart, PartState
from bot.storage.database import Database
from bot.storage.guilds import GuildStore
from bot.storage.outbox import Message, OutboxStore
from tests.storage.desk import desk
from tests.storage.samples import CHANNEL, DAY, GUILD, NOON

LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


async def claim(outbox: OutboxStore, now: datetime = NOON, limit: int = 1) -> list[OutboxPart]:
    return list(await outbox.claim(now, LEASE, limit))


def payloads(parts: Sequence[OutboxPart]) -> list[str]:
    return [part.payload for part in parts]


async def test_messages_are_queued_once_for_a_day(database: Database) -> None:
    ours = await desk(database)

    queued = await asyncio.gather(*(ours.queue("one", "two") for _ in range(4)))

    assert sum(queued) == 1
    assert await ours.state() is OccurrenceState.COMPOSED
    assert len(await ours.outbox.parts_of(ours.edition)) == 2
    assert await ours.days.claim(NOON + LEASE, LEASE) == ()


async def test_nothing_is_queued_for_a_day_that_ended(database: Database) -> None:
    ours = await desk(database)

    assert await ours.days.settle(ours.occurrence.id, OccurrenceState.SKIPPED, "too late")
    assert not await ours.queue("one")
    assert not await ours.days.settle(ours.occurrence.id, OccurrenceState.FAILED)
    assert await ours.outbox.parts_of(ours.edition) == ()


async def test_nothing_is_queued_for_a_day_that_is_unknown(database: Database) -> None:
    ours = await desk(database)

    assert not await ours.outbox.queue(OccurrenceId(404), ours.edition, [Message("n", "{}")])


async def test_part_carries_all_that_is_needed_to_send_it(database: Database) -> None:
    ours = await desk(database)
    await ours.queue('{"content":"ferry"}')

    (part,) = await claim(ours.outbox)

    assert (part.guild, part.channel, part.number, part.nonce) == (GUILD, CHANNEL, 1, f"{ours.occurrence.id}-1")
    assert part.payload == '{"content":"ferry"}'
    assert len(part.payload_hash) == 64
    assert (part.state, part.tries) == (PartState.PENDING, 1)


async def test_part_goes_to_one_of_many_senders(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")

    claims = await asyncio.gather(*(claim(ours.outbox) for _ in range(8)))

    assert sorted(map(len, claims)) == [0] * 7 + [1]


async def test_second_part_waits_for_the_first(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one", "two")

    (first,) = await claim(ours.outbox, limit=9)
    assert await claim(ours.outbox, limit=9) == []
    await ours.outbox.mark_sending([first], NOON)
    await ours.outbox.mark_sent(first, 11, NOON)

    assert payloads(await claim(ours.outbox, limit=9)) == ["two"]


async def test_first_parts_of_all_channels_come_before_second_ones(database: Database) -> None:
    one, other = await desk(database), await desk(database, CHANNEL + 1)
    await one.queue("1a", "1b")
    await other.queue("2a", "2b")
    (first,) = await claim(one.outbox)
    await one.outbox.mark_sent(first, 1, NOON)

    assert payloads(await claim(one.outbox, limit=9)) == ["2a", "1b"]


async def test_second_messages_wait_while_only_first_ones_may_go(database: Database) -> None:
    one, other = await desk(database), await desk(database, CHANNEL + 1)
    await one.queue("1a", "1b")
    (first,) = await claim(one.outbox)
    await one.outbox.mark_sent(first, 1, NOON)

    assert await one.outbox.claim(NOON, LEASE, 9, firsts_only=True) == ()
    await other.queue("2a")
    assert payloads(await one.outbox.claim(NOON, LEASE, 9, firsts_only=True)) == ["2a"]
    assert payloads(await claim(one.outbox)) == ["1b"]


async def test_day_is_done_when_its_last_part_is_sent(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one", "two")

    for message in (11, 12):
        assert await ours.state() is OccurrenceState.COMPOSED
        (part,) = await claim(ours.outbox)
        await ours.outbox.mark_sending([part], NOON)
        assert await ours.outbox.mark_sent(part, message, NOON)

    assert await ours.state() is OccurrenceState.DONE
    assert [part.message for part in await ours.outbox.parts_of(ours.edition)] == [11, 12]
    (line,) = await ours.days.deliveries(guild=GUILD)
    assert (line.channel, line.local_date, line.state, line.at) == (CHANNEL, DAY, "done", NOON)
    assert await ours.days.deliveries(guild=1) == ()


async def test_sent_part_stays_sent(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")
    (part,) = await claim(ours.outbox)
    await ours.outbox.mark_sent(part, 11, NOON)

    assert not await ours.outbox.mark_sent(part, 12, NOON)
    assert not await ours.outbox.mark_sending([part], NOON)
    assert not await ours.outbox.retry(part, NOON, "late news")
    assert not await ours.outbox.mark_failed(part, "late news")
    assert await claim(ours.outbox, NOON + 10 * LEASE) == []
    (stored,) = await ours.outbox.parts_of(ours.edition)
    assert (stored.state, stored.message) == (PartState.SENT, 11)


@pytest.mark.parametrize("sending", [True, False])
async def test_dead_senders_part_comes_back_after_its_lease_as_it_was_left(database: Database, sending: bool) -> None:
    ours = await desk(database)
    await ours.queue("one")
    (part,) = await claim(ours.outbox)
    if sending:
        await ours.outbox.mark_sending([part], NOON)

    assert await claim(ours.outbox, NOON + LEASE - SECOND) == []
    (again,) = await claim(ours.outbox, NOON + LEASE)

    assert again.state is (PartState.SENDING if sending else PartState.PENDING)
    assert (again.nonce, again.tries) == (part.nonce, 2)
    assert again.sending_at == (NOON if sending else None)


async def test_sender_that_lost_its_claim_must_not_send(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")
    (slow,) = await claim(ours.outbox)
    (fast,) = await claim(ours.outbox, NOON + LEASE)

    assert not await ours.outbox.mark_sending([slow], NOON + LEASE)
    assert not await ours.outbox.retry(slow, NOON, "gave up")
    assert not await ours.outbox.mark_failed(slow, "gave up")
    assert await ours.outbox.mark_sending([fast], NOON + LEASE)


async def test_late_answer_of_a_slow_sender_still_counts(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")
    (slow,) = await claim(ours.outbox)
    await ours.outbox.mark_sending([slow], NOON)
    (fast,) = await claim(ours.outbox, NOON + LEASE)

    assert await ours.outbox.mark_sent(slow, 11, NOON + LEASE)
    assert not await ours.outbox.mark_sending([fast], NOON + LEASE)


@pytest.mark.parametrize("arrived", [False, None])
async def test_part_to_be_tried_again_waits_until_then(database: Database, arrived: bool | None) -> None:
    ours = await desk(database)
    await ours.queue("one")
    (part,) = await claim(ours.outbox)
    await ours.outbox.mark_sending([part], NOON)
    later = NOON + timedelta(minutes=1)

    assert await ours.outbox.retry(part, later, "503", arrived=arrived)  # type: ignore[arg-type]

    assert await claim(ours.outbox, later - SECOND) == []
    assert await ours.outbox.next_at(NOON) == later
    (again,) = await claim(ours.outbox, later)
    assert (again.state, again.error) == (PartState.PENDING if arrived is False else PartState.SENDING, "503")


async def test_failed_part_ends_its_day_with_all_that_follows(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one", "two")
    (part,) = await claim(ours.outbox)

    assert await ours.outbox.mark_failed(part, "403 missing access")

    assert await claim(ours.outbox, NOON + 10 * LEASE) == []
    assert await ours.outbox.next_at(NOON) is None
    assert await ours.state() is OccurrenceState.FAILED


async def test_what_failed_is_sent_after_all_once_the_channel_is_mended(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one", "two", "three")
    (first,) = await claim(ours.outbox)
    await ours.outbox.mark_sent(first, 11, NOON)
    (second,) = await claim(ours.outbox)
    await ours.outbox.mark_failed(second, "403 missing access")

    assert await ours.outbox.revive(CHANNEL, NOON + SECOND, NOON) == 0
    assert await ours.outbox.revive(CHANNEL + 1, NOON, NOON) == 0
    assert await ours.outbox.revive(CHANNEL, NOON, NOON) == 2

    assert await ours.state() is OccurrenceState.COMPOSED
    (again,) = await claim(ours.outbox, limit=9)
    assert (again.payload, again.error) == ("two", None)


async def test_refused_part_is_sent_in_other_words(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")
    (part,) = await claim(ours.outbox)

    assert await ours.outbox.replace(part, "plain text", NOON, "400 bad payload")

    (again,) = await claim(ours.outbox, limit=9)
    assert (again.payload, again.nonce) == ("plain text", part.nonce)
    assert again.payload_hash != part.payload_hash
    assert not await ours.outbox.replace(part, "a claim that was lost", NOON, "")


async def test_parts_of_one_server_go_behind_those_of_others(database: Database) -> None:
    desks = [await desk(database, CHANNEL + number) for number in range(3)]
    for number, ours in enumerate(desks):
        await ours.queue(f"big {number}")
    other = await desk(database, CHANNEL + 9, guild=GUILD + 1)
    await other.queue("small")

    order = payloads(await claim(other.outbox, limit=9))

    assert order.index("small") in (0, 1)
    assert [words for words in order if words != "small"] == ["big 0", "big 1", "big 2"]


async def test_editions_never_mix_in_a_channel(database: Database) -> None:
    one, other = await desk(database), await desk(database)
    await one.queue("1a", "1b")
    await other.queue("2a")
    told: list[str] = []

    while parts := await claim(one.outbox, limit=9):
        for part in parts:
            told.append(part.payload)
            await one.outbox.mark_sent(part, 11, NOON)

    assert told == ["1a", "1b", "2a"]


async def test_nothing_waits_for_an_hour_that_a_wrong_clock_named(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")
    ahead = NOON + timedelta(days=3)
    (part,) = await claim(ours.outbox, ahead)
    await ours.outbox.retry(part, ahead + timedelta(minutes=1), "503")
    await claim(ours.outbox, ahead + timedelta(minutes=1))

    assert await ours.outbox.next_at(NOON) == NOON
    assert payloads(await claim(ours.outbox, NOON)) == ["one"]


async def test_a_server_that_was_left_gets_nothing_more_until_it_invites_us_again(database: Database) -> None:
    ours = await desk(database)
    await ours.queue("one")
    guilds = GuildStore(database)

    await guilds.leave(GUILD, NOON)
    assert await claim(ours.outbox) == []
    assert await ours.outbox.next_at(NOON) is None

    await guilds.join(GUILD, NOON)
    assert payloads(await claim(ours.outbox)) == ["one"]


async def test_what_waits_after_a_failure_can_be_hastened_and_leases_ended(database: Database) -> None:
    one, other = await desk(database), await desk(database, CHANNEL + 1)
    await one.queue("one")
    await other.queue("two")
    for part in await claim(one.outbox, limit=2):
        await one.outbox.retry(part, NOON + part.id * SECOND, "503")

    assert await one.outbox.hasten(NOON, 1) == 1
    assert payloads(await claim(one.outbox, limit=9)) == ["one"]
    assert await one.outbox.hasten(NOON) == 1
    assert await one.outbox.reclaim() == 1
    assert sorted(payloads(await claim(one.outbox, limit=9))) == ["one", "two"]
    assert await one.outbox.count_open() == 2


async def test_next_instant_is_when_something_can_be_claimed(database: Database) -> None:
    ours = await desk(database)

    assert await ours.outbox.next_at(NOON) is None
    await ours.queue("one")
    assert await ours.outbox.next_at(NOON) == NOON
    await claim(ours.outbox)
    assert await ours.outbox.next_at(NOON) == NOON + LEASE


_STEPS = st.lists(
    st.tuples(st.sampled_from(["claim", "sending", "sent", "retry", "die", "wait"]), st.integers(0, 2)), max_size=40
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
async def test_whatever_senders_do_each_message_arrives_once_and_in_order(
    database: Database, steps: list[tuple[str, int]]
) -> None:
    ours = await desk(database)
    await ours.queue("one", "two", "three")
    now = NOON
    channel: list[str] = []
    hands: dict[int, OutboxPart] = {}
    script = [*steps, *[("wait", 0), ("claim", 0), ("sending", 0), ("sent", 0)] * 3]

    for action, sender in script:
        now += SECOND
        if action == "wait":
            now += LEASE
        elif action == "claim":
            for part in await ours.outbox.claim(now, LEASE):
                if part.occurrence == ours.occurrence.id:
                    hands[sender] = part
        elif action == "die":
            hands.pop(sender, None)
        elif (held := hands.get(sender)) is None:
            continue
        elif action == "retry":
            await ours.outbox.retry(held, now, "503", arrived=None)
        elif action == "sending" and await ours.outbox.mark_sending([held], now):
            if held.payload not in channel:  # what the sender's look into the channel tells it
                channel.append(held.payload)
        elif action == "sent" and held.payload in channel:
            await ours.outbox.mark_sent(held, 1, now)
            hands.pop(sender)

    assert channel == ["one", "two", "three"]
    assert await ours.state() is OccurrenceState.DONE
