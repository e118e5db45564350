"""Index: finds what shares rare words, forgets what left."""

from bot.events.index import Index
from bot.events.settings import FEEDS
from bot.model.events import EventId
from tests.events.samples import BANK, FERRY, report
from tests.events.test_group import member


def filled() -> Index:
    index = Index(FEEDS)
    index.put(index.open(EventId(1)), member(report(1, "Ferry Marigold sinks", FERRY)))
    index.put(index.open(EventId(2)), member(report(2, "Norland lowers rate", BANK)))
    return index


def test_near_groups_share_words() -> None:
    index = filled()
    ferry, bank = index.groups[EventId(1)], index.groups[EventId(2)]

    assert index.near_report(member(report(3, "Divers reach ferry Marigold"))) == [ferry]
    assert index.near_report(member(report(3, "Divers reach ferry Marigold")), ferry) == []
    assert index.near_group(bank) == []


def test_best_group_comes_first_and_equals_by_id() -> None:
    index = filled()
    index.put(index.open(EventId(3)), member(report(3, "Norland lowers rate", BANK)))

    near = index.near_report(member(report(4, "Norland lowers rate; ferry", BANK)))

    assert [group.id for group in near] == [2, 3, 1]


def test_groups_outside_the_window_are_not_near() -> None:
    index = filled()

    assert index.near_report(member(report(3, "Divers reach ferry Marigold", hours=73))) == []
    assert index.near_report(member(report(3, "Divers reach ferry Marigold", hours=-73))) == []


def test_words_of_too_many_groups_find_nothing() -> None:
    index = Index(FEEDS)
    for number in range(FEEDS.longest_posting + 1):
        index.put(index.open(EventId(number)), member(report(number, "Marigold")))

    assert index.near_report(member(report(9999, "Marigold"))) == []


def test_closed_group_leaves_nothing() -> None:
    index = filled()

    index.close(index.groups[EventId(1)])

    assert index.near_report(member(report(3, "Divers reach ferry Marigold"))) == []
    assert index.home(report(1, "").key) is None
    index.close(index.groups[EventId(2)])
    assert index.postings == 0


def test_renamed_group_keeps_its_reports() -> None:
    index = filled()
    ferry = index.groups[EventId(1)]

    index.rename(ferry, EventId(5))

    assert index.groups[EventId(5)] is ferry is index.home(report(1, "").key)
    assert EventId(1) not in index.groups
