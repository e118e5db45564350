"""A PostgreSQL database for one test: made empty, dropped afterwards."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg


@asynccontextmanager
async def fresh_postgres(server: str) -> AsyncIterator[str]:
    """Yield the SQLAlchemy URL of a new database on *server* (``postgresql://user@host:port/existing``)."""
    plain = server.replace("postgresql+asyncpg", "postgresql")
    name = f"needtoknow_test_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(plain)
    try:
        await admin.execute(f'CREATE DATABASE "{name}"')
        parts = urlsplit(plain)
        try:
            yield urlunsplit(("postgresql+asyncpg", parts.netloc, f"/{name}", "", ""))
        finally:
            await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await admin.close()
