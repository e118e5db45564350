"""A schedule with one day that is due, and the stores around it."""

from dataclasses import dataclass

from bot.model.delivery import Occurrence, OccurrenceState, Schedule
from bot.model.editions import EditionId
from bot.storage.database import Database
from bot.storage.editions import EditionStore, Readers
from bot.storage.guild_log import By
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outbox import Message, OutboxStore
from bot.storage.schedules import ScheduleStore
from tests.storage.samples import CHANNEL, DAY, GUILD, NOON, edition, schedule


@dataclass(frozen=True)
class Desk:
    """One schedule with one day that is due, and the stores."""

    schedule: Schedule
    occurrence: Occurrence
    edition: EditionId
    days: OccurrenceStore
    outbox: OutboxStore

    async def queue(self, *payloads: str) -> bool:
        messages = [Message(f"{self.occurrence.id}-{number}", payload) for number, payload in enumerate(payloads, 1)]
        return await self.outbox.queue(self.occurrence.id, self.edition, messages)

    async def state(self) -> OccurrenceState:
        found = await self.days.get(self.occurrence.id)
        assert found is not None
        return found.state


async def desk(database: Database, channel: int = CHANNEL, guild: int = GUILD) -> Desk:
    added = await ScheduleStore(database).add(schedule(channel=channel, guild=guild), by=By(None, NOON))
    assert added is not None
    days = OccurrenceStore(database)
    occurrence = await days.add(added.id, DAY, NOON)
    assert occurrence is not None
    made = await EditionStore(database).put(edition(), readers=Readers(guild, channel, added.id), made_at=NOON)
    return Desk(added, occurrence, made, days, OutboxStore(database))
