"""Checks of the told days against the truth: each yields its name and whether it holds."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from bot.model.analysis import Analysis, Quote
from bot.model.articles import Article
from bot.model.events import ReportKey
from bot.sandbox.world import load_world
from tests.demo.world import Told, labels

Check = tuple[str, bool]


def quote_checks(truth: dict[str, Any], told: Told) -> Iterator[Check]:
    """Each labelled quote is found with its words, and goes to its speaker."""
    names = {actor["id"]: actor for actor in truth["actors"]}
    for _, article, analysis, row in labels(truth, told, "quotes"):
        found = _quote_with(article, analysis, row["text"][0])
        yield f"quote {row['id']} found", found is not None
        if found is not None:
            yield f"quote {row['id']} speaker", _speaks(found, row, names, told)


def _quote_with(article: Article, analysis: Analysis, words: str) -> Quote | None:
    """The quote whose content overlaps *words* by half of the shorter one."""
    start = article.text.index(words)
    best, most = None, 0
    for quote in analysis.quotes:
        shared = sum(max(0, min(span.end, start + len(words)) - max(span.start, start)) for span in quote.content)
        size = min(len(words), sum(len(span) for span in quote.content))
        if shared > most and shared * 2 >= size:
            best, most = quote, shared
    return best


def _speaks(quote: Quote, row: dict[str, Any], actors: dict[str, Any], told: Told) -> bool:
    if not row["speaker"]:
        return not quote.speakers or (quote.speaker_name or "").lower() in row["speaker_name"].lower()
    wanted = {told.actors.get(alias) for speaker in row["speaker"] for alias in actors[speaker]["aliases"]}
    spoken = (quote.speaker_name or "").split()[-1:]
    return bool(wanted & set(quote.speakers)) or any(
        spoken == actors[speaker]["name"].split()[-1:] for speaker in row["speaker"]
    )


def date_checks(truth: dict[str, Any], told: Told) -> Iterator[Check]:
    """Each labelled date is found with its value."""
    for name, article, analysis, row in labels(truth, told, "dates"):
        values = {date.value for date in analysis.dates if row["text"] in date.span.of(article.text)}
        yield f"date {name} {row['text']} {row['value']}", row["value"] in values


def actor_checks(truth: dict[str, Any], told: Told) -> Iterator[Check]:
    """All spellings of an actor lead to one; look-alikes to two."""
    ids: dict[str, str | None] = {}
    for actor in truth["actors"]:
        found = {told.actors.get(alias) for alias in actor["aliases"]} - {None}
        ids[actor["id"]] = told.actors.get(actor["name"])
        yield f"actor {actor['id']} known under all names", len(found) == 1
    for first, second in truth["lookalike_actors"]:
        apart = ids.get(first) is not None and ids.get(second) is not None and ids[first] != ids[second]
        yield f"actors {first} and {second} apart", apart


def event_checks(truth: dict[str, Any], told: Told) -> Iterator[Check]:
    """Reports of one event stand together, look-alike events apart."""
    main: dict[str, int] = {}
    for event in truth["events"]:
        groups = Counter(_groups(event, told))
        if not groups:
            continue
        main[event["id"]] = groups.most_common(1)[0][0]
        yield f"event {event['id']} in one piece", len(groups) == 1
    for pair in truth["lookalikes"]:
        if pair["a"] in main and pair["b"] in main:
            yield f"events {pair['a']} and {pair['b']} apart", main[pair["a"]] != main[pair["b"]]


def _groups(event: dict[str, Any], told: Told) -> list[int]:
    articles = [told.articles[name] for name in event["articles"] if name in told.articles]
    keys = [ReportKey(article.id) for article in articles]
    return [told.events[key] for key in keys if key in told.events]


def edition_checks(truth: dict[str, Any], told: Told) -> Iterator[Check]:
    """Each day's edition tells what it should, nothing that it must not, and labels what is an update."""
    event_of = {name: event["id"] for event in truth["events"] for name in event["articles"]}
    name_of = {article.id: name for name, article in told.articles.items()}
    titles = {item.id: item.title for item in load_world().items}
    for day, wanted in truth["editions"].items():
        edition = told.editions[day]
        bullets: dict[str | None, list[bool]] = defaultdict(list)
        for item in edition.bullets:
            name = name_of.get(item.spans[0].article, "")
            bullets[event_of.get(name)].append(item.update)
        cited = {name_of.get(span.article, "") for item in edition.bullets for span in item.spans}
        yield f"{day} quiet", edition.quiet == wanted["quiet"]
        for bullet in wanted["bullets"]:
            event = bullet["event"]
            yield f"{day} tells {event}", event in bullets
            if event in bullets and bullet["update"] != "may":
                yield f"{day} update {event}", any(bullets[event]) == (bullet["update"] == "must")
        for never in wanted["never"]:
            what = never["what"]
            # A revised item's words are those of its last version, which are right to be told.
            told_wrongly = what in cited and told.articles[what].title == titles[what]
            yield f"{day} not {what}", what not in bullets and not told_wrongly
        yield f"{day} audit", edition.audit.ok
