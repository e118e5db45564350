"""What reading one article yields. All spans index the article's stored text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from bot.model.spans import Span

ActorId = NewType("ActorId", str)
"""``country/ukraine``, ``igo/nato``, ``person/vladimir-putin``, ``organisation/skerry-launch``: readable and stable."""

LOCAL_MARK: Final = "~"
"""Stands in the id of somebody of whom an article gives no full name: it is good in that article only."""


_MARKS = frozenset('“”"«»„')
_MARKS_BETWEEN = 4  # characters between two pieces of a quote: a mark, a comma, a space


class MentionType(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    OTHER = "other"


class QuoteKind(StrEnum):
    """How words are attributed.

    DIRECT: whole sentences between marks; PARTIAL: words between marks in the outlet's own sentence;
    REPORTED: no marks.
    """

    DIRECT = "direct"
    PARTIAL = "partial"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person, an organisation, a country, a house that stands for one.

    ``acts_for`` is whom a metonym or organ speaks for; ``country`` an actor id such as ``country/russia``.
    ``known`` says that it stands in the tables of ``config/actors`` rather than having been met in text.
    """

    id: ActorId
    name: str
    type: MentionType
    aliases: tuple[str, ...] = ()
    acts_for: ActorId | None = None
    country: ActorId | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. ``actor`` None: not known whom it names, or a place that only is a place.

    ``name`` is the actor's full name as far as the article tells it, for an actor that is met for the first time; of a
    place without actor, the place's. ``form`` is ``name``, or how the words only lead to the actor: ``adjective``
    ("Danish"), ``people`` ("Danes", "the Republicans").
    """

    span: Span
    type: MentionType
    actor: ActorId | None = None
    name: str | None = None
    form: str = "name"


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role as this article states it ("Hungarian Prime Minister"); ``span`` covers the role's words."""

    actor: ActorId
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words attributed to somebody.

    ``content`` excludes the quotation marks of DIRECT and PARTIAL quotes; that of a PARTIAL one covers the clause that
    holds the quoted words, in pieces cut at the marks. ``source`` is the mention that the text gives as speaker ("he",
    "a senior official"), ``sources`` all of them; ``speakers`` the actors these resolve to, empty where none is known:
    never guessed. ``about`` are actors named inside the content.
    """

    kind: QuoteKind
    content: tuple[Span, ...]
    cue: Span | None = None
    sources: tuple[Span, ...] = ()
    speakers: tuple[ActorId, ...] = ()
    speaker_name: str | None = None
    about: tuple[ActorId, ...] = ()

    @property
    def source(self) -> Span | None:
        """Return the first source, or None where the text names none."""
        return self.sources[0] if self.sources else None

    def verbatim(self, text: str) -> str:
        """Return the words as they stand in *text*; pieces that only marks part keep them, others have `` … `` between.

        A PARTIAL quote thus shows which of its words stand between marks.
        """
        stretches: list[Span] = []
        for span in self.content:
            last = stretches[-1] if stretches else None
            if last is not None and _only_marks(text[last.end : span.start]):
                stretches[-1] = Span(last.start, span.end)
            else:
                stretches.append(span)
        marked = self.kind is QuoteKind.PARTIAL and len(self.content) > 1
        return " … ".join(_with_marks(text, stretch) if marked else stretch.of(text) for stretch in stretches)


@dataclass(frozen=True, slots=True)
class Action:
    """Who did what to whom. ``action`` is a class of ``config/lexicons/actions.toml``, ``plover`` its later name."""

    source: ActorId
    action: str
    plover: str
    target: ActorId
    span: Span
    source_name: str = ""
    target_name: str = ""


@dataclass(frozen=True, slots=True)
class AttackRole:
    """Who attacks whom, as one sentence tells it; told apart so that a counter-attack is another event.

    ``span`` is the sentence, in the title where ``in_title`` says so.
    """

    agent: ActorId
    patient: ActorId
    span: Span
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text.

    ``value``: ``2022-02-01``, ``2022-02``, ``2022``, ``199X``, ``2022-W05``, ``2022-Q1``; ``kind`` ``date``, ``period``
    or ``duration``. ``start`` and ``end`` are the first and last day it covers, None for a duration.
    """

    span: Span
    value: str
    kind: str
    start: date | None = None
    end: date | None = None
    future: bool = False


@dataclass(frozen=True, slots=True)
class SentenceTraits:
    """What the digest must know of a sentence without parsing it again.

    ``lemmas`` are content lemmas in order, lower case. ``finite``: its main verb is finite. ``subject`` is the
    subject's noun phrase. ``problems`` name what keeps it from standing alone ("pronoun start", "dangling definite:
    ferry"), ``context_problems`` those of them that the sentence right before it (for the first one, the title)
    resolves. ``governors`` are (offset of a date expression, "past" | "future") as the verb over it tells.
    ``tense`` is the main verb's, "past", "present" or "future", or empty; ``verbs`` are the lemmas of its full verbs,
    ``ahead`` those of them that are still to come; ``clauses`` the short verb phrases that tell what happened ("rose
    to 11", "will open talks"), main one first.
    """

    span: Span
    lemmas: tuple[str, ...] = ()
    finite: bool = False
    subject: Span | None = None
    problems: tuple[str, ...] = ()
    context_problems: tuple[str, ...] = ()
    governors: tuple[tuple[int, str], ...] = ()
    tense: str = ""
    verbs: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    clauses: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything read out of one article. ``version`` names rules and language model, for re-analysis.

    ``title_traits`` are those of the title, whose spans index the title; None where it was not looked at.
    """

    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    roles: tuple[Role, ...] = ()
    quotes: tuple[Quote, ...] = ()
    actions: tuple[Action, ...] = ()
    dates: tuple[DateMention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()
    traits: tuple[SentenceTraits, ...] = ()
    title_lemmas: tuple[str, ...] = ()
    version: str = ""
    title_traits: SentenceTraits | None = None
    attacks: tuple[AttackRole, ...] = ()


def _only_marks(between: str) -> bool:
    return len(between) <= _MARKS_BETWEEN and not any(character.isalnum() for character in between)


def _with_marks(text: str, span: Span) -> str:
    """Return the words of *span* with the quotation marks that touch them."""
    start = span.start - (text[span.start - 1 : span.start] in _MARKS)
    return text[start : span.end + (text[span.end : span.end + 1] in _MARKS)]
