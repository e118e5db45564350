"""The measures of grouping, against values worked out by hand."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.evaluation.clusters import b_cubed, f1, pairwise, score_sets

GOLD = {1: "a", 2: "a", 3: "a", 4: "b", 5: "b"}


def test_right_grouping_is_perfect() -> None:
    assert b_cubed(GOLD, {1: 7, 2: 7, 3: 7, 4: 8, 5: 8}) == (1, 1)
    assert pairwise(GOLD, {1: 7, 2: 7, 3: 7, 4: 8, 5: 8}) == (1, 1)


def test_one_large_group_has_full_recall() -> None:
    everything = dict.fromkeys(GOLD, 0)

    assert b_cubed(GOLD, everything) == ((3 * 3 + 2 * 2) / 25, 1)
    assert pairwise(GOLD, everything) == (4 / 10, 1)


def test_what_is_not_found_stands_alone() -> None:
    assert b_cubed(GOLD, {}) == (1, 2 / 5)
    assert pairwise(GOLD, {}) == (1, 0)
    assert f1(0, 0) == 0


@given(
    st.dictionaries(st.integers(0, 20), st.integers(0, 4), min_size=1),
    st.dictionaries(st.integers(0, 20), st.integers(0, 4)),
)
def test_measures_lie_between_nought_and_one(gold: dict[int, int], found: dict[int, int]) -> None:
    for value in (*b_cubed(gold, found), *pairwise(gold, found)):
        assert 0 <= value <= 1


def test_small_set_is_measured(tmp_path: Path, language: Any) -> None:
    stories = {"ferry": "The ferry Marigold sank off Gull Point.", "bank": "The bank of Norland cut its rate."}
    rows = [{"story": name, "text": text} for name, text in stories.items() for _ in range(2)]
    for path in ("ecbplus/dev.jsonl.gz", "uci_stories/dev.jsonl.gz"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))

    measured = score_sets(tmp_path, language)

    assert measured["ecbplus_dev"]["bcubed_f1"] == 1
    assert measured["ecbplus_dev"]["baseline_bcubed_f1"] == 0.899
    assert measured["uci_stories_dev"]["stories"] == 2


def test_missing_set_is_named(tmp_path: Path, language: Any) -> None:
    with pytest.raises(InputError, match=r"dev\.jsonl\.gz"):
        score_sets(tmp_path, language)
