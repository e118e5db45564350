"""What an edition is made of, and what is asked for: plain values that somebody else gathered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId
from bot.model.editions import Length, SourceSpan
from bot.model.events import Event, EventId


@dataclass(frozen=True, slots=True)
class Told:
    """One item that an earlier edition of this schedule told its readers.

    ``event`` follows redirects to the event that it is now, None where it is gone. ``at`` is the end of that
    edition's window (UTC): reports after it are new to the reader. ``one_liner``: it stood under "Also".
    """

    event: EventId | None
    text: str
    spans: tuple[SourceSpan, ...]
    at: datetime
    one_liner: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that an edition may use.

    ``events`` are those with a report in the window, and the earlier ones of their storylines, which background comes
    from; ``articles`` and ``analyses`` hold what they and ``told`` point to (what is missing there is passed over).
    Reports later than the request's instant may be among them: they are not looked at. ``told`` reaches back a week.
    ``counts`` are articles and outlets of the window where more was read than stands in ``articles``.
    """

    articles: Mapping[ArticleId, Article]
    analyses: Mapping[ArticleId, Analysis]
    events: tuple[Event, ...]
    told: tuple[Told, ...] = ()
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """Which edition is wanted.

    ``at`` is its instant (UTC): nothing published later is seen. ``zone`` is the reader's IANA zone. The window is
    ``window`` (start excluded, end included), else the last ``hours``, else a day; see
    :func:`bot.digest.window.since_last` for the one of a schedule.
    """

    at: datetime
    zone: str = "UTC"
    window: tuple[datetime, datetime] | None = None
    hours: int | None = None
    length: Length = field(default=Length.STANDARD)
    topic: str | None = None
