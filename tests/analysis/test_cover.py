"""Cover: overlap is told as a list of spans would tell it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.cover import Cover
from bot.model.spans import Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=8), SPANS)
def test_overlap_is_that_of_any_taken_span(taken: list[Span], asked: Span) -> None:
    cover = Cover(40, taken)

    assert cover.overlaps(asked) == any(len(span) and len(asked) and span.overlaps(asked) for span in taken)


def test_what_reaches_past_the_end_is_left_out() -> None:
    cover = Cover(5)

    cover.take(Span(3, 9))

    assert cover.overlaps(Span(4, 5))
    assert not cover.overlaps(Span(5, 9))
