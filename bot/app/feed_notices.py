"""Tells servers what became of their feeds: one silent message a server, each notice once."""

import logging
from hashlib import sha256

from bot.clock import Clock
from bot.delivery.poster import NONCE_LIMIT, Poster, PostponedError, RefusedError
from bot.model.answers import ServerNotices
from bot.storage.database import Database
from bot.storage.feed_notices import FeedNoticeStore
from bot.ui.feed_notice import feed_notice

_LOG = logging.getLogger(__name__)


class FeedNotices:
    """Posts what servers are to be told of their feeds; where there is no place for it, their list of feeds says it."""

    def __init__(self, database: Database, poster: Poster, clock: Clock) -> None:
        self._store = FeedNoticeStore(database)
        self._poster = poster
        self._clock = clock

    async def step(self) -> None:
        """Tell everybody who waits. A channel that refuses is not asked again: the list of feeds has to do.

        Raises:
            TokenRefusedError: nobody can be told anything until the operator acts.
        """
        for server in await self._store.waiting():
            if server.channel is not None and not await self._posted(server, server.channel):
                continue
            await self._store.mark_told(server.guild, server.notices, self._clock.now())

    async def _posted(self, server: ServerNotices, channel: int) -> bool:
        """Post to *channel*; False where it may still be tried. The nonce keeps a second try from being seen."""
        try:
            await self._poster.post(channel, feed_notice(server.notices).to_json(), _nonce(server))
        except PostponedError as error:
            _LOG.warning("feed notice postponed: guild=%d why=%s", server.guild, error)
            return False
        except RefusedError as error:
            _LOG.warning("feed notice refused: guild=%d channel=%d why=%s", server.guild, channel, error)
        return True


def _nonce(server: ServerNotices) -> str:
    told = [(notice.id, notice.kind, notice.since.isoformat()) for notice in server.notices]
    return "f" + sha256(repr((server.guild, told)).encode()).hexdigest()[: NONCE_LIMIT - 1]
