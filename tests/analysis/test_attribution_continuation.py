"""Who goes on speaking where the words name nobody."""

import pytest

from bot.analysis.attribution_continuation import introduction, is_carried, previous_sentence, transcript_label
from bot.analysis.attribution_line import Voice
from bot.analysis.language import Language
from bot.model.spans import Span
from tests.analysis.spoken import line_of, said_by


def test_label_inside_the_marks_names_the_speaker(language: Language) -> None:
    text = "“OSKANE: We asked for bread.”"
    line = line_of(language, text)

    labelled = transcript_label(text, line.quotes[0])

    assert labelled is not None
    assert said_by(labelled[0], text) == ("OSKANE", ":")
    assert labelled[1].of(text) == "We asked for bread.”"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Marit Oskane was not moved. “We asked for bread.”", "Marit Oskane"),
        ("She shook her head. “We asked for bread.”", "She"),
        ("It rained. “We asked for bread.”", None),
        ("The flood rose and fell. “We asked for bread.”", None),
    ],
)
def test_subject_of_the_sentence_before_may_speak(language: Language, text: str, source: str | None) -> None:
    line = line_of(language, text)

    assert said_by(previous_sentence(line, line.quotes[0]), text)[0] == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Oskane went on to say:", "Oskane"),
        ("Then she added:", "she"),
        ("Marit Oskane, driver:", "Marit Oskane, driver"),
        ("Here is the list:", None),
        ("Oskane went on.", None),
    ],
)
def test_colon_at_the_end_introduces_the_next_paragraph(language: Language, text: str, source: str | None) -> None:
    assert said_by(introduction(line_of(language, text)), text)[0] == source


@pytest.mark.parametrize(("source", "carried"), [("Oskane", True), ("They", False), ("it", False), ("who", False)])
def test_bare_pronouns_are_not_carried_on(source: str, carried: bool) -> None:
    assert is_carried(source, Voice(Span(0, len(source)), None, None, "test")) is carried
