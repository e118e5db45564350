"""Faults of a sentence that show without its grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import problems
from bot.analysis.sentence_form import balanced, form_problems, opens_inside, unquoted


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("The ferry sank off the point", problems.NO_END_MARK),
        ("The ferry sank off the …", problems.CUT_OFF),
        ("“The ferry sank, she said.", problems.UNBALANCED),
        ("Did the ferry sink off the point?", problems.QUESTION),
        ("We have learned that the ferry sank.", problems.FIRST_PERSON),
        ("Sign up for our letter about ferries.", problems.PROMOTION),
        ("Video of the sinking ferry was shown.", problems.PROMOTION),
        ("A coastguard joins the show to discuss ferries.", problems.PROMOTION),
        ("Captain asks for patience The ferry sank on Monday.", problems.RUN_ON),
        ("For many islanders, the ferry was a second home.", problems.FEATURE),
        ("Her announcement comes as ferries sink.", problems.FEATURE),
        ("and then the ferry sank.", problems.FRAGMENT),
        ("Ferry: seven people died on Monday.", problems.LABEL),
        ("An earlier version of this article named another ferry.", problems.ABOUT_ITSELF),
        ("“We owe the dead an answer.”", problems.BARE_QUOTATION),
    ],
)
def test_each_fault_is_named(words: str, problem: str) -> None:
    assert problem in form_problems(words)


@pytest.mark.parametrize(
    "words",
    [
        "At least seven people died when the ferry Saint Orla sank off Skarn Head, the coastguard said.",
        "“Did we hear it? Like a drum,” Mira Voss told reporters.",
        "The U.S. sent two ships at 07:30, officials said.",
        "Pilots of World War I flew over the Saint Orla, a museum ship.",
        "Ione Marchetta’s The Salt Road won the prize.",
        'The captain called it "a fine night".',
    ],
)
def test_good_sentences_have_none(words: str) -> None:
    assert form_problems(words) == ()


@given(st.text(max_size=200))
def test_any_text_is_judged_without_fail(words: str) -> None:
    found = form_problems(words)

    assert len(set(found)) == len(found)
    assert set(found) <= problems.FORM | {problems.FEATURE}


@given(st.text(alphabet='ab “”"', max_size=60))
def test_what_is_left_outside_quotations_was_there(words: str) -> None:
    assert len(unquoted(words)) <= len(words) + 2 * words.count('"') + 2 * words.count("“")
    assert set(unquoted(words)) <= set(words) | set("“”")


def test_marks_are_counted_by_kind() -> None:
    assert balanced('“a” (b) [c] "d"')
    assert not balanced("“a")
    assert not balanced('a" b')
    assert opens_inside('He said "we ')
    assert opens_inside("He said “we. ")
    assert not opens_inside('He said "we" and ')
