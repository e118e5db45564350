"""novelty: new words that several share, a new number, the announced done; not rewording, not explainers."""

import pytest

from bot.events.idf import StaticIdf
from bot.events.novelty import Novelty, novelty
from bot.events.report import Report
from bot.model.articles import ItemKind
from tests.events.samples import FERRY, report

ENGLISH = StaticIdf.load()
CHARGED = f"Prosecutors in Brod charged the skipper with manslaughter. {FERRY}"


def found(new: list[Report], told: list[Report]) -> Novelty:
    return novelty(new, told, ENGLISH)


TOLD = [report(number, "Ferry Marigold sinks off Gull Point", FERRY, numbers=["7"]) for number in (1, 2, 3)]


def test_words_that_several_new_reports_share_are_news() -> None:
    new = [report(number, "Skipper charged over ferry Marigold", CHARGED) for number in (4, 5)]

    result = found(new, TOLD)

    assert result.update
    assert {"skipper", "prosecutor", "manslaught"} <= set(result.words)
    assert 0.12 <= result.mass < 1


def test_one_new_report_with_other_words_is_none() -> None:
    assert not found([report(4, "Skipper charged over ferry Marigold", CHARGED)], TOLD).update


def test_the_same_again_is_none() -> None:
    new = [report(number, "Ferry Marigold sinks off Gull Point", FERRY, numbers=["7"]) for number in (4, 5)]

    assert found(new, TOLD) == Novelty(update=False, mass=0.0)


def test_new_number_in_two_outlets_is_news() -> None:
    new = [report(number, "Ferry Marigold: toll rises", FERRY, numbers=["11"]) for number in (4, 5)]

    assert found(new, TOLD).numbers == ("11",)
    assert found(new, TOLD).update
    assert not found([*new[:1], *TOLD], TOLD).numbers


def test_two_reports_of_one_owner_are_one_voice_for_a_number() -> None:
    new = [
        report(number, "Ferry Marigold sinks off Gull Point", FERRY, numbers=["11"], owner="one") for number in (4, 5)
    ]

    assert not found(new, TOLD).update


@pytest.mark.parametrize(
    ("before", "after", "done"),
    [
        ("Norland to ratify river treaty", "Norland ratifies river treaty", ("ratifi",)),
        ("River talks are due to begin", "River talks began", ("begin",)),
        ("Norland ratifies river treaty", "Norland ratifies river treaty", ()),
        ("Norland will ratify river treaty", "Norland will ratify river treaty", ()),
    ],
)
def test_what_was_announced_and_is_done_is_news(before: str, after: str, done: tuple[str, ...]) -> None:
    result = found([report(4, after), report(5, after)], [report(1, before)])

    assert result.done == done
    assert result.update is bool(done)


def test_explainers_and_opinion_are_no_news() -> None:
    asked = [report(number, "What did the skipper of the Marigold know?", CHARGED) for number in (4, 5)]
    opinion = [report(number, "Skipper charged", CHARGED, kind=ItemKind.OPINION) for number in (4, 5)]

    assert not found(asked, TOLD).update
    assert not found(opinion, TOLD).update


def test_without_new_reports_nothing_is_new() -> None:
    assert found([], TOLD) == Novelty(update=False, mass=0.0)
