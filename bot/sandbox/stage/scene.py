"""What all open pages share: the double with its people, the clock, the first steps."""

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.sandbox.double.building import all_text
from bot.sandbox.double.clockwork import clock_shown
from bot.sandbox.double.server import Double
from bot.sandbox.double.snapshot import snapshot, with_local_files
from bot.sandbox.night import Night
from bot.sandbox.readers import Readers
from bot.sandbox.stage.guide import Guide

JsonObject = dict[str, Any]

# Stands in the first message of every edition, and in no later one.
_TITLE: Final = "What you need to know"


@dataclass
class Scene:
    """The double with its people. ``night`` is None where the clock cannot be moved."""

    double: Double
    readers: Readers
    guide: Guide
    zone: ZoneInfo
    night: Night | None = None

    def state(self, viewer_id: str, guild_id: str, *, keep: bool = False) -> JsonObject:
        """Return the whole of what a viewer sees; *keep* says that the page may keep the messages that it has."""
        daily, (edition, before) = self.readers.daily["id"], self._newest_edition()
        frame = snapshot(self.double, viewer_id, guild_id) | {
            "op": "state",
            "keep": keep,
            "viewers": [viewer.shown() for viewer in self.readers.viewers],
            "last_read": {daily: before} if before else {},
            "open_channel_id": daily,
            "clock": self.clock(),
            "faults": self.double.faults.shown(),
            "guide": self.guide.shown(daily, edition),
        }
        local: JsonObject = with_local_files(self.double, frame)
        return local

    def clock(self) -> JsonObject:
        """Return the clock as a page shows it."""
        moving = self.night is not None and self.night.is_passing
        return clock_shown(self.double.clock, self.zone) | {"moving": moving}

    def home_of(self, viewer_id: str, wished: str | None = None) -> str:
        """Return the server that a viewer looks at: the wished one where they are in it, else their first."""
        state = self.double.state
        mine = [guild["id"] for guild in state.guilds.values() if state.member(guild, viewer_id) is not None]
        return wished if wished in mine and wished is not None else str(mine[0])

    def _newest_edition(self) -> tuple[str | None, str | None]:
        """Return the first message of the newest edition, and the message before it: what nobody has read, and has."""
        messages = self.double.state.messages.get(self.readers.daily["id"], {})
        ids = sorted(messages, key=int)
        editions = [found for found in ids if _TITLE in all_text(messages[found])]
        if not editions:
            return None, None
        at = ids.index(editions[-1])
        return editions[-1], ids[at - 1] if at else None
