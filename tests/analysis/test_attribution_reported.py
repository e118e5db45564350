"""Reported speech: whose, and exactly which words."""

import pytest

from bot.analysis.attribution_reported import reported_clauses
from bot.analysis.language import Language
from tests.analysis.spoken import line_of, shown


def reported(language: Language, text: str) -> list[tuple[str | None, list[str]]]:
    return [
        (shown(clause.voice.source, text), [span.of(text) for span in clause.content])
        for clause in reported_clauses(line_of(language, text))
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Brill said the company would fly in March.", "Brill", ["the company would fly in March"]),
        ("The flight was put off, the company said.", "the company", ["The flight was put off"]),
        (
            "Without the readings, she said, engineers had to guess.",
            "she",
            ["Without the readings", "engineers had to guess"],
        ),
        ("According to the authority, the repairs take ten days.", "the authority", ["the repairs take ten days"]),
        ("The repairs take ten days, according to the authority.", "the authority", ["The repairs take ten days"]),
        ("Palsen denied taking bribes.", "Palsen", ["taking bribes"]),
        ("Oskane warned of a long dispute.", "Oskane", ["a long dispute"]),
        ("Pellin asked islanders for patience.", "Pellin", ["islanders for patience"]),
        ("Aldane ruled out a second cut.", "Aldane", ["a second cut"]),
        ("Economists expected the cut.", "Economists", ["the cut"]),
        ("Vasarik vowed to share the data.", "Vasarik", ["to share the data"]),
        ("The charge was rejected by Mornavia.", "Mornavia", ["The charge"]),
    ],
)
def test_clause_and_its_source(language: Language, text: str, source: str, content: list[str]) -> None:
    assert (source, content) in reported(language, text)


@pytest.mark.parametrize(
    "text",
    [
        "Castrell called a snap election for April.",
        "The union called off its strike.",
        "The trial is expected to last until April.",
        "You said it would rain.",
        "OSKANE WARNED OF A LONG DISPUTE",
        "Nobody asked for a passport.",
        "The union wants nine per cent; the railway offered four.",
        "The rescuers found the door locked.",
        "They held talks in Port Ansel.",
        "Palsen did not confirm the report.",
    ],
)
def test_deeds_wishes_and_commands_are_no_speech_of_the_railway(language: Language, text: str) -> None:
    sources = {source for source, _ in reported(language, text)}

    assert sources <= {"The union"}


def test_clause_ends_where_further_speech_begins(language: Language) -> None:
    text = "Vasarik said she would share the data, arguing that rivers move."

    assert ("Vasarik", ["she would share the data"]) in reported(language, text)
    assert [content for _, content in reported(language, text)][-1] == ["that rivers move"]


def test_speaker_that_the_parser_swallowed_is_found(language: Language) -> None:
    text = (
        "Mornavia plans to send engineers to repair the dam in the upper valley amid fears that rain could reach "
        "Kestria, a senior official of President Danchik's office said Wednesday."
    )

    sources = [source for source, _ in reported(language, text)]

    assert "a senior official of President Danchik's office" in sources
