"""Made-up stored articles with the analysis that the language part would give them."""

from datetime import UTC, datetime, timedelta

from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId, ItemKind, Outlet, OutletId
from bot.text.dates import find_dates
from bot.text.sentences import split

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def article(number: int, text: str, *, hours: float = 0, kind: ItemKind = ItemKind.NEWS, **more: str) -> Article:
    at = MONDAY + timedelta(hours=hours)
    outlet = Outlet(OutletId(number), more.get("outlet", f"Outlet {number}"))
    status = more.get("status", "published")
    url = f"https://outlet{number}.example/{number}"
    return Article(ArticleId(number), outlet, "Title", text, url, None, at, at, at, kind, status=status)


def analyses_of(*articles: Article) -> dict[ArticleId, Analysis]:
    return {
        each.id: Analysis(sentences=split(each.text), dates=find_dates(each.text, each.event_at)) for each in articles
    }
