"""The storylines of the last week in memory: which event goes on with which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from bot.events.idf import Idf
from bot.events.report import Report
from bot.events.storyline import Signature, link, signature, signature_from_json, signature_to_json
from bot.events.title import best_title
from bot.model.events import EventId
from bot.storage.storylines import Storyline

DAYS: Final = timedelta(days=7)


@dataclass
class _Tale:
    row: Storyline
    events: dict[EventId, Signature]


class Tales:
    """Ties events across days; numbers go on from *last*."""

    def __init__(self, rows: Iterable[Storyline] = (), last: int = 0) -> None:
        self._tales = [_tale(row) for row in rows]
        self._last = last
        self._changed: dict[int, _Tale] = {}

    def tie(self, event: EventId, reports: Sequence[Report], idf: Idf) -> int:
        """Return the storyline of *event*: its own, else that of the event it continues, else a new one."""
        day = max(report.at for report in reports).date()
        about = signature(reports, idf, day)
        tale = next((tale for tale in self._tales if event in tale.events), None)
        if tale is None:
            found = link(about, ((number, one) for tale in self._tales for number, one in tale.events.items()))
            tale = next((tale for tale in self._tales if found is not None and found.event in tale.events), None)
        if tale is None:
            self._last += 1
            tale = _Tale(Storyline(self._last, best_title(reports, idf), day, day), {})
            self._tales.append(tale)
        tale.events[event] = about
        row = tale.row
        tale.row = replace(row, first_day=min(row.first_day, day), last_day=max(row.last_day, day))
        self._changed[row.id] = tale
        return row.id

    def changed(self) -> tuple[Storyline, ...]:
        """Return the storylines to store since :meth:`stored` was called last."""
        return tuple(replace(tale.row, state=_state(tale)) for _, tale in sorted(self._changed.items()))

    def stored(self, newest: date) -> None:
        """Take note that all is stored, and forget what no event of *newest* can continue any more."""
        self._changed.clear()
        self._tales = [tale for tale in self._tales if tale.row.last_day >= newest - DAYS]


def _tale(row: Storyline) -> _Tale:
    stored: Mapping[str, Any] = (row.state or {}).get("events", {})
    return _Tale(row, {EventId(int(event)): signature_from_json(state) for event, state in stored.items()})


def _state(tale: _Tale) -> dict[str, Any]:
    return {"events": {str(event): signature_to_json(one) for event, one in tale.events.items()}}
