"""The labelled dates: what stands in the tree, and how a figure is made of them."""

import gzip
import json
from collections import Counter
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from bot.analysis.language import Language
from bot.errors import ConfigError
from bot.evaluation import dates

ROWS = [json.loads(line) for line in files("bot.evaluation").joinpath("dates.jsonl").read_text("utf-8").splitlines()]


def test_the_set_is_whole_and_half_of_it_is_held_out() -> None:
    assert len(ROWS) == 300
    assert Counter(row["half"] for row in ROWS) == {"tune": 150, "held": 150}
    assert len({(row["stream"], row["row"]) for row in ROWS}) == 300
    assert all((row["value"] is None) == (row["kind"] is None) for row in ROWS)


def test_no_publishers_sentence_stands_in_the_tree() -> None:
    assert max(len(row["words"]) for row in ROWS) <= 30
    assert {key for row in ROWS for key in row} == {
        "stream", "row", "field", "start", "end", "words", "value", "kind", "group", "half", "hash",
    }  # fmt: skip


def test_values_are_counted_by_halves(language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "It rained on Tuesday and in 14 years nobody saw it. Agenda 2030 was read on Friday."
    _labelled(monkeypatch, tmp_path, text, [
        ("Tuesday", "2026-03-03", "tune"), ("in 14 years", None, "tune"),
        ("2030", None, "held"), ("Friday", "2026-03-04", "held"),
    ])  # fmt: skip

    figures = dates.score(tmp_path, language)

    assert (figures["value, tune"], figures["value, held"], figures["value, all"]) == (1.0, 0.5, 0.75)
    assert figures["value, publication day always"] == 0.25
    assert figures["value, nearest past always"] == 0.25
    assert figures["kind, all"] == 1.0


def test_another_stream_than_the_labelled_one_is_refused(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _labelled(monkeypatch, tmp_path, "It rained on Tuesday.", [("Tuesday", "2026-03-03", "tune")], hash_of="other")

    with pytest.raises(ConfigError, match="not the one that was labelled"):
        dates.score(tmp_path, language)


def _labelled(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    text: str,
    labels: list[tuple[str, str | None, str]],
    hash_of: str | None = None,
) -> None:
    (folder / "streams").mkdir()
    article = {"title": "Rain", "summary": text, "published": "2026-03-04T12:00:00Z", "outlet": "harbour"}
    with gzip.open(folder / "streams" / "small_dev.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(article) + "\n")
    digest = sha256((hash_of or text).encode()).hexdigest()[:16]
    rows = [
        {
            "stream": "small", "row": 0, "field": "text", "start": text.index(words), "hash": digest, "words": words,
            "end": text.index(words) + len(words), "value": value, "kind": value and "date", "group": "g", "half": half,
        }
        for words, value, half in labels
    ]  # fmt: skip
    source = folder / "dates.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    monkeypatch.setattr(dates, "LABELS", source)
