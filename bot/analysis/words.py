"""A parsed line as plain linked words: quick to walk, and free of the parser's memory."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # importing spaCy takes most of a second
    from spacy.tokens import Doc

    from bot.analysis.language import Parsed

_MISTAGGED: Final = {"hopes": "hope", "hoping": "hope", "hoped": "hope"}
"""Forms whose lemma the small model gets wrong ("hop")."""


class Word:
    """One word of a line. ``start`` and ``end`` index the stored text; ``i`` is its place in the line.

    ``head`` is the word itself at the root of a sentence. ``entity`` is the parser's own guess at a name's type,
    empty for an ordinary word. Without a language model ``tag``, ``dep`` and ``lemma`` are empty.
    """

    __slots__ = ("children", "dep", "end", "entity", "head", "i", "lemma", "lower", "pos", "start", "tag", "text")

    def __init__(self, i: int, text: str, start: int) -> None:
        self.i = i
        self.text = text
        self.lower = text.lower()
        self.start = start
        self.end = start + len(text)
        self.lemma = self.tag = self.pos = self.dep = self.entity = ""
        self.head = self
        self.children: list[Word] = []

    def __repr__(self) -> str:
        return f"Word({self.i}, {self.text!r})"

    @property
    def is_verb(self) -> bool:
        """Tell whether it is tagged as any form of a verb (auxiliaries included, modals not)."""
        return self.tag.startswith("VB")

    def kids(self, *deps: str) -> list["Word"]:
        """Return its children that hang on it by one of these relations, in text order."""
        return [child for child in self.children if child.dep in deps]

    def ancestors(self) -> Iterator["Word"]:
        """Yield the words above, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def subtree(self) -> Iterator["Word"]:
        """Yield the word and all below it, in no particular order."""
        open_words = [self]
        while open_words:
            word = open_words.pop()
            yield word
            open_words.extend(word.children)

    def edges(self) -> tuple[int, int]:
        """Return the places of the first word of its subtree and of the word after the last."""
        places = [word.i for word in self.subtree()]
        return min(places), max(places) + 1


def read_words(doc: "Doc", offset: int = 0) -> tuple[Word, ...]:
    """Copy the words of *doc* with their tree; *offset* is where its text begins in the stored text.

    About 2 ms for a line of 1,000 words.
    """
    words = []
    heads = []
    for token in doc:
        word = Word(token.i, token.text, offset + token.idx)
        word.lemma = _MISTAGGED.get(word.lower) or token.lemma_.lower()
        word.tag = token.tag_
        word.pos = token.pos_
        word.dep = token.dep_
        word.entity = token.ent_type_
        words.append(word)
        heads.append(token.head.i)
    for word, head in zip(words, heads, strict=True):
        if head != word.i:
            word.head = words[head]
            word.head.children.append(word)
    return tuple(words)


def read_lines(parsed: "Parsed") -> tuple[tuple[Word, ...], ...]:
    """Return the words of each paragraph of *parsed*, to share between those who walk them."""
    return tuple(read_words(paragraph.doc, paragraph.offset) for paragraph in parsed.paragraphs)
