"""Makes editions of stored news, and finds those that were made."""

from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.digest.edition import make_edition
from bot.digest.material import EditionRequest
from bot.digest.window import LONGEST as WEEK
from bot.digest.window import ORDINARY, since_last, window_of
from bot.model.delivery import Schedule
from bot.model.editions import Edition, EditionId, Length
from bot.news.gathering import Gathering
from bot.storage.database import Database
from bot.storage.editions import EditionStore, Readers


class EditionReading:
    """Editions for those who ask, and for schedules."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._clock = clock
        self._gathering = Gathering(database)
        self._editions = EditionStore(database)

    async def digest(
        self,
        *,
        at: datetime | None = None,
        zone: str = "UTC",
        hours: int | None = None,
        length: Length | None = None,
        topic: str | None = None,
        guild: int | None = None,
    ) -> Edition:
        """Return the edition of the last *hours* before *at* (now), made for this question and stored nowhere.

        *topic* is a scope as typed; a *guild* with feeds of its own gets what these bring.
        """
        request = EditionRequest(
            at or self._clock.now(), zone=zone, hours=hours, length=length or Length.STANDARD, topic=topic
        )
        return make_edition(await self._gathering.material(window_of(request), topic=topic, guild=guild), request)

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        """Return the edition that *schedule* is due at *at*: since its last one, knowing what that told."""
        last = await self._editions.latest(Readers(schedule=schedule.id))
        # A digest of one weekday is a weekly one: its first covers a week, as every later one does.
        first = WEEK if len(schedule.days) == 1 else ORDINARY
        window = since_last(None if last is None else last.edition.window[1], at, first)
        request = EditionRequest(at, zone=schedule.zone, window=window, length=schedule.length, topic=schedule.topic)
        material = await self._gathering.material(
            window, schedule=schedule.id, topic=schedule.topic, guild=schedule.guild
        )
        return make_edition(material, request)

    async def latest_edition(self, guild: int, channel: int | None = None) -> Edition | None:
        """Return the edition last posted in this server (in *channel*, where one is named), with its id, or None."""
        found = await self._editions.latest(Readers(guild=guild, channel=channel))
        return None if found is None else replace(found.edition, id=found.id)

    async def edition(self, guild: int, edition: EditionId) -> Edition | None:
        """Return a stored edition that was posted in this server, or None; another server's is None too."""
        found = await self._editions.get(edition, guild=guild)
        return None if found is None else replace(found.edition, id=found.id)
