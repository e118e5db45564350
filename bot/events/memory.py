"""What grouping remembers of a report over a restart, as JSON values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.events.attributes import Attribute
from bot.events.group import Member
from bot.events.settings import ClusterSettings
from bot.events.vector import from_units
from bot.model.articles import ArticleId
from bot.model.events import ReportKey


def member_to_json(member: Member) -> dict[str, Any]:
    """Return *member* as plain JSON values; :func:`member_from_json` gives the same member back."""
    return {
        "article": member.key.article,
        "part": member.key.part,
        "order": member.order,
        "at": member.at.isoformat(),
        "words": member.vector.words,
        "vector": {stem: int(weight) for stem, weight in member.vector.weights.items()},
        "facts": {kind.value: sorted(values) for kind, values in member.attributes.items() if values},
        "attack": sorted([agent, patient] for agent, patient in member.attack),
        "has_text": member.has_text,
    }


def member_from_json(state: Mapping[str, Any], settings: ClusterSettings) -> Member:
    """Return the member that :func:`member_to_json` wrote; keys may come in any order.

    Raises:
        KeyError: a field is missing.
        ValueError: a field holds something else.
    """
    weights = {stem: float(weight) for stem, weight in state["vector"].items()}
    vector = from_units(weights, int(state["words"]))
    facts = {Attribute(kind): frozenset(values) for kind, values in state["facts"].items()}
    return Member(
        key=ReportKey(ArticleId(state["article"]), int(state["part"])),
        order=int(state["order"]),
        at=datetime.fromisoformat(state["at"]),
        vector=vector,
        terms=tuple(vector.weights)[: settings.query_terms],
        attributes={kind: facts.get(kind, frozenset()) for kind in Attribute},
        attack=frozenset((agent, patient) for agent, patient in state["attack"]),
        has_text=bool(state["has_text"]),
    )
