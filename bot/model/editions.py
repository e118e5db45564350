"""An edition of the digest: spans of stored articles plus mechanical, marked edits."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.model.articles import ArticleId
from bot.model.events import EventId
from bot.model.spans import Span

EditionId = NewType("EditionId", int)


class Length(StrEnum):
    """How long an edition may be."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"

    @property
    def most_bullets(self) -> int:
        """Return the most bullets that an edition of this length holds (editorial rule 3)."""
        return {"short": 5, "standard": 9, "long": 12}[self.value]


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Words copied from an article: of its ``text``, or of its ``title`` where ``field`` says so."""

    article: ArticleId
    start: int
    end: int
    field: str = "text"

    @property
    def span(self) -> Span:
        """Return the offsets alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Edit:
    """A mechanical change: characters ``start`` to ``end`` of the article become ``text``.

    ``span`` is the index of the item's span that it falls into. Offsets are the article's. ``why`` names the rule.
    A cut has an empty text; an insertion has ``start == end``.
    """

    span: int
    start: int
    end: int
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An outlet that tells the story, with the address of its report (None: the report has none)."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Copied words without edits: what an Update says is new, and what was told before.

    ``day`` is the reader's day on which the latter was told.
    """

    spans: tuple[SourceSpan, ...]
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One bullet, background sentence, one-liner, quote or coming-up line.

    ``text`` is exactly the spans with the edits applied, joined by ``joint`` (one space; `` — `` in the headline
    form). ``bold`` indexes ``text``. ``links`` are the outlets that tell the story, those first that the words come
    from. ``more`` counts the further independent outlets that are not linked. ``day`` is that of a coming-up line.
    ``reasons`` say why it stands here.
    """

    event: EventId | None
    text: str
    spans: tuple[SourceSpan, ...]
    edits: tuple[Edit, ...] = ()
    links: tuple[Link, ...] = ()
    more: int = 0
    bold: Span | None = None
    headline: bool = False
    update: bool = False
    new: Excerpt | None = None
    was: Excerpt | None = None
    one_outlet: bool = False
    day: date | None = None
    reasons: tuple[str, ...] = ()
    joint: str = " "


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit's verdict. ``problems`` is empty where ``ok``; ``checked`` counts characters that were rebuilt."""

    ok: bool
    checked: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which rule kept or dropped a candidate event (``digest --explain``)."""

    event: EventId
    title: str
    kept: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition. ``window`` is UTC, start excluded, end included; ``zone`` is the reader's.

    ``articles`` and ``outlets`` count what was read in the window. ``id`` is set on an edition that comes out of
    storage, None on one that was only just made.
    """

    title: str
    day: date
    zone: str
    window: tuple[datetime, datetime]
    background: tuple[Item, ...] = ()
    bullets: tuple[Item, ...] = ()
    also: tuple[Item, ...] = ()
    quote: Item | None = None
    coming: tuple[Item, ...] = ()
    quiet: bool = False
    articles: int = 0
    outlets: int = 0
    audit: Audit = Audit(ok=False)
    verdicts: tuple[Verdict, ...] = ()
    topic: str | None = None
    length: Length = Length.STANDARD
    id: EditionId | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """Return every item, in reading order."""
        return (*self.background, *self.bullets, *self.also, *((self.quote,) if self.quote else ()), *self.coming)
