"""report_from: a report's facts are those of its own words."""

from datetime import UTC, date, datetime

from bot.events.report import report_from
from bot.model.analysis import ActorId, Analysis, AttackRole, Mention, MentionType
from bot.model.articles import Article, ArticleId, ItemKind, Outlet, OutletId, Part, PartRole
from bot.model.events import ReportKey
from bot.model.spans import Span

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = (
    "Background on the talks between Norland and Sudmark.\n\n"
    "• Divers led by Lena Ordway found 12 bodies off Gull Point.\n\n"
    "• The third bid for Norbank, of 36 million, came on 1 March 2026."
)
NORLAND = ActorId("country/norland")
ORDWAY = ActorId("person/lena-ordway")


def article() -> Article:
    return Article(
        id=ArticleId(7),
        outlet=Outlet(OutletId(1), "The Harbour Post", country="NO", owner="Post Group"),
        title="Day 12 of the strike: Sudmark waits",
        text=TEXT,
        url=None,
        guid=None,
        published=AT,
        first_seen=AT,
        event_at=AT,
        kind=ItemKind.NEWS,
    )


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def part(number: int, first: str, last: str, role: PartRole = PartRole.ITEM) -> Part:
    return Part(number, role, Span(TEXT.index(first), TEXT.index(last) + len(last)), date(2026, 3, 2))


ANALYSIS = Analysis(
    mentions=(
        Mention(span_of("Norland"), MentionType.COUNTRY, NORLAND),
        Mention(span_of("Lena Ordway"), MentionType.PERSON, ORDWAY),
        Mention(span_of("Gull Point"), MentionType.PLACE),
    ),
    title_mentions=(Mention(Span(22, 29), MentionType.COUNTRY, ActorId("country/sudmark")),),
    attacks=(
        AttackRole(NORLAND, ActorId("country/sudmark"), Span(0, 20)),
        AttackRole(ActorId("country/sudmark"), NORLAND, Span(0, 10), in_title=True),
    ),
)


def test_whole_article_is_one_report() -> None:
    report = report_from(article(), None, ANALYSIS)

    assert report.key == ReportKey(ArticleId(7), 0)
    assert (report.outlet, report.owner, report.country, report.at) == ("The Harbour Post", "Post Group", "NO", AT)
    assert report.persons == {"lena", "ordway"}
    assert report.places == {"norland", "gull", "point", "sudmark"}
    assert report.numbers == {"12", "36000000"}
    assert report.ordinals == {"3"}
    assert report.days == {"03-01"}
    assert report.years == {"2026"}
    assert report.actors == (ActorId("country/sudmark"), NORLAND, ORDWAY)
    assert len(report.attack) == 2


def test_day_of_a_strike_is_no_number() -> None:
    strike = Article(
        ArticleId(9), article().outlet, "Dock strike: Day 12", "Days 3", None, None, None, AT, AT, ItemKind.NEWS
    )

    assert report_from(strike, None, Analysis()).numbers == frozenset()


def test_part_has_the_facts_inside_it_and_no_title() -> None:
    report = report_from(article(), part(1, "Divers", "Gull Point."), ANALYSIS)

    assert report.key == ReportKey(ArticleId(7), 1)
    assert (report.title, report.text) == ("", "Divers led by Lena Ordway found 12 bodies off Gull Point.")
    assert report.persons == {"lena", "ordway"}
    assert report.places == {"gull", "point"}
    assert report.actors == (ORDWAY,)
    assert report.attack == frozenset()


def test_outlet_without_owner_owns_itself() -> None:
    own = Outlet(OutletId(2), "Gull Radio")
    alone = Article(ArticleId(8), own, "Seals", "", None, None, None, AT, AT, ItemKind.SOFT)

    assert report_from(alone, None, Analysis()).owner == "Gull Radio"
