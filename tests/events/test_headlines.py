"""headlines: kinds of headline are told by their words."""

import pytest

from bot.events import headlines


@pytest.mark.parametrize(
    ("title", "hard", "local", "generic"),
    [
        ("Parliament ratifies water treaty", True, False, False),
        ("Man stabbed outside pub in Brod", False, True, False),
        ("Minister arrested over bribes", True, False, False),
        ("What we know about the dam", False, False, True),
        ("Ferry sinking: live updates", False, False, True),
        ("Will the bridge hold?", False, False, True),
        ("A gull joins the jury", False, False, False),
    ],
)
def test_kinds(title: str, hard: bool, local: bool, generic: bool) -> None:
    assert (headlines.is_hard(title), headlines.is_local(title), headlines.is_generic(title)) == (hard, local, generic)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Ferry Marigold sinks off Gull Point", True),
        ("Ferry Marigold Sinks Off Gull Point", False),
        ("FERRY SINKS off point", False),
        ("NATO meets", True),
        ("", True),
    ],
)
def test_sentence_case(title: str, plain: bool) -> None:
    assert headlines.is_sentence_case(title) is plain


def test_form() -> None:
    assert headlines.has_label("Rate cut: what now")
    assert not headlines.has_label("Talks at 10:30 in Brod")
    assert headlines.has_marks("Minister “not amused”")
    assert not headlines.has_marks("Norland's minister")
    assert headlines.is_loaded("Minister slams rival")
