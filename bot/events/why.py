"""Say why a report stands with the others: names, places, numbers and words they share, time, likeness."""

from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from bot.events.attributes import Attribute
from bot.events.group import Group, Member
from bot.events.idf import Idf, StaticIdf
from bot.events.likeness import Likeness
from bot.events.report import Report
from bot.events.settings import FEEDS, ClusterSettings
from bot.events.tokens import tokens
from bot.events.vector import UNIT, read_words, weigh
from bot.model.events import EventId, Reason, ReportKey

_SHOWN: Final = 5
_LABELS: Final = {
    Attribute.PERSON: "persons",
    Attribute.PLACE: "places",
    Attribute.NUMBER: "numbers",
    Attribute.DAY: "days",
    Attribute.YEAR: "years",
    Attribute.ORDINAL: "ordinals",
}


def why_grouped(
    report: Report, others: Iterable[Report], *, idf: Idf | None = None, settings: ClusterSettings = FEEDS
) -> tuple[Reason, ...]:
    """Return why *report* belongs with the *others* of its event, the weightiest reason first.

    Names, places and numbers that at least one other report has too; the words that carry most of the likeness, as
    this report writes them; the time to the nearest other report; and last the likeness itself beside what was
    needed, which is its weight. Facts that clash are named as such, with a negative weight. An only report has no
    reasons. Linear in all their words; for all reports of an event use :func:`why_each`.
    """
    return why_each([report, *(other for other in others if other.key != report.key)], idf=idf, settings=settings)[
        report.key
    ]


def why_each(
    reports: Iterable[Report], *, idf: Idf | None = None, settings: ClusterSettings = FEEDS
) -> dict[ReportKey, tuple[Reason, ...]]:
    """Return for each of an event's reports why it belongs with the others; each is read once."""
    together = list(reports)
    if len(together) == 1:
        return {together[0].key: ()}
    weights = StaticIdf.load() if idf is None else idf
    group = Group(EventId(0))
    for each in together:
        group.put(_member(each, weights, settings))
    return {report.key: _why(report, together, group, settings) for report in together}


def _why(report: Report, together: Sequence[Report], group: Group, settings: ClusterSettings) -> tuple[Reason, ...]:
    member = group.take(report.key)
    surfaces = _surfaces(report)
    reasons = [*_facts(member, group, surfaces, settings), *_words(member, group, surfaces)]
    ordered = sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.text))
    found = (*ordered, _time(report, together), _likeness(member, group, settings))
    group.put(member)
    return found


def _facts(member: Member, group: Group, surfaces: dict[str, str], settings: ClusterSettings) -> Iterable[Reason]:
    for kind, values in member.attributes.items():
        known = group.known[kind]
        if not values or not known:
            continue
        shared = [value for value in sorted(values) if group.counts[kind][value]]
        if shared:
            share = max(group.counts[kind][value] for value in shared) / len(group)
            names = sorted(_shown(kind, value, surfaces) for value in shared)
            text = f"{_LABELS[kind]} in common: {', '.join(names[:_SHOWN])}"
            yield Reason(text, settings.clash_scale * share)
        elif settings.clash_weights.get(kind):
            weight = settings.clash_scale * settings.clash_weights[kind] * known / len(group)
            yield Reason(f"no {_LABELS[kind]} in common", -weight)


def _shown(kind: Attribute, value: str, surfaces: dict[str, str]) -> str:
    if kind is Attribute.DAY:
        month, day = map(int, value.split("-"))
        return f"{day} {month_name[month]}"
    return surfaces.get(value, value)


def _words(member: Member, group: Group, surfaces: dict[str, str]) -> Iterable[Reason]:
    products = {
        stem: weight * group.weights.get(stem, 0.0) / (UNIT * UNIT * len(group))
        for stem, weight in member.vector.weights.items()
    }
    best = sorted((stem for stem in products if products[stem]), key=lambda stem: (-products[stem], stem))[:_SHOWN]
    if best:
        words = ", ".join(surfaces.get(stem, stem) for stem in best)
        yield Reason(f"words in common: {words}", sum(products[stem] for stem in best))


def _time(report: Report, rest: Sequence[Report]) -> Reason:
    gap = min(abs(report.at - other.at) for other in rest if other.key != report.key)
    return Reason(f"{_length(gap)} from the nearest other report", 0.0)


def _likeness(member: Member, group: Group, settings: ClusterSettings) -> Reason:
    likeness = Likeness(settings)
    needed = likeness.threshold(min(member.vector.words, group.mean_words))
    score = likeness.of_report(member, group) + needed
    return Reason(f"likeness {score:.2f}, needed {needed:.2f}", score)


def _member(report: Report, idf: Idf, settings: ClusterSettings) -> Member:
    vector = weigh(read_words(report.title, report.text, settings), idf, settings)
    return Member(report.key, 0, report.at, vector, (), report.attributes, report.attack, bool(report.text))


def _surfaces(report: Report) -> dict[str, str]:
    """Return for each stem the form in which the report writes it most often."""
    forms: dict[str, Counter[str]] = {}
    for token in tokens(f"{report.title}\n{report.text}"):
        forms.setdefault(token.stem, Counter())[token.text] += 1
    return {stem: min(counts, key=lambda form: (-counts[form], form)) for stem, counts in forms.items()}


def _length(gap: timedelta) -> str:
    minutes = round(gap.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"
