"""core_words: what most outlets lead with."""

from bot.events.core import core_words, coverage, first_sentence, lead_stems
from bot.events.idf import StaticIdf
from tests.events.samples import FERRY, report

ENGLISH = StaticIdf.load()


def test_words_of_most_outlets_weigh_most() -> None:
    reports = [
        report(1, "Ferry Marigold sinks", FERRY),
        report(2, "Marigold lost", "The Marigold is lost."),
        report(3, "Marigold: divers at work", "Divers work."),
    ]

    core = core_words(reports, ENGLISH)

    assert next(iter(core)) == "marigold"
    assert list(core.values()) == sorted(core.values(), reverse=True)
    assert len(core) <= 14


def test_two_reports_of_one_owner_count_once() -> None:
    twice = [report(1, "Ferry sinks", owner="one"), report(2, "Ferry sinks", owner="one"), report(3, "Gull sings")]

    assert core_words(twice, ENGLISH)["ferri"] < 8 / 2 + 0.01


def test_coverage_of_all_core_words_is_one() -> None:
    core = {"a": 2.0, "b": 1.0}

    assert coverage(["a", "b", "c"], core) == 1
    assert coverage(["b"], core) == 1 / 3
    assert coverage(["a"], {}) == 0


def test_lead_is_title_and_first_sentence() -> None:
    assert first_sentence("It sank. It rose.") == "It sank."
    assert first_sentence("No end") == "No end"
    assert first_sentence("") == ""
    assert first_sentence("word " * 200) == ("word " * 200)[:400]
    assert lead_stems(report(1, "Gull", "The ferry sank. A bank fell.")) == {"gull", "ferri", "sank"}
