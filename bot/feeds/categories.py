"""What a feed's own category words say about the kind of an entry."""

from collections.abc import Iterable
from typing import Final

from bot.model.articles import ItemKind

_WORDS: Final = {
    ItemKind.OPINION: "opinion, opinions, op-ed, oped, editorial, editorials, commentary, comment, column, letters",
    ItemKind.SPORT: "sport, sports, football, soccer, cricket, rugby, tennis, basketball, baseball, hockey, golf",
    ItemKind.LIVE: "live, liveblog, live blog, live updates",
    ItemKind.VIDEO: "video, videos",
    ItemKind.PICTURES: "pictures, photos, gallery, photo gallery, in pictures",
    ItemKind.QUIZ: "quiz, quizzes, crossword, puzzles",
    ItemKind.PROMO: "sponsored, sponsored content, advertorial, partner content, paid content, promotion, promo",
    ItemKind.NEWSLETTER: "newsletter, newsletters, podcast, podcasts",
    ItemKind.EXPLAINER: "explainer, explainers",
}
_KINDS: Final = {word: kind.value for kind, words in _WORDS.items() for word in words.split(", ")}


def kind_hint(terms: Iterable[str]) -> str | None:
    """Return the name of the kind that the first telling term of *terms* stands for; None where none tells anything."""
    return next((_KINDS[term] for term in map(_folded, terms) if term in _KINDS), None)


def _folded(term: str) -> str:
    return " ".join(term.lower().split())
