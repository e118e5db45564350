"""The cue lexicon loads, and says what is wrong with itself."""

import pytest

from bot.analysis.cues import load_cues, read_cues
from bot.errors import ConfigError


def test_every_cue_verb_is_good_for_something() -> None:
    cues = load_cues()

    useful = cues.speech | cues.thought | cues.infinitive | cues.object | cues.naming
    assert cues.verbs == useful
    assert cues.clause_only <= useful
    assert "say" in cues.speech
    assert "warning" in cues.nouns


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("said", "say"), ("says", "say"), ("replied", "reply"), ("told", "tell"), ("admitting", "admit")],
)
def test_forms_lead_to_their_verb_without_a_model(form: str, lemma: str) -> None:
    assert load_cues().forms[form] == lemma


def test_unknown_flag_is_named() -> None:
    table = {
        "verbs": {"say": "speech loud"},
        "nouns": {"words": []},
        "light": {"verbs": []},
        "forms": {},
        "persons": {},
        "honorifics": {},
    }

    with pytest.raises(ConfigError, match="“say” has the flag “loud”"):
        read_cues(table)
