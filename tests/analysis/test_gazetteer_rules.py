"""Pages know their lines: which are shouted, which are headlines."""

import pytest

from bot.analysis.gazetteer_rules import Page

TEXT = "A PLAIN SHOUTED LINE\nKestrian Ministers Leave Harbour Early\nMinisters leave the harbour early.\nUN"


@pytest.mark.parametrize(
    ("words", "capitals", "title_case"),
    [("SHOUTED", True, False), ("Ministers Leave", False, True), ("leave the", False, False), ("UN", False, False)],
)
def test_lines_are_told_by_their_letters(words: str, capitals: bool, title_case: bool) -> None:
    page = Page.of(TEXT)
    at = TEXT.index(words)

    assert page.in_capitals(at) is capitals
    assert page.in_title_case(at) is title_case


def test_what_is_around_is_the_line_and_of_a_long_one_a_stretch() -> None:
    assert Page.of(TEXT).around(TEXT.index("leave the")).strip() == "Ministers leave the harbour early."
    assert 0 < len(Page.of("word " * 5_000).around(12_000)) <= 4_000
