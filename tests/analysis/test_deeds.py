"""Who does a deed to whom, read before anything is sifted."""

import pytest

from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.deeds import read_deeds
from bot.analysis.language import Language
from bot.analysis.syntax import phrase_span
from tests.analysis.spoken import words_of


def first(language: Language, text: str) -> tuple[str, str | None, str | None]:
    deed = read_deeds(words_of(language, text), load_lexicon())[0]
    ends = (phrase_span(word, alone=True).of(text) if word is not None else None for word in (deed.agent, deed.patient))
    agent, patient = ends
    return deed.action, agent, patient


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Germany accused Russia of lies.", ("DISAPPROVE", "Germany", "Russia")),
        ("Russia was accused of lies by Germany.", ("DISAPPROVE", "Germany", "Russia")),
        ("Germany held talks with Russia.", ("CONSULT", "Germany", "Russia")),
        ("Germany faces criticism from Russia.", ("DISAPPROVE", "Russia", "Germany")),
        ("Germany said it will impose sanctions on Russia.", ("THREATEN", "Germany", "Russia")),
        ("Germany said it will send aid to Russia.", ("AGREE", "Germany", "Russia")),
        ("Germany said Russia must leave the region.", ("DEMAND", "Germany", "Russia")),
        ("Germany will not help Russia.", ("REJECT", "Germany", "Russia")),
        ("Germany gave Russia a warning.", ("THREATEN", "Germany", "Russia")),
        ("Germany sent tons of aid to Russia.", ("AID", "Germany", "Russia")),
    ],
)
def test_ends_of_a_deed(language: Language, text: str, deed: tuple[str, str | None, str | None]) -> None:
    assert first(language, text) == deed


def test_participle_of_a_headline_is_a_passive(language: Language) -> None:
    deeds = read_deeds(words_of(language, "Israeli soldiers accused of killing a man"), load_lexicon())

    accused = next(deed for deed in deeds if deed.verb.text == "accused")
    assert accused.passive
    assert accused.agent is None


def test_main_clauses_come_first(language: Language) -> None:
    text = "The minister, who had accused Spain, met Germany."

    deeds = read_deeds(words_of(language, text), load_lexicon())

    assert [deed.verb.text for deed in deeds] == ["met", "accused"]


def test_only_the_verbs_asked_for_are_read(language: Language) -> None:
    words = words_of(language, "Germany accused Russia. Russia blamed Germany.")

    assert [deed.verb.text for deed in read_deeds(words, load_lexicon(), words[4:])] == ["blamed"]
