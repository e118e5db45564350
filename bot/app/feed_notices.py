"""Tells servers what became of their feeds: one silent message a server, each notice once."""

import logging

from bot.clock import Clock
from bot.delivery.notices import Notice, Noticeboard
from bot.delivery.poster import Poster, PostponedError, RefusedError
from bot.model.answers import FeedNotice, ServerNotices
from bot.storage.database import Database
from bot.storage.feed_notices import FeedNoticeStore
from bot.ui.feed_notice import feed_notice

_LOG = logging.getLogger(__name__)


class FeedNotices:
    """Posts what servers are to be told of their feeds; where there is no place for it, their list of feeds says it."""

    def __init__(self, database: Database, poster: Poster, clock: Clock) -> None:
        self._store = FeedNoticeStore(database)
        self._board = Noticeboard(poster)
        self._clock = clock

    async def step(self) -> None:
        """Tell everybody who waits. A channel that refuses is not asked again: the list of feeds has to do.

        Raises:
            TokenRefusedError: nobody can be told anything until the operator acts.
        """
        for server in await self._store.waiting():
            told = server.notices if server.channel is None else await self._posted(server, server.channel)
            await self._store.mark_told(server.guild, told, self._clock.now())

    async def _posted(self, server: ServerNotices, channel: int) -> tuple[FeedNotice, ...]:
        """Post to *channel*; return of what need not be told any more."""
        payload = feed_notice(server.notices).to_json()
        since = min(notice.since for notice in server.notices)
        try:
            return await self._board.put(Notice(f"feeds of {server.guild}", server.notices, channel, payload, since))
        except PostponedError as error:
            _LOG.warning("feed notice postponed: guild=%d why=%s", server.guild, error)
            return ()
        except RefusedError as error:
            _LOG.warning("feed notice refused: guild=%d channel=%d why=%s", server.guild, channel, error)
            return server.notices
