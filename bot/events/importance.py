"""How much an event weighs, and why: independent outlets decide, the rest moves it by at most half."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.events import headlines
from bot.events.copies import in_time, independent_outlets
from bot.events.report import Report
from bot.model.articles import ItemKind
from bot.model.events import Reason

_MOST_MOVE: Final = 0.5
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_FRESH: Final = timedelta(hours=6)
_HALF_LIFE: Final = timedelta(hours=36)
_SPORT_SHARE: Final = 0.4
_FEW_OUTLETS: Final = 3
_SOFT: Final = frozenset(
    {ItemKind.SOFT, ItemKind.PICTURES, ItemKind.QUIZ, ItemKind.LIST, ItemKind.NEWSLETTER, ItemKind.PROMO}
)
_BESIDE: Final = frozenset({ItemKind.OPINION, ItemKind.LIVE, ItemKind.VIDEO})
# Kinds of actors whose dealings reach beyond one place; ids begin with them.
_PUBLIC: Final = ("country/", "igo/", "body/", "metonym/", "territory/", "party/", "armed-group/")


@dataclass(frozen=True, slots=True)
class _Move:
    text: str
    share: float


def score(
    reports: Iterable[Report], now: datetime, *, novelty: float | None = None
) -> tuple[float, tuple[Reason, ...]]:
    """Return an event's importance at *now* and its reasons, the weightiest first; their weights add up to it.

    It starts from log2(1 + independent outlets). Age, hard news, public actors, the outlets' countries and *novelty*
    (0: nothing new, 1: all new, None: not known) move that by at most half, up or down. Then sport, soft news,
    opinion, live pages and videos are damped by their share of the event's reports, not by single ones.
    No reports: 0 and no reasons.
    """
    ordered = in_time(reports)
    if not ordered:
        return 0.0, ()
    outlets = len(independent_outlets(ordered))
    base = math.log2(1 + outlets)
    moves = [move for move in _moves(ordered, outlets, now, novelty) if move.share]
    total = sum(move.share for move in moves)
    fitted = max(-_MOST_MOVE, min(_MOST_MOVE, total))
    reasons = [Reason(_outlets_text(outlets), base)]
    reasons += [Reason(move.text, base * move.share * (fitted / total if total else 1.0)) for move in moves]
    worth = base * (1 + fitted)
    for move in _damping(ordered):
        reasons.append(Reason(move.text, -worth * move.share))
        worth *= 1 - move.share
    return worth, tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))


def _moves(reports: Sequence[Report], outlets: int, now: datetime, novelty: float | None) -> list[_Move]:
    moves = [_age(reports, now), _hard(reports), _public(reports), _countries(reports), _local(reports, outlets)]
    if novelty is not None:
        text = "new since it was last told" if novelty >= 0.5 else "little new since it was last told"
        moves.append(_Move(text, 0.3 * (novelty - 0.5)))
    generic = _share(reports, lambda report: headlines.is_generic(report.title))
    return [*moves, _Move("explains or asks rather than tells", -0.15 * generic)]


def _age(reports: Sequence[Report], now: datetime) -> _Move:
    """Judge by the middle report of the last day, so that an old event with news is as fresh as its news."""
    current = [report.at for report in reports if report.at > now - _DAY] or [report.at for report in reports]
    age = max(timedelta(0), now - current[len(current) // 2])
    if age > _FRESH:
        return _Move(f"its latest reports are {_ago(age)} old", -0.4 * (1 - 0.5 ** ((age - _FRESH) / _HALF_LIFE)))
    since = now - reports[-1].at
    text = f"fresh: last report {_ago(since)} ago" if since >= _MINUTE else "fresh: half of it within 6 h"
    return _Move(text, 0.05)


def _hard(reports: Sequence[Report]) -> _Move:
    hard = _share(reports, lambda report: headlines.is_hard(report.title))
    text = "hard news" if hard >= 0.5 else "little hard news in its headlines"
    return _Move(text, 0.4 * (hard - 0.5))


def _public(reports: Sequence[Report]) -> _Move:
    public = _share(reports, lambda report: any(actor.startswith(_PUBLIC) for actor in report.actors))
    return _Move("states or public bodies take part", 0.1 * public)


def _countries(reports: Sequence[Report]) -> _Move:
    countries = {report.country for report in reports if report.country}
    return _Move(f"outlets of {len(countries)} countries", 0.2 * (len(countries) > 1))


def _local(reports: Sequence[Report], outlets: int) -> _Move:
    local = _share(reports, lambda report: headlines.is_local(report.title))
    few = outlets <= _FEW_OUTLETS and local >= 0.5
    return _Move("everyday crime or accident in few outlets", -0.4 * few)


def _damping(reports: Sequence[Report]) -> list[_Move]:
    sport = _share(reports, lambda report: report.kind is ItemKind.SPORT)
    soft = _share(reports, lambda report: report.kind in _SOFT)
    beside = _share(reports, lambda report: report.kind in _BESIDE)
    moves = (
        _Move("sport", 0.85 * (sport >= _SPORT_SHARE)),
        _Move(f"soft news: {soft:.0%} of its reports", 0.75 * soft),
        _Move(f"opinion, live pages or video: {beside:.0%} of its reports", 0.5 * beside),
    )
    return [move for move in moves if move.share]


def _share(reports: Sequence[Report], is_so: Callable[[Report], bool]) -> float:
    return sum(map(is_so, reports)) / len(reports)


def _outlets_text(outlets: int) -> str:
    return "one outlet" if outlets == 1 else f"{outlets} independent outlets"


def _ago(age: timedelta) -> str:
    minutes = max(0, round(age.total_seconds() / 60))
    if minutes < 120:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
