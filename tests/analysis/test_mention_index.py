"""Mentions by place, and the words that stand for them."""

import pytest

from bot.analysis.language import Language
from bot.analysis.mention_index import MentionIndex, main_words, stands_for_actor
from bot.analysis.words import Word
from bot.model.analysis import ActorId, Mention, MentionType
from bot.model.spans import Span
from tests.analysis.spoken import mentions_of, words_of

TEXT = "President Yorel Danchik met Sabina Ruzhko."


def test_mention_is_found_by_any_of_its_characters() -> None:
    index = MentionIndex(mentions_of(TEXT, "Yorel Danchik", "Sabina Ruzhko"))

    assert [index.at(at) is not None for at in (9, 10, 22, 23, 28)] == [False, True, True, False, True]


def test_mentions_inside_a_span_lie_wholly_inside() -> None:
    index = MentionIndex(mentions_of(TEXT, "Yorel Danchik", "Sabina Ruzhko"))

    assert [mention.name for mention in index.inside(Span(0, 30))] == ["Yorel Danchik"]
    assert [mention.name for mention in index] == ["Yorel Danchik", "Sabina Ruzhko"]


def test_main_word_is_the_one_that_the_others_hang_on(language: Language) -> None:
    words = words_of(language, TEXT)

    found = main_words([words], mentions_of(TEXT, "Yorel Danchik", "Sabina Ruzhko"))

    assert [word.text for word, _ in found] == ["Danchik", "Ruzhko"]


@pytest.mark.parametrize(
    ("type_", "form", "entity", "stands"),
    [
        (MentionType.COUNTRY, "name", "GPE", True),
        (MentionType.COUNTRY, "adjective", "NORP", False),
        (MentionType.COUNTRY, "people", "NORP", False),
        (MentionType.ORGANISATION, "people", "NORP", True),
        (MentionType.ORGANISATION, "name", "NORP", False),
        (MentionType.ORGANISATION, "name", "ORG", True),
    ],
    ids=["Kestria", "Kestrian", "Kestrians", "Republicans", "a Republican", "the party"],
)
def test_who_only_belongs_to_an_actor_is_not_it(type_: MentionType, form: str, entity: str, stands: bool) -> None:
    word = Word(0, "Name", 0)
    word.entity, word.tag = entity, "NNPS" if form == "people" else "NNP"

    assert stands_for_actor(Mention(Span(0, 4), type_, ActorId("x"), None, form), word) is stands
