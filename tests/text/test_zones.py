"""Zones: found by whatever people call them, shown with the time it is there."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.text.zone_names import zone_names
from bot.text.zones import suggest_zones, zone

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def values(typed: str) -> list[str]:
    return [choice.value for choice in suggest_zones(typed, NOON)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kyiv", "Europe/Kyiv"),
        ("kiev", "Europe/Kyiv"),
        ("Kie", "Europe/Kyiv"),
        ("ukraine", "Europe/Kyiv"),
        ("UK", "Europe/London"),
        ("new y", "America/New_York"),
        ("York", "America/New_York"),
        ("est", "America/New_York"),
        ("berlni", "Europe/Berlin"),
        ("utc", "UTC"),
        ("+5:30", "Asia/Kolkata"),
        ("europe/ky", "Europe/Kyiv"),
        ("são pa", "America/Sao_Paulo"),
        ("washington", "America/New_York"),
        ("+2", "Etc/GMT-2"),
        ("UTC-3", "Etc/GMT+3"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_the_likeliest_zone_comes_first(typed: str, first: str) -> None:
    assert values(typed)[0] == first


def test_an_abbreviation_offers_places_and_the_fixed_offset() -> None:
    offered = values("EST")

    assert {"America/New_York", "EST"} <= set(offered)


def test_an_offset_offers_zones_that_keep_it_now() -> None:
    offered = values("+2")

    assert "Europe/Kyiv" in offered
    assert all(
        NOON.astimezone(ZoneInfo(key)).utcoffset() == NOON.astimezone(ZoneInfo("Etc/GMT-2")).utcoffset()
        for key in offered
    )


def test_labels_show_the_local_time() -> None:
    (choice,) = suggest_zones("kyiv", NOON)

    assert choice.name == "Kyiv, Ukraine (Europe/Kyiv) — now Wed 14:00 (UTC+2)"


def test_nothing_typed_offers_the_usual_zones() -> None:
    assert values("")[0] == "UTC"
    assert len(values("")) == 25


def test_every_zone_of_our_table_exists() -> None:
    names = zone_names()
    named = {
        key for table in (names.cities, names.countries, names.abbreviations) for keys in table.values() for key in keys
    }

    assert named | set(names.popular) <= set(names.by_fold.values())


@given(st.text(max_size=40) | st.sampled_from(["a", "e", "new", "+1", "-", "islands", "america"]))
def test_suggestions_fit_discord_whatever_is_typed(typed: str) -> None:
    choices = suggest_zones(typed, NOON)

    assert len(choices) <= 25
    assert all(0 < len(choice.name) <= 100 and ZoneInfo(choice.value) for choice in choices)
    assert len({choice.value for choice in choices}) == len(choices)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("europe/kyiv", "Europe/Kyiv"),
        ("Kyiv", "Europe/Kyiv"),
        ("New York", "America/New_York"),
        ("germany", "Europe/Berlin"),
        ("+2", "Etc/GMT-2"),
        ("utc", "UTC"),
        ("America/Argentina/Buenos Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_name_that_means_one_zone_is_that_zone(name: str, key: str) -> None:
    assert zone(name).key == key


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("cst", "America/Chicago"),
        ("usa", "America/New_York"),
        ("berlni", "Europe/Berlin"),
        ("+5:30", "Asia/Kolkata"),
        ("Mars", "Europe/Kyiv"),
        ("../etc/passwd", "Europe/Kyiv"),
        ("", "Europe/Kyiv"),
    ],
)
def test_a_name_that_means_none_or_several_is_refused_with_near_ones(name: str, near: str) -> None:
    with pytest.raises(UserError, match=near):
        zone(name)
