"""The starter packs that come with the bot: which there are, and what is in them."""

import asyncio
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from bot.errors import UserError
from bot.feeds.opml import Outline, read_opml
from bot.model.answers import Pack

_LOG = logging.getLogger(__name__)
# The key is part of a button's id, where room is short.
_NAME: Final = re.compile(r"(?P<key>[a-z0-9-]{1,24})\.opml")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A starter pack with its feeds."""

    pack: Pack
    feeds: tuple[Outline, ...]


class PackShelf:
    """Reads packs from a folder of OPML files, anew each time, so that a new file needs no restart."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Read from *folder*; without one, from the packs that come with the bot."""
        self._folder = folder or files("config").joinpath("packs")

    async def list_packs(self) -> tuple[PackFile, ...]:
        """Return every pack, in order of key; a file that cannot be read is left out and logged."""
        return await asyncio.to_thread(lambda: tuple(self._read()))

    async def get(self, key: str) -> PackFile:
        """Return the pack with this key.

        Raises:
            UserError: there is none.
        """
        found = {one.pack.key: one for one in await self.list_packs()}
        if key not in found:
            raise UserError(f"There is no starter pack “{key}”. /setup shows those there are.")
        return found[key]

    def _read(self) -> Iterator[PackFile]:
        if not self._folder.is_dir():
            return
        for file in sorted(self._folder.iterdir(), key=lambda one: one.name):
            match = _NAME.fullmatch(file.name)
            if match is None:
                continue
            try:
                feeds = read_opml(file.read_bytes())
            except (UserError, OSError) as error:
                _LOG.warning("pack left out: file=%s why=%s", file.name, error)
                continue
            yield PackFile(Pack(match["key"], _title(match["key"]), tuple(feed.title for feed in feeds)), feeds)


def _title(key: str) -> str:
    return key.replace("-", " ").strip().capitalize() or key
