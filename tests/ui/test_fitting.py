"""Whole parts, inside the room."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.fitting import joined


@given(st.lists(st.text(alphabet="ab", min_size=1, max_size=9), max_size=12), st.integers(25, 80))
def test_joined_keeps_whole_parts_within_the_room(parts: list[str], room: int) -> None:
    result = joined(parts, room)

    shown = [part for part in result.split(" · ") if not part.startswith("and ")] if result else []
    assert len(result) <= room
    assert shown == parts[: len(shown)]


def test_joined_counts_what_is_left_out() -> None:
    assert joined(["one", "two", "three"], 20) == "one · and 2 more"
    assert joined(["one", "two", "three"], 30) == "one · two · three"
    assert joined(["x" * 50], 20) == "1 more"
    assert joined([], 20) == ""
