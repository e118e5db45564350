"""Cut a huge feed down to its newest entries before it is parsed: parsing is what costs."""

import re
from datetime import UTC, datetime
from typing import Final

from bot.feeds.timestamps import read_stamp

_ITEM: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(item|entry)(?=[\s/>])", re.IGNORECASE)
_DATE: Final = re.compile(
    r"<(?:[A-Za-z_][\w.-]*:)?(?:pubDate|published|updated|date|issued|modified|created)[^<>]{0,200}>\s*([^<>]{4,60})<",
    re.IGNORECASE,
)
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def keep_newest(markup: str, most: int) -> tuple[str, int]:
    """Return *markup* with at most *most* entries, in their order, and how many were left out.

    The newest by their first date stay; entries without one count as the oldest, later ones as older than earlier ones.
    """
    items = list(_ITEM.finditer(markup))
    if len(items) <= most:
        return markup, 0
    closing = [markup.rfind(f"</{item[0][1:]}") for item in (items[0], items[-1])]
    end = markup.find(">", max(closing)) + 1 if max(closing) > items[-1].start() else len(markup)
    starts = [item.start() for item in items]
    chunks = [markup[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    newest_first = sorted(range(len(chunks)), key=lambda place: _first_date(chunks[place]), reverse=True)
    kept = sorted(newest_first[:most])
    return markup[: starts[0]] + "".join(chunks[place] for place in kept) + markup[end:], len(chunks) - most


def _first_date(chunk: str) -> datetime:
    match = _DATE.search(chunk)
    stamp = read_stamp(match[1]) if match else None
    return stamp.at if stamp else LONG_AGO
