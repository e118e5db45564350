"""Which sentences of different reports may stand side by side."""

from dataclasses import replace

import pytest

from bot.digest.account import Account, Sentence
from bot.digest.juxtaposition import agree, deeds, proper_names, roles_swapped, shared_names
from bot.model.analysis import Action, ActorId, AttackRole
from bot.model.spans import Span
from tests.digest.newsroom import NOON, Newsroom

ARVANIA, TOLMARK = ActorId("country/arvania"), ActorId("country/tolmark")


def sentence(text: str, source: ActorId = ARVANIA, target: ActorId = TOLMARK) -> Sentence:
    newsroom = Newsroom()
    deed = Action(source, "attack", "ASSAULT", target, Span(0, len(text)))
    article = newsroom.report(1, "Harbour Post", "A title", text, NOON, actions=[deed])
    return Account(article, newsroom.analyses[article.id]).sentences[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Arvania attacked Tolmark on Tuesday.", {"Tolmark"}),
        ("The ferry Saint Orla sank in March.", {"Saint", "Orla"}),
        ("Saint Orla sank. Police said so.", {"Saint", "Orla"}),
        ("President Mira Voss spoke for Arvania’s farmers.", {"Mira", "Voss", "Arvania"}),
        ("It rained on Monday.", set()),
    ],
)
def test_proper_names_are_capitals_that_no_sentence_start_or_calendar_explains(text: str, names: set[str]) -> None:
    assert proper_names(text) == names


def test_foreign_sentences_need_a_name_in_common() -> None:
    first = sentence("The army of Arvania attacked Tolmark at dawn.")

    assert agree(first, sentence("A minister of Tolmark said that the roads were cut."))
    assert not agree(first, sentence("A minister said that the roads were cut."))
    assert shared_names("Two men met Jon Hale.", "Two women met Petra Voss.") == frozenset()


def test_sentences_that_turn_the_attack_around_never_stand_together() -> None:
    first = sentence("The army of Arvania attacked Tolmark at dawn.")
    turned = sentence("The army of Tolmark attacked Arvania at dusk.", TOLMARK, ARVANIA)

    assert shared_names(first.text, turned.text)
    assert not agree(first, turned)


def test_attack_roles_count_as_deeds() -> None:
    newsroom = Newsroom()
    article = newsroom.report(1, "Harbour Post", "A title", "Arvania struck Tolmark.", NOON)
    analysis = newsroom.analyses[article.id]
    roles = (AttackRole(TOLMARK, ARVANIA, Span(0, 23)), AttackRole(ARVANIA, TOLMARK, Span(0, 7), in_title=True))
    found = deeds(replace(analysis, attacks=roles), Span(0, 23))

    assert found == {(TOLMARK, "attack", ARVANIA)}
    assert roles_swapped(found, {(ARVANIA, "attack", TOLMARK)})
