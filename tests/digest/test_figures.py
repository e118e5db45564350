"""Numbers of a story, and how many dead it counts."""

import pytest

from bot.digest.figures import agreed_toll, figures_of, toll_of


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("At least seven people died when the ferry sank.", 7),
        ("The death toll rose to 11 on Monday.", 11),
        ("The number of dead from the sinking rose to 24.", 24),
        ("The strike killed at least 12 people and wounded 40.", 12),
        ("An earthquake struck, leaving at least 20 people dead.", 20),
        ("Four bodies have been found.", 4),
        ("Some 400 people were told to leave.", None),
        ("Officials killed two bills and 14 amendments.", 2),
        ("About 3,400 people were moved from their homes.", None),
    ],
)
def test_the_toll_is_the_number_that_stands_with_the_dead(text: str, toll: float | None) -> None:
    assert toll_of(text) == toll


def test_a_toll_counts_once_two_reports_give_it() -> None:
    texts = ["Seven people died.", "The toll rose to 24.", "At least 11 people died.", "The death toll rose to 11."]

    assert agreed_toll(texts) == 11
    assert agreed_toll(texts[:2]) is None


def test_small_words_for_one_are_no_figures() -> None:
    assert figures_of("One of 3,400 people had 2.5 million reasons.") == {3400.0, 2_500_000.0}
