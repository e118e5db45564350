"""Backups on a schedule: made when it is time, read through, rotated; a drill puts one back."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.operations import forget_left_servers, restore_from, scheduled_backup
from bot.clock import ManualClock
from bot.errors import DatabaseDamagedError
from bot.settings import Settings, load_settings
from bot.storage.articles import ArticleStore
from bot.storage.backup import restore, scheduled_backups
from bot.storage.database import Database
from bot.storage.feeds import FeedStore
from bot.storage.guilds import GuildStore
from tests.promises import Record
from tests.storage.samples import CHANNEL, GUILD, numbered
from tests.storage.test_guilds import URL, everything


def settings_for(tmp_path: Path, *, kept: int = 3) -> Settings:
    defaults = load_settings({})
    places = {"url": str(tmp_path / "news.sqlite"), "backup_folder": str(tmp_path / "copies")}
    database = defaults.database.model_copy(update={**places, "backup_every_hours": 24.0, "backups_kept": kept})
    return defaults.model_copy(update={"database": database})


def overwrite(file: Path, page: int, pages: int) -> bytes:
    body = bytearray(file.read_bytes())
    body[4096 * page : 4096 * (page + pages)] = b"\xff" * 4096 * pages
    file.write_bytes(body)
    return bytes(body)


async def test_a_backup_is_made_when_it_is_time_and_old_ones_go(
    sqlite: Database, clock: ManualClock, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path)
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "news.sqlite.schema-0001.backup").write_text("kept: it is none of these")
    made = []
    for _ in range(24 * 6):
        made.append(await scheduled_backup(sqlite, settings, clock.now()))
        clock.set(clock.now() + timedelta(hours=1))

    backups = scheduled_backups(tmp_path / "copies", "news.sqlite")
    assert sum(one is not None for one in made) == 6
    assert [one.made_at for one in backups] == sorted(one.made_at for one in backups)
    assert len(backups) == 3
    assert len(list((tmp_path / "copies").iterdir())) == 4


async def test_a_restart_does_not_make_one_before_its_time(
    sqlite: Database, clock: ManualClock, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path)

    assert await scheduled_backup(sqlite, settings, clock.now()) is not None
    assert await scheduled_backup(sqlite, settings, clock.now() + timedelta(hours=23)) is None


async def test_a_copy_that_is_not_whole_costs_no_older_one(
    sqlite: Database, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path, kept=1)
    await ArticleStore(sqlite).put_many(numbered(300))
    first = await scheduled_backup(sqlite, settings, clock.now())
    real = type(sqlite).backup

    async def torn(self: Database, target: Path) -> None:
        await real(self, target)
        overwrite(target, 3, 37)

    monkeypatch.setattr(Database, "backup", torn)
    with pytest.raises(DatabaseDamagedError):
        await scheduled_backup(sqlite, settings, clock.now() + timedelta(days=2))

    assert first is not None
    assert list((tmp_path / "copies").iterdir()) == [first]
    monkeypatch.setattr(Database, "backup", real)
    assert await scheduled_backup(sqlite, settings, clock.now() + timedelta(days=2)) is not None


async def test_a_copy_from_the_time_to_come_holds_up_none_and_goes_first(
    sqlite: Database, clock: ManualClock, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path, kept=2)
    for days in (40, 30):
        await scheduled_backup(sqlite, settings, clock.now() + timedelta(days=days))

    made = [await scheduled_backup(sqlite, settings, clock.now() + timedelta(days=days)) for days in (0, 1)]

    assert {path for path in made if path} == set((tmp_path / "copies").iterdir())


async def test_a_file_that_is_named_by_an_address_is_copied_too(clock: ManualClock, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    url = f"sqlite:///{tmp_path / 'news.sqlite'}"
    named = settings.model_copy(update={"database": settings.database.model_copy(update={"url": url})})
    async with Database(url) as database:
        copy = await scheduled_backup(database, named, clock.now())

    assert copy is not None
    assert await restore_from(named, copy) == tmp_path / "news.sqlite.replaced-1"


async def test_drill_a_damaged_database_is_put_back_from_the_newest_copy(clock: ManualClock, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    path = tmp_path / "news.sqlite"
    async with Database(path) as database:
        await ArticleStore(database).put_many(numbered(50))
        copy = await scheduled_backup(database, settings, clock.now())
    body = overwrite(path, 2, 28)
    with pytest.raises(DatabaseDamagedError, match="was not touched"):
        async with Database(path):
            pass

    assert copy is not None
    kept = await restore(copy, path)

    assert kept is not None
    assert kept.read_bytes() == body
    async with Database(path) as database:
        assert len(await ArticleStore(database).list_between()) == 50


async def test_a_forgotten_server_is_gone_from_the_database_at_once_and_from_the_copies_when_they_run_out(
    sqlite: Database, clock: ManualClock, tmp_path: Path, record_promise: Record
) -> None:
    settings = settings_for(tmp_path, kept=7)
    await everything(sqlite, GUILD, CHANNEL)
    await FeedStore(sqlite).add("https://kept.example/rss", "Kept", kept=True)
    await scheduled_backup(sqlite, settings, clock.now())
    traces = [number.to_bytes(8, "big") for number in (GUILD, CHANNEL)]
    traces += [str(GUILD).encode(), str(CHANNEL).encode(), URL.encode()]
    before = held_in(tmp_path, traces)

    await GuildStore(sqlite).leave(GUILD, clock.now())
    clock.set(clock.now() + timedelta(days=31))
    forgotten = await forget_left_servers(sqlite, clock.now())
    database = held_in(tmp_path, traces)
    days = 0
    while held_in(tmp_path / "copies", traces):
        clock.set(clock.now() + timedelta(days=1))
        await scheduled_backup(sqlite, settings, clock.now())
        days += 1

    assert before == set(traces)
    assert forgotten == 1
    assert database == set()
    assert days <= settings.database.backups_kept
    assert [feed.url for feed in await FeedStore(sqlite).all()] == ["https://kept.example/rss"]
    record_promise(
        "11 forgetting",
        f"30 days after leaving: 0 bytes in database and log, {days} days later 0 bytes in the scheduled backups",
    )


def held_in(folder: Path, traces: list[bytes]) -> set[bytes]:
    """Return which *traces* stand in the files of *folder* itself."""
    files = [file.read_bytes() for file in folder.iterdir() if file.is_file()]
    return {trace for trace in traces if any(trace in body for body in files)}
