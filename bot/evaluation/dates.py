"""Measure dates on 300 expressions of real feeds, drawn by chance over eleven groups and labelled before any tuning.

The labels stand beside this file: where an expression stands, what it means on the day its article was published, and
the hash of the text; the texts themselves stay in the folder of labelled sets. Half of them, ``tune``, may be looked at
to mend rules; the other half, ``held``, is only counted. A label without a value says that no day or period is meant:
a name (“Ice Age 2019”), a length of time, a vague “several weeks ago”.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from bot.analysis.article import Analyser, Document
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language
from bot.errors import ConfigError
from bot.model.analysis import DateMention
from bot.text.dates.words import MONTH_FULL, WEEKDAYS, month_number

LABELS: Final = files("bot.evaluation").joinpath("dates.jsonl")
_FIELDS: Final = {"title": "title", "text": "summary"}
_FAR: Final = re.compile(rf"(?:\d{{1,2}} )?(?P<month>{MONTH_FULL})(?: (?P<day>\d{{1,2}}))?")


# The streams call outlets by one word; what they call themselves, where the tables of names know no other.
_OUTLETS: Final = {
    "smh": "Sydney Morning Herald", "straittimes": "Straits Times", "nzherald": "New Zealand Herald", "rnz": "RNZ",
    "gmanews": "GMA News", "philstar": "Philippine Star", "latimes": "Los Angeles Times", "nytimes": "New York Times",
    "nyt": "New York Times", "dailymail": "Daily Mail", "fox": "Fox News", "foxnews": "Fox News", "bbc": "BBC",
    "cnn": "CNN", "wsj": "Wall Street Journal", "nypost": "New York Post", "wapo": "Washington Post", "npr": "NPR",
    "cbsnews": "CBS News", "nbcnews": "NBC News", "abcnews": "ABC News", "guardian": "The Guardian", "time": "Time",
    "aljazeera": "Al Jazeera", "bloomberg": "Bloomberg News", "thehill": "The Hill", "dw": "Deutsche Welle",
    "france24": "France 24", "newsweek": "Newsweek", "breitbart": "Breitbart", "axios": "Axios",
    "texastribune": "Texas Tribune", "dailybeast": "Daily Beast", "politico": "Politico", "forbes": "Forbes",
    "pbsnewshour": "PBS NewsHour", "theatlantic": "The Atlantic", "semafor": "Semafor", "economist": "The Economist",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """One labelled expression in its text; ``value`` and ``kind`` are None where it means no day or period."""

    text: str
    published: datetime
    start: int
    end: int
    value: str | None
    kind: str | None
    group: str
    half: str
    outlet: str

    @property
    def words(self) -> str:
        """Return the expression itself."""
        return self.text[self.start : self.end]


def score(data_folder: Path, language: Language) -> dict[str, float]:
    """Return shares of right values and kinds, for both halves and each group, with two simple rules beside them.

    Raises:
        OSError: a stream is not in *data_folder*.
        ConfigError: it is there with other texts than were labelled.
    """
    analyser = Analyser(language, Gazetteer.load())
    counts: Counter[str] = Counter()
    for expression in labelled(data_folder):
        value, kind = read(expression, analyser)
        right = value == expression.value
        for name in ("all", expression.half, expression.group):
            counts[f"{name} of"] += 1
            counts[name] += right
        counts["kind"] += kind == expression.kind
        for name, rule in BASELINES.items():
            counts[name] += rule(expression.words, expression.published.date()) == expression.value
    whole = counts["all of"]
    figures = {f"value, {name}": counts[name] / counts[f"{name} of"] for name in ("all", "tune", "held")}
    figures["kind, all"] = counts["kind"] / whole
    figures |= {f"value, {name}": counts[name] / whole for name in BASELINES}
    groups = sorted(name.removesuffix(" of") for name in counts if name.endswith(" of"))
    return figures | {
        f"value, {name} ({counts[f'{name} of']})": counts[name] / counts[f"{name} of"]
        for name in groups
        if name not in {"all", "tune", "held"}
    }


def labelled(data_folder: Path) -> Iterator[Expression]:
    """Yield the labelled expressions with their texts, in the order in which they were labelled.

    Raises:
        OSError: a stream is not in *data_folder*.
        ConfigError: it is there with other texts than were labelled.
    """
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").split("\n") if line]
    streams = {name: _stream(data_folder, name) for name in sorted({label["stream"] for label in labels})}
    for label in labels:
        article = streams[label["stream"]][label["row"]]
        text = article[_FIELDS[label["field"]]]
        if sha256(text.encode()).hexdigest()[:16] != label["hash"]:
            raise ConfigError(f"The stream {label['stream']} in {data_folder} is not the one that was labelled.")
        yield Expression(
            text, datetime.fromisoformat(article["published"]), label["start"], label["end"], label["value"],
            label["kind"], label["group"], label["half"], _OUTLETS.get(article["outlet"], article["outlet"]),
        )  # fmt: skip


def read(expression: Expression, analyser: Analyser) -> tuple[str | None, str | None]:
    """Return value and kind that the analysis of the text gives the expression; None where it marks nothing there."""
    document = Document("", expression.text, expression.published, outlet=expression.outlet)
    found = analyser.analyse(document).dates
    return next(((date.value, date.kind) for date in found if _covers(date, expression)), (None, None))


def _covers(found: DateMention, expression: Expression) -> bool:
    return found.span.start < expression.end and expression.start < found.span.end


def _stream(data_folder: Path, name: str) -> list[Mapping[str, Any]]:
    with gzip.open(data_folder / "streams" / f"{name}_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _publication_day(_: str, published: date) -> str:
    return published.isoformat()


def _nearest_past(words: str, published: date) -> str | None:
    """Read weekdays, months and days as the nearest past ones, years as they stand; today's words as today."""
    lowered = words.lower()
    if lowered in WEEKDAYS:
        return (published - timedelta(days=(published.weekday() - WEEKDAYS[lowered]) % 7)).isoformat()
    if re.fullmatch(r"\d{4}", words):
        return words
    month = _FAR.fullmatch(words)
    if month is None:
        return published.isoformat()
    number = month_number(month["month"])
    year = published.year - (number > published.month)
    day = month["day"] or (words.split(maxsplit=1)[0] if words[0].isdigit() else None)
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")


BASELINES: Final[Mapping[str, Callable[[str, date], str | None]]] = {
    "publication day always": _publication_day,
    "nearest past always": _nearest_past,
}
