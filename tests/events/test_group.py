"""Group: what was put can be taken, to the last bit."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.group import Group, Member
from bot.events.idf import StaticIdf
from bot.events.memory import member_from_json, member_to_json
from bot.events.report import Report
from bot.events.settings import FEEDS
from bot.events.vector import read_words, weigh
from bot.model.events import EventId
from tests.events.samples import report, world

ENGLISH = StaticIdf.load()


def member(each: Report, order: int = 0) -> Member:
    vector = weigh(read_words(each.title, each.text, FEEDS), ENGLISH, FEEDS)
    terms = tuple(vector.weights)[: FEEDS.query_terms]
    return Member(each.key, order, each.at, vector, terms, each.attributes, each.attack, bool(each.text))


def sums(group: Group) -> tuple[Any, ...]:
    counts = {kind: dict(values) for kind, values in group.counts.items() if values}
    known = {kind: number for kind, number in group.known.items() if number}
    return (
        group.members, group.weights, group.words, group.texts, counts, known, dict(group.attacks), dict(group.terms),
        group.first, group.last,
    )  # fmt: skip


MEMBERS = [member(each, order) for order, each in enumerate(world(4, 24))]


@given(kept=st.sets(st.sampled_from(range(24))), order=st.permutations(range(24)))
def test_taken_members_leave_nothing_behind(kept: set[int], order: list[int]) -> None:
    group, only = Group(EventId(1)), Group(EventId(1))
    for number in order:
        group.put(MEMBERS[number])
    for number in order:
        if number not in kept:
            assert group.take(MEMBERS[number].key) == MEMBERS[number]
    for number in sorted(kept):
        only.put(MEMBERS[number])

    assert sums(group) == sums(only)


def test_a_report_is_in_a_group_once() -> None:
    group = Group(EventId(1))
    group.put(MEMBERS[0])

    with pytest.raises(ValueError, match="already in event 1"):
        group.put(MEMBERS[0])


def test_an_unknown_report_cannot_be_taken() -> None:
    with pytest.raises(KeyError):
        Group(EventId(1)).take(MEMBERS[0].key)


@given(st.sampled_from(MEMBERS))
def test_memory_gives_the_same_member_back(each: Member) -> None:
    assert member_from_json(member_to_json(each), FEEDS) == each


def test_memory_refuses_what_is_incomplete() -> None:
    state = member_to_json(member(report(1, "Ferry sinks", attack=[("a", "b")])))
    del state["vector"]

    with pytest.raises(KeyError):
        member_from_json(state, FEEDS)
