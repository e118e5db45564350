"""What every table shares: one MetaData, names for constraints, STRICT tables."""

from enum import StrEnum
from typing import Final, TypedDict, Unpack

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, Table, Text
from sqlalchemy.sql.schema import SchemaItem

from bot.storage.types import SNOWFLAKE

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class KeyOptions(TypedDict, total=False):
    """What may be said of a column that belongs to another table's row."""

    primary_key: bool
    unique: bool
    index: bool


class TextOptions(TypedDict, total=False):
    """What may be said of a column of text."""

    unique: bool
    index: bool
    server_default: str


def table(name: str, *items: SchemaItem) -> Table:
    """Declare a table that is STRICT in SQLite."""
    return Table(name, METADATA, *items, sqlite_strict=True)


def numbered(name: str, *items: SchemaItem) -> Table:
    """Declare a table whose ``id`` is given by the database and never given twice, not even after a deletion."""
    key: Column[int] = Column("id", SNOWFLAKE, primary_key=True)
    return Table(name, METADATA, key, *items, sqlite_strict=True, sqlite_autoincrement=True)


def listed(name: str, *items: SchemaItem) -> Table:
    """Declare a table that SQLite keeps in the order of its primary key."""
    return Table(name, METADATA, *items, sqlite_strict=True, sqlite_with_rowid=False)


def owned(name: str, owner: str, **options: Unpack[KeyOptions]) -> Column[int]:
    """Declare a column that names a row of *owner* (``table.column``) and goes when that row goes."""
    return Column(name, SNOWFLAKE, ForeignKey(owner, ondelete="CASCADE"), nullable=False, **options)


def text(name: str, **options: Unpack[TextOptions]) -> Column[str]:
    """Declare a column of text that is always there."""
    return Column(name, Text, nullable=False, **options)


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """Declare that *column* holds one of *states*."""
    listing = ", ".join(f"'{state.value}'" for state in states)
    return CheckConstraint(f"{column} IN ({listing})", name=column)
