"""What is known of a story before its words are chosen: its core, its people, its toll, its numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.digest.account import Account
from bot.digest.figures import agreed_toll, figures_of
from bot.digest.habits import NO_HABITS, Habits
from bot.digest.signature import Core, Rarity, core_of
from bot.digest.story import Story
from bot.model.analysis import MentionType

KEY_PERSON_SHARE: Final = 0.5
PLACE_SHARE: Final = 0.3
_NAMED: Final = frozenset({MentionType.COUNTRY, MentionType.PLACE, MentionType.ORGANISATION})
_LEADING: Final = 8  # sentences
PLACES: Final = frozenset({MentionType.COUNTRY, MentionType.PLACE})


@dataclass(frozen=True, slots=True)
class Brief:
    """A story with what its sentences are judged by.

    ``key_persons`` stand in at least half of its titles, and so do ``key_names`` of states, places and organisations
    (lemmas); ``has_place`` says that titles name one. ``support`` counts
    the reports that give a number; ``toll`` is the highest number of dead that two reports give; ``carriers`` counts
    the outlets that use a lemma anywhere.
    """

    story: Story
    core: Core
    key_persons: frozenset[str]
    key_names: frozenset[str]
    has_place: bool
    support: Mapping[float, int]
    toll: float | None
    carriers: Mapping[str, int]
    first: datetime
    last: datetime
    habits: Habits = NO_HABITS


def brief_of(story: Story, rarity: Rarity, habits: Habits = NO_HABITS) -> Brief:
    """Return the brief of *story*; linear in the leads of its reports."""
    accounts = story.fresh
    titled = max(1, len(accounts))
    persons = story.persons_in_titles()
    return Brief(
        story,
        core_of(story, rarity),
        frozenset(name for name, count in persons.items() if count >= KEY_PERSON_SHARE * titled),
        frozenset(name for name, count in _titled_names(accounts).items() if count >= KEY_PERSON_SHARE * titled),
        sum(_names_place(account) for account in accounts) >= PLACE_SHARE * titled,
        Counter(number for account in accounts for number in figures_of(account.lead)),
        agreed_toll(account.lead for account in accounts),
        _carriers(accounts),
        min(account.at for account in accounts),
        max(account.at for account in accounts),
        habits,
    )


def _titled_names(accounts: Iterable[Account]) -> Counter[str]:
    """Return how many titles have each word of a name of a state, place or organisation that is one of their lemmas."""
    counts: Counter[str] = Counter()
    for account in accounts:
        if account.is_whole:
            title = account.article.title
            names = (one.span.of(title) for one in account.analysis.title_mentions if one.type in _NAMED)
            counts.update({word.lower() for name in names for word in name.split()} & account.title_lemmas)
    return counts


def _carriers(accounts: Iterable[Account]) -> Counter[str]:
    by_outlet: dict[str, set[str]] = {}
    for account in accounts:
        words = by_outlet.setdefault(account.outlet, set(account.title_lemmas))
        words.update(*(sentence.lemmas for sentence in account.sentences[:_LEADING]))
    return Counter(lemma for words in by_outlet.values() for lemma in words)


def _names_place(account: Account) -> bool:
    return account.is_whole and any(mention.type in PLACES for mention in account.analysis.title_mentions)
