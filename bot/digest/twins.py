"""Are two stories one and the same? Their words may be, while people, places or roles tell them apart."""

from collections import Counter
from typing import Final

from bot.digest.account import Account
from bot.digest.brief import Brief
from bot.digest.juxtaposition import Deed, deeds, roles_swapped
from bot.digest.signature import alike
from bot.digest.story import Story
from bot.digest.wording import QUARREL
from bot.model.analysis import ActorId, MentionType

SAME_STORY: Final = 0.34
SAME_STORYLINE: Final = 0.25
_CORE_SHARE: Final = 0.5


def is_same_story(one: Brief, other: Brief) -> bool:
    """Tell whether both are about one event: alike in words, no look-alikes, not told apart by one round-up."""
    if one.story.round_up is not None and one.story.round_up == other.story.round_up:
        return False
    return alike(one.core, other.core) > SAME_STORY and not are_look_alikes(one.story, other.story)


def is_same_storyline(one: Brief, other: Brief) -> bool:
    """Tell whether both belong to one long-running story."""
    ids = one.story.event.storyline, other.story.event.storyline
    if None not in ids:
        return ids[0] == ids[1]
    return alike(one.core, other.core) > SAME_STORYLINE


def are_look_alikes(one: Story, other: Story) -> bool:
    """Tell whether two stories have their own people, swap who did what to whom, or only one is a quarrel."""
    people = _leading_people(one), _leading_people(other)
    if people[0] and people[1] and not people[0] & people[1]:
        return True
    return roles_swapped(_deeds(one), _deeds(other)) or _is_quarrel(one) != _is_quarrel(other)


def _is_quarrel(story: Story) -> bool:
    """Tell whether at least half of the reports lead with somebody accusing somebody."""
    return sum(QUARREL.search(account.lead) is not None for account in story.fresh) * 2 >= len(story.fresh)


def _leading_people(story: Story) -> frozenset[ActorId]:
    """Return the persons whom at least half of the reports name in title or first sentence."""
    counts = Counter(person for account in story.fresh for person in _people(account))
    return frozenset(person for person, count in counts.items() if count >= _CORE_SHARE * len(story.fresh))


def _people(account: Account) -> frozenset[ActorId]:
    lead = [mention for sentence in account.sentences[:1] for mention in sentence.mentions]
    titled = account.analysis.title_mentions if account.is_whole else ()
    named = (mention for mention in (*titled, *lead) if mention.type is MentionType.PERSON)
    return frozenset(mention.actor for mention in named if mention.actor is not None)


def _deeds(story: Story) -> frozenset[Deed]:
    leads = ((account, sentence) for account in story.fresh for sentence in account.sentences[:2])
    return frozenset[Deed]().union(*(deeds(account.analysis, sentence.traits.span) for account, sentence in leads))
