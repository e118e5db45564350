"""What a site asks of robots (RFC 9309): fetched under the same guard as everything else, and remembered for a day."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from bot.clock import Clock
from bot.errors import FeedError
from bot.feeds.charsets import decode
from bot.feeds.fetch import Fetcher

_KEPT_FOR: Final = timedelta(hours=24)  # RFC 9309, section 2.4
_TRIED_AGAIN: Final = timedelta(hours=1)
_MOST_BYTES: Final = 500 << 10  # RFC 9309, section 2.5
_MOST_SITES: Final = 2_000
_LONGEST_PAUSE: Final = 30.0  # seconds; a site that wants more gets this few requests anyway


@dataclass(frozen=True, slots=True)
class Wish:
    """May an address be fetched, and how many seconds are to lie between two requests to its site?"""

    allowed: bool
    pause: float


@dataclass(frozen=True, slots=True)
class _Known:
    rules: RobotFileParser | None
    until: datetime


class Robots:
    """Answers for addresses of any site; *agent* is the user agent, whose first word names the bot."""

    def __init__(self, fetcher: Fetcher, clock: Clock, agent: str, *, pause: float = 1.0) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._agent = agent.partition("/")[0].strip() or agent
        self._pause = pause
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def wish(self, url: str) -> Wish:
        """Return what the site of *url* asks for.

        A site without ``robots.txt`` (any 4xx status) allows everything, one whose file cannot be had nothing for an
        hour (RFC 9309, section 2.3.1).
        """
        parts = urlsplit(url)
        rules = await self._rules(f"{parts.scheme}://{parts.netloc}")
        if rules is None:
            return Wish(allowed=False, pause=self._pause)
        asked = rules.crawl_delay(self._agent)
        pause = max(self._pause, min(float(asked or 0), _LONGEST_PAUSE))
        return Wish(rules.can_fetch(self._agent, url), pause)

    async def _rules(self, site: str) -> RobotFileParser | None:
        known = self._known.get(site)
        if known is None or known.until <= self._clock.now():
            rules = await self._read(site)
            known = _Known(rules, self._clock.now() + (_KEPT_FOR if rules is not None else _TRIED_AGAIN))
            self._known[site] = known
            if len(self._known) > _MOST_SITES:
                self._known.popitem(last=False)
        return known.rules

    async def _read(self, site: str) -> RobotFileParser | None:
        lines: list[str] = []
        try:
            fetched = await self._fetcher.fetch(f"{site}/robots.txt")
            lines = decode(fetched.body[:_MOST_BYTES], fetched.content_type).text.splitlines()
        except FeedError as error:
            if error.status is None or not 400 <= error.status < 500 or error.status == 429:
                return None
        rules = RobotFileParser()
        rules.parse(lines)
        return rules
