"""Corrections: a changed source is struck through in the posted message, once, whatever dies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.delivery.corrections import Corrections
from bot.delivery.delivery import Delivery
from bot.delivery.ledger import Ledger
from bot.delivery.poster import PostponedError, RefusedError
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.model.articles import Article, ArticleId, Draft
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import EditionId
from bot.news.reading import News
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.corrections import CorrectionStore
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.schedules import ScheduleStore
from bot.ui.limits import MESSAGE_TEXT
from bot.ui.payload import Payload
from tests.digest.newsroom import MORNING, Newsroom, analysis_of, bridge, strike, talks
from tests.news.stored import store

LATER = MORNING + timedelta(hours=2)
OLD, NEW = "Four people died when", "Three people died when"


@dataclass
class Channel:
    """Takes messages and edits; *fail* is raised by the next edits, one each."""

    messages: dict[int, str] = field(default_factory=dict)
    edits: list[int] = field(default_factory=list)
    fail: list[Exception] = field(default_factory=list)

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        self.messages[len(self.messages) + 1] = payload
        return len(self.messages)

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        return None

    async def edit(self, channel: int, message: int, payload: str) -> None:
        if self.fail:
            raise self.fail.pop(0)
        self.edits.append(message)
        self.messages[message] = payload

    @property
    def text(self) -> str:
        """What stands in the channel."""
        return "\n".join(line for payload in self.messages.values() for line in Payload.from_json(payload).texts)


@dataclass
class Room:
    """A posted edition of three stories, and what changes it."""

    database: Database
    clock: ManualClock
    channel: Channel
    newsroom: Newsroom
    ids: Mapping[ArticleId, ArticleId]

    @property
    def corrections(self) -> Corrections:
        """The service as a new process makes it."""
        return Corrections(self.database, self.channel, self.clock)

    async def revise(self, article: Article, text: str, *, withdrawn: bool = False, read: bool = True) -> None:
        """Let the outlet change *article*, or take it back."""
        draft = Draft(
            article.outlet.name, article.title, text, article.url, article.guid, article.published,
            first_seen=self.clock.now(), event_at=article.event_at, kind=article.kind, withdrawn=withdrawn,
        )  # fmt: skip
        await ArticleStore(self.database).put(draft)
        if read and not withdrawn:
            number = self.ids[article.id]
            await AnalysisStore(self.database).put(number, analysis_of(replace(article, id=number, text=text)))


@pytest.fixture
async def room(sqlite: Database, clock: ManualClock) -> Room:
    newsroom = Newsroom()
    for tell in (bridge, talks, strike):
        tell(newsroom)
    ids = await store(newsroom, sqlite)
    wanted = Schedule(ScheduleId(0), 10, 5, MORNING.time(), "UTC")
    await ScheduleStore(sqlite).add(wanted, by=By(None, MORNING - timedelta(days=1)))
    clock.set(MORNING)
    channel = Channel()
    news = News(sqlite, clock)
    await Delivery(Ledger(sqlite, news, clock, Rules()), Sender(sqlite, channel, clock, Rules())).step()
    clock.set(LATER)
    assert OLD in channel.text.replace("**", "")
    return Room(sqlite, clock, channel, newsroom, ids)


def told(room: Room) -> Article:
    """The article whose first sentence the edition tells."""
    return next(one for one in room.newsroom.articles.values() if one.text.startswith(OLD))


async def test_nothing_is_edited_while_nothing_changes(room: Room) -> None:
    before = room.channel.text

    await room.corrections.step()

    assert room.channel.edits == []
    assert room.channel.text == before


async def test_a_changed_sentence_is_struck_through_and_told_anew(room: Room) -> None:
    article = told(room)
    before = Payload.from_json(room.channel.messages[1])
    await room.revise(article, article.text.replace(OLD, NEW))

    await room.corrections.step()

    after = Payload.from_json(room.channel.messages[1])
    shown = "\n".join(after.texts).replace("**", "")
    assert room.channel.edits == [1]
    assert f"~~{OLD}" in shown
    assert f"\n   - Corrected <t:{int(LATER.timestamp())}:t>: {NEW}" in shown
    assert after.custom_ids == before.custom_ids
    assert after.characters <= MESSAGE_TEXT
    assert [line for line in before.texts if OLD not in line.replace("**", "")] == [
        line for line in after.texts if OLD not in line.replace("**", "")
    ]


async def test_a_withdrawn_report_is_struck_through_and_said_to_be_taken_back(room: Room) -> None:
    await room.revise(told(room), told(room).text, withdrawn=True)

    await room.corrections.step()

    assert "the outlet took this report back." in room.channel.text
    assert "~~Four people died" in room.channel.text


async def test_the_log_says_what_was_and_what_is(room: Room) -> None:
    article = told(room)
    await room.revise(article, article.text.replace(OLD, NEW))

    await room.corrections.step()
    await room.corrections.step()

    (row,) = await CorrectionStore(room.database).logged(EditionId(1))
    assert row.old_text.startswith(OLD)
    assert row.new_text.startswith(NEW)
    assert (row.guild, row.found_at, row.withdrawn) == (10, LATER, False)


async def test_an_edit_that_was_postponed_or_cut_off_is_sent_later_and_once(room: Room) -> None:
    article = told(room)
    await room.revise(article, article.text.replace(OLD, NEW))
    room.channel.fail = [PostponedError("HTTP 503")]

    await room.corrections.step()
    assert room.channel.edits == []
    await room.corrections.step()
    assert room.channel.edits == []
    room.clock.set(LATER + timedelta(minutes=1))
    for _ in range(3):
        await room.corrections.step()

    assert room.channel.edits == [1]


async def test_a_process_that_dies_between_finding_and_sending_loses_nothing(room: Room) -> None:
    article = told(room)
    await room.revise(article, article.text.replace(OLD, NEW))

    await room.corrections.find()
    await room.corrections.step()

    assert room.channel.edits == [1]


async def test_a_changed_article_waits_until_it_is_read_again(room: Room) -> None:
    article = told(room)
    changed = article.text.replace(OLD, NEW)
    await room.revise(article, changed, read=False)

    await room.corrections.step()
    assert room.channel.edits == []
    room.clock.set(LATER + timedelta(hours=1))
    number = room.ids[article.id]
    await AnalysisStore(room.database).put(number, analysis_of(replace(article, id=number, text=changed)))
    await room.corrections.step()

    assert room.channel.edits == [1]


async def test_what_is_changed_back_is_shown_as_it_was(room: Room) -> None:
    article = told(room)
    before = room.channel.messages[1]
    await room.revise(article, article.text.replace(OLD, NEW))
    await room.corrections.step()
    room.clock.set(LATER + timedelta(hours=1))
    await room.revise(article, article.text.replace(OLD, f"{OLD} and because"))
    await room.corrections.step()

    assert room.channel.messages[1] != before
    assert "and because" in room.channel.text
    assert NEW not in room.channel.text


async def test_a_deleted_message_is_left_alone(room: Room) -> None:
    article = told(room)
    await room.revise(article, article.text.replace(OLD, NEW))
    room.channel.fail = [RefusedError("gone", status=404, code=10008)]

    await room.corrections.step()
    room.clock.set(LATER + timedelta(hours=1))
    await room.corrections.step()

    assert room.channel.edits == []


async def test_an_old_edition_is_history(room: Room) -> None:
    article = told(room)
    room.clock.set(LATER + timedelta(days=8))
    await room.revise(article, article.text.replace(OLD, NEW))

    await room.corrections.step()

    assert room.channel.edits == []


class Tripping:
    """A store that counts the calls of one method and lets it fail where *fails* says so."""

    def __init__(self, part: Any, method: str, fails: Callable[..., bool]) -> None:
        self._part, self._method, self._fails = part, method, fails
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        return self._through(found) if name == self._method else found

    def _through(self, call: Callable[..., Any]) -> Callable[..., Any]:
        async def called(*args: Any) -> Any:
            self.calls += 1
            if self._fails(*args):
                raise ValueError("broken")
            return await call(*args)

        return called


def tripping(room: Room, name: str, method: str, fails: Callable[..., bool]) -> tuple[Corrections, dict[str, Tripping]]:
    """Return the service over a store that trips, and that store by its name."""
    made: dict[str, Tripping] = {}

    def watch(part_name: str, part: Any, /) -> Any:
        if part_name != name:
            return part
        made[name] = Tripping(part, method, fails)
        return made[name]

    return Corrections(room.database, room.channel, room.clock, watch=watch), made


async def another_server(room: Room) -> None:
    """Post the edition in a second server too, as message 2."""
    wanted = Schedule(ScheduleId(0), 11, 6, MORNING.time(), "UTC")
    await ScheduleStore(room.database).add(wanted, by=By(None, MORNING - timedelta(days=1)))
    news = News(room.database, room.clock)
    sender = Sender(room.database, room.channel, room.clock, Rules())
    await Delivery(Ledger(room.database, news, room.clock, Rules()), sender).step()
    assert len(room.channel.messages) == 2


async def test_an_edition_that_fails_keeps_no_other_from_being_put_right(room: Room) -> None:
    await another_server(room)
    article = told(room)
    await room.revise(article, article.text.replace(OLD, NEW))
    broken = [True]
    correcting, _ = tripping(room, "corrections", "log", lambda rows: broken[0] and rows[0].edition == 1)

    await correcting.step()
    other_only = list(room.channel.edits)
    broken.clear()
    broken.append(False)
    room.clock.set(LATER + timedelta(days=1))
    await correcting.step()

    assert (other_only, room.channel.edits) == ([2], [2, 1])


async def test_what_waits_is_sent_though_the_look_fails(room: Room) -> None:
    article = told(room)
    await room.revise(article, article.text.replace(OLD, NEW))
    await room.corrections.find()
    correcting, _ = tripping(room, "notes", "find", lambda _: True)

    with pytest.raises(ValueError, match="broken"):
        await correcting.step()

    assert room.channel.edits == [1]


async def test_an_edition_is_read_once_for_a_change_and_again_for_the_next(room: Room) -> None:
    article = told(room)
    correcting, stores = tripping(room, "corrections", "logged", lambda _: False)
    calls = []

    for text in (article.text.replace(OLD, NEW), article.text.replace(OLD, "Two people died when")):
        await room.revise(article, text)
        for _ in range(5):
            room.clock.set(room.clock.now() + timedelta(seconds=20))
            await correcting.step()
        calls.append(stores["corrections"].calls)

    assert calls == [1, 2]
    assert room.channel.edits == [1, 1]
    assert "Two people died when" in room.channel.text.replace("**", "")


async def test_the_database_is_left_alone_where_nothing_is_to_be_logged(tmp_path: Path) -> None:
    closed = Database(tmp_path / "never-opened.sqlite")

    await CorrectionStore(closed).log([])

    assert not (tmp_path / "never-opened.sqlite").exists()
