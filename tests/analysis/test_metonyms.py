"""A house or a city acts, or is only where something happens."""

import pytest

from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.metonyms import acts
from bot.model.spans import Span


def verdict(language: Language, text: str, name: str, *, house: bool = False, region: bool = False) -> bool | None:
    start = text.index(name)
    return acts(language.parse(text), Span(start, start + len(name)), house=house, region=region)


@pytest.mark.parametrize(
    ("text", "name", "house", "expected"),
    [
        ("Moscow said on Monday that it would not pay.", "Moscow", False, True),
        ("The talks between Washington and Beijing failed.", "Washington", False, True),
        ("They accused Moscow of lying.", "Moscow", False, True),
        ("Ministers waited for Moscow’s response.", "Moscow", False, True),
        ("The rebels, Moscow-backed, left.", "Moscow", False, True),
        ("Tehran and Riyadh are at odds over the river.", "Tehran", False, True),
        ("The minister flew to Moscow on Monday.", "Moscow", False, False),
        ("He met the queen in London.", "London", False, False),
        ("The president will visit Beijing in May.", "Beijing", False, False),
        ("A train between Paris and Berlin was late.", "Paris", False, False),
        ("The streets of Paris were wet.", "Paris", False, False),
        ("The Kremlin denied it.", "Kremlin", True, True),
        ("A Kremlin spokesman denied it.", "Kremlin", True, True),
        ("They met in the Kremlin.", "Kremlin", True, False),
        ("The White House lawn was wet.", "White House", True, None),
    ],
)
def test_words_around_tell(language: Language, text: str, name: str, house: bool, expected: bool | None) -> None:
    assert verdict(language, text, name, house=house) is expected


def test_river_that_flows_does_not_act(language: Language) -> None:
    assert verdict(language, "The Danube left its bed.", "Danube", region=True) is False
    assert verdict(language, "The West rejected the plan.", "West", region=True) is True


@pytest.mark.parametrize(
    ("text", "expected"), [("Moscow said no.", True), ("talks with Moscow", True), ("It rained in Moscow.", False)]
)
def test_without_a_model_the_next_words_decide(text: str, expected: bool) -> None:
    assert verdict(load_language(RULES_ONLY), text, "Moscow") is expected
