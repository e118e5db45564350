"""What the wizard remembers: everything, in the ids of its buttons, menus and forms.

``s1:<move>:<channel>:<pack>:<time>:<zone>``, for instance ``s1:save:77:world:0700:Europe/Kyiv``. The number is the
version: an id of a version that is no longer known is answered by nobody.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from bot.errors import UserError
from bot.model.delivery import Schedule, ScheduleId
from bot.text.zones import zone

_ID: Final = re.compile(
    r"s1:(?P<move>[a-z]{2,8}):(?P<channel>\d{1,20}):(?P<pack>[a-z0-9-]{0,24}):(?P<at>\d{4}):(?P<zone>[\w+/\-]{0,32})",
    re.ASCII,
)
_SEVEN: Final = time(7)

OPEN: Final = "open"
WHERE: Final = "where"
HERE: Final = "here"
CHANNEL: Final = "channel"
WHAT: Final = "what"
PACK: Final = "pack"
KEEP: Final = "keep"
FEEDS: Final = "feeds"
FEEDS_TYPED: Final = "feedsin"
AT: Final = "at"
CLOCK: Final = "clock"
CLOCK_TYPED: Final = "clockin"
ZONE: Final = "zone"
CITY: Final = "city"
CITY_TYPED: Final = "cityin"
SAVE: Final = "save"
SHOW: Final = "show"
AGAIN: Final = "again"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen so far. ``channel`` 0 and an empty ``zone``: not yet; an empty ``pack``: what is read already."""

    channel: int = 0
    pack: str = ""
    at: time = _SEVEN
    zone: str = ""

    def id_for(self, move: str) -> str:
        """Return the id of the button, menu or form that makes *move* from here; at most 100 characters."""
        return f"s1:{move}:{self.channel}:{self.pack}:{self.at:%H%M}:{self.zone}"

    def schedule(self, guild: int) -> Schedule:
        """Return the schedule that saving would store."""
        return Schedule(ScheduleId(0), guild, self.channel, self.at, self.zone)


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, a menu used or a form sent: from which draft, and the values that came with it."""

    move: str
    draft: Draft
    values: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """Return the first value, empty where there is none."""
        return self.values[0] if self.values else ""


def read_press(data: Mapping[str, Any] | None) -> Press | None:
    """Return what an interaction's *data* says, or None where it is not about the wizard. Never raises."""
    match = _ID.fullmatch(str((data or {}).get("custom_id", "")))
    if data is None or match is None:
        return None
    at = read_time(match["at"])
    draft = Draft(int(match["channel"]), match["pack"], _SEVEN if at is None else at, _known(match["zone"]))
    return Press(match["move"], draft, tuple(_values(data)))


def read_time(digits: str) -> time | None:
    """Return the time that *digits* (``0730``) say, or None."""
    if not re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", digits, re.ASCII):
        return None
    return time(int(digits[:2]), int(digits[2:]))


def _known(name: str) -> str:
    """Return *name* where it is a time zone, else nothing: zones come and go with the machine's tables."""
    try:
        return zone(name).key if name else ""
    except UserError:
        return ""


def _values(part: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was chosen in a menu, or typed into the fields of a form, wherever they lie."""
    yield from map(str, _listed(part.get("values")))
    if isinstance(part.get("value"), str):
        yield part["value"]
    for inner in (*_listed(part.get("components")), part.get("component")):
        if isinstance(inner, Mapping):
            yield from _values(inner)


def _listed(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
