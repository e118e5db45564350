"""A broken feed is told once, in plain words, where the server wants it, and heals by itself."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.app.feed_notices import FeedNotices
from bot.clock import ManualClock
from bot.delivery.poster import NONCE_LIMIT, PostponedError, RefusedError, TokenRefusedError
from bot.errors import REASON_CODES, FeedError
from bot.feeds.fetch import Fetcher
from bot.feeds.health import describe
from bot.feeds.parsed import ParsedFeed
from bot.ingest.intake import FeedIntake, Tally
from bot.model.answers import FeedNotice
from bot.model.articles import Feed
from bot.storage.database import Database
from bot.storage.feed_notices import FeedNoticeStore
from bot.storage.feeds import FeedStore
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.schedules import ScheduleStore
from bot.storage.subscriptions import SubscriptionStore
from bot.ui.feed_notice import feed_notice
from tests.feeds.servers import FEED, Server, answer, serve
from tests.promises import Record
from tests.storage.samples import CHANNEL, GUILD, NOON, OTHER_GUILD, USER, schedule

BY = By(USER, NOON)


@dataclass
class Posts:
    """Keeps what is posted; the next failure is raised once, of a message that arrived where ``arrives``.

    It drops no copy: that a nonce is known is forgotten after minutes.
    """

    kept: list[tuple[int, str, str]] = field(default_factory=list)
    failure: Exception | None = None
    arrives: bool = False
    nonces: list[str] = field(default_factory=list)

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        self.nonces.append(nonce)
        failure, self.failure = self.failure, None
        if failure is None or self.arrives:
            self.kept.append((channel, payload, nonce))
        if failure is not None:
            raise failure
        return len(self.kept)

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        found = [
            number for number, (place, words, _) in enumerate(self.kept, 1) if (place, words) == (channel, payload)
        ]
        return next(iter(found), None)


class Parser:
    """Finds no entries, or no feed, whatever the body is."""

    error: FeedError | None = None

    async def parse(self, body: bytes, content_type: str | None, url: str) -> ParsedFeed:
        if self.error is not None:
            raise self.error
        return ParsedFeed("The Skerry Post", None, None, ())


class Stage:
    """A feed of two servers that breaks and heals as the test says; hours pass between looks."""

    def __init__(self, database: Database, clock: ManualClock, fetcher: Fetcher, server: Server) -> None:
        self.database, self.clock, self.url = database, clock, server.url()
        self.parser, self.posts = Parser(), Posts()
        self.intake = FeedIntake(database, fetcher, self.parser, clock)  # type: ignore[arg-type] # looks the same
        self.notices = FeedNotices(database, self.posts, clock)

    async def subscribe(self, guild: int) -> None:
        await GuildStore(self.database).join(guild, NOON)
        await SubscriptionStore(self.database).add(guild, self.url, "Skerry *Post*", by=BY)

    async def looks(self, times: int, code: str | None) -> int:
        """Look *times* times, each when it is due; return how often the feed was fetched."""
        self.parser.error = FeedError(code, "broken") if code else None
        fetched = 0
        for _ in range(times):
            feed = await self.feed()
            if feed.next_poll_at is not None:
                self.clock.set(max(feed.next_poll_at, self.clock.now()))
            fetched += len(await self.intake.poll_due(Tally()))
            await self.notices.step()
        return fetched

    async def more_trouble(self, name: str) -> None:
        """Let the first server have another feed, which fails too."""
        url = f"{self.url}/another"
        await SubscriptionStore(self.database).add(GUILD, url, name, by=BY)
        feed = await FeedStore(self.database).find(url)
        assert feed is not None
        await FeedNoticeStore(self.database).note(feed.id, "failing", "timeout", self.clock.now())

    async def feed(self) -> Feed:
        found = await FeedStore(self.database).find(self.url)
        assert found is not None
        return found

    @property
    def texts(self) -> list[str]:
        return [str(json.loads(payload)["components"]) for _, payload, _ in self.posts.kept]


@pytest.fixture
async def stage(sqlite: Database, clock: ManualClock) -> AsyncIterator[Stage]:
    async with serve(answer(FEED)) as server, Fetcher(server.rules(), clock) as fetcher:
        made = Stage(sqlite, clock, fetcher, server)
        await made.subscribe(GUILD)
        await GuildStore(sqlite).set_details(GUILD, by=BY, notice_channel=CHANNEL)
        yield made


async def test_trouble_is_told_once_and_so_is_its_end(stage: Stage, record_promise: Record) -> None:
    await stage.looks(1, None)
    await stage.looks(9, "not_a_feed")
    told = len(stage.posts.kept)
    await stage.looks(4, None)

    assert told == 1
    assert "could not be read since <t:" in stage.texts[0]
    assert describe("not_a_feed") in stage.texts[0]
    assert "Skerry \\\\*Post\\\\*" in stage.texts[0]
    assert len(stage.posts.kept) == 2
    assert "can be read again" in stage.texts[1]
    assert not (await stage.feed()).failures
    record_promise("8 told once", f"9 failures and 4 good looks: {len(stage.posts.kept)} notices, the feed reads again")


async def test_trouble_that_passes_is_never_told(stage: Stage) -> None:
    for _ in range(4):
        await stage.looks(2, "timeout")
        await stage.looks(1, None)

    assert stage.posts.kept == []


async def test_a_feed_that_was_switched_off_is_looked_at_weekly_and_heals(stage: Stage) -> None:
    await stage.looks(20, "dns_error")
    off = await stage.feed()
    before = stage.clock.now()
    again = await stage.looks(2, "dns_error")
    waited = stage.clock.now() - before
    await stage.looks(1, None)

    assert off.disabled
    assert again == 2
    assert waited >= timedelta(days=7)
    assert not (await stage.feed()).disabled
    assert [("switched off" in text, "can be read again" in text) for text in stage.texts] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip


async def test_a_feed_that_is_gone_is_told_once_and_never_asked_again(stage: Stage) -> None:
    await stage.looks(1, "gone")
    stage.clock.set(stage.clock.now() + timedelta(days=400))

    assert await stage.looks(3, None) == 0
    assert len(stage.posts.kept) == 1
    assert "It is not asked again" in stage.texts[0]


async def test_the_oldest_schedule_says_where_when_no_channel_was_chosen(stage: Stage) -> None:
    await stage.subscribe(OTHER_GUILD)
    await ScheduleStore(stage.database).add(schedule(guild=OTHER_GUILD, channel=CHANNEL + 7), by=BY)

    await stage.looks(5, "timeout")

    assert sorted(channel for channel, *_ in stage.posts.kept) == [CHANNEL, CHANNEL + 7]


async def test_a_server_without_a_place_for_notices_has_its_list(stage: Stage) -> None:
    await stage.subscribe(OTHER_GUILD)
    await stage.looks(5, "timeout")

    assert [channel for channel, *_ in stage.posts.kept] == [CHANNEL]
    (line,) = await SubscriptionStore(stage.database).list_for(OTHER_GUILD)
    assert line.feed.code == "timeout"


@pytest.mark.parametrize("arrives", [False, True], ids=["never arrived", "arrived"])
async def test_a_notice_whose_answer_was_lost_is_told_once(stage: Stage, arrives: bool) -> None:
    stage.posts.failure, stage.posts.arrives = PostponedError("reply lost"), arrives
    await stage.looks(3, "timeout")
    await stage.notices.step()
    await stage.notices.step()

    assert len(stage.posts.kept) == 1
    assert len(set(stage.posts.nonces)) == 1
    assert len(stage.posts.nonces[0]) <= NONCE_LIMIT


@pytest.mark.parametrize("arrives", [False, True], ids=["never arrived", "arrived"])
async def test_more_news_after_a_lost_answer_come_in_a_message_of_their_own(stage: Stage, arrives: bool) -> None:
    stage.posts.failure, stage.posts.arrives = PostponedError("reply lost"), arrives
    await stage.looks(3, "timeout")
    await stage.more_trouble("The Gannet")
    for _ in range(3):
        await stage.notices.step()

    assert [("Skerry" in words, "Gannet" in words) for words in stage.texts] == [(True, False), (False, True)]
    assert len(set(stage.posts.nonces)) == 2


async def test_what_changed_after_a_lost_answer_is_told_too(stage: Stage) -> None:
    stage.posts.failure, stage.posts.arrives = PostponedError("reply lost"), True
    await stage.looks(3, "timeout")
    await FeedNoticeStore(stage.database).note((await stage.feed()).id, "disabled", "timeout", stage.clock.now())
    for _ in range(3):
        await stage.notices.step()

    assert ["switched off" in words for words in stage.texts] == [False, True]


async def test_a_notice_of_a_process_that_died_is_found(stage: Stage) -> None:
    stage.posts.failure, stage.posts.arrives = PostponedError("reply lost"), True
    await stage.looks(3, "timeout")
    await FeedNotices(stage.database, stage.posts, stage.clock).step()

    assert len(stage.posts.kept) == 1
    assert await FeedNoticeStore(stage.database).waiting() == ()


async def test_a_channel_that_refuses_is_not_asked_again(stage: Stage) -> None:
    stage.posts.failure = RefusedError("missing Send Messages")
    await stage.looks(8, "timeout")

    assert stage.posts.kept == []
    assert stage.posts.failure is None


async def test_a_refused_token_is_no_channels_fault_and_the_notice_waits(stage: Stage) -> None:
    stage.posts.failure = TokenRefusedError("401")

    with pytest.raises(TokenRefusedError):
        await stage.looks(8, "timeout")
    await stage.notices.step()

    assert len(stage.posts.kept) == 1


async def test_a_server_that_was_left_is_told_nothing(stage: Stage) -> None:
    await GuildStore(stage.database).leave(GUILD, NOON)

    await stage.looks(5, "timeout")

    assert stage.posts.kept == []


@pytest.mark.parametrize("code", sorted(REASON_CODES))
def test_every_reason_has_words_that_a_person_can_act_on(code: str) -> None:
    words = describe(code)

    assert 30 <= len(words) <= 300
    assert words.endswith(".")
    assert not {"errno", "exception", "traceback", "none", "ssl.", code} & set(words.lower().split())


def test_a_hundred_notices_fit_one_silent_message() -> None:
    notices = [FeedNotice(number, "@everyone " * 20, "failing", "timeout", NOON) for number in range(100)]

    message = feed_notice(notices)

    assert message.characters <= 4000
    assert message.flags & 1 << 12
    assert "92 more feeds have news" in str(message.components)
    assert "@everyone" not in str(message.components)
