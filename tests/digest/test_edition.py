"""Whole editions: audited, repeatable, honest about quiet days."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest

from bot.digest.edition import make_edition
from bot.digest.export import to_json, to_text
from bot.digest.material import EditionRequest, Material
from bot.errors import UserError
from bot.model.editions import Length
from tests.digest.newsroom import MORNING, Newsroom, bridge, many, ordinary_day, request

DAY = timedelta(days=1)


def shuffled(material: Material, seed: int) -> Material:
    def mixed(mapping: Mapping[object, object]) -> dict[object, object]:
        rows = list(mapping.items())
        random.Random(seed).shuffle(rows)
        return dict(rows)

    return replace(material, articles=mixed(material.articles), analyses=mixed(material.analyses))  # type: ignore[arg-type]


def test_an_edition_tells_its_stories_in_copied_words() -> None:
    edition = make_edition(ordinary_day().material(), request())

    assert edition.title == "What you need to know — Wed 4 Mar 2026"
    assert [item.event for item in edition.bullets] == [1, 2, 3]
    assert edition.audit.ok
    assert edition.audit.checked > 200
    assert not edition.quiet
    assert (edition.articles, edition.outlets) == (7, 4)


def test_the_same_material_gives_the_same_bytes_in_any_order() -> None:
    material = many(14).material()
    editions = [make_edition(shuffled(material, seed), request()) for seed in range(4)]

    assert len({to_text(edition) for edition in editions}) == 1
    assert all(edition == editions[0] for edition in editions)


@pytest.mark.parametrize("length", list(Length))
def test_an_edition_is_as_long_as_asked_and_no_longer(length: Length) -> None:
    edition = make_edition(many(20).material(), request(length=length))

    assert len(edition.bullets) == length.most_bullets


def test_one_event_is_told_once() -> None:
    newsroom = ordinary_day()
    bridge(newsroom, event=9)

    edition = make_edition(newsroom.material(), request())

    assert sum("Skelling" in item.text for item in edition.bullets) == 1
    assert any("same story" in verdict.rule for verdict in edition.verdicts)


def test_no_storyline_has_more_than_two_bullets() -> None:
    newsroom = ordinary_day()
    newsroom.storylines = dict.fromkeys(newsroom.reports, 1)

    edition = make_edition(newsroom.material(), request())

    assert [item.event for item in edition.bullets] == [1, 2]
    assert any("third story of one storyline" in verdict.rule for verdict in edition.verdicts) or edition.also


def test_a_story_of_one_outlet_is_marked_so() -> None:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "Arvania votes to ban nets", "Arvania has voted to ban nets on Lake Orm.")

    edition = make_edition(newsroom.material(), request())

    assert edition.bullets[0].one_outlet
    assert "one outlet" in to_text(edition)


def test_a_quiet_day_says_so_and_still_gives_the_best_there_is() -> None:
    newsroom = Newsroom()
    bridge(newsroom)
    newsroom.report(2, "Radio Quay", "Arvania votes to ban nets", "Arvania has voted to ban nets on Lake Orm.")
    newsroom.report(
        3, "Delta Courier", "A goat in a hat wins hearts", "A goat in a hat has won many hearts in Tolmark."
    )

    edition = make_edition(newsroom.material(), request())

    assert edition.quiet
    assert [item.event for item in edition.bullets] == [1, 2]
    assert "Quiet day: 2 stories met the bar (5 articles from 4 outlets read)." in to_text(edition)


def test_an_empty_window_is_a_quiet_day_without_stories() -> None:
    edition = make_edition(Newsroom().material(), request())

    assert edition.quiet
    assert edition.bullets == ()
    assert "no story met the bar (0 articles from 0 outlets read)" in to_text(edition)


def test_reports_after_the_instant_are_not_seen() -> None:
    newsroom = ordinary_day()
    late = newsroom.report(
        1, "Radio Quay", "Skelling Bridge toll rises to ninety in Arvania",
        "Ninety people died when Skelling Bridge in Arvania collapsed, the police said.", MORNING + timedelta(hours=1),
    )  # fmt: skip

    edition = make_edition(newsroom.material(), request())

    assert all(span.article != late.id for item in edition.items for span in item.spans)
    assert all(link.name != "Radio Quay" for link in edition.bullets[0].links)


def test_a_withdrawn_article_is_never_a_source_and_never_counts() -> None:
    newsroom = ordinary_day()
    article = next(one for one in newsroom.articles.values() if one.outlet.name == "Harbour Post")
    newsroom.change(article, status="withdrawn")

    edition = make_edition(newsroom.material(), request())

    assert all(span.article != article.id for item in edition.items for span in item.spans)
    assert edition.articles == 6


def test_missing_articles_and_analyses_are_passed_over() -> None:
    material = ordinary_day().material()
    articles, analyses = dict(material.articles), dict(material.analyses)
    del articles[min(articles)]
    del analyses[max(analyses)]

    edition = make_edition(replace(material, articles=articles, analyses=analyses), request())

    assert edition.audit.ok


def test_the_day_is_the_readers() -> None:
    at = datetime(2026, 3, 3, 23, tzinfo=UTC)

    edition = make_edition(ordinary_day().material(), EditionRequest(at, "Pacific/Auckland", hours=24))

    assert edition.day == date(2026, 3, 4)
    assert edition.title.endswith("Wed 4 Mar 2026")


def test_an_unknown_zone_is_told_to_the_person() -> None:
    with pytest.raises(UserError):
        make_edition(Newsroom().material(), request(zone="Mars/Olympus"))


def test_a_full_name_is_filled_in_at_first_mention() -> None:
    newsroom = Newsroom()
    text = "Voss resigned in Arvania on Tuesday over a vote on fishing.\n\nMira Voss had led the Northern Assembly."
    newsroom.report(1, "Harbour Post", "Voss resigns over fishing vote in Arvania", text)

    (item,) = make_edition(newsroom.material(), request()).bullets

    assert item.text.startswith("[Mira Voss] resigned in Arvania on Tuesday [3 Mar] over a vote on fishing.")
    assert [edit.why for edit in item.edits] == ["name", "day"]


def test_every_story_has_a_verdict() -> None:
    newsroom = many(20)

    edition = make_edition(newsroom.material(), request())

    assert len(edition.verdicts) == 20
    assert sum(verdict.kept for verdict in edition.verdicts) == len(edition.bullets) + len(edition.also)


def test_an_edition_goes_into_json_and_says_what_interfaces_promise() -> None:
    found = to_json(make_edition(ordinary_day().material(), request()))

    assert {"title", "window", "background", "bullets", "also", "quote", "coming", "quiet", "audit", "text"} <= set(
        found
    )
    assert all(item["text"] in found["text"] for item in found["bullets"])


def test_cost_of_an_edition_grows_with_the_day() -> None:
    few, lots = (many(stories, outlets=3).material() for stories in (100, 800))

    assert _seconds_of(lots) < 28 * max(0.004, _seconds_of(few))


def _seconds_of(material: Material) -> float:
    before = process_time()
    make_edition(material, request())
    return process_time() - before
