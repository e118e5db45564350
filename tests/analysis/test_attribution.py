"""The layers together: paragraphs hand voices on, and the nearest cue keeps its words."""

import pytest

from bot.analysis.language import Language
from tests.analysis.spoken import attributed


def test_quote_goes_on_behind_its_cue(language: Language) -> None:
    text = "“Rivers move,” Ruzhko said. “Lawyers should learn to swim.”"

    assert attributed(language, text) == [("Ruzhko", ["“Rivers move,”", "“Lawyers should learn to swim.”"])]


def test_quote_goes_on_over_paragraphs_that_only_open_marks(language: Language) -> None:
    text = "Ruzhko said: “Rivers move.\n\n“Lawyers should learn to swim.”"

    assert attributed(language, text) == [("Ruzhko", ["“Rivers move.", "“Lawyers should learn to swim.”"])]


def test_paragraph_of_its_own_keeps_the_voice_before_it(language: Language) -> None:
    text = "Ruzhko said the river had moved.\n\n“Lawyers should learn to swim, and borders too.”"

    assert [source for source, _ in attributed(language, text)] == ["Ruzhko", "Ruzhko"]


def test_introduced_paragraph_belongs_to_whom_the_colon_names(language: Language) -> None:
    text = "Then Linde added:\n\n“A treaty is cheaper than a dam.”"

    assert attributed(language, text) == [("Linde", ["“A treaty is cheaper than a dam.”"])]


def test_lone_words_that_nobody_is_said_to_say_are_left_out(language: Language) -> None:
    assert attributed(language, "The children built a “wall” of sand. It rains.") == []


def test_outlets_clause_around_quoted_words_is_taken_whole(language: Language) -> None:
    text = "Vasarik said the report was “invented from the first comma”."

    assert attributed(language, text) == [("Vasarik", ["the report was “invented from the first comma”"])]


def test_reported_clause_inside_another_is_dropped(language: Language) -> None:
    text = "Vasarik said that Danchik had denied the charge."

    assert attributed(language, text) == [("Vasarik", ["that Danchik had denied the charge"])]


def test_words_stay_with_the_verb_whose_clause_they_are(language: Language) -> None:
    text = "Danchik said Tuesday he hopes to “find a way” out but warned “it will not be simple,” adding his concerns."

    assert ("he", ["“it will not be simple,”"]) in attributed(language, text)


def test_two_speakers_are_one_source(language: Language) -> None:
    text = "Kestria and the alliance have called the demand “a joke”."

    assert attributed(language, text)[0][0] == "Kestria and the alliance"


@pytest.mark.parametrize("text", ["", " ", "“", "”", "“”", "“”“”", '"', "•", "said", "“ ” said", "\n\n", "“a\n“b\n“c"])
def test_scraps_have_no_voice_and_no_words_of_their_own(language: Language, text: str) -> None:
    for source, words in attributed(language, text):
        assert source is None
        assert all(one in text for one in words)
