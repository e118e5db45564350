"""fold: spellings of one name compare equal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fold import fold, slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasz O’Brien", "lukasz obrien"),
        ("  Marraš  ILKO ", "marras ilko"),
        ("Jong-un", "jong un"),
        ("U.S.", "us"),
        ("AT&T", "at t"),
        ("Кит", "kit"),
        ("", ""),
    ],
)
def test_names_fold_to_plain_words(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(min_size=1, max_size=40))
def test_slugs_are_never_empty_and_plain(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(name))
