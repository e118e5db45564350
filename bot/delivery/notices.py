"""Puts notices into channels, each once: one that may have arrived is looked for before it is posted again."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

from bot.delivery.poster import NONCE_LIMIT, Poster, PostponedError, RefusedError

_FIRST_LETTER: Final = "n"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Notice(Generic[T]):
    """A message of its own: ``about`` whom, what it ``tells``, and ``since`` when it can have been posted.

    The words of *payload* must differ from those of every other notice, or an older one would be taken for it.
    """

    about: str
    tells: tuple[T, ...]
    channel: int
    payload: str
    since: datetime | None

    @property
    def nonce(self) -> str:
        """Return what Discord knows a second copy by."""
        told = sha256(repr((self.about, self.tells)).encode()).hexdigest()
        return _FIRST_LETTER + told[: NONCE_LIMIT - 1]


class Noticeboard:
    """Posts notices. One whose answer was lost is tried again as it was, even if there is more to tell by now."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster
        self._lost: dict[str, Notice[Any]] = {}

    async def put(self, notice: Notice[T]) -> tuple[T, ...]:
        """Post *notice*, and return what was told: less than it tells where an earlier one about the same got through.

        Raises:
            PostponedError: nobody knows whether it arrived, or it did not: call this again.
            RefusedError: it can't arrive in that channel.
            TokenRefusedError: nothing can be posted any more.
        """
        earlier: Notice[T] | None = self._lost.get(notice.about)
        try:
            return await self._put(notice, earlier)
        except RefusedError:
            self._lost.pop(notice.about, None)
            raise

    async def _put(self, notice: Notice[T], earlier: Notice[T] | None) -> tuple[T, ...]:
        again = notice if earlier is None or not set(earlier.tells) <= set(notice.tells) else earlier
        if await (self._was_posted(notice) if earlier is None else self._stands(earlier)):
            self._lost.pop(notice.about, None)
            return (earlier or notice).tells
        try:
            await self._poster.post(again.channel, again.payload, again.nonce)
        except PostponedError as error:
            if error.arrived is None:
                self._lost[notice.about] = again
            raise
        self._lost.pop(notice.about, None)
        return again.tells

    async def _was_posted(self, notice: Notice[T]) -> bool:
        """Tell whether a process that died left *notice* in its channel; one that can't be read has to do without."""
        try:
            return await self._stands(notice)
        except RefusedError:
            return False

    async def _stands(self, notice: Notice[T]) -> bool:
        return await self._poster.find(notice.channel, notice.payload, notice.since) is not None
