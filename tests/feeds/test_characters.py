"""repair: characters mended, words untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.characters import repair


@pytest.mark.parametrize(
    ("given_text", "repaired"),
    [
        ("cafÃ©", "café"),
        ("\x93Yes\x94", "“Yes”"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\u00a0 \t b", "a b"),
        ("&#8217;&amp;&quot;&nosuch; AT&T", '’&"&nosuch; AT&T'),
        ("e\u0301", "é"),
        ("the board , he said . So ; well : yes", "the board, he said. So; well: yes"),
        ("“ no ” and Olsen ’s", "“no” and Olsen’s"),
        ("a \ud800 b\0", "a b"),
        ("wait ... here", "wait ... here"),
    ],
)
def test_repairs(given_text: str, repaired: str) -> None:
    assert repair(given_text) == repaired


@given(st.text(alphabet="aé“” ,.&;#1\n\u200b\x80Ã©", max_size=80))
def test_repairing_twice_changes_nothing(text: str) -> None:
    assert repair(repair(text)) == repair(text)
