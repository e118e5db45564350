"""link: an event of earlier days that it continues, by words and names; one word ties nothing."""

import json
from datetime import date, timedelta

from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.report import Report
from bot.events.storyline import Link, Signature, Tie, link, signature, signature_from_json, signature_to_json
from bot.events.vector import UNIT
from bot.model.events import EventId
from tests.events.samples import BANK, FERRY, report

ENGLISH = StaticIdf.load()
MONDAY = date(2026, 3, 2)
NEXT = (
    "Prosecutors in Brod charged skipper Hanna Vane with manslaughter over the sinking of the ferry Marigold and the "
    "seven passengers who drowned off Gull Point. The trial opens in June. Her lawyer called the charge absurd; the "
    "harbour court released her against bail."
)


def event(*texts: str, days: int = 0, persons: tuple[str, ...] = ("vane",)) -> Signature:
    reports: list[Report] = [report(number, "", text, persons=persons) for number, text in enumerate(texts)]
    return signature(reports, ENGLISH, MONDAY + timedelta(days=days))


def test_next_days_event_of_the_same_matter_is_tied() -> None:
    found = link(event(NEXT, NEXT, days=1), [(EventId(1), event(BANK)), (EventId(2), event(FERRY, FERRY))])

    assert found is not None
    assert (found.event, found.tie) == (EventId(2), Tie.PART)


def test_the_same_told_again_may_be_an_update() -> None:
    found = link(event(FERRY, days=1), [(EventId(2), event(FERRY))])

    assert found is not None
    assert found.tie is Tie.SAME
    assert found.score > 0.95


def test_ties_fade_and_end_after_a_week() -> None:
    scores = [link(event(FERRY, days=days), [(EventId(2), event(FERRY))]) for days in (1, 3, 7, 8)]

    assert scores[3] is None
    assert [round(found.score, 2) for found in scores if found] == [1.0, 0.9, 0.74]


def test_later_events_are_not_linked_to() -> None:
    assert link(event(FERRY), [(EventId(2), event(FERRY, days=1))]) is None


def test_other_matters_are_not_tied() -> None:
    assert link(event(BANK, days=1), [(EventId(2), event(FERRY))]) is None


def test_without_a_shared_name_more_words_are_needed() -> None:
    def half(own: str, core: str, day: date) -> Signature:
        weights = {"reef": 0.43 * UNIT, "ferri": 0.43 * UNIT, own: 0.79 * UNIT}
        return Signature(day, weights, frozenset({core}))

    old, today = half("divers", "vane", MONDAY), MONDAY + timedelta(days=1)

    assert link(half("court", "hanna", today), [(EventId(2), old)]) is None
    found = link(half("court", "vane", today), [(EventId(2), old)])
    assert found is not None
    assert (found.tie, round(found.score, 2)) == (Tie.PART, 0.37)


def test_one_word_ties_nothing() -> None:
    one = Signature(MONDAY, {"help": 12000.0, "ocean": 11000.0}, frozenset({"help"}))
    other = Signature(MONDAY, {"help": 12000.0, "carer": 11000.0}, frozenset({"help"}))

    assert link(one, [(EventId(1), other)]) is None


def test_lower_id_wins_among_equals() -> None:
    same = event(FERRY)

    found = link(event(FERRY, days=1), [(EventId(9), same), (EventId(4), same)])

    assert found == Link(EventId(4), found.score if found else 0, Tie.SAME)


def test_signature_survives_json() -> None:
    made = event(FERRY, BANK)

    assert signature_from_json(json.loads(json.dumps(signature_to_json(made), sort_keys=True))) == made


def test_signature_of_many_reports_holds_what_a_third_share() -> None:
    reports = [report(number, "", FERRY, persons=["vane"] if number < 2 else ["hanna"]) for number in range(9)]

    core = signature(reports, ENGLISH, MONDAY).core

    assert "hanna" in core
    assert "vane" not in core


def test_a_name_that_is_in_the_news_every_day_ties_nothing() -> None:
    idf = LaggedIdf(ENGLISH)
    idf.advance(MONDAY - timedelta(days=1))
    for number in range(1000):
        idf.count(["vane", "harbour"] if number % 3 == 0 else ["weather"])
    idf.advance(MONDAY)

    named = signature([report(1, "", FERRY, persons=("vane", "marigold"))], idf, MONDAY)

    assert "vane" not in named.core
    assert "marigold" in named.core
