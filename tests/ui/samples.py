"""Editions and answers of an invented world, for tests of what people see."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model.analysis import Action, Actor, ActorId, MentionType, QuoteKind
from bot.model.answers import ActionLine, ActorPage, EventPage, QuoteLine, ReportLine, RoleLine, SearchHit
from bot.model.articles import ArticleId
from bot.model.editions import Edition, EditionId, Excerpt, Item, Link, SourceSpan
from bot.model.events import Claim, Disagreement, Event, EventId, Reason, ReportKey, TimelineLine
from bot.model.spans import Span

LEDGER = Link("Harbour Ledger", "https://ledger.example/2026/08/15/trawlers-turned-back?utm_source=feed")
COURIER = Link("Solmere Courier", "https://courier.example/news/karse-dam")
WIRE = Link("Northline Wire", "https://wire.example/a/77")
POST = Link("Meridian Post", "https://post.example/background/ilm")
START = datetime(2026, 8, 15, 4, tzinfo=UTC)
END = datetime(2026, 8, 16, 4, tzinfo=UTC)
VARROW = Actor(ActorId("person/ilsa-varrow"), "Ilsa Varrow", MentionType.PERSON, ("Ilsa Varrow", "Ilse Varrow"))


def item(text: str, bold: str = "", *links: Link, more: int = 0, event: int = 1, headline: bool = False) -> Item:
    """Return an item of one span with *bold* in bold."""
    at = text.find(bold) if bold else -1
    span = Span(at, at + len(bold)) if at >= 0 else None
    spans = (SourceSpan(ArticleId(event), 0, len(text)),)
    return Item(EventId(event), text, spans, links=links or (LEDGER,), more=more, bold=span, headline=headline)


TRAWLERS = item(
    "Varland’s coast guard turned back three Estmark trawlers in the Sound of Ilm on Saturday [15 Aug], hours before "
    "talks were due to open in Port Ellery. “We will talk, but not under nets,” Fisheries Minister Ilsa Varrow said.",
    "Varland’s coast guard",
    LEDGER,
    WIRE,
    more=4,
)
LAW = item(
    "Parliament in Aldwick passed a law on Saturday [15 Aug] that lets tenants end a lease within a month when the "
    "heating fails.",
    "Parliament in Aldwick",
    WIRE,
    more=3,
    event=3,
)
FERRY = item(
    "Ferry line to Tarn Islands stops for winter — The last boat leaves Port Ellery on 30 September, the company said.",
    "Ferry line to Tarn Islands stops for winter",
    COURIER,
    event=4,
    headline=True,
)
DAM = replace(
    item(
        "14 people are still missing after the Karse dam overflowed in southern Solmere on Friday [14 Aug], the "
        "district office said.",
        "Karse dam",
        COURIER,
        more=6,
        event=2,
    ),
    update=True,
    new=Excerpt((SourceSpan(ArticleId(2), 0, 10),), "14 people are still missing"),
    was=Excerpt((SourceSpan(ArticleId(9), 0, 10),), "31 people are missing", date(2026, 8, 15)),
    reasons=("7 independent outlets", "the number of missing people changed"),
)

STANDARD = Edition(
    title="What you need to know — Sun 16 Aug 2026",
    day=date(2026, 8, 16),
    zone="Europe/Kyiv",
    window=(START, END),
    background=(
        item(
            "Varland and Estmark have argued over fishing rights in the Sound of Ilm since their treaty of 1998 "
            "ran out in March.",
            "",
            POST,
        ),
    ),
    bullets=(
        replace(TRAWLERS, reasons=("6 independent outlets", "new today")),
        LAW,
        FERRY,
        item(
            "The Varland krone fell 3.5% *against* the Estmark mark_x on Saturday [15 Aug].",
            "Varland krone",
            WIRE,
            event=5,
        ),
        replace(
            item("A storm cut power to 2,000 homes in Tarn, the grid operator said.", "Tarn", event=6), one_outlet=True
        ),
        item(
            "Scientists in Aldwick mapped the floor of Lake Orm for the first time.", "Lake Orm", POST, more=1, event=7
        ),
        item("1. Liga side Port Ellery signed a coach from @everyone’s favourite club.", "Port Ellery", WIRE, event=8),
    ),
    also=(
        item("Estmark reopens its embassy in Port Ellery", "", POST, event=10),
        item("Solmere bans open fires until September", "", COURIER, event=11),
    ),
    quote=item("“Nobody here sleeps while the river talks,” said Tomas Reld, a farmer in Karse.", "", COURIER, event=2),
    coming=(
        replace(
            item("Talks on the Sound of Ilm are due to resume on Wednesday [19 Aug] in Aldwick.", "", LEDGER, event=12),
            day=date(2026, 8, 19),
        ),
    ),
    articles=214,
    outlets=9,
    id=EditionId(12),
)
QUIET = Edition(
    title="What you need to know — Mon 17 Aug 2026",
    day=date(2026, 8, 17),
    zone="Europe/Kyiv",
    window=(END, datetime(2026, 8, 17, 4, tzinfo=UTC)),
    bullets=(LAW, FERRY),
    quiet=True,
    articles=437,
    outlets=13,
    id=EditionId(13),
)
UPDATE = replace(STANDARD, bullets=(DAM, LAW, FERRY), background=(), also=(), quote=None, coming=(), id=EditionId(14))
EDITIONS = {"standard": STANDARD, "quiet": QUIET, "update": UPDATE}

QUOTE = QuoteLine(
    ArticleId(1),
    QuoteKind.DIRECT,
    (Span(10, 42),),
    "We will talk, but not under nets.",
    (VARROW.id,),
    "Ilsa Varrow",
    (),
    "Harbour Ledger",
    LEDGER.url,
    "Trawlers turned back",
    END,
    "“We will talk, but not under nets,” Fisheries Minister Ilsa Varrow said.",
)
PARTIAL = replace(
    QUOTE,
    kind=QuoteKind.PARTIAL,
    text="a long night",
    sentence="Reld spoke of “a long night” in Karse.",
    speaker_name=None,
)
REPORTED = replace(QUOTE, kind=QuoteKind.REPORTED, text="the talks would go on", url=None)
EVENT = Event(
    EventId(7),
    "Karse dam overflows",
    START,
    END,
    tuple(ReportKey(ArticleId(number)) for number in range(1, 13)),
    ("Solmere Courier", "Harbour Ledger", "Northline Wire"),
    (VARROW.id,),
    3.2,
    (Reason("7 independent outlets", 2.0), Reason("hard news", 0.5)),
)
ACTOR_PAGE = ActorPage(
    actor=VARROW,
    aliases=("Ilsa Varrow", "Ilse Varrow"),
    roles=(RoleLine("Fisheries Minister of Varland", END, "Harbour Ledger", LEDGER.url),),
    articles=63,
    quotes_by=41,
    quotes_about=1,
    first_seen=START,
    last_seen=END,
    latest_quotes=(QUOTE,),
    latest_about=(PARTIAL,),
    actions=(
        ActionLine(
            Action(VARROW.id, "Criticise", "ACCUSE", ActorId("country/estmark"), Span(0, 5), "Ilsa Varrow", "Estmark"),
            "Varrow accused Estmark of fishing at night.",
            "Northline Wire",
            WIRE.url,
            END,
        ),
    ),
    events=(EVENT,),
    related=((Actor(ActorId("country/estmark"), "Estmark", MentionType.COUNTRY), 30),),
)
EVENT_PAGE = EventPage(
    event=EVENT,
    summary=(("14 people are still missing after the Karse dam overflowed.", COURIER),),
    reports=tuple(
        ReportLine(
            ArticleId(number), 0, f"Dam report {number}", COURIER.name, COURIER.url, END, (Reason("same dam", 1),)
        )
        for number in range(1, 13)
    ),
    timeline=(
        TimelineLine(
            date(2026, 8, 14),
            "2026-08-14",
            ArticleId(1),
            Span(0, 9),
            "The dam overflowed on Friday.",
            COURIER.name,
            COURIER.url,
        ),
    ),
    actors=(VARROW,),
    disagreements=(
        Disagreement(
            "missing",
            (
                Claim(14, ArticleId(1), Span(0, 30), "14 people are missing.", COURIER.name, COURIER.url, END),
                Claim(1900, ArticleId(2), Span(0, 30), "1,900 people are missing.", LEDGER.name, LEDGER.url, END),
            ),
        ),
    ),
    storyline=(replace(EVENT, id=EventId(3), title="Cracks are found in the Karse dam"),),
)
HIT = SearchHit(
    article=ArticleId(1),
    title="Trawlers turned back",
    outlet="Harbour Ledger",
    url=LEDGER.url,
    at=END,
    snippet="The coast guard\n\nturned back trawlers.",
    marks=(Span(4, 9),),
)
