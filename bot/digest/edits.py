"""The mechanical edits: resolved days, full names, a dropped leading connective. Nothing else is ever changed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.analysis.sentence_form import opens_inside
from bot.digest.account import Sentence
from bot.model.analysis import ActorId, Mention, MentionType
from bot.model.editions import Edit
from bot.text.fold import fold

DAY: Final = "day"
NAME: Final = "name"
CONNECTIVE: Final = "leading connective"
AFFIX: Final = "headline prefix or suffix"

_DAY_WORD: Final = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:today|yesterday|tomorrow|tonight)\b", re.IGNORECASE
)
_LEADING: Final = re.compile(
    r"(?:However|Meanwhile|Moreover|Furthermore|Separately|Also|Earlier|Later|Now),\s+(?=[A-Z“\"])"
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
# Words before a surname that introduce a person well enough: a bracket after them would read "President [Ann Lee]".
_TITLE: Final = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Lord|Lady|Saint|St|Sheikh|Gen|Col|Lt|Sgt|Capt|Cpl|Sen|Rep|Gov|Hon|Rev)\.?"
    r"|(?:[Cc]aptain|[Cc]oach|[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Ll]eader|[Gg]overnor|[Ss]enator|[Jj]udge"
    r"|[Dd]irector|[Ss]kipper|[Cc]ommander|[Mm]ayor|[Kk]ing|[Qq]ueen|[Pp]rince|[Pp]rincess|[Pp]ope|[Aa]ctor|[Ss]inger"
    r"|[Ss]triker|[Cc]hief|[Ss]ecretary|[Gg]eneral|[Jj]ustice|[Ss]peaker|[Aa]mbassador|[Aa]rchbishop|[Bb]ishop))\s+$"
)
_CAPITAL_BEFORE: Final = re.compile(r"(?<=\s)(?!\w+day\b)[A-Z][\w.’'-]*\s+$")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Names:
    """Full names by actor, as stored articles write them, and the folded surnames that need none."""

    full: Mapping[ActorId, str]
    household: frozenset[str]


def day_label(day: date, year: int | None = None) -> str:
    """Return *day* as the edition writes it: "15 Aug"; with its year where that is not *year*."""
    label = f"{day.day} {_MONTHS[day.month - 1]}"
    return label if year is None or day.year == year else f"{label} {day.year}"


def day_edit(sentence: Sentence, span: int, year: int, known: Collection[date] = ()) -> Edit | None:
    """Return the edit that resolves the first weekday or "today" of *sentence*, or None where it has none.

    Quoted words are left alone, and so are days that stand beside a date or own something ("Thursday's vote"). Where
    the first day is one of those *known* from the sentence before, there is nothing to resolve.
    """
    text = sentence.account.article.text
    start = sentence.traits.span.start
    for mention in sentence.dates:
        word = _DAY_WORD.search(mention.span.of(text))
        if word is None or mention.start is None or mention.start != mention.end:
            continue
        at = mention.span.start + word.end()
        if _is_dated(mention.span.of(text)) or text[at : at + 1] in {"'", "’"} or opens_inside(text[start:at]):
            continue
        return None if mention.start in known else Edit(span, at, at, f" [{day_label(mention.start, year)}]", DAY)
    return None


def leading_edit(sentence: Sentence, span: int) -> Edit | None:
    """Return the cut of a leading "However," that a capital follows, or None."""
    found = _LEADING.match(sentence.text)
    if found is None:
        return None
    start = sentence.traits.span.start
    return Edit(span, start, start + found.end(), "", CONNECTIVE)


def name_edits(sentence: Sentence, span: int, names: Names, known: Iterable[str]) -> Iterator[Edit]:
    """Yield the edits that give a bare surname its full name at its first mention.

    *known* are folded surnames that the bullet has introduced before this sentence. A surname is left alone after a
    title or another name, inside quotations, where its full name stands in the sentence, and where everybody knows it.
    """
    introduced = {*known, *introduced_by(sentence)}
    text = sentence.account.article.text
    for mention in sentence.mentions:
        word = _bare_surname(mention, text)
        if word is None or fold(word) in introduced or fold(word) in names.household:
            continue
        full = names.full.get(mention.actor) if mention.actor is not None else None
        if full is not None and _may_be_named(mention, sentence, text):
            introduced.add(fold(word))
            yield Edit(span, mention.span.start, mention.span.start + len(word), f"[{full}]", NAME)


def introduced_by(sentence: Sentence) -> frozenset[str]:
    """Return the folded last words of the full names of persons in *sentence*."""
    text = sentence.account.article.text
    people = (one.span.of(text) for one in sentence.mentions if one.type is MentionType.PERSON)
    return frozenset(fold(_POSSESSIVE.sub("", name).split()[-1]) for name in people if len(name.split()) > 1)


def surname_in(bracket: str) -> str:
    """Return the folded surname that a name edit's text ends in."""
    return fold(bracket.strip("[]").split()[-1])


def bare_subject(sentence: Sentence) -> Mention | None:
    """Return the bare surname that *sentence* opens with, or None."""
    text = sentence.account.article.text
    first = sentence.mentions[0] if sentence.mentions else None
    if first is None or first.span.start - sentence.traits.span.start > 1 or _bare_surname(first, text) is None:
        return None
    return first


def _bare_surname(mention: Mention, text: str) -> str | None:
    if mention.type is not MentionType.PERSON:
        return None
    word = _POSSESSIVE.sub("", mention.span.of(text))
    return word if word and " " not in word and word[0].isupper() else None


def _may_be_named(mention: Mention, sentence: Sentence, text: str) -> bool:
    before = text[sentence.traits.span.start : mention.span.start]
    return not (opens_inside(before) or _TITLE.search(before) or _CAPITAL_BEFORE.search(before))


def _is_dated(words: str) -> bool:
    return any(map(str.isdigit, words))
