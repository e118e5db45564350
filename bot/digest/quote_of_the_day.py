"""Pick the words of the day: one person's, verbatim, in the sentence that says who spoke."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.analysis import problems
from bot.analysis.sentence_form import unquoted
from bot.digest.account import Sentence
from bot.digest.bullet import Setting, sentence_item
from bot.digest.habits import Habits
from bot.digest.select import Ranked
from bot.digest.sentence_choice import FEWEST_WORDS as FEWEST_SENTENCE_WORDS
from bot.digest.wording import LOADED, SPEECH
from bot.model.analysis import MentionType, Quote, QuoteKind
from bot.model.editions import Item
from bot.model.spans import Span

FEWEST_WORDS: Final = 8
MOST_WORDS: Final = 30
MOST_SENTENCE_WORDS: Final = 48
LOOKED_AT: Final = 8
PERSON: Final = "person/"  # how the ids of persons begin
_SHORT_FRAME: Final = 22


def quote_of_the_day(stories: Iterable[Ranked], used: frozenset[str], setting: Setting) -> Item | None:
    """Return the best direct quotation of 8 to 30 words by a named person, not shown before; None without one.

    The weight of its story decides, then its length and how short the frame around it is.
    """
    found = [
        (-_worth(sentence, quote) * story.weight, sentence.key, sentence, story)
        for story in stories
        for sentence, quote in _quotations(story, used, setting.habits)
    ]
    if not found:
        return None
    best = min(found, key=lambda one: one[:2])
    return sentence_item(best[3].story, (best[2],), {}, setting)


def _quotations(story: Ranked, used: frozenset[str], habits: Habits) -> Iterator[tuple[Sentence, Quote]]:
    for account in story.story.lending:
        quotes = [quote for quote in account.analysis.quotes if quote.kind is QuoteKind.DIRECT]
        for sentence in account.sentences[habits.is_glued(account) : LOOKED_AT] if quotes else ():
            own = _whole_quote(sentence, quotes)
            if own is not None and sentence.text not in used and _may_stand(sentence, own, _named_persons(sentence)):
                yield sentence, own


def _whole_quote(sentence: Sentence, quotes: Iterable[Quote]) -> Quote | None:
    """Return the one quotation that lies wholly inside *sentence* together with its speaker."""
    span = sentence.traits.span
    inside = [quote for quote in quotes if all(span.contains(content) for content in quote.content)]
    own = [quote for quote in inside if quote.source is not None and span.contains(quote.source) and _by_person(quote)]
    return own[0] if len(own) == 1 and len(inside) == 1 else None


def _by_person(quote: Quote) -> bool:
    """Tell whether a single person said it: administrations and companies argue, but do not speak."""
    return len(quote.speakers) == 1 and quote.speakers[0].startswith(PERSON)


def _named_persons(sentence: Sentence) -> tuple[Span, ...]:
    """Return where persons are named in *sentence*."""
    return tuple(one.span for one in sentence.mentions if one.type is MentionType.PERSON)


def _may_stand(sentence: Sentence, quote: Quote, persons: tuple[Span, ...]) -> bool:
    words = sum(len(content.of(sentence.account.article.text).split()) for content in quote.content)
    if not FEWEST_WORDS <= words <= MOST_WORDS or not FEWEST_SENTENCE_WORDS <= sentence.words <= MOST_SENTENCE_WORDS:
        return False
    left = {problems.name_of(problem) for problem in sentence.traits.problems} - {problems.LABEL}
    outside = unquoted(sentence.text)
    named = quote.source is not None and any(quote.source.overlaps(person) for person in persons)
    return not left and named and SPEECH.search(outside) is not None and LOADED.search(outside) is None


def _worth(sentence: Sentence, quote: Quote) -> float:
    words = sum(len(content.of(sentence.account.article.text).split()) for content in quote.content)
    frame = len(unquoted(sentence.text).split())
    return (1 + 0.02 * min(words, 20)) * (1.2 if frame < _SHORT_FRAME else 1.0)
