"""Find the time zone that somebody means, and show what time it is there."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.errors import UserError
from bot.model.answers import Choice
from bot.text.fold import fold
from bot.text.wall_clock import parse_days, parse_time
from bot.text.zone_names import ZoneNames, zone_names

__all__ = ["parse_days", "parse_time", "suggest_zones", "zone"]

_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[+−–-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?", re.IGNORECASE
)
_LONGEST_LABEL: Final = 100  # characters; Discord API reference, "Application Command Option Choice"
_LONGEST_TYPED: Final = 60
_FURTHEST: Final = timedelta(hours=14)
_ALIKE: Final = 78  # of 100: "pairs" is Paris, "berlni" is Berlin
_A_WINTER_DAY: Final = datetime(2026, 1, 15, tzinfo=UTC)
_NAMED: Final = 3  # near zones in an error message
_SHORTEST_ALIKE: Final = 4  # letters; shorter words are alike by chance


def zone(name: str) -> ZoneInfo:
    """Return the zone that *name* means: an IANA name in any case, or a city, country or offset that means just one.

    Raises:
        UserError: it means none, or several; the message names near ones.
    """
    names = zone_names()
    key = names.by_fold.get(_folded(name))
    if key is None:
        meant = tuple(dict.fromkeys(_meant(name, names)))
        if len(meant) == 1:
            return ZoneInfo(meant[0])
        raise UserError(_refusal(name, meant or tuple(_near(name, names)) or tuple(_keeping(_offset(name), names))))
    return ZoneInfo(key)


def suggest_zones(typed: str, now: datetime, limit: int = 25) -> tuple[Choice, ...]:
    """Return at most *limit* zones that *typed* may mean, likeliest first; the usual ones for an empty string.

    It may be the beginning of a city, a country, an IANA name, an abbreviation (“EST”) or an offset from UTC
    (“+2”: the fixed offset, then zones that keep it at *now*). Each label shows the current local time and has at
    most 100 characters; each value is an IANA name. None alike: an empty tuple.
    """
    names = zone_names()
    keys: Iterable[str] = names.popular if not typed.strip() else _suggested(typed[:_LONGEST_TYPED], names, now)
    unique = list(dict.fromkeys(keys))[:limit]
    return tuple(Choice(_label(key, names, now), key) for key in unique)


def _suggested(typed: str, names: ZoneNames, now: datetime) -> Iterator[str]:
    exact = names.by_fold.get(_folded(typed))
    if exact is not None and "/" in exact:
        yield exact
    yield from _meant(typed, names)
    offset = _offset(typed)
    if offset is not None:
        yield from _keeping(offset, names, now)
        return
    words = _folded(typed)
    if words:
        yield from (key for name, key in names.searchable if name.startswith(words))
        yield from (key for name, key in names.searchable if f" {words}" in name)
        yield from _near(typed, names)


def _meant(typed: str, names: ZoneNames) -> Iterator[str]:
    """Yield the zones that *typed* is a whole name of."""
    words = _folded(typed)
    yield from names.abbreviations.get(words, ())
    yield from names.cities.get(words, ())
    yield from names.countries.get(words, ())
    offset = _offset(typed)
    if offset is not None and not offset % timedelta(hours=1):
        hours = offset // timedelta(hours=1)
        # POSIX signs: Etc/GMT-2 is two hours ahead of UTC.
        fixed = "UTC" if not hours else f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}"
        if fixed in names.fixed:
            yield fixed


def _near(typed: str, names: ZoneNames) -> list[str]:
    words = _folded(typed)
    if len(words) < _SHORTEST_ALIKE:
        return []
    alike = process.extract(
        words, [name for name, _ in names.searchable], scorer=fuzz.ratio, limit=5, score_cutoff=_ALIKE
    )
    return [names.searchable[number][1] for _, _, number in alike]


def _keeping(offset: timedelta | None, names: ZoneNames, now: datetime = _A_WINTER_DAY) -> Iterator[str]:
    """Yield the zones whose clocks differ from UTC by *offset* at *now*."""
    if offset is not None:
        yield from (key for key in names.ordered if now.astimezone(ZoneInfo(key)).utcoffset() == offset)


def _offset(typed: str) -> timedelta | None:
    match = _OFFSET.fullmatch(typed.strip())
    if match is None:
        return None
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if offset > _FURTHEST:
        return None
    return offset if match["sign"] == "+" else -offset


def _label(key: str, names: ZoneNames, now: datetime) -> str:
    there = now.astimezone(ZoneInfo(key))
    place = names.labels.get(key, key.replace("_", " "))
    clock = f" — now {there:%a %H:%M} (UTC{_written(there.utcoffset() or timedelta())})"
    return place[: _LONGEST_LABEL - len(clock)] + clock


def _written(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return ""
    sign, minutes = ("+", minutes) if minutes > 0 else ("−", -minutes)
    return f"{sign}{minutes // 60}" + (f":{minutes % 60:02d}" if minutes % 60 else "")


def _refusal(name: str, near: tuple[str, ...]) -> str:
    shown = " ".join(name.split())[:_LONGEST_TYPED]
    if not near:
        return f"“{shown}” is no time zone I know. Try a city or country, such as Europe/Kyiv or America/New_York."
    return f"“{shown}” is no single time zone. Did you mean {_listed(near[:_NAMED])}?"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


@lru_cache(maxsize=1024)
def _folded(typed: str) -> str:
    return fold(typed.replace("+", " plus "))
