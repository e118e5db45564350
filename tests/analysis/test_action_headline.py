"""NAME VERBs NAME at the head of a title."""

import pytest

from bot.analysis.action_headline import headline_deed
from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.language import Language
from bot.analysis.mention_index import MentionIndex
from bot.model.analysis import MentionType
from tests.analysis.spoken import mentions_of, words_of

NAMES = ("Kestria", "Mornavia", "Linden House")


def read(language: Language, title: str) -> tuple[str, str | None, str | None] | None:
    index = MentionIndex(mention for name in NAMES for mention in mentions_of(title, name, type=MentionType.COUNTRY))
    deed = headline_deed(words_of(language, title), load_lexicon(), index)
    return (deed.action, deed.agent.name, deed.patient.name) if deed else None


@pytest.mark.parametrize(
    ("title", "deed"),
    [
        ("Kestria Accuses Mornavia Over Flood", ("DISAPPROVE", "Kestria", "Mornavia")),
        ("Kestria lashes out at Mornavia", ("DISAPPROVE", "Kestria", "Mornavia")),
        ("Kestria orders Linden House to act", ("DEMAND", "Kestria", "Linden House")),
        ("Kestria rejects Mornavia's claim on river", ("REJECT", "Kestria", "Mornavia")),
        ("Kestria officials warn Mornavia", None),
        ("Kestria officials warns Mornavia", ("THREATEN", "Kestria", "Mornavia")),
    ],
)
def test_plain_headline_tells_its_deed(
    language: Language, title: str, deed: tuple[str, str | None, str | None] | None
) -> None:
    assert read(language, title) == deed


@pytest.mark.parametrize(
    "title",
    [
        "Why Kestria accuses Mornavia",
        "Kestria accuses Mornavia?",
        "Flood: Kestria accuses Mornavia",
        "Kestria accuses Mornavia dam builders of haste",
        "Kestria visits Mornavia",
        "Kestria says Mornavia is late",
        "Kestria accuses",
        "",
        "Accuses",
    ],
)
def test_anything_less_plain_tells_nothing(language: Language, title: str) -> None:
    words = words_of(language, title) if title else ()

    assert (read(language, title) if words else headline_deed((), load_lexicon(), MentionIndex(()))) is None
