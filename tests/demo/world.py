"""The demo's five days, told once and kept: what the tests compare with the truth about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app.delivering import corrections_of, delivery_of
from bot.app.machinery import open_machinery
from bot.clock import ManualClock
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId
from bot.model.editions import Edition, Length
from bot.model.events import EventId, ReportKey
from bot.sandbox.newsroom import Newsroom
from bot.sandbox.world import actor_folder, load_world
from bot.settings import load_settings
from bot.storage.actors import ActorStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.events import EventStore
from bot.text.fold import fold

GUILD, CHANNEL = 1, 1
POLL_EVERY = timedelta(hours=2)


class Posted:
    """Takes what the channel would get."""

    def __init__(self) -> None:
        self.payloads: list[str] = []
        self.edits: list[tuple[int, str]] = []

    async def edit(self, channel: int, message: int, payload: str) -> None:
        self.edits.append((message, payload))

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        self.payloads.append(payload)
        return len(self.payloads)

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        return self.payloads.index(payload) + 1 if payload in self.payloads else None


@dataclass(frozen=True)
class Told:
    """The database's content after the five days. ``names`` lead from a world item's id to the stored article."""

    editions: Mapping[str, Edition]
    payloads: tuple[str, ...]
    articles: Mapping[str, Article]
    analyses: Mapping[ArticleId, Analysis]
    events: Mapping[ReportKey, EventId]
    actors: Mapping[str, str | None]
    edits: tuple[tuple[int, str], ...]


async def five_days(folder: Path, aliases: set[str]) -> Told:
    """Let the days pass over real sockets, and return what was stored and posted."""
    world = load_world()
    clock, posted = ManualClock(world.items[0].first_seen), Posted()
    editions: dict[str, Edition] = {}
    with actor_folder() as actors:
        async with Newsroom(world, clock) as newsroom:
            settings = load_settings(
                {
                    "NEEDTOKNOW_DATABASE__URL": str(folder / "demo.sqlite"),
                    "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
                    "NEEDTOKNOW_FEEDS__ALLOW_PORTS": f"[{newsroom.port}]",
                }
            )
            async with open_machinery(settings, clock, actor_folders=(actors,)) as machinery:
                await machinery.desk.add_schedule(
                    GUILD, CHANNEL, at="07:00", zone="UTC", days="daily", length=Length.STANDARD, topic=None, user=1
                )
                delivery = delivery_of(machinery, posted, settings)
                corrections = corrections_of(machinery, posted)
                for due in world.edition_times():
                    while clock.now() < due:
                        clock.set(min(clock.now() + POLL_EVERY, due))
                        await machinery.line.run(feeds=list(newsroom.feeds.values()), step=lambda _done, _all: None)
                        await corrections.step()
                    await delivery.step()
                    edition = await machinery.news.latest_edition(GUILD)
                    assert edition is not None
                    editions[f"{due:%a}"] = edition
                stored = await ArticleStore(machinery.database).list_between()
                by_guid = {item.guid: item.id.partition(".")[0] for item in world.items}
                named = {by_guid[article.guid]: article for article in stored if article.guid in by_guid}
                found = {alias: await ActorStore(machinery.database).find(fold(alias)) for alias in sorted(aliases)}
                ids = [article.id for article in stored]
                return Told(
                    editions=editions,
                    payloads=tuple(posted.payloads),
                    articles=named,
                    analyses=await AnalysisStore(machinery.database).find(ids),
                    events=await EventStore(machinery.database).events_of(ids),
                    actors={alias: None if actor is None else actor.id for alias, actor in found.items()},
                    edits=tuple(posted.edits),
                )


def labels(truth: dict[str, Any], told: Told, part: str) -> list[tuple[str, Article, Analysis, dict[str, Any]]]:
    """Every label of *part* whose words still stand in the stored article, with that article and its analysis."""
    rows = []
    for name, label in truth["articles"].items():
        article = told.articles.get(name.partition(".")[0])
        if article is None or article.id not in told.analyses:
            continue
        for row in label[part]:
            words = row["text"] if isinstance(row["text"], list) else [row["text"]]
            if all(word in article.text for word in words):
                rows.append((name, article, told.analyses[article.id], row))
    return rows
