"""Made-up news from the islands of Ostrava Sound, and values around it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.model.analysis import (
    Action,
    Actor,
    ActorId,
    Analysis,
    DateMention,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Role,
    SentenceTraits,
)
from bot.model.articles import ArticleId, Draft, ItemKind
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import Audit, Edit, Edition, Excerpt, Item, Link, SourceSpan, Verdict
from bot.model.events import EventId
from bot.model.spans import Span

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 3, 2)
GUILD, OTHER_GUILD = 81_384_788_765_712_384, 81_384_788_765_712_999
CHANNEL = 90_000_000_000_000_001
USER = 70_000_000_000_000_007

FERRY = (
    "Harbour master Enna Quill said the ferry would sail again on Friday. “We have checked every bolt,” she told "
    "the Council of Skerry. Skerry accused Holm of delaying the spare parts."
)


def draft(title: str = "Ferry to sail again", text: str = FERRY, **changes: Any) -> Draft:
    """A draft of the Skerry Post, met at noon; *changes* replace its fields."""
    first_seen = changes.pop("first_seen", NOON)
    fields: dict[str, Any] = {
        "outlet": "The Skerry Post",
        "url": "https://post.example/news/ferry",
        "guid": "post-1",
        "published": first_seen,
        "event_at": changes.pop("event_at", first_seen),
        "kind": ItemKind.NEWS,
    }
    return Draft(title=title, text=text, first_seen=first_seen, **(fields | changes))


def numbered(count: int, **changes: Any) -> list[Draft]:
    """So many different drafts, a minute apart."""
    return [
        draft(
            f"Report {number} from the harbour",
            f"Boat number {number} came in at dawn with {number} barrels of herring.",
            guid=f"post-{number}",
            url=f"https://post.example/news/{number}",
            first_seen=NOON + timedelta(minutes=number),
            **changes,
        )
        for number in range(count)
    ]


def span(words: str, text: str = FERRY) -> Span:
    """Where *words* stand in *text*."""
    start = text.index(words)
    return Span(start, start + len(words))


QUILL = Actor(ActorId("person/enna-quill"), "Enna Quill", MentionType.PERSON, ("Quill",))
SKERRY = Actor(ActorId("country/skerry"), "Skerry", MentionType.COUNTRY, ("Skerry Isle",), known=True)
HOLM = Actor(ActorId("country/holm"), "Holm", MentionType.COUNTRY, known=True)
COUNCIL = Actor(
    ActorId("body/council-of-skerry"), "Council of Skerry", MentionType.ORGANISATION, ("the Council",),
    acts_for=SKERRY.id, country=SKERRY.id, known=True,
)  # fmt: skip


def analysis(version: str = "rules-1", **changes: Any) -> Analysis:
    """What there is to find in :data:`FERRY`, every field filled."""
    sentences = (
        span("Harbour master Enna Quill said the ferry would sail again on Friday."),
        span("“We have checked every bolt,” she told the Council of Skerry."),
        span("Skerry accused Holm of delaying the spare parts."),
    )
    fields: dict[str, Any] = {
        "sentences": sentences,
        "mentions": (
            Mention(span("Enna Quill"), MentionType.PERSON, QUILL.id, "Enna Quill"),
            Mention(span("Council of Skerry"), MentionType.ORGANISATION, COUNCIL.id),
            Mention(Span(FERRY.index("Skerry accused"), FERRY.index(" accused")), MentionType.COUNTRY, SKERRY.id),
            Mention(span("Holm"), MentionType.COUNTRY, HOLM.id),
            Mention(span("Friday"), MentionType.OTHER),
        ),
        "actors": (QUILL, SKERRY, HOLM, COUNCIL),
        "roles": (Role(QUILL.id, "Harbour master", span("Harbour master")),),
        "quotes": (
            Quote(
                QuoteKind.DIRECT, (span("We have checked every bolt,"),), span("told"), (span("she"),), (QUILL.id,),
                "Enna Quill", (),
            ),
            Quote(
                QuoteKind.REPORTED, (span("the ferry would sail again on Friday"),), span("said"),
                (span("Harbour master Enna Quill"),), (QUILL.id,), "Enna Quill", (SKERRY.id,),
            ),
        ),
        "actions": (
            Action(SKERRY.id, "ACCUSE", "ACCUSE", HOLM.id, span("accused"), "Skerry", "Holm"),
        ),
        "dates": (
            DateMention(span("Friday"), "2026-03-06", "date", date(2026, 3, 6), date(2026, 3, 6), future=True),
            DateMention(span("again"), "P1D", "duration"),
        ),
        "title_mentions": (Mention(Span(0, 5), MentionType.OTHER, None, "Ferry"),),
        "traits": (
            SentenceTraits(
                sentences[0], ("ferry", "sail"), finite=True, subject=span("Harbour master Enna Quill"),
                problems=("dangling definite",), context_problems=("dangling definite",), governors=((3, "future"),),
            ),
        ),
        "title_lemmas": ("ferry", "sail"),
        "version": version,
    }  # fmt: skip
    return Analysis(**(fields | changes))


def item(article: ArticleId, event: int | None = 1, text: str = "Skerry accused Holm", **changes: Any) -> Item:
    """An item with every field filled."""
    where = span("Skerry accused Holm of delaying the spare parts.")
    source = SourceSpan(article, where.start, where.end)
    fields: dict[str, Any] = {
        "event": None if event is None else EventId(event),
        "text": text,
        "spans": (source,),
        "edits": (Edit(0, where.end - 1, where.end, "", "no full stop"),),
        "links": (Link("The Skerry Post", "https://post.example/news/ferry"), Link("Holm Herald", None)),
        "more": 2,
        "bold": Span(0, 6),
        "headline": True,
        "update": True,
        "new": Excerpt((source,), "spare parts"),
        "was": Excerpt((SourceSpan(article, 0, 4, "title"),), "parts"),
        "one_outlet": True,
        "day": date(2026, 3, 6),
        "reasons": ("2 outlets",),
        "joint": " — ",
    }
    return Item(**(fields | changes))


def edition(*bullets: Item, **changes: Any) -> Edition:
    """An edition of 2 March."""
    fields: dict[str, Any] = {
        "title": "What you need to know — Mon 2 Mar 2026",
        "day": DAY,
        "zone": "Europe/Kyiv",
        "window": (NOON - timedelta(days=1), NOON),
        "bullets": bullets,
        "articles": 12,
        "outlets": 3,
        "audit": Audit(ok=True, checked=40),
        "verdicts": (Verdict(EventId(1), "Ferry", kept=True, rule="owners"),),
    }
    return Edition(**(fields | changes))


def schedule(**changes: Any) -> Schedule:
    """A schedule of the guild for its channel, at seven in Kyiv; not stored yet."""
    fields: dict[str, Any] = {
        "id": ScheduleId(0),
        "guild": GUILD,
        "channel": CHANNEL,
        "at": time(7),
        "zone": "Europe/Kyiv",
    }
    return Schedule(**(fields | changes))
