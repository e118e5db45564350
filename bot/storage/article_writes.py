"""Write down what :mod:`bot.storage.intake` decided about one outlet's drafts."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import ArticleId, Draft, OutletId, PartRole
from bot.storage.analysis_rows import forget_analyses
from bot.storage.article_rows import article_row, edited_columns, part_rows
from bot.storage.identity import Keys, keys_of
from bot.storage.intake import Decision, Intake, Outcome, Story
from bot.storage.schema import ARTICLE, ARTICLE_PART, ARTICLE_REVISION, EVENT_ARTICLE, OUTLET
from bot.storage.search_engine import engine_of
from bot.storage.statements import rows_for, upsert
from bot.storage.types import UtcDateTime


async def store_drafts(connection: AsyncConnection, outlet: str, drafts: Sequence[Draft]) -> tuple[Decision, ...]:
    """Store *drafts*, all of one outlet, and return what became of each, in order; every story then has its id."""
    outlet_id = await outlet_named(connection, outlet)
    keyed = [(draft, keys_of(draft)) for draft in drafts]
    intake = Intake(await _known(connection, outlet_id, [keys for _, keys in keyed]), keyed)
    texts = {
        ArticleId(row.id): row.text
        for row in await rows_for(
            connection, select(ARTICLE.c.id, ARTICLE.c.text), ARTICLE.c.id, sorted(intake.undecided())
        )
    }
    decisions = intake.decide(texts)
    await _insert(connection, outlet_id, [decision for decision in decisions if decision.outcome is Outcome.NEW])
    for decision in decisions:
        if decision.outcome is Outcome.REVISED:
            await (_withdraw if decision.draft.withdrawn else _revise)(connection, decision)
    return decisions


async def outlet_named(connection: AsyncConnection, name: str) -> OutletId:
    """Return the outlet called *name*, made where it is new, and locked so that no other process stores for it."""
    query = select(OUTLET.c.id).where(OUTLET.c.name == name).with_for_update()
    number = await connection.scalar(query)
    if number is None:
        await connection.execute(upsert(connection, OUTLET).values(name=name).on_conflict_do_nothing())
        number = (await connection.execute(query)).scalar_one()
    return OutletId(number)


async def _known(connection: AsyncConnection, outlet: OutletId, keys: Sequence[Keys]) -> list[Story]:
    query = (
        select(
            ARTICLE.c.id, ARTICLE.c.guid, ARTICLE.c.url_key, ARTICLE.c.title_key, ARTICLE.c.text_hash,
            ARTICLE.c.event_at, ARTICLE.c.revision, ARTICLE.c.status,
        )
        .where(
            ARTICLE.c.outlet_id == outlet,
            or_(
                ARTICLE.c.guid.in_({key.guid for key in keys if key.guid}),
                ARTICLE.c.url_key.in_({key.url for key in keys if key.url}),
                ARTICLE.c.title_key.in_({key.title for key in keys if key.title}),
                ARTICLE.c.text_hash.in_({key.text_hash for key in keys}),
            ),
        )
    )  # fmt: skip
    rows = sorted((await connection.execute(query)).all(), key=lambda row: row.id)
    older = await _older_hashes(connection, [row.id for row in rows if row.revision > 1])
    return [
        Story(
            Keys(row.guid, row.url_key, row.title_key, row.text_hash, row.event_at),
            row.revision,
            row.status == "withdrawn",
            ArticleId(row.id),
            older=older.get(row.id, set()),
        )
        for row in rows
    ]


async def _older_hashes(connection: AsyncConnection, articles: Sequence[int]) -> dict[int, set[str]]:
    query = select(ARTICLE_REVISION.c.article_id, ARTICLE_REVISION.c.text_hash)
    hashes: dict[int, set[str]] = {}
    for row in await rows_for(connection, query, ARTICLE_REVISION.c.article_id, articles):
        hashes.setdefault(row.article_id, set()).add(row.text_hash)
    return hashes


async def _insert(connection: AsyncConnection, outlet: OutletId, new: Sequence[Decision]) -> None:
    if not new:
        return
    rows = [article_row(decision.draft, decision.keys, outlet) for decision in new]
    statement = insert(ARTICLE).returning(ARTICLE.c.id, sort_by_parameter_order=True)
    ids = (await connection.execute(statement, rows)).scalars().all()
    parts: list[dict[str, object]] = []
    for decision, number in zip(new, ids, strict=True):
        decision.story.id = ArticleId(number)
        parts += part_rows(decision.story.id, decision.draft.parts)
    if parts:
        await connection.execute(insert(ARTICLE_PART), parts)
    await _index(connection, new)


async def _revise(connection: AsyncConnection, decision: Decision) -> None:
    article, draft = decision.id, decision.draft
    replaced_at = literal(draft.first_seen, UtcDateTime())
    old = (ARTICLE.c.id, ARTICLE.c.revision, ARTICLE.c.text_hash, ARTICLE.c.title, ARTICLE.c.text, replaced_at)
    names = ("article_id", "revision", "text_hash", "title", "text", "replaced_at")
    await connection.execute(insert(ARTICLE_REVISION).from_select(names, select(*old).where(ARTICLE.c.id == article)))
    await connection.execute(
        update(ARTICLE)
        .where(ARTICLE.c.id == article)
        .values(**edited_columns(draft, decision.keys), revision=decision.revision, analysed=False)
    )
    await forget_analyses(connection, [article])
    await _replace_parts(connection, article, draft)
    await _index(connection, [decision])


async def _replace_parts(connection: AsyncConnection, article: ArticleId, draft: Draft) -> None:
    await connection.execute(delete(ARTICLE_PART).where(ARTICLE_PART.c.article_id == article))
    if draft.parts:
        await connection.execute(insert(ARTICLE_PART), part_rows(article, draft.parts))
    reports = [part.number for part in draft.parts if part.role is PartRole.ITEM] or [0]
    gone = (EVENT_ARTICLE.c.article_id == article) & EVENT_ARTICLE.c.part.not_in(reports)
    await connection.execute(delete(EVENT_ARTICLE).where(gone))


async def _withdraw(connection: AsyncConnection, decision: Decision) -> None:
    await connection.execute(
        update(ARTICLE)
        .where(ARTICLE.c.id == decision.id)
        .values(status="withdrawn", changed_at=decision.draft.first_seen)
    )


async def _index(connection: AsyncConnection, decisions: Sequence[Decision]) -> None:
    texts = [(decision.id, decision.draft.title, decision.draft.text) for decision in decisions]
    await engine_of(connection.dialect.name).index(connection, texts)
