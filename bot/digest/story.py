"""An event as the composer sees it: its reports up to an instant, and the outlets that have it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.digest.account import Account, account_of
from bot.digest.material import Material
from bot.digest.window import Window, is_fresh, is_visible
from bot.model.analysis import ActorId, MentionType
from bot.model.articles import ArticleId
from bot.model.events import Event, EventId


@dataclass(frozen=True)
class Story:
    """An event with the reports that were out by the window's end, in order of arrival; withdrawn ones left out."""

    event: Event
    accounts: tuple[Account, ...]
    window: Window

    @property
    def id(self) -> EventId:
        """Return the event's id."""
        return self.event.id

    @property
    def key(self) -> tuple[int, int]:
        """Return what tells the story from others: its event, and the bullet where a round-up tells it alone."""
        return (self.event.id, self.fresh[0].part_number if self.round_up is not None else 0)

    @cached_property
    def fresh(self) -> tuple[Account, ...]:
        """Return the reports of the window."""
        return tuple(one for one in self.accounts if is_fresh(one.article, self.window))

    @cached_property
    def lending(self) -> tuple[Account, ...]:
        """Return the reports of the window whose words may be copied."""
        return tuple(one for one in self.fresh if one.lends)

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Return the independent outlets that report it in the window, in order of arrival."""
        return tuple(dict.fromkeys(one.outlet for one in self.fresh))

    @cached_property
    def newest(self) -> datetime:
        """Return the instant of its newest report."""
        return max(one.at for one in self.accounts)

    @cached_property
    def round_up(self) -> ArticleId | None:
        """Return the round-up that the story's only report is a bullet of, or None."""
        only = self.fresh[0] if len(self.fresh) == 1 else None
        return only.article.id if only is not None and only.part is not None else None

    @cached_property
    def full_names(self) -> dict[ActorId, str]:
        """Return each person's full name as the story's first report that has one writes it."""
        found: dict[ActorId, str] = {}
        for account in self.accounts:
            for actor, name in account.full_names.items():
                found.setdefault(actor, name)
        return found

    def persons_in_titles(self) -> dict[str, int]:
        """Return how many titles of the window name each person, by the last word of the name."""
        counts: dict[str, int] = {}
        for account in self.fresh:
            for surname in _surnames(account):
                counts[surname] = counts.get(surname, 0) + 1
        return counts


def stories_of(material: Material, window: Window) -> tuple[Story, ...]:
    """Return the events that have a report in *window*, in the order of *material*.

    Linear in the reports. Reports whose article or analysis is missing are passed over.
    """
    found = (Story(event, tuple(_accounts(event, material, window)), window) for event in material.events)
    return tuple(story for one in found if one.fresh for story in _told_apart(one))


def _told_apart(story: Story) -> tuple[Story, ...]:
    """Return *story*; if all that is new in it are bullets of one round-up, one story of each.

    However alike their words are, the outlet has told them apart.
    """
    first = story.fresh[0]
    if len(story.fresh) == 1 or any(one.part is None or one.article.id != first.article.id for one in story.fresh):
        return (story,)
    return tuple(Story(story.event, (account,), story.window) for account in story.fresh)


def _accounts(event: Event, material: Material, window: Window) -> Iterator[Account]:
    for key in event.reports:
        account = account_of(key, material)
        if account is not None and account.article.status == "published" and is_visible(account.article, window):
            yield account


def _surnames(account: Account) -> set[str]:
    if not account.is_whole:
        return set()
    title = account.article.title
    names = (one.span.of(title) for one in account.analysis.title_mentions if one.type is MentionType.PERSON)
    return {name.split()[-1] for name in names if name.split()}
