"""Measure how well reports are grouped into events, on hand-labelled stories."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.analysis.article import Analyser, Document
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language
from bot.errors import InputError
from bot.events.cluster import cluster_file
from bot.events.report import Report, report_from
from bot.model.articles import Article, ArticleId, ItemKind, Outlet, OutletId
from bot.model.events import ReportKey

_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
_ORDERS: Final = 3


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A labelled set, and what TF-IDF with average link reaches on it at its best threshold.

    The baselines are those that the notes beside the sets give. ``orders``: in how many random orders of arrival the
    set is grouped; one is the file's own.
    """

    name: str
    path: str
    orders: int
    baseline_bcubed: float
    baseline_pairwise: float


SETS: Final = (
    LabelledSet("ecbplus_dev", "ecbplus/dev.jsonl.gz", _ORDERS, 0.899, 0.873),
    LabelledSet("uci_stories_dev", "uci_stories/dev.jsonl.gz", _ORDERS, 0.841, 0.850),
)


def score(data_folder: Path, language: Language) -> dict[str, float]:
    """Return :func:`score_sets`, each figure under its set's name and its own.

    Raises:
        InputError: a set is missing.
    """
    sets = score_sets(data_folder, language)
    return {f"{name} {what}": figure for name, figures in sets.items() for what, figure in figures.items()}


def score_sets(data_folder: Path, language: Language) -> dict[str, dict[str, float]]:
    """Return for each labelled set B-cubed and pairwise F1, their parts, and the baseline's.

    Figures are means over three random orders of arrival where the set has no times. Takes about a minute.

    Raises:
        InputError: a set is missing.
    """
    analyser = Analyser(language, Gazetteer.load())
    return {each.name: _score(each, data_folder, analyser) for each in SETS}


def b_cubed(gold: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> tuple[float, float]:
    """Return B-cubed precision and recall (Bagga and Baldwin 1998); what is not found stands alone."""
    both, predicted, labelled = _counts(gold, found)
    total = len(gold) or 1
    precision = sum(count * count / predicted[pair[1]] for pair, count in both.items()) / total
    recall = sum(count * count / labelled[pair[0]] for pair, count in both.items()) / total
    return precision, recall


def pairwise(gold: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> tuple[float, float]:
    """Return precision and recall over pairs of items in one group; 1 where there are no such pairs."""
    both, predicted, labelled = _counts(gold, found)
    right = _pairs(both)
    return _ratio(right, _pairs(predicted)), _ratio(right, _pairs(labelled))


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _score(labelled: LabelledSet, folder: Path, analyser: Analyser) -> dict[str, float]:
    rows = list(_rows(folder / labelled.path))
    reports = [_report(number, row, analyser) for number, row in enumerate(rows)]
    gold = {report.key: str(row["story"]) for report, row in zip(reports, rows, strict=True)}
    runs = [_run(order, gold) for order in _orders(reports, labelled.orders)]
    means = {name: sum(run[name] for run in runs) / len(runs) for name in runs[0]}
    return {
        "documents": len(rows),
        "stories": len(set(gold.values())),
        **means,
        "baseline_bcubed_f1": labelled.baseline_bcubed,
        "baseline_pairwise_f1": labelled.baseline_pairwise,
    }


def _run(reports: Sequence[Report], gold: Mapping[ReportKey, str]) -> dict[str, float]:
    found = cluster_file(reports)
    (precision, recall), (pair_precision, pair_recall) = b_cubed(gold, found), pairwise(gold, found)
    return {
        "events": len(set(found.values())),
        "bcubed_precision": precision,
        "bcubed_recall": recall,
        "bcubed_f1": f1(precision, recall),
        "pairwise_f1": f1(pair_precision, pair_recall),
    }


def _orders(reports: Sequence[Report], orders: int) -> Iterator[list[Report]]:
    if orders == 1:
        yield list(reports)
        return
    for seed in range(orders):
        shuffled = list(reports)
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
        yield shuffled


def _report(number: int, row: Mapping[str, Any], analyser: Analyser) -> Report:
    title, text = str(row.get("title") or ""), str(row.get("text") or "")
    at = datetime.fromtimestamp(row["ts"], UTC) if row.get("ts") else _NO_TIME
    outlet = Outlet(OutletId(0), str(row.get("outlet") or "unknown"))
    article = Article(ArticleId(number), outlet, title, text, None, None, None, at, at, ItemKind.NEWS)
    return report_from(article, None, analyser.analyse(Document(title, text, at)))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise InputError(f"no labelled set at {path}: point --data at the folder that holds {path.parent.name}/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _counts(
    gold: Mapping[Any, Hashable], found: Mapping[Any, Hashable]
) -> tuple[Counter[tuple[Hashable, Hashable]], Counter[Hashable], Counter[Hashable]]:
    groups: dict[Any, Hashable] = {item: ("group", found[item]) if item in found else ("alone", item) for item in gold}
    both: Counter[tuple[Hashable, Hashable]] = Counter((gold[item], groups[item]) for item in gold)
    return both, Counter(groups.values()), Counter(gold.values())


def _pairs(counts: Mapping[Any, int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
