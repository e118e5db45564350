"""Facts and roles: agreeing costs nothing, clashing a little, swapped roles everything."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.events.group import Group
from bot.events.likeness import Likeness
from bot.events.report import Attack, Report
from bot.events.settings import FEEDS, LABELLED
from bot.events.veto import Facts, one_way, share_a_round_up, swapped
from bot.model.articles import ArticleId
from bot.model.events import EventId, ReportKey
from tests.events.samples import FERRY, report
from tests.events.test_group import member

AB, BA, AC = ("a", "b"), ("b", "a"), ("a", "c")


def group(*reports: Report) -> Group:
    made = Group(EventId(1))
    for order, each in enumerate(reports):
        made.put(member(each, order))
    return made


def adjustment(one: Report, *others: Report) -> float:
    return Facts(LABELLED).of_report(member(one), group(*others))


def test_unknown_facts_count_nothing() -> None:
    assert adjustment(report(1, "x"), report(2, "y", persons=["vane"])) == 0
    assert adjustment(report(1, "x", persons=["vane"]), report(2, "y")) == 0


def test_another_person_costs_a_tenth() -> None:
    assert adjustment(report(1, "x", persons=["hanna"]), report(2, "y", persons=["vane"])) == pytest.approx(-0.10)


def test_another_number_costs_half_of_that() -> None:
    assert adjustment(report(1, "x", numbers=["7"]), report(2, "y", numbers=["8"])) == pytest.approx(-0.05)


def test_one_shared_value_of_several_is_agreement() -> None:
    assert adjustment(report(1, "x", places=["brod", "tesk"]), report(2, "y", places=["tesk", "gull"])) == 0


def test_clash_counts_by_how_many_of_the_group_know_the_fact() -> None:
    others = [report(2, "y", persons=["vane"]), report(3, "z"), report(4, "z"), report(5, "z")]

    assert adjustment(report(1, "x", persons=["hanna"]), *others) == pytest.approx(-0.025)


def test_shared_day_counts_for_and_another_day_is_no_clash() -> None:
    assert adjustment(report(1, "x", days=["03-01"]), report(2, "y", days=["03-01"])) == pytest.approx(0.1)
    assert adjustment(report(1, "x", days=["03-01"]), report(2, "y", days=["03-02"])) == 0


def test_days_and_years_say_nothing_on_feeds() -> None:
    facts = Facts(FEEDS)
    one = member(report(1, "x", days=["03-01"], years=["2026"]))

    assert facts.of_report(one, group(report(2, "y", days=["03-01"], years=["2025"]))) == 0


def test_group_with_one_member_fits_like_the_member() -> None:
    one, other = report(1, "x", persons=["hanna"], numbers=["7"]), report(2, "y", persons=["vane"], numbers=["7", "9"])
    facts = Facts(LABELLED)

    assert facts.of_groups(group(one), group(other)) == facts.of_report(member(one), group(other))
    assert facts.of_groups(group(one), group(other)) == facts.of_groups(group(other), group(one))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([AB], {BA: 1}, True),
        ([AB], {AB: 1}, False),
        ([AB], {AB: 2, BA: 1}, False),
        ([AB], {AC: 5}, False),
        ([], {AB: 1}, False),
    ],
)
def test_roles_are_swapped_where_more_say_so(one: Iterable[Attack], other: dict[Attack, int], expected: bool) -> None:
    assert swapped(one, other) is expected


def test_attacks_both_ways_are_no_roles() -> None:
    assert one_way(frozenset({AB, BA, AC})) == {AC}


def test_swapped_roles_rule_a_fit_out() -> None:
    likeness = Likeness(FEEDS)
    north = report(1, "Drones hit depot", FERRY, attack=[AB])
    south = replace(north, key=report(2, "").key, attack=frozenset({BA}))

    assert likeness.of_report(member(north), group(north)) > 0
    assert likeness.of_report(member(south), group(north)) < -0.2
    assert likeness.of_groups(group(south), group(north)) < -0.2


def test_longer_texts_must_be_more_alike() -> None:
    likeness = Likeness(LABELLED)

    needed = [likeness.threshold(words) for words in (0, 7, 17.5, 28, 500)]

    assert needed[0] == needed[1] == LABELLED.short_threshold
    assert needed[3] == needed[4] == LABELLED.long_threshold
    assert needed == sorted(needed)


def test_bullets_of_one_round_up_are_events_of_their_own() -> None:
    first, second = ReportKey(ArticleId(1), 1), ReportKey(ArticleId(1), 2)

    assert share_a_round_up([first], [second])
    assert not share_a_round_up([first], [ReportKey(ArticleId(2), 2)])
    assert not share_a_round_up([ReportKey(ArticleId(1))], [ReportKey(ArticleId(2))])
