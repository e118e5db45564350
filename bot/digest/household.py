"""Names that need no introduction: those everybody prints."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.digest.account import Account
from bot.model.analysis import ActorId, MentionType
from bot.text.fold import fold

PRINTED: Final = 25  # reports of the window that give a full name
PRINTED_OF_KNOWN: Final = 10  # of somebody who stands in the tables
_LEAD: Final = 400  # characters


def household(accounts: Iterable[Account]) -> frozenset[str]:
    """Return the folded surnames of people whom so many of *accounts* name in full that nobody asks who they are.

    Linear in the names; only each report's beginning is looked at.
    """
    counts: Counter[ActorId] = Counter()
    names: dict[ActorId, str] = {}
    known: set[ActorId] = set()
    for account in accounts:
        seen = _full(account)
        counts.update(seen.keys())
        names.update(seen)
        known |= {actor.id for actor in account.analysis.actors if actor.known and actor.id in seen}
    return frozenset(
        fold(names[actor].split()[-1])
        for actor, count in counts.items()
        if count >= (PRINTED_OF_KNOWN if actor in known else PRINTED) and fold(names[actor])
    )


def _full(account: Account) -> dict[ActorId, str]:
    text = account.article.text
    return {
        mention.actor: mention.span.of(text)
        for mention in account.analysis.mentions
        if mention.type is MentionType.PERSON
        and mention.actor is not None
        and mention.span.start < _LEAD
        and " " in mention.span.of(text)
    }
