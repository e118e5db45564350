"""why_grouped: what a report shares with the others, in its own words."""

from bot.events.why import why_each, why_grouped
from bot.model.events import Reason
from tests.events.samples import BANK, FERRY, report

OTHERS = [
    report(2, "Seven drown as ferry strikes reef", FERRY, hours=1, persons=["vane"], places=["gull"], numbers=["7"]),
    report(3, "Ferry Marigold lost", FERRY, hours=5, persons=["vane"], places=["gull"], numbers=["8"]),
]


def texts(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.text for reason in reasons]


def test_names_places_numbers_words_time_and_likeness_are_told() -> None:
    one = report(
        1,
        "Ferry Marigold sinks off Gull Point",
        f"{FERRY} Vane led the search.",
        persons=["vane"],
        places=["gull"],
        numbers=["7"],
    )

    reasons = texts(why_grouped(one, OTHERS))

    assert "persons in common: Vane" in reasons
    assert "places in common: Gull" in reasons
    assert "numbers in common: 7" in reasons
    assert "60 min from the nearest other report" in reasons
    assert any(text.startswith("words in common: ") and "Marigold" in text for text in reasons)
    assert reasons[-1].startswith("likeness 0.")


def test_clash_is_named_and_counts_against() -> None:
    one = report(1, "Ferry Marigold sinks off Gull Point", FERRY, persons=["hanna"])

    (clash,) = [reason for reason in why_grouped(one, OTHERS) if reason.text == "no persons in common"]

    assert clash.weight < 0


def test_unlike_report_is_shown_to_be_unlike() -> None:
    reasons = why_grouped(report(1, "Norland lowers rate", BANK), OTHERS)

    assert reasons[-1].weight < 0.1


def test_only_report_has_no_reasons() -> None:
    assert why_grouped(OTHERS[0], OTHERS[:1]) == ()


def test_each_report_is_explained_as_if_alone() -> None:
    explained = why_each(OTHERS)

    assert explained == {each.key: why_grouped(each, OTHERS) for each in OTHERS}
    assert why_each([]) == {}


def test_shared_days_are_shown_as_days() -> None:
    reasons = why_each([report(1, "x", days=["03-01"]), report(2, "y", days=["03-01"])])

    assert "days in common: 1 March" in texts(reasons[report(1, "").key])
