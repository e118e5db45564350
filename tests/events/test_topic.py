"""What an event is about, and where: the table decides, the order of the reports does not."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.events.topic import place_of, read_topics, topics, topics_of
from bot.model.analysis import ActorId
from bot.model.articles import ItemKind
from tests.events.samples import report


def test_an_event_is_about_what_most_of_its_reports_are_about() -> None:
    reports = [
        report(1, "Central bank of Kestria cuts its interest rate", "Inflation fell last month."),
        report(2, "Rate cut surprises markets in Halvern", "The central bank lowered the rate by half a point."),
        report(3, "Clock that never strikes is repaired", "A watchmaker climbed the tower."),
    ]

    assert topics_of(reports) == ("economy",)


def test_one_everyday_word_is_no_topic() -> None:
    assert topics_of([report(1, "A strike of luck", "Nobody knew what to make of it.")]) == ()


def test_kinds_and_actors_lead_to_topics() -> None:
    match = replace(report(1, "Halvern win again", ""), kind=ItemKind.SPORT)
    abroad = replace(report(2, "Paris waits", ""), countries=frozenset({ActorId("country/france")}))

    assert topics_of([match]) == ("sport",)
    assert topics_of([abroad]) == ("europe",)


def test_a_town_leads_to_the_region_of_its_country() -> None:
    assert topics_of([replace(report(1, "Night of waiting", ""), scenes=("Nairobi",))]) == ("africa",)


def test_the_place_is_where_most_reports_put_it() -> None:
    first = replace(report(1, "Fire", ""), scenes=("Port Ansel", "Lorrin Islands"))
    second = replace(report(2, "Fire", ""), scenes=("Port Ansel",))
    other = replace(report(3, "Fire", ""), scenes=("Halvern",))

    assert place_of([first, second, other]) == "Port Ansel"


def test_no_place_where_reports_do_not_agree() -> None:
    towns = ("Halvern", "Tesk", "Corrane", "Port Ansel")

    assert place_of(replace(report(n, "Rain", ""), scenes=(town,)) for n, town in enumerate(towns)) is None
    assert place_of([]) is None


@given(st.permutations(range(6)))
def test_order_of_reports_does_not_matter(order: list[int]) -> None:
    titles = ("Flood in Tesk", "Flood warning", "Cup final", "Dam cracks", "Election called", "Election and flood")
    reports = [
        replace(
            report(number, title, ""), scenes=(title.split()[-1],), at=report(0, "", "").at + timedelta(hours=number)
        )
        for number, title in enumerate(titles)
    ]

    assert topics_of([reports[number] for number in order]) == topics_of(reports)
    assert place_of([reports[number] for number in order]) == place_of(reports)


def test_every_actor_of_the_table_is_known() -> None:
    known = set()
    for table in files("config").joinpath("actors").iterdir():
        if table.name.endswith(".toml"):
            rows = tomllib.loads(table.read_text("utf-8"))
            known |= {f"{kind}/{key}" for kind, keys in rows.items() if isinstance(keys, dict) for key in keys}

    named = {actor for topic in topics().values() for actor in topic.actors if not actor.endswith("/")}
    assert named <= known


def test_every_term_has_one_or_two_stems() -> None:
    assert all(len(term) in {1, 2} for topic in topics().values() for term in topic.terms)


@pytest.mark.parametrize("row", [{"words": ["war"]}, {"name": "War", "wrods": ["war"]}])
def test_a_wrong_table_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="“war” has"):
        read_topics({"topic": {"war": row}})
