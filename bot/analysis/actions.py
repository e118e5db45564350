"""Find who did what to whom: facts between two known actors, sifted hard; the list is partial by design."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.analysis.action_gate import Gate, is_sport
from bot.analysis.action_headline import headline_deed
from bot.analysis.action_lexicon import Lexicon, load_lexicon
from bot.analysis.action_parties import Parties
from bot.analysis.cues import load_cues
from bot.analysis.dealings import Dealings
from bot.analysis.deeds import read_deeds
from bot.analysis.language import Parsed
from bot.analysis.mention_index import MentionIndex, main_words
from bot.analysis.pronouns import GENDERS, Genders, Pronouns
from bot.analysis.role_phrases import RolePhrases
from bot.analysis.words import Word, read_lines
from bot.model.analysis import Action, Mention
from bot.model.spans import Span

__all__ = ["find_actions", "find_title_actions", "load_lexicon"]

_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def find_actions(
    parsed: Parsed,
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    title: Parsed | None = None,
    *,
    genders: Mapping[str, str] | None = None,
    lines: Sequence[Sequence[Word]] | None = None,
) -> tuple[Action, ...]:
    """Return the deeds that the text states as facts, in text order, each (source, action, target) once.

    Both ends are actors of *mentions* or pronouns for them; ``span`` is the clause that tells the deed. The *title*
    only tells whether an article is about sport, where none are read. Between one clear dealing in five and one in
    three is found, and about one in five is wrong in some part: show the sentence beside it. *genders* and *lines*
    as in :func:`bot.analysis.quotes.find_quotes`. About 4 ms for an article of 800 words.
    """
    if title is not None and any(is_sport(words, lexicon) for words in read_lines(title)):
        return ()
    page = _Page(parsed, mentions, lexicon, genders or {}, lines if lines is not None else read_lines(parsed))
    return _unique(page.actions())


def find_title_actions(title: Parsed, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Action, ...]:
    """Return the deeds that a headline tells; spans index the title, *mentions* are those of the title.

    Where the tree shows none, the plain order "NAME VERBs NAME" counts for verbs that are unmistakable.
    """
    page = _Page(title, mentions, lexicon, {}, read_lines(title))
    return _unique(page.actions()) or _unique(page.headlines())


def _unique(actions: Iterable[Action]) -> tuple[Action, ...]:
    kept: dict[tuple[str, str, str], Action] = {}
    for action in sorted(actions, key=lambda action: action.span):
        kept.setdefault((action.source, action.action, action.target), action)
    return tuple(kept.values())


class _Page:
    """One text with what it takes to read deeds in it."""

    def __init__(
        self,
        parsed: Parsed,
        mentions: Sequence[Mention],
        lexicon: Lexicon,
        genders: Mapping[str, str],
        lines: Sequence[Sequence[Word]],
    ) -> None:
        self._text = parsed.text
        self._lines = lines
        self._lexicon = lexicon
        self._genders = genders
        self._index = MentionIndex(mentions)
        parties = Parties(parsed.text, self._index, lexicon, self._meant)
        self._dealings = Dealings(parsed.text, parties, lexicon)
        self._pronouns: Pronouns | None = None

    def actions(self) -> Iterator[Action]:
        for words in self._lines:
            for sentence in sentences_of(words):
                if self._may_tell(sentence):
                    yield from self._of_sentence(words, sentence)

    def headlines(self) -> Iterator[Action]:
        for words in self._lines:
            deed = None if is_sport(words, self._lexicon) else headline_deed(words, self._lexicon, self._index)
            if deed is not None:
                yield from self._dealings.of_headline(deed)

    def _may_tell(self, sentence: Sequence[Word]) -> bool:
        """Tell whether *sentence* names two actors, or one and a pronoun, and no sport."""
        span = Span(sentence[0].start, sentence[-1].end)
        named = {mention.actor for mention in self._index.inside(span) if mention.actor is not None}
        pronoun = any(word.lower in GENDERS or word.lower == "it" for word in sentence)
        return len(named) + pronoun > 1 and not is_sport(sentence, self._lexicon)

    def _of_sentence(self, words: Sequence[Word], sentence: Sequence[Word]) -> Iterator[Action]:
        gate = Gate(words, sentence, self._lexicon)
        for deed in read_deeds(words, self._lexicon, sentence):
            if gate.passes(deed):
                yield from self._dealings.between(deed)
            elif deed.action in _MUTUAL and gate.passes_together(deed):
                yield from self._dealings.together(deed)

    def _meant(self, pronoun: Word) -> Mention | None:
        """Return whom *pronoun* stands for; the persons of the text are only gathered when the first one is met."""
        if self._pronouns is None:
            names = tuple(main_words(self._lines, self._index))
            cues = load_cues()
            known = Genders(self._genders, cues.honorifics, cues.persons)
            roles = RolePhrases(self._text, names, self._index, ())
            self._pronouns = Pronouns(self._lines, names, self._index, roles, known)
        person = self._pronouns.who(pronoun)
        return person.mention if person is not None else None


def sentences_of(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the sentences of a line as the parser cut them: words under one root."""
    start = 0
    roots = [_root(word) for word in words]
    for place in range(1, len(words) + 1):
        if place == len(words) or roots[place] is not roots[start]:
            yield words[start:place]
            start = place


def _root(word: Word) -> Word:
    while word.head is not word:
        word = word.head
    return word
