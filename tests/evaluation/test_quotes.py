"""The figures of the quote benchmark, on cases small enough to count by hand."""

import gzip
import json
from pathlib import Path

import pytest

from bot.analysis.language import Language
from bot.evaluation.quotes import LABELLED, Found, by_pattern, count, figures, score

TEXT = "“Rivers move now,” Ruzhko said. Linde said it was late."
QUOTED = (1, 17)
SOURCE = (19, 25)
REPORTED = (TEXT.index("it was late"), TEXT.index("it was late") + 11)
LABELS = {
    "text": TEXT,
    "attributions": [
        {"content": [list(QUOTED)], "source": [list(SOURCE)], "cue": None},
        {"content": [list(REPORTED)], "source": [[TEXT.index("Linde"), TEXT.index("Linde") + 5]], "cue": None},
    ],
}


def found(content: tuple[int, int], source: tuple[int, int] | None, name: str = "") -> Found:
    return Found(frozenset(range(*content)), frozenset(range(*source)) if source else frozenset(), name)


def test_all_right_is_one() -> None:
    predicted = [found(QUOTED, SOURCE, "Sabina Ruzhko"), found(REPORTED, (32, 37), "Linde")]

    shares = figures(count(LABELS, predicted))

    assert set(shares.values()) == {1.0}


def test_wrong_source_costs_the_joint_figures_only() -> None:
    shares = figures(count(LABELS, [found(QUOTED, REPORTED, "Linde")]))

    assert shares["direct_found"] == 1
    assert shares["direct_joint"] == shares["named_source"] == shares["all_joint"] == 0
    assert (shares["all_precision"], shares["all_recall"]) == (1, 0.5)


def test_nothing_found_is_zero() -> None:
    assert set(figures(count(LABELS, [])).values()) == {0.0}


def test_quotes_are_scored_on_a_folder(language: Language, tmp_path: Path) -> None:
    (tmp_path / LABELLED).parent.mkdir()
    with gzip.open(tmp_path / LABELLED, "wt", encoding="utf-8") as file:
        file.write(json.dumps(LABELS))

    shares = score(tmp_path, language)

    assert shares["direct_joint"] == pytest.approx(1)
    assert shares["all"] == pytest.approx(1)


def test_plain_pattern_stands_beside() -> None:
    text = '"We will go now," said Ada Brenk. "It is too late now," they said. "Never will we go," Tova Mell added.'

    found = list(by_pattern(text))

    assert [one.name for one in found] == ["Ada Brenk", "", "Tova Mell"]
    assert [len(one.content) for one in found] == [15, 19, 17]
