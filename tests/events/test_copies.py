"""Copies: one wire text in five papers is one voice; two writers on one event are two."""

from hypothesis import given
from hypothesis import strategies as st

from bot.events.copies import copies, independent_outlets
from tests.events.samples import BANK, FERRY, report

WIRE = f"{FERRY} The coastguard said the search would go on through the night until all are found."
OTHER = (
    "Seven people lost their lives when the Marigold went down near Gull Point; divers were still looking for others."
)


def test_copied_text_counts_as_its_first_owner() -> None:
    reports = [
        report(1, "Ferry sinks", WIRE, hours=2, outlet="Late Copy"),
        report(2, "Ferry disaster", f"GULL POINT – {WIRE}", hours=0, outlet="Wire"),
        report(3, "Marigold lost", OTHER, hours=1, outlet="Own Words"),
    ]

    assert copies(reports) == {reports[0].key: reports[1].key}
    assert independent_outlets(reports) == ("Wire", "Own Words")


def test_shortened_copy_is_a_copy() -> None:
    reports = [report(1, "Ferry sinks", WIRE), report(2, "Ferry sinks", FERRY, hours=1)]

    assert list(copies(reports)) == [reports[1].key]


def test_owner_with_one_report_of_its_own_counts() -> None:
    reports = [
        report(1, "Ferry sinks", WIRE, outlet="Wire"),
        report(2, "Ferry sinks", WIRE, hours=1, outlet="Paper"),
        report(3, "Our harbour mourns", OTHER, hours=2, outlet="Paper"),
    ]

    assert independent_outlets(reports) == ("Wire", "Paper")


def test_two_outlets_of_one_owner_count_once() -> None:
    reports = [
        report(1, "Ferry sinks", WIRE, outlet="Morning", owner="Group"),
        report(2, "Marigold lost", OTHER, hours=1, outlet="Evening", owner="Group"),
    ]

    assert independent_outlets(reports) == ("Morning",)


def test_same_headline_without_text_is_one_voice() -> None:
    reports = [
        report(1, "Ferry Marigold sinks off Gull Point"),
        report(2, "Ferry Marigold Sinks off Gull Point", hours=1),
    ]

    assert independent_outlets(reports) == ("Outlet 1",)


def test_short_sentence_in_common_is_no_copy() -> None:
    reports = [
        report(1, "Ferry sinks", "The ferry sank off Gull Point."),
        report(2, "Sea", "The ferry sank off Gull Point."),
    ]

    assert copies(reports) == {}


def test_texts_on_other_things_are_no_copies() -> None:
    assert copies([report(1, "Ferry", WIRE), report(2, "Bank", BANK)]) == {}


@given(st.permutations(range(6)))
def test_order_of_arrival_does_not_matter(order: list[int]) -> None:
    texts = [WIRE, FERRY, OTHER, BANK, WIRE, OTHER]
    reports = [report(number, "Ferry", text, hours=number) for number, text in enumerate(texts)]

    assert independent_outlets(reports[number] for number in order) == ("Outlet 0", "Outlet 2", "Outlet 3")


def test_nobody_reports_nothing() -> None:
    assert independent_outlets([]) == ()
