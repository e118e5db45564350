"""“The minister” is somebody only where the article says which one."""

import pytest

from bot.analysis.language import Language
from bot.analysis.mention_index import MentionIndex, main_words
from bot.analysis.role_phrases import RolePhrases
from bot.model.analysis import ActorId, Mention, MentionType, Role
from bot.model.spans import Span
from tests.analysis.spoken import mentions_of, word, words_of


def who(language: Language, text: str, head: str, *mentions: Mention, roles: tuple[Role, ...] = ()) -> str | None:
    words = words_of(language, text)
    index = MentionIndex(mentions)
    phrases = RolePhrases(text, tuple(main_words([words], index)), index, roles)
    found = phrases.who(next(one for one in reversed(words) if one.text == head))
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("Health Minister Paolo Venn was vaccinated. It pinched, said the minister.", "minister", "Paolo Venn"),
        ("Paolo Venn, the health minister, came late. Then the health minister left.", "minister", "Paolo Venn"),
        ("Health Minister Paolo Venn came. Then the water minister spoke.", "minister", None),
        ("Health Minister Paolo Venn came. A minister spoke.", "minister", None),
        ("Coastguard commander Paolo Venn came. Then the coastguard spoke.", "coastguard", None),
        ("Vice President Paolo Venn came. Then the president spoke.", "president", None),
        ("The president of the union, Paolo Venn, warned of strikes.", "president", "Paolo Venn"),
    ],
)
def test_definite_phrase_is_whom_all_its_words_describe(
    language: Language, text: str, head: str, name: str | None
) -> None:
    assert who(language, text, head, *mentions_of(text, "Paolo Venn")) == name


def test_two_who_fit_are_nobody(language: Language) -> None:
    text = "Health Minister Paolo Venn met Water Minister Mirela Sovan. Then the minister spoke."

    assert who(language, text, "minister", *mentions_of(text, "Paolo Venn", "Mirela Sovan")) is None


def test_organisation_is_known_by_a_word_of_its_name(language: Language) -> None:
    text = "The National Bank of Kestria cut its rate. Prices fell, the bank said."
    mentions = mentions_of(text, "National Bank of Kestria", type=MentionType.ORGANISATION)

    assert who(language, text, "bank", *mentions) == "National Bank of Kestria"


def test_roles_that_the_caller_read_count_by_their_noun(language: Language) -> None:
    text = "Phil Arcot came. Then the chairman of the campaign spoke, and the campaign went on."
    role = Role(ActorId("person/phil-arcot"), "chairman of the campaign", Span(0, 0))
    mentions = mentions_of(text, "Phil Arcot")

    assert who(language, text, "chairman", *mentions, roles=(role,)) == "Phil Arcot"
    assert who(language, text, "campaign", *mentions, roles=(role,)) is None
    assert word(words_of(language, text), "campaign").lower == "campaign"
