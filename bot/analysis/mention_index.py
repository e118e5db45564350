"""Look up mentions by place in the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.analysis.words import Word
from bot.model.analysis import Mention, MentionType
from bot.model.spans import Span


class MentionIndex:
    """The mentions of one text, in its order. Each look-up costs a binary search."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))
        self._starts = [mention.span.start for mention in self._mentions]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def at(self, offset: int) -> Mention | None:
        """Return the mention that covers the character at *offset*, or None."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self._mentions[number].span.end:
            return None
        return self._mentions[number]

    def inside(self, span: Span) -> list[Mention]:
        """Return the mentions that lie wholly inside *span*."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [mention for mention in self._mentions[first:last] if mention.span.end <= span.end]

    def before(self, offset: int) -> list[Mention]:
        """Return the mentions that start before *offset*."""
        return self._mentions[: bisect_left(self._starts, offset)]


def main_words(lines: Iterable[Sequence[Word]], mentions: Iterable[Mention]) -> Iterator[tuple[Word, Mention]]:
    """Yield the main word of each of *mentions*, in text order.

    The main word is the one that the others of the mention hang on. *mentions* stand in text order; those outside all
    lines are left out. Linear in both.
    """
    waiting = iter(mentions)
    mention = next(waiting, None)
    for words in lines:
        for word in words:
            while mention is not None and mention.span.end <= word.start:
                mention = next(waiting, None)
            if mention is None:
                return
            if mention.span.start <= word.start and is_main_word(word, mention):
                yield word, mention
                mention = next(waiting, None)


def is_main_word(word: Word, mention: Mention) -> bool:
    """Tell whether *word*, a word of *mention*, is the one that its others hang on."""
    return word.head is word or not mention.span.start <= word.head.start < mention.span.end


def stands_for_actor(mention: Mention, word: Word) -> bool:
    """Tell whether *mention*, with *word* as its main word, is its actor and not only somebody who belongs to it.

    "A Dane", "Danes" and "the Danish" are not Denmark, "a House Republican" is not the party; "Republicans" are.
    """
    if mention.form == "adjective" or (mention.form == "people" and mention.type is MentionType.COUNTRY):
        return False
    return not (word.entity == "NORP" and mention.type is MentionType.ORGANISATION and word.tag in {"NN", "NNP", "JJ"})
