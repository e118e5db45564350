"""Measure quotes on PolNeAR's development set: political news with every attribution marked by hand.

Direct: each stretch of three words or more between double marks; right if it is found and its source overlaps the
labelled one. All: every attribution, found if half of its content is shared (intersection over union).
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language
from bot.analysis.mentions import find_mentions
from bot.analysis.quotes import find_quotes
from bot.model.analysis import Quote

LABELLED: Final = Path("quotes", "polnear_dev.jsonl.gz")
_MARKED: Final = re.compile(r"[“\"]([^“”\"]{3,2000}?)[”\"]")
_NAME: Final = re.compile(r"[A-Z][\w\-]+")
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_SHORTEST: Final = 3  # words
_CALLED: Final = r"[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,3}"
_SAYS: Final = "(?:said|says|told|added|wrote)"
_SAID: Final = re.compile(rf"[\s,]*(?:(?P<before>{_CALLED}) {_SAYS}|{_SAYS} (?P<behind>{_CALLED}))\b")
_BESIDE: Final = ("direct_joint", "named_source", "all")
_NO_NAME: Final = frozenset(
    {
        "The", "A", "An", "Mr", "Mrs", "Ms", "Dr", "President", "Senator", "Sen", "Rep", "Gov", "Former", "Republican",
        "Democratic", "Democrat", "He", "She", "They", "It", "We", "I", "One", "In", "But", "And", "Chief", "Secretary",
        "Minister", "Foreign", "Prime", "US", "State", "House", "Both",
    }
)  # fmt: skip

Characters = frozenset[int]
Labels = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted attribution: the characters of its content and source, and the words that name the source."""

    content: Characters
    source: Characters
    name: str


def score(data_folder: Path, language: Language) -> dict[str, float]:
    """Run the quote finder over the labelled set and return its figures, each between 0 and 1.

    ``direct_joint``: found with the right source (F1); ``direct_found``: found (F1); ``named_source``: share of named
    sources whose name is given; ``all_precision``, ``all_recall``, ``all``: with reported speech; ``all_joint``: with
    the right source as well; ``content``: characters of content (F1). Some stand beside those of a plain pattern.
    """
    gazetteer = Gazetteer.load()
    counts: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    with gzip.open(data_folder / LABELLED, "rt", encoding="utf-8") as lines:
        for line in lines:
            labels = json.loads(line)
            with language.zone():
                parsed = language.parse(labels["text"])
                mentions = find_mentions(parsed, gazetteer)
                quotes = find_quotes(parsed, mentions, gazetteer.genders)
            counts += count(labels, [found(quote, labels["text"]) for quote in quotes])
            plain += count(labels, list(by_pattern(labels["text"])))
    beside = figures(plain)
    return figures(counts) | {f"{name}, plain pattern": beside[name] for name in _BESIDE}


def by_pattern(text: str) -> Iterator[Found]:
    """Yield each stretch between marks with the name that stands beside a verb of saying right behind it."""
    for start, end in _direct_spans(text):
        match = _SAID.match(text, end + 1)
        span = match.span("before" if match["before"] else "behind") if match else None
        yield Found(
            _characters([(start, end)]), _characters([span] if span else []), text[slice(*span)] if span else ""
        )


def found(quote: Quote, text: str) -> Found:
    """Return what is compared of *quote*."""
    words = " ".join(source.of(text) for source in quote.sources)
    return Found(
        _characters((span.start, span.end) for span in quote.content),
        _characters((span.start, span.end) for span in quote.sources),
        quote.speaker_name or words,
    )


def count(labels: Labels, predicted: Sequence[Found]) -> Counter[str]:
    """Count hits and misses of one document; *labels* hold ``text`` and ``attributions``."""
    gold = [one for one in labels["attributions"] if one.get("content")]
    predicted = [one for one in predicted if one.content]
    contents = [_characters(one["content"]) for one in gold]
    counts: Counter[str] = Counter(gold=len(gold), predicted=len(predicted))
    wanted, given = frozenset().union(*contents), frozenset().union(*(one.content for one in predicted))
    counts.update(shared=len(wanted & given), wanted=len(wanted), given=len(given))
    for number, other in _matched(contents, [one.content for one in predicted]):
        source = _characters(gold[number].get("source") or ())
        counts.update(
            matched=1, joint=bool(source & predicted[other].source) if source else not predicted[other].source
        )
    for start, end in _direct_spans(labels["text"]):
        counts += _count_direct(labels["text"], frozenset(range(start, end)), (gold, contents), predicted)
    return counts


def _count_direct(
    text: str, words: Characters, labelled: tuple[Sequence[Labels], Sequence[Characters]], predicted: Sequence[Found]
) -> Counter[str]:
    """Count one stretch between marks; one that is partly attributed is neither right nor wrong."""
    gold, contents = labelled
    best = max(range(len(gold)), key=lambda number: len(contents[number] & words), default=None)
    share = len(contents[best] & words) / len(words) if best is not None else 0.0
    if 0.2 < share < 0.8:
        return Counter()
    guess = max(predicted, key=lambda one: len(one.content & words), default=None)
    if guess is not None and len(guess.content & words) < 0.5 * len(words):
        guess = None
    is_gold = best is not None and share >= 0.8
    counts = Counter(direct_gold=is_gold, direct_predicted=guess is not None)
    if best is None or not is_gold:
        return counts
    source = gold[best].get("source") or ()
    counts["direct_found"] = guess is not None
    if not source:
        counts["direct_joint"] = guess is None or not guess.source
        return counts
    counts["direct_joint"] = guess is not None and bool(_characters(source) & guess.source)
    names = _names(" ".join(text[start:end] for start, end in source))
    counts["named"] = bool(names)
    counts["named_right"] = guess is not None and bool(names & _names(guess.name))
    return counts


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """Turn *counts* into shares."""
    direct = counts["direct_predicted"], counts["direct_gold"]
    whole = counts["predicted"], counts["gold"]
    return {
        "direct_joint": _f1(counts["direct_joint"], *direct),
        "direct_found": _f1(counts["direct_found"], *direct),
        "named_source": _share(counts["named_right"], counts["named"]),
        "all_precision": _share(counts["matched"], counts["predicted"]),
        "all_recall": _share(counts["matched"], counts["gold"]),
        "all": _f1(counts["matched"], *whole),
        "all_joint": _f1(counts["joint"], *whole),
        "content": _f1(counts["shared"], counts["given"], counts["wanted"]),
    }


def _characters(spans: Iterable[Sequence[int]]) -> Characters:
    return frozenset(place for start, end in spans for place in range(start, end))


def _direct_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _MARKED.finditer(text):
        if len(match[1].split()) >= _SHORTEST:
            yield match.span(1)


def _matched(gold: Sequence[Characters], predicted: Sequence[Characters]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share half of their characters, best first, each side once."""
    pairs = [
        (len(one & other) / len(one | other), number, place)
        for number, one in enumerate(gold)
        for place, other in enumerate(predicted)
        if one & other
    ]
    used: tuple[set[int], set[int]] = set(), set()
    for share, number, place in sorted(pairs, reverse=True):
        if share >= 0.5 and number not in used[0] and place not in used[1]:
            used[0].add(number)
            used[1].add(place)
            yield number, place


def _names(words: str) -> frozenset[str]:
    found_names = _NAME.findall(_POSSESSIVE.sub("", words))
    return frozenset(name.lower() for name in found_names if name not in _NO_NAME)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(hits: int, predicted: int, gold: int) -> float:
    precision, recall = _share(hits, predicted), _share(hits, gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
