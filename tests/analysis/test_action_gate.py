"""What the gate lets through, and what it keeps back."""

import pytest

from bot.analysis.action_gate import Gate, is_sport, is_title_case
from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.deeds import read_deeds
from bot.analysis.language import Language
from tests.analysis.spoken import words_of

LEXICON = load_lexicon()


def passed(language: Language, text: str) -> set[str]:
    """Return the verbs of *text* whose deeds pass."""
    words = words_of(language, text)
    gate = Gate(words, words, LEXICON)
    return {deed.verb.text for deed in read_deeds(words, LEXICON) if gate.passes(deed)}


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Germany accused Russia of lies.", "accused"),
        ("Russia was accused of lies by Germany.", "accused"),
        ("Germany held talks with Russia.", "held"),
        ("Germany said it will impose sanctions on Russia.", "impose"),
        ("Germany met with Russia, accusing France of lies.", "accusing"),
        ("The minister said Germany had accused Russia.", "accused"),
        ("Germany will not support Russia.", "support"),
        ("Germany faces demands from Russia.", "faces"),
    ],
)
def test_plain_facts_pass(language: Language, text: str, verb: str) -> None:
    assert verb in passed(language, text)


@pytest.mark.parametrize(
    "text",
    [
        "Germany might accuse Russia of lies.",
        "Germany did not accuse Russia of lies.",
        "If Germany accuses Russia, France leaves.",
        "Germany denied that Russia had invaded Poland.",
        "Germany plans to visit Russia.",
        "Germany asked why Russia had invaded Poland.",
        "Has Germany accused Russia?",
        "Germany was accused of lies.",
        'He said: "Germany accused Russia."',
        "Germany: Russia accused France.",
        "Germany promised the ministry would help Russia.",
        "Germany offers money for killing or capturing Russian soldiers.",
        "Germany targets Russia.",
        "Germany to visit Russia next week.",
        "The minister said Germany does not have to help Russia.",
        "Germany faces extradition to Russia.",
        "Germany is removing missile systems from Russia.",
        "Germany sounded a warning to Russia about the weather.",
        "Germany sends planes to Russia and flies to Poland.",
    ],
)
def test_what_is_no_stated_fact_between_two_ends_is_kept_back(language: Language, text: str) -> None:
    verbs = {
        "accuse",
        "accused",
        "accuses",
        "invaded",
        "visit",
        "promised",
        "capturing",
        "targets",
        "flies",
        "sounded",
        "help",
        "faces",
        "removing",
    }

    assert not passed(language, text) & verbs


def test_meeting_together_needs_no_patient(language: Language) -> None:
    words = words_of(language, "Germany and Russia met in Spain.")
    gate = Gate(words, words, LEXICON)

    (met,) = [deed for deed in read_deeds(words, LEXICON) if deed.verb.text == "met"]

    assert gate.passes_together(met)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Germany Says Russia Must Leave The Whole Region Today", True),
        ("Germany says that Russia must leave the region", False),
        ("Germany Accuses Russia", False),
    ],
)
def test_title_case_is_seen_in_longer_lines(language: Language, text: str, title: bool) -> None:
    assert is_title_case(words_of(language, text)) is title


def test_one_word_of_sport_is_enough(language: Language) -> None:
    assert is_sport(words_of(language, "They beat Spain in the quarterfinal."), LEXICON)
    assert not is_sport(words_of(language, "They beat the drum."), LEXICON)
