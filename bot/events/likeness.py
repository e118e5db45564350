"""How well a report fits a group, and a group another: words, facts that clash or agree, and how long the texts are."""

import math
from typing import Final

from bot.events.group import Group, Member
from bot.events.settings import ClusterSettings
from bot.events.vector import UNIT, dot
from bot.events.veto import Facts, share_a_round_up, swapped

_SQUARED: Final = UNIT * UNIT
_VETO: Final = -2.0  # no likeness and no bonus outweighs it


class Likeness:
    """Scores fits under one set of settings. 0 is just alike enough; above is better."""

    def __init__(self, settings: ClusterSettings) -> None:
        self._settings = settings
        self._facts = Facts(settings)

    def of_report(self, member: Member, group: Group) -> float:
        """Return how well *member*, which must not be in it, fits the non-empty *group*: average link, exactly."""
        guard = self._settings.guard if member.has_text else 0.0
        cosine = dot(member.vector.weights, group.weights, guard) / (_SQUARED * len(group))
        score = cosine + self._facts.of_report(member, group)
        score -= self.threshold(min(member.vector.words, group.mean_words))
        vetoed = (member.attack and swapped(member.attack, group.attacks)) or (
            member.key.part and share_a_round_up([member.key], group.members)
        )
        return score + _VETO if vetoed else score

    def of_groups(self, one: Group, other: Group) -> float:
        """Return how well two non-empty groups fit together: the average over their pairs of members.

        The larger the smaller of the two, the more is asked.
        """
        settings = self._settings
        guard = settings.guard if one.texts and other.texts else 0.0
        cosine = dot(one.weights, other.weights, guard) / (_SQUARED * len(one) * len(other))
        score = cosine + self._facts.of_groups(one, other)
        words = min(one.mean_words, other.mean_words)
        score -= self.threshold(words)
        score -= settings.merge_caution * self._length_share(words) * math.log2(min(len(one), len(other)))
        vetoed = (one.attacks and swapped(one.attacks, other.attacks)) or share_a_round_up(one.members, other.members)
        return score + _VETO if vetoed else score

    def threshold(self, words: float) -> float:
        """Return how alike texts must be of which the shorter has *words* content words."""
        span = self._settings.long_threshold - self._settings.short_threshold
        return self._settings.short_threshold + span * self._length_share(words)

    def _length_share(self, words: float) -> float:
        """Return 0 for bare titles, 1 for long texts."""
        settings = self._settings
        share = (words - settings.short_words) / (settings.long_words - settings.short_words)
        return min(1.0, max(0.0, share))
