"""Whom “he”, “she” and “it” stand for."""

import pytest

from bot.analysis.cues import load_cues
from bot.analysis.language import Language
from bot.analysis.mention_index import MentionIndex, main_words
from bot.analysis.pronouns import Genders, Person, Pronouns
from bot.analysis.role_phrases import RolePhrases
from bot.analysis.words import read_lines
from bot.model.analysis import Mention, MentionType
from bot.model.spans import Span
from tests.analysis.spoken import GENDERS, mentions_of


def meant(language: Language, text: str, *mentions: Mention, heard: tuple[Span, ...] = ()) -> Person | None:
    """Return whom the last pronoun of *text* stands for."""
    lines = read_lines(language.parse(text))
    index = MentionIndex(sorted(mentions, key=lambda mention: mention.span))
    names = tuple(main_words(lines, index))
    cues = load_cues()
    known = Genders(GENDERS, cues.honorifics, cues.persons)
    pronouns = Pronouns(lines, names, index, RolePhrases(text, names, index, ()), known)
    words = [word for words in lines for word in words if word.lower in {"he", "she", "it", "they"}]
    for source in heard:
        pronouns.hear(source)
    return pronouns.who(words[-1])


def name(person: Person | None) -> str | None:
    return person.mention.name if person is not None and person.mention is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilena Vasarik met Oskar Brandel. It was late, she said.", "Ilena Vasarik"),
        ("Ilena Vasarik met Oskar Brandel. It was late, he said.", "Oskar Brandel"),
        ("Mr Vasarik met Ms Brandel. It was late, she said.", "Brandel"),
    ],
)
def test_gender_decides(language: Language, text: str, expected: str) -> None:
    names = ("Vasarik", "Brandel") if "Mr" in text else ("Ilena Vasarik", "Oskar Brandel")

    assert name(meant(language, text, *mentions_of(text, *names))) == expected


def test_nearer_subject_is_likelier(language: Language) -> None:
    text = "Oskar Brandel spoke first. Then Tobin Wrede spoke. It was late, he said."

    assert name(meant(language, text, *mentions_of(text, "Oskar Brandel", "Tobin Wrede"))) == "Tobin Wrede"


def test_who_spoke_is_likelier(language: Language) -> None:
    text = "Oskar Brandel spoke at length. The train of Tobin Wrede was late. There is no hurry, he said."
    mentions = mentions_of(text, "Oskar Brandel", "Tobin Wrede")

    assert name(meant(language, text, *mentions, heard=(mentions[0].span,))) == "Oskar Brandel"


def test_somebody_unnamed_may_be_meant(language: Language) -> None:
    text = "Jory Bell came off the bench. His mother watched from row three. He was late, she said."

    person = meant(language, text, *mentions_of(text, "Jory Bell"))

    assert person is not None
    assert person.mention is None
    assert person.span.of(text) == "His mother"


def test_nobody_fits(language: Language) -> None:
    assert meant(language, "It rained. So it went, she said.") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Linden House was silent. Later it said nothing had changed.", "Linden House"),
        ("Linden House was silent. The dam broke and it said nothing.", None),
    ],
)
def test_it_is_the_last_subject_if_that_can_speak(language: Language, text: str, expected: str | None) -> None:
    assert name(meant(language, text, *mentions_of(text, "Linden House", type=MentionType.ORGANISATION))) == expected
