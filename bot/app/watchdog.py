"""Asks Discord for a trifle again and again: the first to notice that nothing comes back, or comes back again."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.app.health import Beat
from bot.delivery.poster import TokenRefusedError
from bot.tasks import spawn

_LOG = logging.getLogger(__name__)
_EVERY_SECONDS: Final = 15.0
# discord.py may rightly sleep for a minute on a rate limit; a request that takes longer never comes back.
_STUCK_SECONDS: Final = 65.0
UNREACHABLE: Final = (
    discord.HTTPException,
    discord.GatewayNotFound,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
)
"""What comes of a Discord that does not answer, or not well; it may do so later."""


class Canary:
    """One request under way at most, never cancelled: cancelling one is what makes a client hang.

    ``beat`` tells when an answer last came. *answers* is called when one comes after others failed.
    """

    def __init__(
        self,
        http: HTTPClient,
        answers: Callable[[], None],
        *,
        every_seconds: float = _EVERY_SECONDS,
        stuck_seconds: float = _STUCK_SECONDS,
    ) -> None:
        self._http = http
        self._answers = answers
        self._every = every_seconds
        self._stuck = stuck_seconds
        self._failures = 0
        self.beat = Beat()

    async def watch(self) -> None:
        """Ask until a request does not come back: the client hangs and must be replaced.

        Raises:
            TokenRefusedError: Discord no longer takes the token.
        """
        while True:
            request = spawn(self._ask(), name="canary")
            done, _ = await asyncio.wait({request}, timeout=self._stuck)
            if not done:
                _LOG.error("client hangs, it is replaced: seconds=%.0f", self._stuck)
                return
            request.result()
            await asyncio.sleep(self._every)

    async def _ask(self) -> None:
        try:
            await self._http.request(Route("GET", "/users/@me"))
        except discord.HTTPException as error:
            if error.status == 401:
                raise TokenRefusedError(
                    "Discord refuses the token. Reset it in the developer portal and set it anew."
                ) from error
            self._note_failure(error)
        except (*UNREACHABLE, RuntimeError) as error:
            self._note_failure(error)
        else:
            self.beat.beat()
            if self._failures:
                _LOG.info("Discord answers again: failures=%d", self._failures)
                self._failures = 0
                self._answers()

    def _note_failure(self, error: Exception) -> None:
        self._failures += 1
        _LOG.warning("Discord does not answer: failures=%d why=%s", self._failures, type(error).__name__)
