"""Choose the full-text engine of a dialect."""

from bot.storage.search_postgres import PostgresSearch
from bot.storage.search_query import SearchEngine
from bot.storage.search_sqlite import SqliteSearch


def engine_of(dialect: str) -> SearchEngine:
    """Return the engine of ``sqlite`` or ``postgresql``."""
    return SqliteSearch() if dialect == "sqlite" else PostgresSearch()
