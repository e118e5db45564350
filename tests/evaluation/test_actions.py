"""The figures of the action benchmark, on sentences small enough to count by hand."""

import json
from pathlib import Path
from typing import Any

from bot.analysis.language import Language
from bot.evaluation.actions import LABELLED, score

ROWS: list[dict[str, Any]] = [
    {"event": "DISAPPROVE", "text": "Germany accused Russia of lies.", "source": ["Germany"], "target": ["Russia"]},
    {"event": "AID", "text": "Germany accused Russia of lies.", "source": ["Russia"], "target": ["Germany"]},
    {"event": "CONSULT", "text": "Germany and Russia met.", "source": ["Germany"]},
    {"event": "FIGHT", "text": "It rained.", "source": ["Germany"], "target": ["Russia"]},
    {"event": "DOCUMENT", "text": ""},
]


def test_actions_are_scored_by_halves(language: Language, tmp_path: Path) -> None:
    (tmp_path / LABELLED).parent.mkdir()
    rows = [
        {**row, **{end: [{"actorText": name} for name in row[end]] for end in ("source", "target") if end in row}}
        for row in ROWS
    ]
    (tmp_path / LABELLED).write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    shares = score(tmp_path, language)

    assert [shares[f"{name}_even"] for name in ("class", "source", "target", "triple")] == [1, 1, 1, 1]
    assert [shares[f"{name}_odd"] for name in ("class", "source", "target", "triple")] == [0, 0, 0, 0]
    assert shares["class_even, always the commonest"] == 0.5
