"""Names of what keeps a sentence from standing alone: written by the traits, read by the digest; needs no model."""

from typing import Final

NO_END_MARK: Final = "no end mark"
CUT_OFF: Final = "cut off"
UNBALANCED: Final = "unbalanced marks"
INSIDE_QUOTATION: Final = "inside quotation"
QUESTION: Final = "question"
FIRST_PERSON: Final = "first person"
PROMOTION: Final = "promotion"
RUN_ON: Final = "run-on"
FEATURE: Final = "feature opening"
FRAGMENT: Final = "fragment"
LABEL: Final = "label in front"
ABOUT_ITSELF: Final = "about itself"
BARE_QUOTATION: Final = "quotation without speaker"

PRONOUN_START: Final = "pronoun start"
CONNECTIVE_START: Final = "connective start"
DEMONSTRATIVE_START: Final = "demonstrative start"
DEFINITE_START: Final = "definite start"
DANGLING_DEFINITE: Final = "dangling definite"
DANGLING_THIS: Final = "dangling this"
EARLY_PRONOUN: Final = "pronoun before name"

FORM: Final = frozenset(
    {
        NO_END_MARK, CUT_OFF, UNBALANCED, INSIDE_QUOTATION, QUESTION, FIRST_PERSON, PROMOTION, RUN_ON, FRAGMENT,
        LABEL, ABOUT_ITSELF, BARE_QUOTATION,
    }
)  # fmt: skip
"""Faults of the sentence itself, which no context mends."""


def about(problem: str, noun: str) -> str:
    """Return *problem* with the noun that it is about."""
    return f"{problem}: {noun}"


def name_of(problem: str) -> str:
    """Return the problem without its noun."""
    return problem.partition(": ")[0]


def noun_of(problem: str) -> str:
    """Return the noun that the problem is about, or an empty text."""
    return problem.partition(": ")[2]
