"""Names on their way to becoming mentions: what the model and the gazetteer found, trimmed and fitted together."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.analysis.cover import Cover
from bot.analysis.gazetteer import Gazetteer, Hit
from bot.analysis.language import Parsed
from bot.analysis.name_words import name_words
from bot.analysis.tables import Title
from bot.model.analysis import ActorId, MentionType
from bot.model.spans import Span

if TYPE_CHECKING:  # importing spaCy takes most of a second
    from spacy.tokens import Token

_LABELS: Final[Mapping[str, MentionType]] = {
    "PERSON": MentionType.PERSON,
    "ORG": MentionType.ORGANISATION,
    "GPE": MentionType.PLACE,
    "LOC": MentionType.PLACE,
    "FAC": MentionType.PLACE,
    "NORP": MentionType.OTHER,
    "WORK_OF_ART": MentionType.OTHER,
    "PRODUCT": MentionType.OTHER,
}
_THINGS: Final = frozenset({"WORK_OF_ART", "PRODUCT"})
_HEAD: Final = re.compile(r"[\s\"'(\[•*–—,.-]*(?:(?:the|The|a|A|an|An) )?")
_TAIL: Final = re.compile(
    r"(?:'s|'|[\s\"(\[)\],;:!?–—-]|(?<!\b[A-Z])(?<!Inc)(?<!Corp)(?<!Ltd)(?<!\bCo)(?<!\b[JS]r)\.)+$"
)
_ODD: Final = re.compile(r"[/\[\]|@#]|^(?:HMAS|HMNZS|HMS|INS|MV|RMS|SS|USS) ")
"""Credits, insertions and ships: nobody."""
_LONGEST: Final = 80  # characters
_JOINED: Final = re.compile(r" (?:and|or) |, |/")
_MAY_LENGTHEN: Final = ("city/", "company/")  # "Moscow Airport" is a place of its own, "Ukraine region" is not
_BEFORE_TITLE: Final = frozenset(
    {"former", "then", "acting", "interim", "outgoing", "incoming", "deputy", "senior", "vice"}
)
_LONGEST_TITLE: Final = 4  # words
_CROWNED: Final = frozenset({"king", "queen", "prince", "princess", "pope", "emperor", "empress", "emir", "sultan"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text. ``text`` is its plain form.

    ``evidence`` says who found it: the ``table``, its ``shape`` ("Mayor NAME"), or the ``model``, whose types are often
    wrong. ``form`` is that of a mention, or ``thing``: what the model takes for a work or a product.
    """

    span: Span
    text: str
    type: MentionType
    actor: ActorId | None = None
    form: str = "name"
    evidence: str = "model"

    @property
    def sure(self) -> bool:
        """Tell whether the tables know it."""
        return self.evidence == "table"


def known_names(parsed: Parsed, hits: Iterable[Hit], gazetteer: Gazetteer) -> list[Name]:
    """Return the gazetteer's *hits* as names."""
    names: list[Name] = []
    for hit in hits:
        actor = gazetteer.actor(hit.actor)
        if actor is not None:
            form = "name" if hit.is_name else "adjective" if hit.form == "adjective" else "people"
            names.append(Name(hit.span, hit.span.of(parsed.plain), actor.type, actor.id, form, "table"))
    return names


def model_names(parsed: Parsed, titles: Mapping[str, Title]) -> list[Name]:
    """Return the model's entities that name somebody or some place, in order, without titles, marks and "the"."""
    names: list[Name] = []
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            kind = _LABELS.get(entity.label_)
            if kind is None or (len(entity) == 1 and _is_ordinary(entity[0], titles)):
                continue
            start = paragraph.offset + entity.start_char
            name = trimmed(parsed.plain, start, start + len(entity.text), kind, titles)
            if name is not None:
                names.append(replace(name, form="thing") if entity.label_ in _THINGS else name)
    return names


def _is_ordinary(token: "Token", titles: Mapping[str, Title]) -> bool:
    """Tell whether a lone word that the model takes for a name is none: "Trains", or "Transport" of a minister."""
    if token.pos_ not in {"PROPN", "ADJ", "NUM"} or token.lower_ in name_words().plain:
        return token.ent_type_ != "NORP" and not token.text.isupper()
    if token.ent_type_ == "ORG" and token.lower_ in name_words().organisation_heads | name_words().organisation_starts:
        return True  # "House", "Court": the tables say which one, or nobody can
    following = token.doc[token.i + 1 : token.i + 3]
    phrases = (token.doc[token.i : token.i + 2].text.lower(), token.doc[token.i : token.i + 3].text.lower())
    return any(phrase in titles for phrase in phrases) or (len(following) > 0 and following[0].lower_ == "minister")


def trimmed(plain: str, start: int, end: int, kind: MentionType, titles: Mapping[str, Title]) -> Name | None:
    """Return the name inside a stretch of *plain*, or None where nothing with a capital is left."""
    head = _HEAD.match(plain, start, end)
    start = head.end() if head else start
    tail = _TAIL.search(plain[start:end])
    end = start + tail.start() if tail else end
    if kind is MentionType.PERSON and start < end:
        start += titles_length(plain[start:end], titles)
        start += _lower_length(plain[start:end])
    text = plain[start:end]
    if kind is MentionType.PERSON and text.lower() in titles:
        return None
    if not text or not any(word[0].isupper() for word in text.split()) or _ODD.search(text) or len(text) > _LONGEST:
        return None
    if " " in text and text.isupper():
        return None  # shouted words
    return Name(Span(start, end), text, kind)


