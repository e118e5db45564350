"""Numbers as words: which words count, and what they come to."""

import re
from typing import Final

_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL_NUMBERS: Final = {word: number for number, word in enumerate(_SMALL)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
SCALES: Final = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mn": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3, "m": 1e6, "dozen": 12.0,
}  # fmt: skip
UNIT_WORD: Final = "|".join((*_SMALL[10:], *_TENS, *_SMALL[:10]))
SCALE_WORD: Final = "hundred|thousand|million|billion|trillion"

_ONE_WORD: Final = rf"(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_SMALL[1:10])})|{UNIT_WORD})"
NUMBER_WORDS: Final = (
    rf"(?:(?:{_ONE_WORD}(?: and a half)?|half an?|an?)(?:[ -](?:{SCALE_WORD}|dozen))+(?: and a half)?"
    rf"(?: {_ONE_WORD}(?: {SCALE_WORD})+)*(?: and {_ONE_WORD})?|{_ONE_WORD}(?: and a half)?)"
)
"""A pattern (lower case) for a whole number in words: “two dozen”, “half a million”, “three hundred and five”."""

_WORDS: Final = re.compile(r"[a-z]+")


def value_of(words: str) -> float:
    """Return what *words*, as :data:`NUMBER_WORDS` matches them, come to: “two and a half million” is 2,500,000."""
    total, part, half = 0.0, 0.0, "half a" in words
    for word in _WORDS.findall(words.lower()):
        if word in SMALL_NUMBERS:
            part += SMALL_NUMBERS[word]
        elif word == "hundred" or word == "dozen":
            part = (part or 1) * SCALES[word]
        elif word in SCALES:
            total += (part or 1) * SCALES[word]
            part = 0
    value = total + part
    if " and a half" in words:
        return value + 0.5 * max((SCALES[word] for word in _WORDS.findall(words) if word in SCALES), default=1.0)
    return value / 2 if half else value
