"""What a date expression is read against: the day it was written and the words around it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.text.dates.markers import Tense
from bot.text.dates.tense import tense_of
from bot.text.dates.values import Value


@dataclass(frozen=True, slots=True)
class Setting:
    """A text and the day its relative dates count from.

    ``ahead`` says that the outlet's day may already be the next one: it published when east of Greenwich it was.
    """

    text: str
    base: date
    governors: Mapping[int, str] = field(default_factory=dict)
    ahead: bool = False

    def tense(self, match: re.Match[str], *, verbs_only: bool = False) -> Tense | None:
        """Return where what *match* covers lies, as the words around it tell."""
        return tense_of(self.text, match.start(), match.end(), self.governors, verbs_only=verbs_only)

    def before(self, match: re.Match[str], characters: int = 24) -> str:
        """Return the words in front of *match*."""
        return self.text[max(0, match.start() - characters) : match.start()]

    def after(self, match: re.Match[str], characters: int = 24) -> str:
        """Return the words behind *match*."""
        return self.text[match.end() : match.end() + characters]


class Rule(NamedTuple):
    """An expression and how it is resolved; None: it is no date here. A group ``core`` is the part that is marked.

    A text that holds none of ``needs`` (in lower case) need not be searched for it; without any, every text must be.
    """

    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Setting], Value | None]
    needs: tuple[str, ...] = ()
