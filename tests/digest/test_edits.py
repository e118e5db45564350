"""The few mechanical edits: days, full names, a leading connective; nothing else."""

from datetime import date

import pytest

from bot.digest.account import Account, Sentence
from bot.digest.edits import Names, bare_subject, day_edit, day_label, introduced_by, leading_edit, name_edits
from bot.model.analysis import ActorId
from bot.model.editions import Edit
from tests.digest.newsroom import NOON, Newsroom

VOSS = ActorId("person/mira-voss")
NAMES = Names({VOSS: "Mira Voss"}, frozenset())


def sentence(text: str) -> Sentence:
    newsroom = Newsroom()
    article = newsroom.report(1, "Harbour Post", "A title", text, NOON)
    return Account(article, newsroom.analyses[article.id]).sentences[0]


def applied(text: str, edit: Edit | None) -> str:
    assert edit is not None
    return text[: edit.start] + edit.text + text[edit.end :]


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("The bridge collapsed on Tuesday in the rain.", "The bridge collapsed on Tuesday [3 Mar] in the rain."),
        ("The bridge collapsed on Monday evening.", "The bridge collapsed on Monday [2 Mar] evening."),
        ("The court will rule on Friday.", "The court will rule on Friday [6 Mar]."),
        ("It collapsed today, and Monday was fine.", "It collapsed today [3 Mar], and Monday was fine."),
    ],
)
def test_the_first_day_of_a_sentence_is_resolved_behind_its_word(text: str, edited: str) -> None:
    assert applied(text, day_edit(sentence(text), 0, 2026)) == edited


@pytest.mark.parametrize(
    "text",
    [
        "The bridge collapsed on Tuesday 3 March in the rain.",
        "He called Thursday’s vote a farce and went home.",
        "“We shall meet on Friday,” the minister said.",
        "The bridge collapsed in the rain.",
    ],
    ids=["dated already", "owns something", "quoted", "no day"],
)
def test_days_that_need_or_bear_no_bracket_are_left_alone(text: str) -> None:
    assert day_edit(sentence(text), 0, 2026) is None


def test_a_day_of_another_year_says_so() -> None:
    assert day_label(date(2025, 12, 31), 2026) == "31 Dec 2025"
    assert day_label(date(2026, 12, 31), 2026) == "31 Dec"


def test_a_bare_surname_gets_its_full_name_once() -> None:
    text = "Voss told the assembly that Voss alone was to blame."

    edits = list(name_edits(sentence(text), 2, NAMES, ()))

    assert edits == [Edit(2, 0, 4, "[Mira Voss]", "name")]


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Voss told the assembly that it was over.",
        "Mr Voss told the assembly that it was over.",
        "Mira Voss told the assembly, and Voss alone was to blame.",
        "“Voss is to blame for all of it,” the union said.",
        "The union said that Hale was to blame for it.",
    ],
    ids=["after a title", "after Mr", "full name in the sentence", "quoted", "nobody whose name is known"],
)
def test_names_that_need_or_bear_no_bracket_are_left_alone(text: str) -> None:
    assert list(name_edits(sentence(text), 0, NAMES, ())) == []


def test_a_name_that_was_introduced_or_that_everybody_knows_is_left_alone() -> None:
    voss = sentence("Voss told the assembly that it was over.")

    assert list(name_edits(voss, 0, NAMES, {"voss"})) == []
    assert list(name_edits(voss, 0, Names(NAMES.full, frozenset({"voss"})), ())) == []
    assert introduced_by(sentence("Mira Voss met Hale.")) == {"voss"}


def test_a_sentence_that_opens_with_a_bare_surname_says_so() -> None:
    opening = bare_subject(sentence("Voss told the assembly that it was over."))

    assert opening is not None
    assert opening.actor == VOSS
    assert bare_subject(sentence("The minister Mira Voss said so.")) is None


def test_a_leading_connective_is_cut_only_before_a_capital() -> None:
    text = "However, Arvania closed the bridge."

    assert applied(text, leading_edit(sentence(text), 0)) == "Arvania closed the bridge."
    assert leading_edit(sentence("However, the bridge was closed."), 0) is None
