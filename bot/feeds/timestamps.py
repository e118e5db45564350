"""Read the dates that feeds carry: RFC 822, ISO 8601 and what people make of them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

_MOST_CHARACTERS: Final = 120
_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)  # noqa: SIM905
}
# RFC 822's own names, and those that publishers use; minutes east of Greenwich. Ambiguous ones take the older
# meaning in news: CST and EST are North American, IST is Indian, BST is British.
_ZONES: Final = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300,
    "ct": -360, "mst": -420, "mdt": -360, "mt": -420, "pst": -480, "pdt": -420, "pt": -480, "ast": -240, "adt": -180,
    "akst": -540, "akdt": -480, "hst": -600, "bst": 60, "ist": 330, "cet": 60, "cest": 120, "met": 60, "mest": 120,
    "eet": 120, "eest": 180, "msk": 180, "trt": 180, "pkt": 300, "wib": 420, "ict": 420, "sgt": 480, "hkt": 480,
    "pht": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "sast": 120, "brt": -180, "art": -180, "west": 60,
}  # fmt: skip
_ISO: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})|(?P<month2>[0-9]{2})(?P<day2>[0-9]{2}))"
    r"(?:(?:\s*[tT]\s*|\s+|_)(?P<clock>[0-9]{1,2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?)"
    r"\s*(?P<zone>[zZ]|[A-Za-z]{2,5}|[+-][0-9]{1,2}(?::?[0-9]{2})?)?|[zZ]|[+-][0-9]{2}:[0-9]{2})?"
)
_EPOCH: Final = re.compile(r"-?[0-9]{9,11}(?:\.[0-9]+)?|-?[0-9]{12,13}")
_CLOCK: Final = re.compile(
    r"\b([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,][0-9]+)?)?\s*([ap]\.?m\b)?", re.IGNORECASE
)
_OFFSET: Final = re.compile(
    r"(?:\b(?:gmt|utc)\s*)?(?<![0-9])([+-])\s*([0-9]{1,2}):?([0-9]{2})?(?![0-9:])", re.IGNORECASE
)
_DAY_AND_MONTH: Final = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)?[\s.-]+([a-z]{3,9})\b|\b([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?\b"
)
_WEEKDAY: Final = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b")
_MOST_MINUTES: Final = 15 * 60
_YEAR: Final = re.compile(r"\b[0-9]{4}\b")
_WORD: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant in UTC. ``date_only``: the source named no time of day, and ``at`` is that day's midnight."""

    at: datetime
    date_only: bool = False


def read_stamp(text: str) -> Stamp | None:
    """Return the instant that *text* names, or None. Never raises.

    A time without a zone counts as UTC. A year or a month alone is no instant: an article would count as that old.
    """
    if not text:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text[:_MOST_CHARACTERS]).split())
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in plain)
    try:
        if _EPOCH.fullmatch(digits):
            return _from_epoch(digits)
        iso = _ISO.fullmatch(digits)
        return _from_iso(iso) if iso else _from_words(digits.lower())
    except (ValueError, OverflowError):
        return None


def _from_epoch(digits: str) -> Stamp:
    seconds = float(digits) / (1000 if len(digits.lstrip("-").partition(".")[0]) > 11 else 1)
    return Stamp(datetime.fromtimestamp(seconds, UTC))


def _from_iso(match: re.Match[str]) -> Stamp:
    day = (int(match["year"]), int(match["month"] or match["month2"]), int(match["day"] or match["day2"]))
    if match["clock"] is None:
        return Stamp(datetime(*day, tzinfo=UTC), date_only=True)
    digits = match["clock"].partition(".")[0].partition(",")[0].replace(":", "").rjust(4, "0")
    hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:6] or 0)
    return Stamp(_instant(day, (hour, minute, second), _zone(match["zone"] or "z")))


def _from_words(text: str) -> Stamp | None:
    """Read a date whose month is a word, in any order: RFC 822, asctime and "March 2, 2026 11:00 am"."""
    clock = _CLOCK.search(text)
    rest = text[clock.end() :] if clock else ""
    day = _day(f"{text[: clock.start()]} {_OFFSET.sub(' ', rest)}" if clock else text)
    if day is None:
        return None
    if clock is None:
        return Stamp(datetime(*day, tzinfo=UTC), date_only=True)
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].startswith("p") else 0)
    named = [word for word in _WORD.findall(rest) if word in _ZONES]
    offset = _OFFSET.search(rest)
    zone = _zone(offset[0]) if offset else _zone(named[0] if named else "z")
    return Stamp(_instant(day, (hour, minute, second), zone))


def _day(text: str) -> tuple[int, int, int] | None:
    text = _WEEKDAY.sub(" ", text)
    for match in _DAY_AND_MONTH.finditer(text):
        month = _MONTHS.get((match[2] or match[3])[:3])
        if month:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            year = _year(rest)
            return None if year is None else (year, month, int(match[1] or match[4]))
    return None


def _year(text: str) -> int | None:
    if full := _YEAR.search(text):
        return int(full[0])
    short = re.search(r"\b[0-9]{2}\b", text)
    if short is None:
        return None
    return int(short[0]) + (2000 if int(short[0]) < 70 else 1900)


def _zone(text: str) -> timezone:
    """Return the zone that *text* names or counts; UTC where no place on earth has it."""
    match = _OFFSET.search(text)
    if match is None:
        return timezone(timedelta(minutes=_ZONES.get(text.lower(), 0)))
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > _MOST_MINUTES:
        return UTC
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _instant(day: tuple[int, int, int], clock: tuple[int, int, int], zone: timezone) -> datetime:
    """Combine the parts; 24:00 is the next midnight, a leap second the last second before it."""
    hour, minute, second = clock
    midnight = datetime(*day, tzinfo=zone)
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError("no time of day")
    return (midnight + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))).astimezone(UTC)
