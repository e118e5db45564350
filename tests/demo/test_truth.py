"""The demo's five days against what is true in them.

``open.json`` lists the checks that do not hold yet. One that starts to fail breaks this test, and so does one that
starts to hold: then take it off the list.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.demo import checks
from tests.demo.world import Told, five_days

HERE = Path(__file__).parent
PARTS: dict[str, Callable[[dict[str, Any], Told], Iterator[checks.Check]]] = {
    "quotes": checks.quote_checks,
    "dates": checks.date_checks,
    "actors": checks.actor_checks,
    "events": checks.event_checks,
    "editions": checks.edition_checks,
}


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "truth.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def known_open() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = json.loads((HERE / "open.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def told(truth: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Told:
    aliases = {alias for actor in truth["actors"] for alias in (actor["name"], *actor["aliases"])}
    return asyncio.run(five_days(tmp_path_factory.mktemp("demo"), aliases))


@pytest.mark.parametrize("part", list(PARTS))
def test_the_demo_tells_the_truth(
    part: str,
    truth: dict[str, Any],
    told: Told,
    known_open: dict[str, list[str]],
) -> None:
    results = list(PARTS[part](truth, told))
    failing = sorted({name for name, holds in results if not holds})
    assert len(results) > 20
    assert failing == sorted(known_open[part])


def test_every_edition_was_posted_with_its_title_in_the_first_message(told: Told) -> None:
    titled = [payload for payload in told.payloads if "What you need to know" in payload]

    assert len(titled) == len(told.editions) == 5


def test_what_was_withdrawn_is_told_nowhere(told: Told) -> None:
    withdrawn = told.articles["mm-11"]

    assert withdrawn.status == "withdrawn"
    assert all(
        span.article != withdrawn.id
        for edition in told.editions.values()
        for item in edition.items
        for span in item.spans
    )
