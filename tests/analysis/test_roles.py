"""Roles are copied words, and never hold the name."""

import pytest

from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.mentions import find_mentions
from bot.analysis.roles import find_roles
from tests.analysis.known import gazetteer


def roles(language: Language, text: str) -> list[tuple[str, str]]:
    parsed = language.parse(text)
    mentions = find_mentions(parsed, gazetteer())
    found = find_roles(parsed, mentions, gazetteer().titles)
    assert all(role.span.of(text) == role.text for role in found)
    assert not any(
        role.span.overlaps(mention.span) for role in found for mention in mentions if mention.actor == role.actor
    )
    return [(role.actor, role.text) for role in found]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Hungarian Prime Minister Peter Quandel left.", "Hungarian Prime Minister"),
        ("“No,” said Peter Quandel, the harbour’s chief executive.", "harbour’s chief executive"),
        ("Peter Quandel, deputy ambassador to the UN, left.", "deputy ambassador to the UN"),
        ("As a queen of Norway, Peter Quandel left.", "queen of Norway"),
        ("The leader of the Meadow Party, Peter Quandel, left.", "leader of the Meadow Party"),
        ("Kenya’s former transport minister Peter Quandel left.", "Kenya’s former transport minister"),
    ],
)
def test_role_is_read_before_behind_and_in_front(language: Language, text: str, role: str) -> None:
    assert roles(language, text) == [("person/peter-quandel", role)]


@pytest.mark.parametrize(
    "text",
    [
        "Peter Quandel left on Monday.",
        "His wife, Anna Quandel, left.",
        "Peter Quandel is the president of the club.",
        "As a queen of cool, Ada Quandel left.",
        "CRITICS CALL PRESIDENT Peter Quandel’s plan mad.",
    ],
)
def test_other_words_are_no_role(language: Language, text: str) -> None:
    assert roles(language, text) == []


def test_without_a_model_the_title_before_the_name_is_read() -> None:
    assert roles(load_language(RULES_ONLY), "Then Prime Minister Peter Quandel left.") == [
        ("person/peter-quandel", "Prime Minister")
    ]
