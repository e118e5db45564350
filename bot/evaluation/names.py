"""Measure names on WikiGold: encyclopedia sentences with every person, organisation and place marked by hand.

Exact span and type. Its sentences know no documents, so fifteen in a row stand in for one; the score of the language
model alone, on the same windows, stands beside ours.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language
from bot.analysis.mentions import find_mentions
from bot.model.analysis import MentionType

LABELLED: Final = Path("names", "wikigold.jsonl.gz")
_WINDOW: Final = 15
_TYPES: Final = {
    MentionType.PERSON: "PER",
    MentionType.ORGANISATION: "ORG",
    MentionType.COUNTRY: "LOC",
    MentionType.PLACE: "LOC",
}
_MODEL_TYPES: Final = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_KINDS: Final = ("PER", "ORG", "LOC")

Name = tuple[int, int, str]
"""Start and end in the window's text, and the type."""


def score(data_folder: Path, language: Language) -> dict[str, float]:
    """Return F1 of persons, organisations, places and spans whatever their type, ours and the model's alone.

    Raises:
        OSError: the set is not in *data_folder*.
    """
    gazetteer = Gazetteer.load()
    ours: Counter[str] = Counter()
    model: Counter[str] = Counter()
    for text, gold in _windows(data_folder / LABELLED):
        parsed = language.parse(text)
        found = {
            (mention.span.start, mention.span.end, _TYPES[mention.type])
            for mention in find_mentions(parsed, gazetteer)
            if mention.type in _TYPES
        }
        alone = {
            (part.offset + entity.start_char, part.offset + entity.end_char, _MODEL_TYPES[entity.label_])
            for part in parsed.paragraphs
            for entity in part.doc.ents
            if entity.label_ in _MODEL_TYPES
        }
        _count(gold, found, ours)
        _count(gold, alone, model)
    return {f"{kind} F1": _f1(ours, kind) for kind in (*_KINDS, "span")} | {
        f"{kind} F1, model alone": _f1(model, kind) for kind in (*_KINDS, "span")
    }


def _windows(path: Path) -> Iterator[tuple[str, set[Name]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    for start in range(0, len(rows), _WINDOW):
        yield _joined(rows[start : start + _WINDOW])


def _joined(rows: Sequence[dict[str, list[str]]]) -> tuple[str, set[Name]]:
    """Return the sentences as lines of one text, with their names."""
    text, names = "", set[Name]()
    for row in rows:
        starts = []
        for token in row["tokens"]:
            starts.append(len(text))
            text += f"{token} "
        for first, last, kind in _spans(row["tags"]):
            if kind in _KINDS:
                names.add((starts[first], starts[last] + len(row["tokens"][last]), kind))
        text = f"{text.rstrip()}\n"
    return text, names


def _spans(tags: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first token, last token and type of each name; both IOB1 and BIO are understood."""
    start, kind = -1, ""
    for number, tag in enumerate([*tags, "O"]):
        begins, _, name = tag.partition("-")
        if start >= 0 and (begins != "I" or name != kind):
            yield start, number - 1, kind
            start = -1
        if start < 0 and begins in {"B", "I"}:
            start, kind = number, name


def _count(gold: set[Name], found: set[Name], counts: Counter[str]) -> None:
    for kind in _KINDS:
        right = {name for name in gold & found if name[2] == kind}
        counts[f"{kind} right"] += len(right)
        counts[f"{kind} gold"] += sum(name[2] == kind for name in gold)
        counts[f"{kind} found"] += sum(name[2] == kind for name in found)
    spans, found_spans = {name[:2] for name in gold}, {name[:2] for name in found}
    counts["span right"] += len(spans & found_spans)
    counts["span gold"] += len(spans)
    counts["span found"] += len(found_spans)


def _f1(counts: Counter[str], kind: str) -> float:
    whole = counts[f"{kind} gold"] + counts[f"{kind} found"]
    return 2 * counts[f"{kind} right"] / whole if whole else 0.0
