"""Which words put the day beside them into the past or the future: lists, and what they mean where they stand."""

import re
from enum import StrEnum
from typing import Final

from bot.text.wordlist import words


class Tense(StrEnum):
    """Where a date lies from the day of publication."""

    PAST = "past"
    FUTURE = "future"


_MODAL: Final = words("will would shall may might could should must can cannot 'll won't wouldn't")
_FUTURE: Final = words(
    """
    due scheduled expected planned slated poised likely plans plan planning intends intend hopes hope expects
    expect upcoming forthcoming deadline aims vows pledges prepares promises looks seeks supposed
    """
)
# Present tense of what happens by plan: beside a weekday it looks ahead.
_PLANNED: Final = words(
    """
    begins begin meets meet opens open reopens reopen closes close ends resumes resume expires expire takes comes
    goes go starts arrives arrive travels travel faces leaves returns convenes convene votes decides hears debates
    holds hold hosts elects flies fly stops runs kicks gathers gather appears plays becomes moves falls steps
    heads visits departs launches reports retires turns follows
    """
)
_NOUN_MAKERS: Final = words(
    """
    the a an his her their its our your my this that these those of in for by with from more many most some
    several two three four five six seven eight nine ten new other no on at took take takes
    """
)
_IRREGULAR_PAST: Final = words(
    """
    ate beat became began bent bet bid bit bled blew bound bought broke brought built burst came cast caught chose
    crept cut dealt did died drew drove dug fed fell felt fled flew forecast forgot fought found froze gave got grew had
    held hid hit hung hurt kept knew led left lent let lit lost made meant met paid put quit ran rang read rode
    rose said sang sank sat saw sent set shook shone shot shrank shut slept slid sold sought spent split spoke
    sprang spread sped stole stood struck stuck swam swept swore swung taught thought threw told took tore
    understood underwent was went were withdrew woke won wore wept wrote overthrew
    """
)
_NOUNS_TOO: Final = words("bet bid cast cut fall forecast hit lead let put read set shot split spread thought")
_NO_PAST: Final = words(
    """
    need united red hundred indeed feed seed speed breed exceed proceed succeed bed shed sacred wicked naked aged
    based unprecedented related armed limited interested so-called alleged proposed embed weed greed creed reed
    steed ted fred ahmed mohammed mohamed saeed hamed
    """
)
_NO_INFINITIVE: Final = words(
    """
    the a an this that these those his her their its our your my all some any each both police reporters people
    voters parliament congress court jail prison hospital war death trial school office power work children
    students staff home town earth air sea land date him them us it me one two three four five six seven eight
    nine ten more
    """
)
_NO_INFINITIVE_AFTER: Final = words("according due thanks next close up related similar owing prior response")
_MOVED: Final = words(
    """
    moved delayed postponed rescheduled pushed put brought extended shifted adjourned changed deferred
    """
)
_HELD: Final = words("held released lifted published launched opened closed played sworn heard buried")
_FIRM: Final = words("will shall won't 'll")
_FURTHEST: Final = 8
_FURTHEST_FIRM: Final = 12


def reach(word: str) -> int:
    """Return over how many words *word* still tells the future: “will” over more than “would”."""
    return _FURTHEST_FIRM if word.lower() in _FIRM else _FURTHEST


def word_tense(clause: list[str], at: int) -> Tense | None:
    """Return what the word at *at* of *clause* (as written) says of a date beside it; None: nothing."""
    word = clause[at].lower()
    before = [earlier.lower() for earlier in clause[max(0, at - 3) : at]]
    following = clause[at + 1] if at + 1 < len(clause) else ""
    after = following.lower()
    if word in _MODAL or word.endswith(("’ll", "'ll")):
        return Tense.PAST if after == "have" else Tense.FUTURE
    if word in _FUTURE or (word == "set" and after in {"to", "for"}):
        return Tense.FUTURE
    if word == "to":
        return _after_to(following, before)
    if clause[at] in _PLANNED or (word.endswith("ing") and before[-1:] in (["is"], ["are"])):
        return _planned(word, before, after)
    return _past(word, before, after)


def is_moved(word: str) -> bool:
    """Tell whether *word* says that something was given another day."""
    return word.lower() in _MOVED


def _after_to(following: str, before: list[str]) -> Tense | None:
    if before[-1:] in ([word] for word in _NO_INFINITIVE_AFTER) or not re.fullmatch(r"[a-z]+", following):
        return None
    if following == "have" or following in _NO_INFINITIVE or re.search(r"(?:ed|ing|[^s]s)\Z", following):
        return None
    return Tense.FUTURE


def _planned(word: str, before: list[str], after: str) -> Tense | None:
    if word == "close" and after == "to":
        return None
    previous = before[-1] if before else ""
    if previous in _NOUN_MAKERS or previous.endswith(("’s", "'s", "s’", "s'")):
        return None
    return Tense.FUTURE


def _past(word: str, before: list[str], after: str) -> Tense | None:
    if word in {"has", "have"}:
        return _perfect(after)
    if word not in _IRREGULAR_PAST and (not word.endswith("ed") or word in _NO_PAST):
        return None
    if word in _NOUNS_TOO and before[-1:] and before[-1] in _NOUN_MAKERS:
        return None
    passive = before[-1:] in (["is"], ["are"], ["being"])
    if _is_ahead(before) or (passive and word in _HELD):
        return Tense.FUTURE
    # "is accused of …": such a participle alone tells no time.
    return None if passive or before[-1:] == ["be"] else Tense.PAST


def _perfect(after: str) -> Tense | None:
    if after == "to":
        return Tense.FUTURE
    return Tense.PAST if after.endswith("ed") or after in _IRREGULAR_PAST | {"been", "not", "also"} else None


def _is_ahead(before: list[str]) -> bool:
    """Tell whether a modal or “to” stands right before a participle or an unchanging form (to be opened, will cut)."""
    while before and (before[-1] in {"be", "not", "also", "then", "again", "now", "only"} or before[-1].endswith("ly")):
        before = before[:-1]
    return before[-1:] == ["to"] or (bool(before) and before[-1] in _MODAL)
