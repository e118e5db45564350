"""The numbers that grouping works by, as measured on labelled stories and read on live feeds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bot.events.attributes import Attribute
from bot.events.idf import UNKNOWN

RULES_VERSION: Final = "1"
"""Raise it when a change of rules or numbers should let the open events be put together anew."""

_WEIGHTS: Final = MappingProxyType(
    {
        Attribute.PERSON: 1.0,
        Attribute.PLACE: 1.0,
        Attribute.YEAR: 1.0,
        Attribute.ORDINAL: 1.0,
        Attribute.NUMBER: 0.5,
        # Reports name many days besides the one that counts: a clash says nothing, an agreement much.
        Attribute.DAY: 0.0,
    }
)
_BONUSES: Final = MappingProxyType({Attribute.DAY: 1.0, Attribute.YEAR: 0.5})


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How reports are weighed and compared. All similarities lie between 0 and 1."""

    capital_boost: float = 1.4
    lead_boost: float = 1.5
    lead_characters: int = 400
    terms: int = 50
    rarest: float = UNKNOWN

    clash_scale: float = 0.10
    clash_weights: Mapping[Attribute, float] = field(default_factory=lambda: _WEIGHTS)
    shared_bonuses: Mapping[Attribute, float] = field(default_factory=lambda: _BONUSES)

    # How alike two texts must be grows with their length, in content words, between these two.
    short_threshold: float = 0.08
    long_threshold: float = 0.27
    short_words: int = 7
    long_words: int = 28

    join_margin: float = 0.08
    # Two groups that grew apart have shown that they differ: each doubling of the smaller one asks for this much more,
    # in full for long texts, not at all for bare titles.
    merge_caution: float = 0.02
    # No single word may carry more than 1 - guard of a similarity, where there is text beyond the title.
    guard: float = 0.3
    query_terms: int = 20
    candidates: int = 12
    # A stem that heads reports of so many open events finds none of them.
    longest_posting: int = 200

    # After so many new reports events are merged and mended.
    settle_every: int = 500
    # Of events with more reports than this only the new reports are tried elsewhere.
    settled_reports: int = 500
    move_gain: float = 0.01
    eject_below: float = -0.04
    window_hours: int = 72


LABELLED: Final = ClusterSettings(
    # Files have no clock: what only just holds together is as often two stories that share a name.
    eject_below=0.0,
)
"""For files of documents (``cluster FILE``) and labelled sets."""

FEEDS: Final = ClusterSettings(
    # Nearly all of a summary is its lead: a boost for the first words would weigh the outlet's style.
    lead_characters=1000,
    # The rarest words of feeds are slips, odd spellings and one outlet's own coinages as often as names.
    rarest=9.0,
    short_threshold=0.15,
    # Feeds bring ten reports of one turn of a story before the next turn; caution would split what is one event.
    merge_caution=0.005,
    guard=0.35,
    # Names and rare words head few open events; the rest would be looked through in vain.
    longest_posting=100,
    # Nobody waits for more than ten reports to see what belongs together.
    settle_every=10,
    # A large event then costs no more than a small one.
    settled_reports=20,
    # On live feeds everything of the day shares "29 May" and the year; the window does their work.
    clash_weights=MappingProxyType(_WEIGHTS | {Attribute.YEAR: 0.0}),
    shared_bonuses=MappingProxyType({}),
)
"""For feeds, where most items are a title and a summary."""
