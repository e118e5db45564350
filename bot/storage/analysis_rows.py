"""An analysis as rows that can be asked; the analysis itself is stored whole beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Table, bindparam, delete, distinct, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import Actor, ActorId, Analysis, Mention, MentionType
from bot.model.articles import ArticleId
from bot.model.spans import Span
from bot.storage.schema import (
    ACTION,
    ACTOR,
    ACTOR_ROLE,
    ANALYSIS,
    DATE_MENTION,
    MENTION,
    QUOTE,
    QUOTE_ACTOR,
)
from bot.storage.statements import chunks

_TABLES: Final = (MENTION, ACTOR_ROLE, QUOTE, QUOTE_ACTOR, ACTION, DATE_MENTION)
_TYPES: Final = {kind.value: kind for kind in MentionType} | {
    "body": MentionType.ORGANISATION, "igo": MentionType.ORGANISATION, "metonym": MentionType.ORGANISATION,
    "city": MentionType.PLACE,
}  # fmt: skip

Rows = dict[Table, list[dict[str, object]]]


async def insert_findings(connection: AsyncConnection, analyses: Mapping[ArticleId, tuple[Analysis, str]]) -> None:
    """Insert the rows of analyses, each beside its article's text; every actor they name must be stored already."""
    rows: Rows = defaultdict(list)
    for article, (analysis, text) in analyses.items():
        for table, found in _rows(article, analysis, text):
            rows[table].append(found)
    for table in _TABLES:
        if rows[table]:
            await connection.execute(insert(table), rows[table])
    await _count(connection, Counter(pair[1] for pair in _pairs(analyses)))


async def forget_analyses(connection: AsyncConnection, articles: Sequence[ArticleId]) -> None:
    """Delete the analyses of *articles*, and take them out of their actors' counts."""
    for some in chunks(articles):
        query = (
            select(MENTION.c.actor_id, func.count(distinct(MENTION.c.article_id)).label("articles"))
            .where(MENTION.c.article_id.in_(some))
            .group_by(MENTION.c.actor_id)
        )
        await _count(connection, {row.actor_id: -row.articles for row in await connection.execute(query)})
        for table in (*_TABLES, ANALYSIS):
            await connection.execute(delete(table).where(table.c.article_id.in_(some)))


def actors_of(analysis: Analysis) -> tuple[Actor, ...]:
    """Return every actor that *analysis* names, those too that it does not describe: named after their id then."""
    described = {actor.id: actor for actor in analysis.actors}
    names = {mention.actor: mention for mention in (*analysis.mentions, *analysis.title_mentions)}
    missing = (actor for actor in dict.fromkeys(_named(analysis)) if actor not in described)
    return (*described.values(), *(_stub(actor, names.get(actor)) for actor in missing))


def _rows(article: ArticleId, analysis: Analysis, text: str) -> Iterator[tuple[Table, dict[str, object]]]:
    yield from _mention_rows(article, analysis)
    yield from _quote_rows(article, analysis, text)
    yield from _action_rows(article, analysis)
    for number, role in enumerate(analysis.roles):
        key = {"article_id": article, "number": number}
        yield ACTOR_ROLE, key | {"actor_id": role.actor, "role": role.text} | _bounds(role.span)
    for number, date in enumerate(analysis.dates):
        if date.start is not None:
            key = {"article_id": article, "number": number}
            days = {"value": date.value, "first_day": date.start, "last_day": date.end or date.start}
            yield DATE_MENTION, key | days | _bounds(date.span)


def _mention_rows(article: ArticleId, analysis: Analysis) -> Iterator[tuple[Table, dict[str, object]]]:
    mentions = [(mention, False) for mention in analysis.mentions]
    mentions += [(mention, True) for mention in analysis.title_mentions]
    for number, (mention, in_title) in enumerate(mentions):
        if mention.actor is not None:
            key = {"article_id": article, "number": number}
            yield MENTION, key | {"actor_id": mention.actor, "in_title": in_title} | _bounds(mention.span)


def _quote_rows(article: ArticleId, analysis: Analysis, text: str) -> Iterator[tuple[Table, dict[str, object]]]:
    for number, quote in enumerate(analysis.quotes):
        key = {"article_id": article, "number": number}
        sentence = _sentence_around(quote.content[0], analysis.sentences)
        yield (
            QUOTE,
            key
            | {
                "kind": quote.kind.value,
                "content": [[span.start, span.end] for span in quote.content],
                "cue_start": quote.cue and quote.cue.start,
                "cue_end": quote.cue and quote.cue.end,
                "sources": [[span.start, span.end] for span in quote.sources],
                "speaker_name": quote.speaker_name,
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "words": quote.verbatim(text),
            },
        )
        for part, actors in (("speaker", quote.speakers), ("about", quote.about)):
            for actor in dict.fromkeys(actors):
                yield QUOTE_ACTOR, key | {"actor_id": actor, "part": part}


def _action_rows(article: ArticleId, analysis: Analysis) -> Iterator[tuple[Table, dict[str, object]]]:
    for number, action in enumerate(analysis.actions):
        sentence = _sentence_around(action.span, analysis.sentences)
        yield (
            ACTION,
            {
                "article_id": article,
                "number": number,
                "source_id": action.source,
                "target_id": action.target,
                "class": action.action,
                "plover": action.plover,
                **_bounds(action.span),
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "source_name": action.source_name,
                "target_name": action.target_name,
            },
        )


def _sentence_around(span: Span, sentences: Iterable[Span]) -> Span:
    """Return the stretch of whole sentences that holds *span*, or *span* itself where none does."""
    touched = [sentence for sentence in sentences if sentence.overlaps(span)]
    if not touched:
        return span
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


def _bounds(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end}


def _named(analysis: Analysis) -> Iterator[ActorId]:
    for mention in (*analysis.mentions, *analysis.title_mentions):
        if mention.actor is not None:
            yield mention.actor
    for role in analysis.roles:
        yield role.actor
    for quote in analysis.quotes:
        yield from (*quote.speakers, *quote.about)
    for action in analysis.actions:
        yield from (action.source, action.target)


def _stub(actor: ActorId, mention: Mention | None) -> Actor:
    kind, _, slug = actor.partition("/")
    name = (mention and mention.name) or slug.replace("-", " ").title() or actor
    return Actor(actor, name, mention.type if mention else _TYPES.get(kind, MentionType.OTHER))


def _pairs(analyses: Mapping[ArticleId, tuple[Analysis, str]]) -> set[tuple[ArticleId, ActorId]]:
    return {
        (article, mention.actor)
        for article, (analysis, _) in analyses.items()
        for mention in (*analysis.mentions, *analysis.title_mentions)
        if mention.actor is not None
    }


async def _count(connection: AsyncConnection, more: Mapping[ActorId, int]) -> None:
    statement = (
        update(ACTOR).where(ACTOR.c.id == bindparam("actor")).values(articles=ACTOR.c.articles + bindparam("more"))
    )
    if more:
        # In one order everywhere: two processes never wait for each other's rows.
        await connection.execute(statement, [{"actor": actor, "more": more[actor]} for actor in sorted(more)])
