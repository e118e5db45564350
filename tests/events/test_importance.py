"""score: outlets decide, the rest moves by half at most, and the reasons add up."""

import math
import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.importance import score
from bot.events.report import Report
from bot.model.articles import ItemKind
from tests.events.samples import BANK, FERRY, START, report

NOW = START + timedelta(hours=1)


def own_words(number: int) -> str:
    rng = random.Random(number)
    return " ".join("".join(rng.choices("abcdefgh", k=5)) for _ in range(20))


def event(count: int, title: str = "Parliament ratifies water treaty", **facts: object) -> list[Report]:
    return [report(number, title, own_words(number), **facts) for number in range(count)]


def test_more_outlets_weigh_more() -> None:
    few, many = score(event(2), NOW)[0], score(event(6), NOW)[0]

    assert 0 < few < many


def test_copies_do_not_weigh() -> None:
    copied = [report(number, "Ferry sinks", f"{FERRY} {BANK}") for number in range(6)]

    assert score(copied, NOW)[0] == score(copied[:1], NOW)[0]
    assert "one outlet" in [reason.text for reason in score(copied, NOW)[1]]


def test_reasons_name_what_weighs() -> None:
    texts = [reason.text for reason in score(event(7, country="NO"), NOW)[1]]

    assert texts[0] == "7 independent outlets"
    assert "hard news" in texts
    assert "fresh: last report 60 min ago" in texts


def test_old_event_with_news_is_fresh() -> None:
    old = event(3, hours=-60)
    again = [report(number, "Parliament ratifies water treaty", own_words(number)) for number in (7, 8)]

    assert "fresh: last report 60 min ago" in [reason.text for reason in score([*old, *again], NOW)[1]]


def test_old_event_loses_up_to_half() -> None:
    fresh, old = score(event(5), NOW)[0], score(event(5), NOW + timedelta(days=6))[0]

    assert fresh / 2 <= old < fresh


def test_outlets_of_several_countries_and_public_actors_help() -> None:
    home = event(4, country="NO", actors=())
    abroad = [*event(3, country="NO", actors=("country/norland",)), report(9, "x", own_words(9), country="SU")]

    assert score(abroad, NOW)[0] > score(home, NOW)[0]


def test_everyday_crime_in_few_outlets_is_damped() -> None:
    crime, treaty = event(2, "Man stabbed outside pub"), event(2, "Gull joins festival jury")

    assert score(crime, NOW)[0] < score(treaty, NOW)[0]


def test_novelty_moves_a_told_event() -> None:
    values = [score(event(4), NOW, novelty=share)[0] for share in (0.0, 0.5, 1.0)]

    assert values == sorted(values)
    assert values[0] < values[2]


@pytest.mark.parametrize("kind", [ItemKind.SPORT, ItemKind.SOFT, ItemKind.OPINION, ItemKind.LIVE, ItemKind.VIDEO])
def test_share_of_other_kinds_damps_the_event(kind: ItemKind) -> None:
    news, mixed, other = event(4), event(2) + event(4, kind=kind)[2:], event(4, kind=kind)

    assert score(news, NOW)[0] > score(mixed, NOW)[0] >= score(other, NOW)[0]


def test_one_sports_report_of_many_does_not_make_it_sport() -> None:
    reports = [*event(5), report(9, "Parliament ratifies water treaty", own_words(9), kind=ItemKind.SPORT)]

    assert "sport" not in [reason.text for reason in score(reports, NOW)[1]]


def test_no_reports_weigh_nothing() -> None:
    assert score([], NOW) == (0.0, ())


@given(
    count=st.integers(1, 9),
    title=st.sampled_from(["Parliament ratifies treaty", "Man stabbed in Brod", "Why gulls sing", "A gull sings"]),
    kind=st.sampled_from(list(ItemKind)),
    hours=st.integers(0, 300),
    novelty=st.one_of(st.none(), st.floats(0, 1)),
)
def test_weights_add_up_and_moves_are_bounded(
    count: int, title: str, kind: ItemKind, hours: int, novelty: float | None
) -> None:
    value, reasons = score(event(count, title, kind=kind), START + timedelta(hours=hours), novelty=novelty)

    assert value == pytest.approx(sum(reason.weight for reason in reasons))
    assert 0 < value <= 1.5 * math.log2(1 + count) + 1e-9
    if kind in (ItemKind.NEWS, ItemKind.EXPLAINER):
        assert value >= 0.5 * math.log2(1 + count) - 1e-9
    assert [abs(reason.weight) for reason in reasons] == sorted((abs(each.weight) for each in reasons), reverse=True)
