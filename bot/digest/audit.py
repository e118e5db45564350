"""Explain every character of an edition from stored articles, or name what cannot be explained."""

from collections.abc import Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from bot.digest import furniture
from bot.digest.audit_edits import edit_problems
from bot.digest.audit_spans import span_problems
from bot.digest.audit_text import text_problems
from bot.digest.juxtaposition import Deed, deeds, roles_swapped, shared_names
from bot.digest.rebuild import HEADLINE_JOINT, JOINT, rebuilt, source_text, text_of
from bot.errors import AuditError
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId
from bot.model.editions import Audit, Edition, Excerpt, Item, SourceSpan

_JOINTS: Final = frozenset({JOINT, HEADLINE_JOINT})
_MOST_BULLET_CHARACTERS: Final = 520  # the cap of rule 3 and what brackets may add


def audit(
    edition: Edition, articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis] | None = None
) -> Audit:
    """Rebuild every item of *edition* from *articles* and check what stands around them.

    The problems name their item. With *analyses* it is also checked that sentences of different reports do not turn
    who did what to whom around. Linear in the edition, but for a full name that none of its own articles holds.
    """
    problems = [
        f"{label}: {problem}"
        for label, item in labelled(edition)
        for problem in item_problems(item, articles, analyses)
    ]
    problems += [f"edition: {problem}" for problem in _frame_problems(edition)]
    checked = sum(len(item.text) for item in edition.items)
    return Audit(not problems, checked, tuple(problems))


def rebuild(item: Item, articles: Mapping[ArticleId, Article]) -> str:
    """Return the text of *item* as its spans and edits give it.

    Raises:
        AuditError: a span or an edit does not fit the stored articles.
    """
    return text_of(rebuilt(item.spans, item.edits, item.joint, articles), item.joint)


def labelled(edition: Edition) -> Iterator[tuple[str, Item]]:
    """Yield every item with the name that people know it by: "bullet 3", "quote"."""
    groups = (
        ("background", edition.background), ("bullet", edition.bullets), ("also", edition.also),
        ("coming", edition.coming),
    )  # fmt: skip
    for name, items in groups:
        yield from ((f"{name} {number}", item) for number, item in enumerate(items, start=1))
    if edition.quote is not None:
        yield "quote", edition.quote


def item_problems(
    item: Item, articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis] | None = None
) -> tuple[str, ...]:
    """Return what of *item* cannot be explained, empty where all can."""
    try:
        text = rebuild(item, articles)
    except AuditError as error:
        return (str(error),)
    problems = [] if text == item.text else [f"its text is not what its sources give ({_difference(item.text, text)})"]
    problems += span_problems(item, articles)
    problems += edit_problems(item, articles)
    problems += _joint_problems(item, articles, analyses or {})
    problems += _excerpt_problems(item, articles)
    problems += _bold_problems(item)
    problems += _link_problems(item, articles)
    return tuple(problems)


def _difference(shown: str, stored: str) -> str:
    at = next((index for index, pair in enumerate(zip(shown, stored, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        at = min(len(shown), len(stored))
    return f"from character {at}: “{shown[at : at + 20]}” instead of “{stored[at : at + 20]}”"


def _joint_problems(
    item: Item, articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis]
) -> Iterator[str]:
    """Yield breaches of rule 13: foreign sentences that share no name, or say the opposite of who did what."""
    if item.joint not in _JOINTS or len(item.spans) > 2:
        yield "it joins its spans in a way that is not known"
    if len(item.spans) < 2:
        return
    first, second = item.spans[0], item.spans[1]
    if first.article == second.article:
        if not _is_one_report(first, second, articles[first.article]):
            yield "it joins two bullets of a round-up"
        return
    if item.joint == HEADLINE_JOINT:
        yield "it joins a headline with another article's sentence"
    if not shared_names(_copied(first, articles), _copied(second, articles)):
        yield "it joins sentences of two articles that share no proper name"
    if roles_swapped(*(_deeds(span, analyses) for span in (first, second))):
        yield "it joins sentences that disagree on who did what to whom"


def _is_one_report(first: SourceSpan, second: SourceSpan, article: Article) -> bool:
    if "title" in {first.field, second.field}:
        return True
    homes = [{part.number for part in article.parts if part.span.contains(span.span)} for span in (first, second)]
    return homes[0] == homes[1]


def _deeds(span: SourceSpan, analyses: Mapping[ArticleId, Analysis]) -> frozenset[Deed]:
    analysis = analyses.get(span.article)
    return deeds(analysis, span.span) if analysis is not None and span.field == "text" else frozenset()


def _copied(span: SourceSpan, articles: Mapping[ArticleId, Article]) -> str:
    return span.span.of(source_text(span, articles))


def _excerpt_problems(item: Item, articles: Mapping[ArticleId, Article]) -> Iterator[str]:
    for name, excerpt in (("new", item.new), ("was", item.was)):
        if excerpt is not None and not _is_copied(excerpt, articles):
            yield f"what it gives as “{name}” is not copied"
    if item.new is not None and not item.update:
        yield "it says what is new without being an update"


def _is_copied(excerpt: Excerpt, articles: Mapping[ArticleId, Article]) -> bool:
    try:
        return excerpt.text == " ".join(_copied(span, articles) for span in excerpt.spans)
    except AuditError:
        return False


def _bold_problems(item: Item) -> Iterator[str]:
    if item.bold is not None and not 0 <= item.bold.start < item.bold.end <= len(item.text):
        yield "its bold lies outside its text"


def _link_problems(item: Item, articles: Mapping[ArticleId, Article]) -> Iterator[str]:
    """Yield what is wrong with the sources behind an item: the first must be where its words come from."""
    names = {articles[span.article].outlet.name for span in item.spans}
    if not item.links or item.links[0].name not in names:
        yield "the outlet behind it is not the one that its words come from"
    if item.one_outlet and len(item.links) + item.more != 1:
        yield "it is marked as of one outlet but has several"


def _frame_problems(edition: Edition) -> Iterator[str]:
    zone = ZoneInfo(edition.zone)
    if edition.title != furniture.title_of(edition.window[1], zone):
        yield "its title does not name its day"
    if edition.day != edition.window[1].astimezone(zone).date():
        yield "its day is not the one on which its window ends"
    if len(edition.bullets) > edition.length.most_bullets:
        yield "it holds more bullets than its length allows"
    if any(len(item.text) > _MOST_BULLET_CHARACTERS for item in edition.bullets):
        yield "a bullet is longer than a bullet may be"
    yield from text_problems(edition)
