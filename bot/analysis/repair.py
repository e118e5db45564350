"""Mend the types that the model gives to names, by what the rest of the document says."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.analysis.cover import Cover
from bot.analysis.gazetteer_rules import Page
from bot.analysis.language import Parsed
from bot.analysis.linking import People
from bot.analysis.name_words import name_words
from bot.analysis.names import Name
from bot.model.analysis import MentionType
from bot.model.spans import Span
from bot.text.fold import fold

_PLACE_BEFORE: Final = re.compile(r"\b(?:in|at|from|near|to|outside|across|into|around) (?:the )?$", re.IGNORECASE)
_NO_NAMES: Final = frozenset({"VERB", "AUX", "ADV", "ADP", "DET", "PRON", "CCONJ", "SCONJ", "PART"})
_CAPITAL_AFTER: Final = re.compile(r" ([^\W\d_a-z][\w'-]*)")
_CAPITAL_BEFORE: Final = re.compile(r"([^\W\d_a-z][\w'-]*) $")
_RANKED: Final = (MentionType.PERSON, MentionType.ORGANISATION, MentionType.PLACE, MentionType.OTHER)
_MAY_BE_PERSON: Final = ("city/", "country/", "us-state/", "territory/", "company/", "media/")
_FULL: Final = 2  # words of a plain full name
_SHAPE_VOTES: Final = 20  # "President NAME" once says more than the model many times


def without_headlines(names: Iterable[Name], plain: str) -> list[Name]:
    """Return *names* without those in Title Case headlines that no table knows: there every word looks like a name."""
    page = Page.of(plain)
    return [name for name in names if name.sure or not page.in_title_case(name.span.start)]


def persons_known(names: Iterable[Name], plain: str, people: People) -> list[Name]:
    """Return *names* where those that the document's *people* bear are persons.

    A lone word that is the surname of somebody whose full name stands in the document is that person, whatever the
    model calls it; so is a city or a company of that name, unless a preposition shows the place.
    """
    return [
        replace(name, type=MentionType.PERSON, actor=None, form="name", evidence="shape")
        if name.type is not MentionType.PERSON and _is_person(name, plain, people)
        else name
        for name in names
    ]


def _is_person(name: Name, plain: str, people: People) -> bool:
    if name.form not in {"name", "thing"}:
        return False
    if people.called(name.text) is not None:
        return True
    if not people.with_surname(name.text):
        return False
    if not name.sure:
        return True
    may_be = name.actor is not None and name.actor.startswith(_MAY_BE_PERSON) and name.text in people.surnames()
    return may_be and _PLACE_BEFORE.search(plain, max(0, name.span.start - 12), name.span.start) is None


def agreed(texts: Sequence[Sequence[Name]]) -> list[list[Name]]:
    """Give every name that the tables do not know the type that most of its occurrences in the document have."""
    votes: dict[str, Counter[MentionType]] = {}
    for name in (name for names in texts for name in names if not name.sure):
        votes.setdefault(name.text, Counter())[name.type] += _SHAPE_VOTES if name.evidence == "shape" else 1
    chosen = {text: max(_RANKED, key=lambda kind, count=count: count[kind]) for text, count in votes.items()}  # type: ignore[misc]
    return [[name if name.sure else replace(name, type=chosen[name.text]) for name in names] for names in texts]


def bare_surnames(parsed: Parsed, people: People, taken: Sequence[Name], titles: Collection[str]) -> Iterator[Name]:
    """Yield the surnames of *people* that stand alone in the text and that nobody has seen as names."""
    page = Page.of(parsed.plain)
    cover = Cover(len(parsed.plain), (name.span for name in taken))
    for name in uncovered(parsed.plain, people.surnames(), taken, MentionType.PERSON):
        beside = _is_beside_name(parsed.plain, name.span, cover, titles)
        if not beside and not page.in_capitals(name.span.start) and _is_noun(parsed, name.span):
            yield name


def shortened(texts: Sequence[Sequence[Name]], given_names: Set[str]) -> list[list[Name]]:
    """Cut odd words off persons' names: "Ada Brask Releases" where the document says "Ada Brask" as often or more.

    A given name is no odd word: "Anna Ada Brask" stays.
    """
    counts = Counter(name.text for names in texts for name in names if name.type is MentionType.PERSON)

    def cut(name: Name) -> Name:
        words = name.text.split(" ")
        if name.type is not MentionType.PERSON or len(words) <= _FULL:
            return name
        for first, last in ((0, _FULL), (len(words) - _FULL, len(words))):
            inner, odd = " ".join(words[first:last]), [*words[:first], *words[last:]]
            if counts[inner] >= counts[name.text] and given_names.isdisjoint(fold(word) for word in odd):
                start = name.span.start + name.text.index(inner)
                return replace(name, text=inner, span=Span(start, start + len(inner)))
        return name

    return [[cut(name) for name in names] for names in texts]


def headline_persons(plain: str, names: Iterable[Name], given_names: Collection[str]) -> Iterator[str]:
    """Yield full names in Title Case headlines: a given name before a word that the text calls a person by."""
    surnames = {name.text for name in names if name.type is MentionType.PERSON and " " not in name.text}
    page = Page.of(plain)
    for number in page.title_case:
        words = page.text[page.lines[number] :].partition("\n")[0].split()
        for first, last in pairwise(words):
            family = last.rstrip(",.:;!?").removesuffix("'s").removesuffix("’s")
            if family in surnames and fold(first) in given_names:
                yield f"{first} {family}"


def uncovered(plain: str, texts: Collection[str], taken: Sequence[Name], kind: MentionType) -> Iterator[Name]:
    """Yield each occurrence of one of *texts* as whole words that no *taken* name covers."""
    if not texts:
        return
    cover = Cover(len(plain), (name.span for name in taken))
    words = "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))
    for match in re.finditer(rf"(?<![\w-])(?:{words})(?![\w-])", plain):
        span = Span(*match.span())
        if not cover.overlaps(span):
            yield Name(span, match[0], kind, evidence="shape")


def _is_beside_name(plain: str, span: Span, cover: Cover, titles: Collection[str]) -> bool:
    """Tell whether a word with a capital touches *span*: then it is a piece of some longer name."""
    plain_words = name_words().plain
    after = _CAPITAL_AFTER.match(plain, span.end)
    if after and after[1].lower().removesuffix("'s") not in plain_words:
        return True
    before = _CAPITAL_BEFORE.search(plain, max(0, span.start - 25), span.start)
    if before is None or before[1].endswith("'s"):
        return False
    word = before[1].lower()
    covered = cover.overlaps(Span(before.start(1), before.end(1)))
    return not (covered or word in plain_words or word in name_words().honorifics or word in titles)


def _is_noun(parsed: Parsed, span: Span) -> bool:
    """Tell whether the word is no verb or small word that only begins a sentence ("Will", "May")."""
    paragraph = parsed.paragraph_at(span.start)
    tokens = paragraph.tokens(span) if paragraph else None
    if tokens is None:
        return False
    if not tokens[0].pos_:
        return span.of(parsed.plain).lower() not in name_words().plain
    first = tokens[0]
    begins = bool(first.is_sent_start) or first.nbor(-1).is_punct
    return not begins or first.pos_ not in _NO_NAMES
