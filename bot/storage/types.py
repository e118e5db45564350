"""Column types that mean the same on both dialects: SQLite's STRICT tables know four types only."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Dialect, Double, Integer, Text
from sqlalchemy.types import REAL, TypeDecorator, TypeEngine

SNOWFLAKE: Final[TypeEngine[int]] = BigInteger().with_variant(Integer(), "sqlite")
"""Discord's ids and our own numbers: 64 bits on both dialects."""

REAL_NUMBER: Final[TypeEngine[float]] = Double().with_variant(REAL(), "sqlite")
"""A floating-point number of 64 bits."""

FOLDED: Final[TypeEngine[str]] = Text(collation="C").with_variant(Text(), "sqlite")
"""Folded names: compared and ordered by code point, so that prefixes can use an index."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always aware and in UTC: ``2026-03-02T07:00:00.000000Z`` in SQLite, which sorts as time does."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the server's own type where there is one."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        """Turn an aware datetime into what the column holds.

        Raises:
            ValueError: the datetime is naive; nobody could tell which instant it means.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value.isoformat()}: times are stored in UTC")
        moment = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return moment
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: str | datetime | None, _dialect: Dialect) -> datetime | None:
        """Give an aware datetime in UTC back."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class LocalDate(TypeDecorator[date]):
    """A calendar day; whose calendar stands beside it (a schedule's zone, an article's base day)."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the server's own type where there is one."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | date | None:
        """Turn a date into what the column holds."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: str | date | None, _dialect: Dialect) -> date | None:
        """Give a date back."""
        return date.fromisoformat(value) if isinstance(value, str) else value


class Json(TypeDecorator[Any]):
    """A value that is only ever read back whole, as compact JSON text; tuples come back as lists."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        """Write compact JSON in ASCII: any text fits, NUL and lone surrogates too."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """Read the JSON back."""
        return None if value is None else json.loads(value)


class Flag(TypeDecorator[bool]):
    """Yes or no: 1 and 0 in SQLite."""

    impl = Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the server's own type where there is one."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | bool | None:
        """Turn a truth value into what the column holds."""
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: int | bool | None, _dialect: Dialect) -> bool | None:
        """Give a truth value back."""
        return None if value is None else bool(value)
