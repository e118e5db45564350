"""Column types: what goes in comes out, in UTC, and sorts as time does."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.types import Flag, Json, LocalDate, UtcDateTime

_SQLITE: Dialect = sqlite.dialect()
_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_INSTANTS = st.datetimes(
    datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
        lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    ),
)  # fmt: skip


def stored(value: datetime) -> str:
    text = UtcDateTime().process_bind_param(value, _SQLITE)
    assert isinstance(text, str)
    return text


@given(_INSTANTS)
def test_instant_comes_back_in_utc(value: datetime) -> None:
    back = UtcDateTime().process_result_value(stored(value), _SQLITE)

    assert back == value
    assert back is not None
    assert back.tzinfo is UTC


@given(_INSTANTS, _INSTANTS)
def test_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    assert (stored(one) < stored(other)) == (one < other)


def test_naive_time_is_refused_on_both_dialects() -> None:
    for dialect in (_SQLITE, _POSTGRESQL):
        with pytest.raises(ValueError, match="naive"):
            UtcDateTime().process_bind_param(datetime(2026, 3, 2), dialect)


def test_server_keeps_instants_as_instants() -> None:
    kyiv = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=2)))

    assert UtcDateTime().process_bind_param(kyiv, _POSTGRESQL) == datetime(2026, 3, 2, 7, tzinfo=UTC)


@given(st.dates())
def test_day_comes_back(day: date) -> None:
    text = LocalDate().process_bind_param(day, _SQLITE)

    assert text == day.isoformat()
    assert LocalDate().process_result_value(text, _SQLITE) == day


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=9,
)


@given(_VALUES)
def test_json_value_comes_back_as_plain_ascii(value: Any) -> None:
    text = Json().process_bind_param(value, _SQLITE)

    assert Json().process_result_value(text, _SQLITE) == value
    assert text is None or (text.isascii() and "\0" not in text)


@pytest.mark.parametrize("value", [True, False, None])
def test_flag_comes_back(value: bool | None) -> None:
    kept = Flag().process_bind_param(value, _SQLITE)

    assert kept in {0, 1, None}
    assert Flag().process_result_value(kept, _SQLITE) is value
