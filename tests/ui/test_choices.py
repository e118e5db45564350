"""Suggestions keep their limits and their values."""

import pytest

from bot.model.answers import Choice
from bot.ui.choices import chosen_id, to_choices
from bot.ui.failures import ReplyError


def test_suggestions_keep_discords_limits_and_their_values() -> None:
    made = to_choices(
        [Choice("n" * 150, "x"), Choice("a\u202eb", "y"), Choice("long value", "v" * 101), Choice("\u200b", "z")]
    )

    assert [(one.name, one.value) for one in made] == [("n" * 99 + "…", "x"), ("ab", "y")]
    assert len(to_choices(Choice(str(number), str(number)) for number in range(40))) == 25


@pytest.mark.parametrize("typed", ["", "x", "1 2", "-1", "٣", "1" * 19, "@everyone"])
def test_typed_text_is_no_chosen_id(typed: str) -> None:
    with pytest.raises(ReplyError, match="choose one of the suggestions"):
        chosen_id(typed)


def test_chosen_id_is_its_number() -> None:
    assert chosen_id("42") == 42
