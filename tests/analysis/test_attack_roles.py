"""Which state attacks which, so that a counter-attack is told from the attack."""

import pytest

from bot.analysis.attack_roles import attack_roles, find_attacks
from bot.analysis.language import Language
from bot.analysis.mentions import find_mentions
from bot.model.analysis import ActorId, AttackRole
from bot.model.spans import Span
from tests.analysis.known import gazetteer

RUSSIA, UKRAINE = ActorId("country/russia"), ActorId("country/ukraine")


def attacks(language: Language, text: str) -> list[tuple[str, str]]:
    parsed = language.parse(text)
    found = find_attacks(parsed, find_mentions(parsed, gazetteer()), gazetteer())
    return [(attack.agent, attack.patient) for attack in found]


@pytest.mark.parametrize(
    "text",
    [
        "Russia struck Kyiv overnight.",
        "A Russian strike on Kyiv killed two people.",
        "Russian drones hit a Ukrainian grain port.",
        "Kyiv was hit by Russian missiles.",
        "Five killed as Russia launches attacks across Ukraine",
        "An attack by Russia on Ukraine began at dawn.",
    ],
)
def test_agent_and_patient_of_an_attack(language: Language, text: str) -> None:
    assert attacks(language, text) == [(RUSSIA, UKRAINE)]


def test_counter_attack_is_the_other_way_round(language: Language) -> None:
    assert attacks(language, "Ukraine attacks a Russian air base.") == [(UKRAINE, RUSSIA)]


@pytest.mark.parametrize(
    "text",
    [
        "Russia hits back at Ukraine over grain.",
        "Russia threatens to strike Ukraine.",
        "Russia will hit Ukraine with tariffs.",
        "Ukraine was hit by Russian tariffs.",
        "Russia did not strike Ukraine.",
        "Russia offers a bounty for killing Ukrainian soldiers.",
        "Ukrainian soldiers killed in Russia",
        "Russian strikes had alarmed Ukraine.",
        "Russia launched talks with Ukraine.",
        "Rain fell on Ukraine and on Russia.",
    ],
)
def test_threats_metaphors_and_open_participles_are_no_attack(language: Language, text: str) -> None:
    assert attacks(language, text) == []


def test_attack_lies_in_its_sentence(language: Language) -> None:
    text = "It rained. Russia struck Kyiv. It rained again."
    parsed = language.parse(text)

    (attack,) = find_attacks(parsed, find_mentions(parsed, gazetteer()), gazetteer(), in_title=True)

    assert attack.span.of(text) == "Russia struck Kyiv."
    assert attack.in_title


def test_pair_told_both_ways_has_no_roles() -> None:
    there = AttackRole(RUSSIA, UKRAINE, Span(0, 1))
    back = AttackRole(UKRAINE, RUSSIA, Span(2, 3))

    assert attack_roles([there]) == {(RUSSIA, UKRAINE)}
    assert attack_roles([there, back]) == frozenset()
