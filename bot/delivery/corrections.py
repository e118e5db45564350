"""Puts posted editions right: what a source changed or took back is found, logged, and edited in the message.

What a message is to say in the end is a row before it is sent, and the same edit sent twice is one edit: a crash at any
point loses none and doubles none.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Protocol

from bot.clock import Clock
from bot.delivery.poster import PostponedError, RefusedError
from bot.delivery.tripwires import Watch, unwatched
from bot.digest.corrections import Correction, corrections_of
from bot.model.articles import Article, ArticleId
from bot.model.delivery import EditState, OutboxPart, PartState
from bot.model.editions import EditionId
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleChange, ArticleStore
from bot.storage.corrections import CorrectionStore, LoggedCorrection, MessageEdit
from bot.storage.database import Database
from bot.storage.editions import EditionStore, StoredEdition
from bot.storage.notes import NoteStore
from bot.storage.outbox import OutboxStore
from bot.ui.corrected import PutRight, corrected
from bot.ui.payload import Payload

_LOG = logging.getLogger(__name__)
_SEEN: Final = "corrections seen"
_CORRECTED_FOR: Final = timedelta(days=7)  # an older edition is history
# A change bears the time at which its feed was fetched, and is stored a little later.
_OVERLAP: Final = timedelta(minutes=15)
_AT_ONCE: Final = 20
_FIRST_RETRY: Final = timedelta(seconds=10)
_LONGEST_RETRY: Final = timedelta(hours=1)


class Editor(Protocol):
    """Changes messages that were posted."""

    async def edit(self, channel: int, message: int, payload: str) -> None:
        """Let *message* say *payload* instead.

        Raises:
            PostponedError: the same call may be made again.
            RefusedError: it can't be edited.
        """
        ...


class _Look(Enum):
    """What came of looking at an edition: it must be looked at again, may be, or is done with these changes."""

    AGAIN = auto()
    ENOUGH = auto()
    DONE = auto()


class Corrections:
    """Finds what no longer holds in posted editions, and edits them."""

    def __init__(self, database: Database, editor: Editor, clock: Clock, *, watch: Watch = unwatched) -> None:
        self._articles = ArticleStore(database)
        self._analyses = AnalysisStore(database)
        self._editions = EditionStore(database)
        self._outbox = OutboxStore(database)
        self._store = watch("corrections", CorrectionStore(database))
        self._notes = watch("notes", NoteStore(database))
        self._editor = watch("editor", editor)
        self._clock = clock
        self._done: dict[EditionId, frozenset[ArticleChange]] = {}
        """Which changes editions were put right for by this process."""

    async def step(self) -> None:
        """Look for changed sources since the last step, and send every edit that waits, even if the look fails."""
        try:
            await self.find()
        except Exception:
            await self.send()
            raise
        await self.send()

    async def find(self) -> None:
        """Queue the edits that sources changed since the last look ask for.

        The look is repeated while an article waits to be read again, or a message to be sent, or an edition fails; an
        edition that was put right is not read again before another of its sources changes.
        """
        now = self._clock.now()
        seen = await self._notes.find(_SEEN)
        since = datetime.fromisoformat(seen) if seen is not None else now - _CORRECTED_FOR
        changes = {change.article: change for change in await self._articles.changed_since(since - _OVERLAP)}
        asked: dict[EditionId, set[ArticleChange]] = defaultdict(set)
        for citation in await self._editions.citing(list(changes)):
            asked[citation.edition].add(changes[citation.article])
        self._done = {number: done for number, done in self._done.items() if number in asked}
        settled = True
        for number, of_it in sorted(asked.items()):
            if not of_it <= self._done.get(number, frozenset()):
                outcome = await self._look_at(number, now)
                settled &= outcome is not _Look.AGAIN
                if outcome is _Look.DONE:
                    self._done[number] = frozenset(of_it)
        if settled:
            await self._notes.put(_SEEN, now.isoformat())

    async def send(self) -> None:
        """Send the edits that wait."""
        for edit in await self._store.waiting(self._clock.now(), _AT_ONCE):
            await self._send_one(edit)

    async def _look_at(self, number: EditionId, now: datetime) -> _Look:
        """Put one edition right; a fault of ours with it must not keep all others from theirs."""
        try:
            stored = await self._editions.get(number)
            if stored is None or stored.made_at < now - _CORRECTED_FOR or stored.readers.guild is None:
                return _Look.DONE
            return await self._put_right(stored, stored.readers.guild, now)
        except Exception:  # noqa: BLE001 - see above
            _LOG.exception("edition not corrected: edition=%d", number)
            return _Look.AGAIN

    async def _put_right(self, stored: StoredEdition, guild: int, now: datetime) -> _Look:
        """Queue the edits of one edition."""
        parts = await self._outbox.parts_of(stored.id)
        cited = sorted({span.article for item in stored.edition.items for span in item.spans})
        articles = await self._articles.find(cited)
        analyses = await self._analyses.find(cited)
        unread = any(_is_unread(article, set(analyses)) for article in articles.values())
        if unread or any(part.state in {PartState.PENDING, PartState.SENDING} for part in parts):
            return _Look.AGAIN
        found = corrections_of(stored.edition, articles, analyses)
        await self._store.log([_logged(one, stored.id, guild, now) for one in found])
        changes = await self._changes(stored.id, found)
        for part in parts:
            if part.message is not None and await self._store.want(part, _payload(part, changes)):
                _LOG.info("message to be corrected: edition=%d message=%d", stored.id, part.message)
        # What failed may be posted after all once its channel is mended, and is then to be right.
        return _Look.DONE if all(part.state is PartState.SENT for part in parts) else _Look.ENOUGH

    async def _changes(self, edition: EditionId, found: Sequence[Correction]) -> list[PutRight]:
        """Return what is to be shown: the time of a change is that at which it was found first."""
        times = {(row.label, row.new_text): row.found_at for row in await self._store.logged(edition)}
        return [PutRight(one.old, one.new, one.withdrawn, times[one.label, _new_text(one)]) for one in found]

    async def _send_one(self, edit: MessageEdit) -> None:
        now = self._clock.now()
        try:
            await self._editor.edit(edit.channel, edit.message, edit.payload)
        except PostponedError as error:
            asked = timedelta(seconds=error.seconds or 0.0)
            pause = max(asked, min(_FIRST_RETRY * 2.0 ** min(edit.tries, 10), _LONGEST_RETRY))
            await self._store.retry(edit, now + pause, str(error))
            _LOG.warning("correction postponed: message=%d why=%s", edit.message, error)
        except RefusedError as error:
            await self._store.settle(edit, EditState.FAILED, now, str(error))
            _LOG.error("correction refused: message=%d why=%s", edit.message, error)
        else:
            await self._store.settle(edit, EditState.SENT, now)
            _LOG.info("message corrected: message=%d", edit.message)


def _is_unread(article: Article, analysed: set[ArticleId]) -> bool:
    return article.status == "published" and article.id not in analysed


def _payload(part: OutboxPart, changes: Sequence[PutRight]) -> str:
    """Return what the message of *part* is to say; its own words where nothing of it changed."""
    posted = Payload.from_json(part.payload)
    message = corrected(posted, changes)
    return part.payload if message == posted else message.to_json()


def _new_text(correction: Correction) -> str:
    return correction.new.text if correction.new is not None else ""


def _logged(correction: Correction, edition: EditionId, guild: int, now: datetime) -> LoggedCorrection:
    return LoggedCorrection(
        edition, guild, correction.label, now, correction.withdrawn, correction.old.text, _new_text(correction)
    )
