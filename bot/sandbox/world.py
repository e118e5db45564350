"""The made-up world of the demo, read from ``config/demo``."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class WorldOutlet:
    """An invented outlet."""

    id: str
    name: str
    kind: str
    country: str
    site: str


@dataclass(frozen=True, slots=True)
class WorldItem:
    """One state of one item: a later line with the same guid revises or withdraws it.

    ``published`` is as the outlet writes it: an instant, a bare day, or None.
    """

    id: str
    guid: str
    url: str
    outlet: str
    format: str
    title: str
    author: str | None
    summary_html: str
    text: str
    published: str | None
    updated: str | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class World:
    """All outlets and items, the latter in order of arrival, and the days that are told."""

    title: str
    zone: ZoneInfo
    outlets: tuple[WorldOutlet, ...]
    items: tuple[WorldItem, ...]
    days: tuple[date, ...]
    at: time

    def edition_times(self) -> tuple[datetime, ...]:
        """Return the instants, in UTC, at which the editions of the days are due."""
        return tuple(datetime.combine(day, self.at, self.zone).astimezone(UTC) for day in self.days)

    def latest(self, outlet: str, at: datetime, limit: int) -> tuple[WorldItem, ...]:
        """Return what the feed of *outlet* shows at the instant *at*, newest first, each guid once."""
        current = {item.guid: item for item in self.items if item.outlet == outlet and item.first_seen <= at}
        return tuple(sorted(current.values(), key=lambda item: item.first_seen, reverse=True)[:limit])


def load_world() -> World:
    """Return the world of ``config/demo``."""
    folder = files("config").joinpath("demo")
    table = tomllib.loads(folder.joinpath("world.toml").read_text("utf-8"))
    rows = [json.loads(line) for line in folder.joinpath("articles.jsonl").read_text("utf-8").splitlines()]
    days = (table["last_edition"] - table["first_edition"]).days + 1
    return World(
        title=table["title"],
        zone=ZoneInfo(table["zone"]),
        outlets=tuple(WorldOutlet(**row) for row in table["outlet"]),
        items=tuple(_item(row) for row in rows),
        days=tuple(table["first_edition"] + timedelta(days=n) for n in range(days)),
        at=time.fromisoformat(table["editions_at"]),
    )


@contextmanager
def actor_folder() -> Iterator[Path]:
    """Yield the folder with the world's places, bodies and houses, as files on disk."""
    with as_file(files("config").joinpath("demo", "actors")) as folder:
        yield folder


@contextmanager
def starter_pack() -> Iterator[Path]:
    """Yield the list of real feeds that a newcomer starts with, as a file on disk."""
    with as_file(files("config").joinpath("packs", "world.opml")) as pack:
        yield pack


def _item(row: dict[str, str | None]) -> WorldItem:
    return WorldItem(
        id=str(row["id"]),
        guid=str(row["guid"]),
        url=str(row["url"]),
        outlet=str(row["outlet_id"]),
        format=str(row["format"]),
        title=str(row["title"]),
        author=row["author"],
        summary_html=str(row["summary_html"]),
        text=str(row["text"]),
        published=row["published"],
        updated=row["updated"],
        first_seen=datetime.fromisoformat(str(row["first_seen"])),
    )
