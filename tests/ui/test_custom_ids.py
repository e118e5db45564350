"""Buttons remember the question, whatever was asked."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.custom_ids import ANSWER, EDITION, OPEN, Ask, edition_id, gather, open_id, spread
from bot.ui.limits import CUSTOM_ID

MOVES = ("o0", "o10", "share")
words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(words, max_size=4), st.sampled_from(["", "quotes by", "timeline"]), st.integers(0, 9999))
def test_question_comes_back_from_the_ids(options: list[str], view: str, offset: int) -> None:
    ask = Ask("quotes", tuple(options), view, offset)

    ids = spread(ask, MOVES)

    if ids is not None:
        assert gather(ids) == ask
        assert all(len(one) <= CUSTOM_ID and one == one.strip() for one in ids)
        assert len(set(ids)) == len(ids)
        assert all(ANSWER.fullmatch(one) for one in ids)


def test_longest_search_fits_its_buttons() -> None:
    assert spread(Ask("search", ("w " * 50, "o" * 100)), MOVES) is not None


def test_question_too_long_for_its_buttons_is_none() -> None:
    assert spread(Ask("quotes", ("x" * 300,)), MOVES) is None
    assert spread(Ask("quotes"), ()) is None


def test_order_of_other_ids_between_does_not_matter() -> None:
    ask = Ask("search", ("a" * 120, "b"))
    ids = spread(ask, MOVES)

    assert ids is not None
    assert gather(["d1:src:1", ids[0], "o1:event", *ids[1:]]) == ask


def test_ids_without_a_question_give_none() -> None:
    assert gather(["a1:share:"]) is None
    assert gather([]) is None
    assert gather(['a1:o0:["x"']) is None
    assert gather(['a1:o0:["x","",{}]']) is None
    assert gather(["a1:o0:7"]) is None


def test_moves_change_page_or_view() -> None:
    ask = Ask("actor", ("person/x",), "actions", 5)

    assert ask.moved("o10") == Ask("actor", ("person/x",), "actions", 10)
    assert ask.moved("vquotes by") == Ask("actor", ("person/x",), "quotes by", 0)


def test_ids_under_editions_and_menus_are_recognised() -> None:
    assert EDITION.fullmatch(edition_id("src", 12))
    assert EDITION.fullmatch(edition_id("src", 12, 3))
    assert len({edition_id("src", 12, part) for part in (1, 2, 3, 12)}) == 4
    assert OPEN.fullmatch(open_id("event"))
    assert not EDITION.fullmatch("d2:src:12")
    assert not ANSWER.fullmatch("a1:drop:x")
