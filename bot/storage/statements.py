"""Small pieces that many statements share."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Row, Select, Table, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
_MOST_PARAMETERS: Final = 4_000


def upsert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT of the connection's dialect, which knows ON CONFLICT."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def chunks(values: Sequence[T], size: int = _MOST_PARAMETERS) -> Iterator[Sequence[T]]:
    """Yield *values* in pieces that fit into one statement; nothing for no values."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def cut(text: ColumnElement[str], start: ColumnElement[int], end: ColumnElement[int]) -> ColumnElement[str]:
    """Return the SQL for the code points *start* to *end* of *text*, verbatim."""
    return func.substr(text, start + 1, end - start)


async def rows_for(
    connection: AsyncConnection, query: Select[Any], column: ColumnElement[T], values: Sequence[T]
) -> list[Row[Any]]:
    """Return the rows of *query* whose *column* is one of *values*, in as many statements as it takes."""
    found: list[Row[Any]] = []
    for some in chunks(values):
        found.extend((await connection.execute(query.where(column.in_(some)))).all())
    return found
