"""Put an item together: spans, edits, text, bold, links; whoever chose the words, this is how they are set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.digest import edits as mechanical
from bot.digest.account import Account, Sentence
from bot.digest.bold import bold_of
from bot.digest.edits import Names
from bot.digest.habits import NO_HABITS, Habits
from bot.digest.headline_form import Headline
from bot.digest.rebuild import HEADLINE_JOINT, JOINT, rebuilt, text_of
from bot.digest.signature import Core
from bot.digest.story import Story
from bot.model.analysis import MentionType
from bot.model.articles import Article, ArticleId
from bot.model.editions import Edit, Item, Link, SourceSpan
from bot.model.spans import Span

MOST_LINKS: Final = 40


@dataclass(frozen=True, slots=True)
class Setting:
    """What every item of an edition is set with: the articles, names that everybody knows, its year, feeds' habits."""

    articles: Mapping[ArticleId, Article]
    household: frozenset[str]
    year: int
    habits: Habits = NO_HABITS


def source_of(sentence: Sentence) -> SourceSpan:
    """Return the span of the article that *sentence* copies."""
    span = sentence.traits.span
    return SourceSpan(sentence.account.article.id, span.start, span.end)


def edits_of(
    sentences: Sequence[Sentence],
    story: Story,
    setting: Setting,
    first_span: int = 0,
    introduced: Iterable[str] = (),
) -> tuple[Edit, ...]:
    """Return the edits of an item's sentences: names at first mention, each sentence's day, a leading connective.

    A full name is taken from the sentence's own article, else from another of the story. Spans are numbered from
    *first_span*; each sentence's edits stand in the order of the text. A second sentence's day is resolved where it is
    another one. *introduced* are folded surnames that the headline before has given.
    """
    found: list[Edit] = []
    introduced = set(introduced)
    days: set[date] = set()
    for span, sentence in enumerate(sentences, start=first_span):
        names = Names({**story.full_names, **sentence.account.full_names}, setting.household)
        own = list(mechanical.name_edits(sentence, span, names, introduced))
        introduced |= mechanical.introduced_by(sentence) | {mechanical.surname_in(edit.text) for edit in own}
        day = mechanical.day_edit(sentence, span, setting.year, days)
        days |= {one.start for one in sentence.dates if day is not None and one.start is not None}
        lead = mechanical.leading_edit(sentence, span) if span == first_span else None
        found += sorted(filter(None, (*own, day, lead)), key=lambda edit: (edit.start, edit.end))
    return tuple(found)


def sentence_item(story: Story, sentences: Sequence[Sentence], core: Core, setting: Setting) -> Item:
    """Return the item that *sentences* make, bold in the first one."""
    spans = tuple(source_of(one) for one in sentences)
    edits = edits_of(sentences, story, setting)
    placed = rebuilt(spans, edits, JOINT, setting.articles)
    links, more = links_of(story, [one.account for one in sentences])
    return Item(
        story.id,
        text_of(placed, JOINT),
        spans,
        edits,
        links,
        more,
        bold=bold_of(sentences[0], core, placed[0]),
        one_outlet=len(story.outlets) == 1,
    )


def headline_item(story: Story, headline: Headline, setting: Setting) -> Item:
    """Return the item that a headline makes: wholly bold, its article's first sentence behind it where it has one."""
    title = SourceSpan(headline.account.article.id, headline.span.start, headline.span.end, "title")
    decks = [headline.deck] if headline.deck is not None else []
    spans = (title, *(source_of(one) for one in decks))
    edits = edits_of(decks, story, setting, 1, _introduced(headline))
    placed = rebuilt(spans, edits, HEADLINE_JOINT, setting.articles)
    links, more = links_of(story, [headline.account])
    return Item(
        story.id,
        text_of(placed, HEADLINE_JOINT),
        spans,
        edits,
        links,
        more,
        bold=Span(0, len(headline.text)),
        headline=True,
        one_outlet=len(story.outlets) == 1,
        joint=HEADLINE_JOINT,
    )


def _introduced(headline: Headline) -> frozenset[str]:
    """Return the folded last words of the persons' names in the headline."""
    title = headline.account.article.title
    named = (one for one in headline.account.analysis.title_mentions if one.type is MentionType.PERSON)
    return frozenset(mechanical.surname_in(words) for one in named if (words := one.span.of(title).strip()))


def links_of(story: Story, cited: Iterable[Account]) -> tuple[tuple[Link, ...], int]:
    """Return the outlets of a story with their reports, those copied from first, and how many more there are.

    Outlets of one owner count once; each is shown by its first report of the window, at most :data:`MOST_LINKS`.
    """
    by_outlet: dict[str, Link] = {}
    for account in (*cited, *story.fresh):
        by_outlet.setdefault(account.outlet, account.link)
    links = tuple(by_outlet.values())
    return links[:MOST_LINKS], max(0, len(links) - MOST_LINKS)