def _lower_length(text: str) -> int:
    """Return how many characters of *text* are ordinary words before the first one that may belong to a name."""
    done = 0
    for word in text.split(" ")[:-1]:
        if word[:1].isupper() or word in name_words().particles:
            break
        done += len(word) + 1
    return done


def titles_length(text: str, titles: Mapping[str, Title]) -> int:
    """Return how many characters of *text* are titles before a name: "Former Prime Minister " of a longer phrase.

    A monarch's or a pope's title stays where a lone given name follows: it is the name by which they go.
    """
    words = text.split(" ")
    done = 0
    while done < len(words) - 1:
        step = _title_words(words[done:], titles)
        if step == 0 or (words[done].lower() in _CROWNED and len(words) - done - step == 1):
            break
        done += step
    return sum(len(word) + 1 for word in words[:done])


def _title_words(words: Sequence[str], titles: Mapping[str, Title]) -> int:
    for count in range(min(_LONGEST_TITLE, len(words) - 1), 0, -1):
        if " ".join(words[:count]).lower().rstrip(",") in titles:
            return count
    first = words[0].lower().rstrip(".")
    return int(first in name_words().honorifics or first in _BEFORE_TITLE or f"{first}." in titles)


def fitted(known: Sequence[Name], found: Iterable[Name], titles: Mapping[str, Title]) -> list[Name]:
    """Fit the model's names to the known ones: a known name wins, unless it is only a piece of a longer one.

    Both stand in order; so does the result, free of overlaps.
    """
    starts = [name.span.start for name in known]
    dropped: set[Span] = set()
    kept: list[Name] = []
    for name in found:
        first = max(bisect_left(starts, name.span.start) - 1, 0)
        near = known[first : bisect_left(starts, name.span.end)]
        inside = [one for one in near if one.span.overlaps(name.span) and one.span not in dropped]
        rest = _beside(name, inside, titles) if inside else name
        if rest is not None:
            kept.append(rest)
            dropped.update(one.span for one in inside if one.span.overlaps(rest.span))
    return without_overlaps([*(one for one in known if one.span not in dropped), *kept])


def without_overlaps(names: Iterable[Name]) -> list[Name]:
    """Return *names* in order; of two that overlap, the sure, then the longer, then the earlier one stays."""
    best = sorted(names, key=lambda name: (not name.sure, -len(name.span), name.span))
    cover = Cover(max((name.span.end for name in best), default=0))
    kept: list[Name] = []
    for name in best:
        if not cover.overlaps(name.span):
            cover.take(name.span)
            kept.append(name)
    return sorted(kept, key=lambda name: name.span)


def _beside(name: Name, inside: Sequence[Name], titles: Mapping[str, Title]) -> Name | None:
    """Return what the model's *name* still names beside the known names *inside* it; it may be all of it."""
    if not all(name.span.contains(one.span) and one.span != name.span for one in inside):
        return _remainder(name, inside, titles)
    if name.type is MentionType.PERSON:
        first = inside[0]
        follows = len(name.text[first.span.end - name.span.start :].split())
        if first.span.start == name.span.start and (first.form != "name" or follows > 1):
            return _remainder(name, inside, titles)
        return name if is_capitalised(name.text) else None
    return name if is_capitalised(name.text) and _is_longer_name(name, inside) else None


def _is_longer_name(name: Name, inside: Sequence[Name]) -> bool:
    """Tell whether a place or organisation is more than the known names *inside* it put side by side."""
    first, last = inside[0], inside[-1]
    between = name.text[first.span.end - name.span.start : max(first.span.end, last.span.start) - name.span.start]
    if sum(len(one.span) + 1 for one in inside) > len(name.text) or _JOINED.search(between):
        return False
    if name.type is MentionType.PLACE:
        ends_in_place = name.text.split()[-1].lower() in name_words().place_heads
        return ends_in_place and first.actor is not None and first.actor.startswith(_MAY_LENGTHEN)
    if first.type is MentionType.ORGANISATION and name.text.startswith((f"{first.text} of ", f"{first.text} in ")):
        return False
    return name.type is MentionType.ORGANISATION


def _remainder(name: Name, inside: Sequence[Name], titles: Mapping[str, Title]) -> Name | None:
    """Return the person's name behind known words ("Ukraine's Volodymyr …"); other remainders name nothing."""
    after = max(one.span.end for one in inside) - name.span.start
    if name.type is not MentionType.PERSON or after >= len(name.text):
        return None
    rest = trimmed(name.text, after, len(name.text), MentionType.PERSON, titles)
    if rest is None or not is_capitalised(rest.text) or rest.text.startswith("s "):
        return None
    return replace(rest, span=rest.span.shifted(name.span.start))


def is_capitalised(text: str) -> bool:
    """Tell whether every word of *text* begins with a capital, particles and small words of names apart."""
    return all(
        word[:1].isupper()
        or word[:1].isdigit()
        or word.lower() in name_words().particles
        or word in {"of", "the", "and", "for", "&", "in"}
        for word in text.replace("-", " ").split()
    )
