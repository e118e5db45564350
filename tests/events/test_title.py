"""best_title: a plain headline that tells what most tell, as published."""

from hypothesis import given
from hypothesis import strategies as st

from bot.events.title import best_title
from bot.model.articles import ItemKind
from tests.events.samples import FERRY, report

PLAIN = "Ferry Marigold sinks off Gull Point, seven dead"
REPORTS = [
    report(1, "Marigold Sinks Off Gull Point, Killing Seven Passengers", FERRY),
    report(2, PLAIN, FERRY),
    report(3, "What was the ferry Marigold doing off Gull Point?", FERRY),
    report(4, "Ferry horror: Marigold sinks off Gull Point", FERRY),
    report(5, "Ferry Marigold sinks off Gull Point and I cannot sleep, seven dead", FERRY, kind=ItemKind.OPINION),
    report(6, "A harbour weeps", FERRY),
]


@given(st.permutations(REPORTS))
def test_plain_telling_headline_wins_whatever_the_order(reports: list) -> None:  # type: ignore[type-arg]
    assert best_title(reports) == PLAIN


def test_opinion_names_an_event_that_has_nothing_else() -> None:
    assert best_title([REPORTS[4]]) == REPORTS[4].title


def test_bullet_of_a_round_up_is_named_by_its_sentence() -> None:
    assert best_title([report(1, "", f"{FERRY} More followed.")]) == FERRY


def test_no_reports_no_title() -> None:
    assert best_title([]) == ""
