"""Has it been said already? Words are compared by their stems, so that "stalking" repeats "stalked"."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.digest.account import Sentence
from bot.events.tokens import tokens

REPEATED: Final = 0.4  # of a sentence's ordinary words, in one that was shown
FEWEST: Final = 2  # words


def repeats(sentence: Sentence, said: Iterable[str]) -> bool:
    """Tell whether many of the ordinary words of *sentence* stand in one of the texts *said*; names may come again."""
    own = stems(sentence.text)
    return any(len(own & stems(text)) >= max(FEWEST, REPEATED * len(own)) for text in said)


def likeness(one: str, other: str) -> float:
    """Return the share of all words of two texts that both have, 0 to 1."""
    words = frozenset(token.stem for token in tokens(one)), frozenset(token.stem for token in tokens(other))
    return len(words[0] & words[1]) / max(1, len(words[0] | words[1]))


@lru_cache(maxsize=5_000)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words in small letters of *text*."""
    return frozenset(token.stem for token in tokens(text) if not token.capital)
