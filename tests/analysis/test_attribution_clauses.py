"""Which words a cue verb attributes."""

import pytest

from bot.analysis.attribution_clauses import attributed_clause, trimmed
from bot.analysis.language import Language
from bot.analysis.syntax import speaker_of
from tests.analysis.spoken import line_of, word


@pytest.mark.parametrize(
    ("text", "verb", "content"),
    [
        ("Vasarik said that the talks had failed.", "said", "that the talks had failed"),
        ("Vasarik urged members to vote for it.", "urged", "members to vote for it"),
        ("Vasarik criticised the plan as too slow.", "criticised", "the plan as too slow"),
        ("Vasarik called for calm.", "called", "calm"),
        ("Vasarik read the letter.", "read", ""),
    ],
)
def test_clause_infinitive_object_or_nothing(language: Language, text: str, verb: str, content: str) -> None:
    line = line_of(language, text)
    cue = word(line.words, verb)

    places = attributed_clause(line, cue, cue.lemma, speaker_of(cue))

    assert " ".join(line.between(*stretch).of(text) for stretch in places) == content


def test_punctuation_at_the_ends_is_trimmed(language: Language) -> None:
    text = ", the plan, and the dam."
    line = line_of(language, text)

    assert [line.between(*stretch).of(text) for stretch in trimmed(line, 0, len(line))] == ["the plan, and the dam"]
    assert trimmed(line, 0, 1) == ()
