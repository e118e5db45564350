"""Which actors the ends of a deed are."""

import pytest

from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.action_parties import Parties
from bot.analysis.language import Language
from bot.analysis.mention_index import MentionIndex
from bot.model.analysis import Mention, MentionType
from tests.analysis.spoken import mentions_of, word, words_of


def parties(language: Language, text: str, head: str, *mentions: Mention, action: str = "DEMAND") -> list[str]:
    index = MentionIndex(mentions)
    known = Parties(text, index, load_lexicon(), lambda pronoun: mentions[0] if pronoun.lower == "he" else None)
    return [party.name for party in known.of(word(words_of(language, text), head), action, agent=True)]


def countries(text: str) -> tuple[Mention, ...]:
    return tuple(
        sorted(
            mentions_of(text, "Denmark", "Kestria", "Mornavia", type=MentionType.COUNTRY),
            key=lambda mention: mention.span,
        )
    )


@pytest.mark.parametrize(
    ("text", "head", "names"),
    [
        ("Denmark spoke.", "Denmark", ["Denmark"]),
        ("Denmark and Mornavia spoke.", "Denmark", ["Denmark", "Mornavia"]),
        ("The Denmark army spoke.", "army", ["Denmark"]),
        ("A Kestria woman spoke.", "woman", []),
        ("The ministers of Denmark and Mornavia spoke.", "ministers", ["Denmark", "Mornavia"]),
        ("Some of Denmark spoke.", "Some", ["Denmark"]),
        ("He spoke to Denmark.", "He", ["Denmark"]),
        ("They spoke to Denmark.", "They", []),
        ("Rain fell on Denmark.", "Rain", []),
    ],
)
def test_ends_by_name_forces_or_pronoun(language: Language, text: str, head: str, names: list[str]) -> None:
    assert parties(language, text, head, *countries(text)) == names


def test_weapons_act_for_their_state_in_attacks_only(language: Language) -> None:
    text = "The Denmark drones struck."

    assert parties(language, text, "drones", *countries(text), action="FIGHT") == ["Denmark"]
    assert parties(language, text, "drones", *countries(text), action="DEMAND") == []


def test_people_of_a_country_are_not_the_country(language: Language) -> None:
    text = "Denmark spoke."
    (mention,) = countries(text)
    people = Mention(mention.span, mention.type, mention.actor, mention.name, "people")

    assert parties(language, text, "Denmark", people) == []
