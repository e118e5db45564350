"""importance: which of a day's events are told, on a small made-up stream."""

import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.analysis.language import Language
from bot.errors import InputError
from bot.evaluation.importance import score, tells

NO_LANGUAGE = cast("Language", None)
DAY = datetime(2026, 3, 2, tzinfo=UTC)
FERRY = "Ferry Marigold sinks off Gull Point with seven aboard"
LISTED = "Seven people drown as the ferry Marigold sinks off Gull Point in Skerry."


def rare(word: str) -> float:
    return 5.0 if word[0].isalpha() else 1.0


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    items = [
        {"outlet": f"Outlet {n}", "title": FERRY, "summary": f"Report {n} from the island.", "first_seen": at(n)}
        for n in range(6)
    ]
    words = ("apple", "bridge", "candle", "drum", "engine", "forest", "garden", "hammer", "island", "jacket")
    items += [
        {
            "outlet": "Outlet 1",
            "title": f"A {words[n % 10]} and a {words[n // 10 % 10]} of No {n}",
            "summary": f"Nobody saw {words[(n + 3) % 10]}{n} or {words[n // 7 % 10]}{n} there.",
            "first_seen": at(n),
        }
        for n in range(260)
    ]
    write(tmp_path / "streams" / "polls_2020_dev.jsonl.gz", sorted(items, key=lambda row: str(row["first_seen"])))
    day = {"date": "2026-03-02", "events": [{"text": LISTED}, {"text": "Zanzibar elects a Parliament."}]}
    write(tmp_path / "streams" / "current_events_dev.jsonl.gz", [day])
    return tmp_path


def at(minute: int) -> str:
    return (DAY + timedelta(minutes=minute)).isoformat()


def test_what_many_outlets_report_is_among_the_fifteen(folder: Path) -> None:
    found = score(folder, NO_LANGUAGE)

    assert (found["days"], found["reachable"]) == (1, 1)
    assert (found["recall"], found["recall_largest"], found["best_possible"]) == (1, 1, 1)
    assert found["precision"] > 0


def test_an_item_tells_an_event_only_with_a_name_and_enough_words() -> None:
    assert tells(FERRY, LISTED, rare)
    assert not tells("Seven people drown as a boat sinks", LISTED.lower(), rare)
    assert not tells("Marigold wins the cup after a long and rainy season in town", LISTED, rare)


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"current_events_dev"):
        score(tmp_path, NO_LANGUAGE)
