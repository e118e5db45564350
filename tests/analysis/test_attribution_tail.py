"""The speaker named right behind the words."""

import pytest

from bot.analysis.attribution_tail import find_tail
from bot.analysis.language import Language
from tests.analysis.spoken import line_of, said_by


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“The wall can rest,” said Ilko Marrash.", "Ilko Marrash", "said"),
        ("“The wall can rest,” Marrash told a news conference.", "Marrash", "told"),
        ("“The wall can rest,” added Marrash, referring to the dam.", "Marrash", "added"),
        (
            "“Rivers move,” Sabina Ruzhko, minister of water, told the radio.",
            "Sabina Ruzhko, minister of water",
            "told",
        ),
        ("“The wall can rest,” according to the authority.", "the authority", "according to"),
        ("“The wall can rest,” per the authority.", "the authority", "per"),
        ("“Can the wall rest?” the judge asked.", "the judge", "asked"),
        ("“The wall can rest,” he later said.", "he", "said"),
        ("“The wall can rest, and so can we.” ― Ilko Marrash", "Ilko Marrash", "―"),
        ("“The wall can rest.”— Ilko Marrash", "Ilko Marrash", "—"),
    ],
)
def test_speaker_behind_the_words(language: Language, text: str, source: str, cue: str) -> None:
    line = line_of(language, text)

    assert said_by(find_tail(line, line.quotes[0]), text) == (source, cue)


@pytest.mark.parametrize(
    "text",
    [
        "“The wall can rest.” Marrash said nothing more.",
        "“The wall can rest.”",
        "“The wall can rest,” and the water fell.",
        "“The wall” broke and everybody said so.",
    ],
)
def test_closed_words_and_other_verbs_have_no_speaker_behind(language: Language, text: str) -> None:
    line = line_of(language, text)

    assert find_tail(line, line.quotes[0]) is None
