"""A posted digest put right over real sockets: each wrong bullet edited, whatever call the process dies before."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from discord.http import HTTPClient, Route

from bot.clock import ManualClock
from bot.delivery.corrections import Corrections
from bot.delivery.delivery import Delivery
from bot.delivery.ledger import Ledger
from bot.delivery.poster import DiscordPoster
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.delivery.tripwires import CORRECTING, VARIABLE, Watch, unwatched, watch_for
from bot.model.articles import Article, ArticleId, Draft
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import EditionId
from bot.news.reading import News
from bot.sandbox.double.events import Exchange, Notice
from bot.sandbox.double.server import Double
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import EditionStore
from bot.storage.guild_log import By
from bot.storage.schedules import ScheduleStore
from bot.ui.payload import walk
from tests.digest.newsroom import MORNING, analysis_of, ordinary_day
from tests.news.stored import store

LATER = MORNING + timedelta(hours=2)
STAMP = f"Corrected <t:{int(LATER.timestamp())}:t>:"
OLD, NEW = "Four people died when", "Three people died when"


class DiedError(BaseException):
    """Stands for kill -9: nothing catches it."""


def _die() -> None:
    raise DiedError


@dataclass
class Stage:
    """A channel on the double with a posted digest, and the database behind it."""

    database: Database
    double: Double
    channel: str
    http: HTTPClient
    clock: ManualClock
    articles: Sequence[Article]
    edits: list[list[str]] = field(default_factory=list)
    """What stood in the channel after each edit."""

    async def correct(self, watch: Watch = unwatched) -> None:
        """Look and edit once, as a process that has just begun."""
        await Corrections(self.database, DiscordPoster(self.http), self.clock, watch=watch).step()

    async def publish(self, article: Article, text: str, *, withdrawn: bool = False) -> None:
        """Let the outlet change *article*, or take it back."""
        draft = Draft(
            article.outlet.name, article.title, text, article.url, article.guid, article.published,
            first_seen=self.clock.now(), event_at=article.event_at, kind=article.kind, withdrawn=withdrawn,
        )  # fmt: skip
        await ArticleStore(self.database).put(draft)
        if not withdrawn:
            analysis = analysis_of(replace(article, text=text))
            await AnalysisStore(self.database).put(article.id, analysis)

    @property
    def texts(self) -> list[str]:
        """The texts that stand in the channel, without bold."""
        messages = self.double.state.messages[self.channel].values()
        parts = [part for message in messages for part in walk(message["components"])]
        return [part["content"].replace("**", "") for part in parts if "content" in part]

    def hear(self, notice: Notice) -> None:
        """Keep what each edit made of the channel."""
        if isinstance(notice, Exchange) and notice.method == "PATCH":
            self.edits.append(self.texts)


@pytest.fixture
async def stage(sqlite: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with Double() as double:
        monkeypatch.setattr(Route, "BASE", double.api)
        guild = double.state.add_guild("Readers", double.state.add_user("ada"))
        channel = double.state.add_channel(guild, "daily-news")["id"]
        http = HTTPClient(asyncio.get_running_loop())
        await http.static_login(double.state.token)
        newsroom = ordinary_day()
        await store(newsroom, sqlite)
        wanted = Schedule(ScheduleId(0), int(guild["id"]), int(channel), MORNING.time(), "UTC")
        await ScheduleStore(sqlite).add(wanted, by=By(None, MORNING - timedelta(days=1)))
        clock.set(MORNING)
        sender = Sender(sqlite, DiscordPoster(http), clock, Rules())
        await Delivery(Ledger(sqlite, News(sqlite, clock), clock, Rules()), sender).step()
        clock.set(LATER)
        stored = await EditionStore(sqlite).get(EditionId(1))
        assert stored is not None
        cited = [ArticleId(bullet.spans[0].article) for bullet in stored.edition.bullets]
        found = await ArticleStore(sqlite).find(cited)
        ours = Stage(sqlite, double, channel, http, clock, [found[number] for number in cited])
        double.listeners.append(ours.hear)
        yield ours
        await http.close()
        assert double.violations == []


async def _change_two(stage: Stage) -> None:
    """Let the first bullet's own source change its sentence, and the second's take its report back."""
    revised, withdrawn = stage.articles[:2]
    assert revised.text.startswith(OLD)
    await stage.publish(revised, revised.text.replace(OLD, NEW))
    await stage.publish(withdrawn, withdrawn.text, withdrawn=True)


def _is_put_right(stage: Stage, before: list[str]) -> bool:
    """Tell whether both bullets are struck through, with what holds now and the source; nothing else may differ."""
    after = stage.texts
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 2
    (first, first_now), (second, second_now) = changed
    revised, withdrawn = stage.articles[:2]
    assert OLD in first
    assert f"~~{OLD}" in first_now
    assert f"{STAMP} {NEW}" in first_now
    assert first_now.count(f"]({revised.url})") == 2
    assert "~~" in second_now
    assert f"{STAMP} the outlet took this report back." in second_now
    assert f"]({withdrawn.url})" in second
    assert f"]({withdrawn.url})" in second_now
    return True


async def test_a_revised_and_a_withdrawn_source_become_one_edit(stage: Stage) -> None:
    before = stage.texts
    await stage.correct()
    assert stage.edits == []
    await _change_two(stage)

    for _ in range(3):
        await stage.correct()

    assert len(stage.edits) == 1
    assert _is_put_right(stage, before)


@pytest.mark.parametrize("point", CORRECTING)
async def test_death_before_any_call_loses_no_correction_and_adds_none(stage: Stage, point: str) -> None:
    before = stage.texts
    await _change_two(stage)

    with pytest.raises(DiedError):
        await stage.correct(watch_for({VARIABLE: point}, _die))
    for _ in range(3):
        await stage.correct()

    # An edit that nobody could note any more is made again: the same words, so that readers see one.
    assert len(stage.edits) == (2 if point == "corrections.settle" else 1)
    assert all(shown == stage.texts for shown in stage.edits)
    assert _is_put_right(stage, before)
