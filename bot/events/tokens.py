"""Cut text into the stems that reports are compared by."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import snowballstemmer
from anyascii import anyascii

_STOP_WORDS: Final = "lexicons/stop_words.txt"
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'-]*[A-Za-z]|\d[\d,.]*\d|\d")
_ENDING: Final = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m)?)$")


class Token(NamedTuple):
    """A content word: its stem, its own form, whether it is written with a capital, its offset in the folded text."""

    stem: str
    text: str
    capital: bool
    offset: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the content words of *text* in order, without stop words.

    Letters of any script are folded to ASCII first, so that one name spelled with and without accents is one stem.
    Numbers keep their digits without thousands separators. Linear in ``len(text)``.
    """
    stopped = stop_words()
    for match in _WORD.finditer(text if text.isascii() else anyascii(text)):
        word = _ENDING.sub("", match[0])
        lower = word.lower()
        if lower and lower not in stopped:
            yield Token(stem(lower), word, word[0].isupper(), match.start())


@cache
def stop_words() -> frozenset[str]:
    """Return the words, in lower case, that tell no event from another; read once per process."""
    lines = files("config").joinpath(_STOP_WORDS).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case ASCII *word* (Snowball English); a number without its separators."""
    if word[0].isdigit():
        return word.replace(",", "")
    # A stemmer holds state while it works; a fresh one keeps threads apart and costs nothing beside the work.
    stemmed: str = snowballstemmer.stemmer("english").stemWord(word)
    return stemmed
