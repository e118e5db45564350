"""What an operator does to a database: back up, restore, migrate, export and forget a server."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.app.health import split_address
from bot.clock import SystemClock
from bot.errors import StorageError, UsageError
from bot.news.event_desk import EventDesk
from bot.settings import Settings
from bot.storage.backup import backup_path, check_backup, restore, scheduled_backups
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.notes import HEARTBEAT, NoteStore

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
_ASKED_SECONDS: Final = 5.0
_ALIVE_FOR: Final = timedelta(minutes=5)
_REMEMBERED_FOR: Final = timedelta(days=30)


async def is_alive(settings: Settings) -> bool:
    """Tell whether the running bot is well: as its ``/healthz`` says, else by a sign of life within five minutes."""
    if settings.health.address:
        return await asyncio.to_thread(_says_well, *split_address(settings.health.address))
    try:
        async with Database(settings.database.url, create=False, check=False) as database:
            beat = await NoteStore(database).find(HEARTBEAT)
    except StorageError:
        return False
    return beat is not None and SystemClock().now() - datetime.fromisoformat(beat) < _ALIVE_FOR


async def at_event_desk(settings: Settings, work: Callable[[EventDesk], Awaitable[T]]) -> T:
    """Return what *work* returns at the desk where events are put in order, over an existing database.

    Raises:
        StorageError: the database is missing or cannot be written.
    """
    async with Database(settings.database.url, create=False) as database:
        return await work(EventDesk(database, SystemClock()))


async def back_up(settings: Settings, target: Path | None) -> Path:
    """Copy the database, to *target* or to a new file in the backup folder, and return where it is.

    Raises:
        StorageError: it cannot be read or the copy cannot be written.
        UsageError: *target* is None and the database is no file.
    """
    if target is None:
        folder = Path(settings.database.backup_folder)
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        target = folder / backup_path(_file(settings), SystemClock().now()).name
    async with Database(settings.database.url, create=False) as database:
        await database.backup(target)
    return target


async def scheduled_backup(database: Database, settings: Settings, now: datetime) -> Path | None:
    """Copy *database* to the backup folder if it is time, check the copy, and let old ones go; return the new one.

    None: the last one is younger than ``database.backup_every_hours``, or the database is no file. The copy is read
    page by page before it counts as one, and before an older one is deleted; only copies that were made here are, and
    the newest always stays. Those that carry a time to come, of a clock that went wrong, are the first to go.

    Raises:
        StorageError: the copy cannot be written, or is not whole; none of it stays.
    """
    folder, path = Path(settings.database.backup_folder), database.file
    if path is None:
        return None
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    found = await asyncio.to_thread(scheduled_backups, folder, path.name)
    made = sorted(found, key=lambda one: (one.made_at <= now, one.made_at))
    if made and timedelta(0) <= now - made[-1].made_at < timedelta(hours=settings.database.backup_every_hours):
        return None
    target = folder / backup_path(path, now).name
    await _copy_checked(database, folder / f"{path.name}.unchecked", target)
    for old in made[: max(0, len(made) + 1 - settings.database.backups_kept)]:
        await asyncio.to_thread(old.path.unlink, missing_ok=True)
    _LOG.info(
        "backup made: bytes=%d kept=%d", target.stat().st_size, min(len(made) + 1, settings.database.backups_kept)
    )
    return target


async def _copy_checked(database: Database, unchecked: Path, target: Path) -> None:
    """Copy *database* to *target*, under the name *unchecked* until every page of it was read."""
    try:
        await asyncio.to_thread(unchecked.unlink, missing_ok=True)  # of a process that died over it
        await database.backup(unchecked)
        await asyncio.to_thread(check_backup, unchecked)
        await asyncio.to_thread(unchecked.replace, target)
    finally:
        await asyncio.to_thread(unchecked.unlink, missing_ok=True)


async def restore_from(settings: Settings, source: Path) -> Path | None:
    """Put the backup *source* in the database's place; return where the old file went, None where there was none.

    Raises:
        StorageError: the backup is unfit, or a bot runs on the database.
        UsageError: the database is no file.
    """
    return await restore(source, _file(settings))


async def migrate_database(settings: Settings) -> str:
    """Bring the database to the newest schema and return that schema's version.

    Raises:
        StorageError: it is missing, foreign, damaged or busy.
    """
    async with Database(settings.database.url, create=False) as database:
        return database.version


async def export_server(settings: Settings, guild: int) -> dict[str, Any]:
    """Return all that is held of a server, by table.

    Raises:
        StorageError: the database cannot be read.
    """
    async with Database(settings.database.url, create=False, check=False) as database:
        return dict(await GuildStore(database).export(guild))


async def forget_server(settings: Settings, guild: int) -> int:
    """Delete all that is held of a server and return how many rows that were.

    Raises:
        StorageError: the database cannot be written.
    """
    async with Database(settings.database.url, create=False, check=False) as database:
        guilds = GuildStore(database)
        rows = sum(len(table) for table in (await guilds.export(guild)).values())
        await guilds.purge(guild)
        await database.tidy()
    return rows


async def allow(settings: Settings, guild: int, limits: Mapping[str, int]) -> dict[str, int]:
    """Let *limits* hold for one server in the place of what every server may have; return all that it was allowed.

    Raises:
        StorageError: the database cannot be read or written.
    """
    async with Database(settings.database.url, create=False, check=False) as database:
        guilds = GuildStore(database)
        found = await guilds.find(guild)
        allowed = {**({} if found is None else found.limits), **limits}
        if limits:
            await guilds.set_details(guild, by=By(None, SystemClock().now()), limits=allowed)
    return allowed


async def forget_left_servers(database: Database, now: datetime) -> int:
    """Delete all that is held of servers that the bot left thirty days ago, and return how many servers that were."""
    guilds = GuildStore(database)
    gone = await guilds.left_before(now - _REMEMBERED_FOR)
    for guild in gone:
        await guilds.purge(guild)
    if gone:
        await database.tidy()
    return len(gone)


def _says_well(host: str, port: int) -> bool:
    line = HTTPConnection(host, port, timeout=_ASKED_SECONDS)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def _file(settings: Settings) -> Path:
    file = Database(settings.database.url).file
    if file is None:
        raise UsageError("This works for a database in a file. PostgreSQL has pg_dump and pg_restore.")
    return file
