"""Tell which actors a source stands for: by name, pronoun or role; nobody where the text does not say."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.analysis.attribution_line import Line, Voice
from bot.analysis.cues import Cues
from bot.analysis.mention_index import MentionIndex, main_words, stands_for_actor
from bot.analysis.pronouns import Genders, Pronouns
from bot.analysis.role_phrases import RolePhrases
from bot.analysis.syntax import conjuncts, phrase_span
from bot.analysis.words import Word
from bot.model.analysis import ActorId, Mention, MentionType, Role
from bot.model.spans import Span
from bot.text.names import name_tokens

_RELATIVE: Final = frozenset({"WP", "WDT"})
_PRONOUNS: Final = frozenset({"PRP", "PRP$", "WP", "WDT"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker: the words that name it, its actor (None: nobody known) and what to call it.

    ``name`` is None for a pronoun that stands for nobody known.
    """

    source: Span
    actor: ActorId | None
    name: str | None


class Speakers:
    """Resolves the sources of one article, in text order."""

    def __init__(
        self,
        lines: Sequence[Line],
        mentions: Iterable[Mention],
        *,
        genders: Mapping[str, str],
        roles: Iterable[Role],
        cues: Cues,
    ) -> None:
        words = [line.words for line in lines if line.words]
        self._text = lines[0].text if lines else ""
        self._words = words
        self._starts = [line[0].start for line in words]
        self._mentions = MentionIndex(mentions)
        quoted = {word for line in lines for word in line.words if line.inside[word.i]}
        names = tuple(main_words(words, self._mentions))
        self._roles = RolePhrases(self._text, names, self._mentions, roles)
        unquoted = [(word, mention) for word, mention in names if word not in quoted]
        known = Genders(genders, cues.honorifics, cues.persons)
        self._pronouns = Pronouns(words, unquoted, self._mentions, self._roles, known)

    def resolve(self, voice: Voice) -> tuple[Speaker, ...]:
        """Return the speakers of *voice*, one for each conjunct of its source; empty where it has no source.

        Call it in text order: who spoke before is likelier to be meant by a pronoun.
        """
        source = voice.source
        if source is None:
            return ()
        heads = self._heads(voice, source)
        if len(heads) > 1:
            speakers = tuple(self._one(head, phrase_span(head, alone=True)) for head in heads)
        elif heads:
            speakers = (self._one(heads[0], source),)
        else:
            speakers = (self._labelled(source),)
        self._pronouns.hear(source)
        return speakers

    def _heads(self, voice: Voice, source: Span) -> list[Word]:
        """Return the main words of the one or more speakers that *source* names."""
        if voice.head is None:
            return []
        joined_words = [word for word in conjuncts(voice.head) if source.start <= word.start < source.end]
        heads = list(dict.fromkeys(self._behind_title(word) for word in joined_words))
        if len(heads) == 1 and (joined := self._joined_before(heads[0], source)) is not None:
            heads.insert(0, joined)
        return heads

    def _behind_title(self, head: Word) -> Word:
        """Return the name right behind *head* where the parser took the title before it for the speaker."""
        words = self._line_of(head)
        behind = words[head.i + 1] if head.i + 1 < len(words) else head
        if head.pos != "PROPN" or head.end + 1 != behind.start or self._mentions.at(head.start) is not None:
            return head
        mention = self._mentions.at(behind.start)
        return behind if mention is not None and mention.type is MentionType.PERSON else head

    def _joined_before(self, head: Word, source: Span) -> Word | None:
        """Return the person whom "and" joins to *head* where the parser took the first name for a modifier."""
        last = self._mentions.at(head.start)
        words = self._line_of(head)
        ands = [word for word in words if word.lower == "and" and source.start < word.start < head.start]
        if not ands or last is None:
            return None
        before = words[ands[0].i - 1]
        first = self._mentions.at(before.start)
        joined = first is not None and first.type is last.type is MentionType.PERSON and first.actor != last.actor
        return before if joined else None

    def _one(self, head: Word, source: Span) -> Speaker:
        mention = self._named(head)
        if mention is None and head.tag in _PRONOUNS:
            return self._pronoun(head, source)
        if mention is None:
            mention = self._roles.who(head)
        return self._speaker(source, mention)

    def _speaker(self, source: Span, mention: Mention | None) -> Speaker:
        if mention is None or mention.actor is None:
            return Speaker(source, None, source.of(self._text))
        return Speaker(source, mention.actor, mention.name or mention.span.of(self._text))

    def _named(self, head: Word) -> Mention | None:
        """Return the mention that *head* belongs to, or that stands in apposition to it; "who" goes to its noun."""
        if head.tag in _RELATIVE:
            clause = next((word for word in head.ancestors() if word.dep == "relcl"), None)
            return self._named(clause.head) if clause is not None and clause.head.tag not in _RELATIVE else None
        beside = [head, *head.kids("appos")]
        mentions = [(word, self._mentions.at(word.start)) for word in beside]
        found = [mention for word, mention in mentions if mention is not None and stands_for_actor(mention, word)]
        found = [mention for mention in found if mention.actor is not None]
        return next((mention for mention in found if mention.type is MentionType.PERSON), found[0] if found else None)

    def _pronoun(self, word: Word, source: Span) -> Speaker:
        person = self._pronouns.who(word)
        if person is None:
            return Speaker(source, None, None)
        if person.mention is None:
            return Speaker(source, None, person.span.of(self._text))
        return self._speaker(source, person.mention)

    def _line_of(self, word: Word) -> Sequence[Word]:
        return self._words[bisect_right(self._starts, word.start) - 1]

    def _labelled(self, source: Span) -> Speaker:
        """Resolve a label without a tree ("OSKANE") by the surname of the one person who has it."""
        label = name_tokens(source.of(self._text))
        persons = {
            mention.actor: mention
            for mention in self._mentions
            if mention.type is MentionType.PERSON and label == name_tokens(mention.name or "")[-len(label) :]
        }
        return self._speaker(source, next(iter(persons.values())) if len(persons) == 1 else None)
