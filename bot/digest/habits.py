"""What is usual for an outlet's feed, learned from the window's reports: lede or deck in front, decks run into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.analysis import problems
from bot.digest.account import Account

FEWEST_REPORTS: Final = 6
GLUED_SHARE: Final = 0.15  # of a feed's first sentences that show a run-on: the others run on without showing it
USUAL_LEDE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual for outlets, by name.

    ``lede`` is the mean share of a headline's words that the first sentence tells again: a lede tells them, a deck
    presumes them. ``glued`` are outlets whose decks lost the border to the first paragraph.
    """

    lede: Mapping[str, float]
    glued: frozenset[str]

    def lede_share(self, account: Account) -> float:
        """Return how much of a lede the first sentences of the report's outlet are, 0 to 1."""
        return self.lede.get(account.article.outlet.name, USUAL_LEDE)

    def is_glued(self, account: Account) -> bool:
        """Tell whether the report's first sentence must be taken for two that run into each other."""
        return account.article.outlet.name in self.glued


NO_HABITS: Final = Habits({}, frozenset())


def habits_of(accounts: Iterable[Account]) -> Habits:
    """Return what is usual for the outlets of *accounts*; of those with few reports nothing is said. Linear."""
    by_outlet: dict[str, list[Account]] = {}
    for account in accounts:
        if account.is_whole and account.traits and account.title_lemmas:
            by_outlet.setdefault(account.article.outlet.name, []).append(account)
    known = {name: reports for name, reports in by_outlet.items() if len(reports) >= FEWEST_REPORTS}
    return Habits(
        {name: sum(map(_told_again, reports)) / len(reports) for name, reports in known.items()},
        frozenset(name for name, reports in known.items() if _runs_on(reports)),
    )


def _told_again(account: Account) -> float:
    return len(account.title_lemmas & frozenset(account.traits[0].lemmas)) / len(account.title_lemmas)


def _runs_on(reports: Iterable[Account]) -> bool:
    found = [problems.RUN_ON in account.traits[0].problems for account in reports]
    return sum(found) >= GLUED_SHARE * len(found)
