"""cut: a round-up is its bullets; an article stays whole."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.model.articles import PartRole
from bot.text.roundup import cut

PUBLISHED = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROUND_UP = (
    "The port has been shut for nine days by a quarrel about parking.\n\nBoth sides want peace.\n\n"
    "March 3: What you need to know today\n\n"
    "• The harbour master offered both drivers a bench in the shade on Tuesday.\n"
    "• Mayor Osla Brandt said the vans had rights, but not here, and left the room.\n"
    "• A tow truck left the depot at noon and reached the quay by evening."
)


def test_bullets_under_a_dated_heading_are_items_of_that_day() -> None:
    parts = cut(ROUND_UP, PUBLISHED)

    items = [part for part in parts if part.role is PartRole.ITEM]
    assert [part.number for part in items] == [1, 2, 3]
    assert {part.base for part in items} == {date(2026, 3, 3)}
    assert items[0].span.of(ROUND_UP).startswith("The harbour master")
    assert items[2].span.of(ROUND_UP).endswith("by evening.")


def test_what_stands_before_the_heading_is_one_background() -> None:
    (background,) = [part for part in cut(ROUND_UP, PUBLISHED) if part.role is PartRole.BACKGROUND]

    assert background.number == 4
    assert background.span.of(ROUND_UP).endswith("Both sides want peace.")


def test_each_dated_heading_dates_its_own_bullets() -> None:
    first = "March 2: Day one\n• One van came to the quay.\n• Two more came."
    text = f"{first}\n\nMarch 3: Day two\n• All of them left.\n• None came."

    assert [part.base for part in cut(text, PUBLISHED)] == [date(2026, 3, 2)] * 2 + [date(2026, 3, 3)] * 2


def test_bullets_without_a_dated_heading_are_no_round_up() -> None:
    assert cut("What runs today:\n\n• Bus 40 runs every hour.\n• The ferry does not run.", PUBLISHED) == ()


def test_key_points_above_a_long_article_are_no_round_up() -> None:
    text = (
        "March 3: Key points\n• The vans have gone.\n• The quay is open.\n\n"
        + "The harbour master spoke at length. " * 20
    )

    assert cut(text, PUBLISHED) == ()


@given(st.text(alphabet="ab. •\n:March 3", max_size=200))
def test_parts_lie_inside_the_text_in_order(text: str) -> None:
    parts = cut(text, PUBLISHED)

    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(part.span.end <= len(text) and part.span.of(text) for part in parts)
