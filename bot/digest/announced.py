"""What was announced and has happened since: "will open talks", then "opened talks"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bot.digest.account import Account, Sentence
from bot.model.analysis import SentenceTraits

LEADING: Final = 2  # sentences of a report that say what has happened
ANNOUNCING: Final = 6  # sentences of a report that may say what is to come
COMMON_WORDS: Final = 2  # besides the verb: "the gates would be closed", "closed the gates of the dam"


def done_since(told: Sequence[SentenceTraits], old: Sequence[Account], new: Sequence[Account]) -> frozenset[str]:
    """Return the verbs of what was to come and has happened.

    One report is enough where the reader was *told* that it would come, or where it says it of the same things as an
    *old* report; else two must say so. What was reported as done before is not done now.
    """
    promised = {verb for traits in told for verb in traits.ahead}
    known = {verb for traits in told for verb in past_verbs(traits)}.union(*(reported(account) for account in old))
    past = Counter(verb for account in new for verb in reported(account) if verb not in known)
    announcing = [one for account in old for one in account.sentences[:ANNOUNCING] if one.traits.ahead]
    announced = {verb for one in announcing for verb in one.traits.ahead}
    found = {verb for verb, count in past.items() if verb in promised or (verb in announced and count > 1)}
    return frozenset(found.union(*(_carried_out(account, announcing, past.keys()) for account in new)))


def past_verbs(traits: SentenceTraits) -> frozenset[str]:
    """Return the full verbs of a sentence that are not still to come."""
    return frozenset(traits.verbs) - frozenset(traits.ahead)


def reported(account: Account) -> frozenset[str]:
    """Return the verbs that title and first two sentences give as having happened."""
    title = account.analysis.title_traits if account.is_whole else None
    traits = (*((title,) if title is not None else ()), *(one.traits for one in account.sentences[:LEADING]))
    return frozenset(verb for one in traits for verb in past_verbs(one))


def _carried_out(account: Account, announcing: Iterable[Sentence], verbs: Iterable[str]) -> frozenset[str]:
    """Return those of *verbs* that the report says done of the things that they were announced of."""
    wanted = frozenset(verbs)
    pairs = [
        (past_verbs(sentence.traits) & wanted & frozenset(earlier.traits.ahead), sentence.lemmas & earlier.lemmas)
        for sentence in account.sentences[:LEADING]
        for earlier in announcing
    ]
    return frozenset(verb for done, common in pairs for verb in done if len(common - {verb}) >= COMMON_WORDS)
