"""The wizard's ids: they hold everything, fit, and nothing that comes back as one can break it."""

from datetime import time
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.zones import zone
from bot.ui.limits import CUSTOM_ID
from bot.ui.setup import draft as moves
from bot.ui.setup.draft import Draft, Press, read_press, read_time

MOVES = [name for key, name in vars(moves).items() if key.isupper() and isinstance(name, str)]
ZONES = sorted(name for name in available_timezones() if name != "localtime")
keys = st.from_regex(r"[a-z0-9-]{0,24}", fullmatch=True)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
drafts = st.builds(Draft, st.integers(0, 2**64 - 1), keys, minutes, st.sampled_from(["", *ZONES]))
junk = st.recursive(
    st.none() | st.text(max_size=30) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["values", "value", "components"]), inner)
    ),
    max_leaves=8,
)


@given(drafts, st.sampled_from(MOVES))
def test_draft_comes_back_from_its_id(draft: Draft, move: str) -> None:
    made = draft.id_for(move)

    assert len(made) <= CUSTOM_ID
    press = read_press({"custom_id": made})
    assert press is not None
    assert (press.move, press.draft.channel, press.draft.pack, press.draft.at) == (
        move, draft.channel, draft.pack, draft.at,
    )  # fmt: skip
    assert press.draft.zone in {draft.zone, zone(draft.zone).key if draft.zone else ""}


def test_moves_are_all_different() -> None:
    assert len(MOVES) == len(set(MOVES)) > 10


@given(
    st.text(max_size=120) | st.from_regex(r"s1:[a-z]{2,8}:\d{1,20}:[a-z-]{0,5}:\d{4}:[\w/]{0,12}"), st.lists(st.text())
)
def test_whatever_comes_as_an_id_is_read_or_left_alone(custom_id: str, values: list[str]) -> None:
    press = read_press({"custom_id": custom_id, "values": values})

    if press is not None:
        assert press.values == tuple(values)
        assert not press.draft.zone or zone(press.draft.zone).key == press.draft.zone


@given(st.dictionaries(st.sampled_from(["values", "components", "component", "value"]), junk, max_size=4))
def test_odd_forms_never_raise(data: dict[str, Any]) -> None:
    press = read_press(data | {"custom_id": Draft(7).id_for(moves.CITY_TYPED)})

    assert press is not None
    assert (press.move, press.draft) == (moves.CITY_TYPED, Draft(7))


@pytest.mark.parametrize("custom_id", ["", "s2:save:7::0700:", "s1:save:7::0700", "s1:save:x::0700:", "d1:src:1", "S1"])
def test_ids_of_others_and_of_other_versions_are_left_alone(custom_id: str) -> None:
    assert read_press({"custom_id": custom_id}) is None
    assert read_press(None) is None
    assert read_press({}) is None


def test_time_and_zone_that_are_none_are_forgotten() -> None:
    press = read_press({"custom_id": "s1:save:7:world:2561:Mars/Base"})

    assert press == Press("save", Draft(7, "world", time(7), ""))


def test_words_of_a_form_are_found_wherever_they_lie() -> None:
    label = {"type": 18, "component": {"type": 4, "custom_id": "words", "value": "7.30 am"}}
    old = {"type": 1, "components": [{"type": 4, "custom_id": "words", "value": "noon"}]}

    press = read_press({"custom_id": Draft(7).id_for(moves.CLOCK_TYPED), "components": [label, old]})

    assert press is not None
    assert (press.value, press.values) == ("7.30 am", ("7.30 am", "noon"))
    assert Press("save", Draft()).value == ""


@given(st.text(max_size=6))
def test_digits_are_a_time_or_none(digits: str) -> None:
    at = read_time(digits)

    assert at is None or f"{at:%H%M}" == digits
