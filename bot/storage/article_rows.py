"""Articles as rows, and back."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import Article, ArticleId, Draft, ItemKind, Outlet, OutletId, Part, PartRole
from bot.model.spans import Span
from bot.storage.identity import Keys
from bot.storage.schema import ARTICLE, ARTICLE_PART, OUTLET
from bot.storage.statements import rows_for

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT: Final = "\ufffd"

SELECT_ARTICLE: Final[Select[Any]] = select(
    ARTICLE,
    OUTLET.c.name.label("outlet_name"),
    OUTLET.c.url.label("outlet_url"),
    OUTLET.c.country.label("outlet_country"),
    OUTLET.c.owner.label("outlet_owner"),
    OUTLET.c.language.label("outlet_language"),
    OUTLET.c.kind.label("outlet_kind"),
).join_from(ARTICLE, OUTLET)


def storable(draft: Draft) -> Draft:
    """Return *draft* with each character that no database keeps replaced by U+FFFD: NUL, half a surrogate pair.

    Lengths stay, so that offsets do.
    """
    return replace(
        draft,
        outlet=_kept(draft.outlet),
        title=_kept(draft.title),
        text=_kept(draft.text),
        url=draft.url and _kept(draft.url),
        guid=draft.guid and _kept(draft.guid),
        author=draft.author and _kept(draft.author),
    )


def article_row(draft: Draft, keys: Keys, outlet: OutletId) -> dict[str, object]:
    """Return the row of a new article."""
    return {
        "outlet_id": outlet,
        "event_at": draft.event_at,
        "published_at": draft.published,
        "first_seen_at": draft.first_seen,
        "analysed": False,
        "revision": 1,
        "date_only": draft.date_only,
        **edited_columns(draft, keys),
        "changed_at": None,
        "status": "withdrawn" if draft.withdrawn else "published",
    }


def edited_columns(draft: Draft, keys: Keys) -> dict[str, object]:
    """Return the columns that a revision replaces; when it happened and when it was met stay."""
    return {
        "kind": draft.kind.value,
        "status": "published",
        "truncated": draft.truncated,
        "language": draft.language,
        "author": draft.author,
        "guid": keys.guid,
        "url": draft.url,
        "url_key": keys.url,
        "title_key": keys.title,
        "text_hash": keys.text_hash,
        "title": draft.title,
        "text": draft.text,
        "changed_at": draft.first_seen,
    }


def part_rows(article: ArticleId, parts: Iterable[Part]) -> list[dict[str, object]]:
    """Return the rows of an article's parts."""
    return [
        {
            "article_id": article,
            "number": part.number,
            "role": part.role.value,
            "start": part.span.start,
            "end": part.span.end,
            "base": part.base,
        }
        for part in parts
    ]


async def articles_of(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> list[Article]:
    """Return the articles of *rows* (of :data:`SELECT_ARTICLE`), in their order, with their parts."""
    parts = await _parts_of(connection, [row.id for row in rows])
    outlets: dict[int, Outlet] = {}
    for row in rows:
        if row.outlet_id not in outlets:
            outlets[row.outlet_id] = _outlet(row)
    return [_article(row, outlets[row.outlet_id], tuple(parts.get(row.id, ()))) for row in rows]


def outlet_of(row: Row[Any]) -> Outlet:
    """Return the outlet of a row of ``outlet``."""
    return Outlet(OutletId(row.id), row.name, row.url, row.country, row.owner, row.language, row.kind)


def _outlet(row: Row[Any]) -> Outlet:
    return Outlet(
        OutletId(row.outlet_id),
        row.outlet_name,
        row.outlet_url,
        row.outlet_country,
        row.outlet_owner,
        row.outlet_language,
        row.outlet_kind,
    )


def _article(row: Row[Any], outlet: Outlet, parts: tuple[Part, ...]) -> Article:
    return Article(
        id=ArticleId(row.id),
        outlet=outlet,
        title=row.title,
        text=row.text,
        url=row.url,
        guid=row.guid,
        published=row.published_at,
        first_seen=row.first_seen_at,
        event_at=row.event_at,
        kind=ItemKind(row.kind),
        author=row.author,
        language=row.language,
        date_only=row.date_only,
        truncated=row.truncated,
        status=row.status,
        revision=row.revision,
        parts=parts,
    )


async def _parts_of(connection: AsyncConnection, articles: Sequence[int]) -> dict[int, list[Part]]:
    query = select(ARTICLE_PART).order_by(ARTICLE_PART.c.article_id, ARTICLE_PART.c.number)
    parts: dict[int, list[Part]] = defaultdict(list)
    for row in await rows_for(connection, query, ARTICLE_PART.c.article_id, articles):
        parts[row.article_id].append(Part(row.number, PartRole(row.role), Span(row.start, row.end), row.base))
    return parts


def _kept(text: str) -> str:
    return _UNSTORABLE.sub(_REPLACEMENT, text)
