"""Feeds as rows, and back."""

from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import Feed, FeedId, Outlet, OutletId
from bot.storage.schema import FEED, FEED_STATE, OUTLET

SELECT_FEED: Final[Select[Any]] = select(
    FEED.c.id,
    FEED.c.url,
    FEED.c.outlet_id,
    FEED_STATE,
    OUTLET.c.name.label("outlet_name"),
    OUTLET.c.url.label("outlet_url"),
    OUTLET.c.country,
    OUTLET.c.owner,
    OUTLET.c.language,
    OUTLET.c.kind,
).select_from(FEED.join(FEED_STATE).join(OUTLET))


def feed_of(row: Row[Any]) -> Feed:
    """Return the feed of a row of :data:`SELECT_FEED`."""
    outlet = Outlet(
        OutletId(row.outlet_id), row.outlet_name, row.outlet_url, row.country, row.owner, row.language, row.kind
    )
    return Feed(
        id=FeedId(row.feed_id),
        url=row.url,
        outlet=outlet,
        etag=row.etag,
        modified=row.modified,
        next_poll_at=row.next_poll_at,
        interval_seconds=row.interval_seconds,
        failures=row.failures,
        code=row.code,
        failing_since=row.failing_since,
        last_ok_at=row.last_ok_at,
        disabled=row.disabled,
    )


def state_row(feed: Feed) -> dict[str, object]:
    """Return the columns of ``feed_state`` that *feed* tells."""
    return {
        "etag": feed.etag,
        "modified": feed.modified,
        "next_poll_at": feed.next_poll_at,
        "interval_seconds": feed.interval_seconds,
        "failures": feed.failures,
        "code": feed.code,
        "failing_since": feed.failing_since,
        "last_ok_at": feed.last_ok_at,
        "disabled": feed.disabled,
    }


def shown_url(url: str) -> str:
    """Return *url* fit to be shown: no user, password, query or fragment, any of which may be a secret."""
    try:
        parts = urlsplit(url)
        host = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return "(unreadable address)"
    return f"{parts.scheme}://{host}{parts.path}{'?…' if parts.query else ''}"


async def feed_with(connection: AsyncConnection, feed: FeedId) -> Feed | None:
    """Return the feed with this id, or None."""
    row = (await connection.execute(SELECT_FEED.where(FEED.c.id == feed))).one_or_none()
    return None if row is None else feed_of(row)
