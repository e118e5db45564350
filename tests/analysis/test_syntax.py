"""Who speaks in a verb, and what belongs to a noun phrase."""

import pytest

from bot.analysis.language import Language
from bot.analysis.syntax import conjuncts, noun_phrase, phrase_span, speaker_of, verb_group
from tests.analysis.spoken import word, words_of


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("Ilena Vasarik said the talks had failed.", "said", "Vasarik"),
        ("Vasarik met reporters, adding that the talks had failed.", "adding", "Vasarik"),
        ("The charge was dismissed by Mornavia as nonsense.", "dismissed", "Mornavia"),
        ("The charge was dismissed.", "dismissed", None),
        ("Vasarik smiled and said nothing was lost.", "said", "Vasarik"),
        ("After saying she was tired, Vasarik was driven home.", "saying", "Vasarik"),
        ("My aunt, who kept a mill, used to say that rivers move.", "say", "aunt"),
    ],
)
def test_speaker_of_a_verb(language: Language, text: str, verb: str, speaker: str | None) -> None:
    found = speaker_of(word(words_of(language, text), verb))

    assert (found and found.text) == speaker


def test_noun_phrase_keeps_appositions_and_drops_clauses(language: Language) -> None:
    text = "Marit Oskane, the union’s president, who keeps bees, said so."
    words = words_of(language, text)
    head = word(words, "Oskane")

    start, end = noun_phrase(head)

    assert text[words[start].start : words[end - 1].end] == "Marit Oskane, the union’s president"


def test_phrase_alone_leaves_conjuncts_out(language: Language) -> None:
    text = "Kestria and Mornavia agreed."
    head = word(words_of(language, text), "Kestria")

    assert phrase_span(head).of(text) == "Kestria and Mornavia"
    assert phrase_span(head, alone=True).of(text) == "Kestria"
    assert [one.text for one in conjuncts(head)] == ["Kestria", "Mornavia"]


def test_verb_group_has_auxiliaries_negation_and_particle(language: Language) -> None:
    text = "She has not ruled out a second cut."
    words = words_of(language, text)

    start, end = verb_group(word(words, "ruled"))

    assert text[words[start].start : words[end - 1].end] == "has not ruled out"
