"""Find the speaker of quoted words by climbing the parse tree above them, through verbs and nouns of speech."""

from collections.abc import Iterator

from bot.analysis.attribution_line import Line, LineQuote, Voice
from bot.analysis.syntax import noun_phrase, speaker_of
from bot.analysis.words import Word


def climb(line: Line, quote: LineQuote, start: int) -> Voice | None:
    """Return the voice above *quote* in the tree, looking at words from place *start* on.

    The outermost verb of speech wins over those below it: in "Vasarik said Danchik called it “sad”" it is Vasarik.
    A noun cue ("her claim that") counts where no verb does.
    """
    voice: Voice | None = None
    noun_voice: Voice | None = None
    for word in _chain(line, quote):
        if word.i < start:
            continue
        if _is_cue_verb(line, word):
            if voice is None or word.lemma in line.cues.speech:
                voice = _verb_voice(line, quote, word, "tree-verb") or voice
        elif noun_voice is None and word.pos == "NOUN" and word.lemma in line.cues.nouns:
            noun_voice = _noun_voice(line, word)
        for remark in word.kids("parataxis"):  # "…, Vasarik said, …"
            if remark.lemma in line.cues.speech and not line.inside[remark.i]:
                voice = _verb_voice(line, quote, remark, "tree-remark") or voice
    return voice or noun_voice


def find_behind(line: Line, quote: LineQuote) -> Voice | None:
    """Return the voice of a verb that governs *quote* or follows it in the sentence, or None.

    For words that are part of their sentence: “…” is what NAME said; “…” was dismissed by NAME. Words that end in a
    full stop are closed: what follows them is another sentence, whatever the parser made of it.
    """
    closed = quote.last == "."
    for word in _chain(line, quote):
        if _is_cue_verb(line, word) and not (closed and word.i >= quote.after):
            speaker = speaker_of(word)
            if speaker is not None and not quote.first <= speaker.i < quote.after:
                return line.voice(speaker, word, "tree-behind")
    place = len(line) if closed else quote.after
    while line.outside(place) and not line.ends_sentence(place):
        if line.says(place):
            speaker = speaker_of(line.words[place])
            if speaker is not None and speaker.i >= quote.after:
                return line.voice(speaker, line.words[place], "tree-behind")
        place += 1
    return None


def _chain(line: Line, quote: LineQuote) -> Iterator[Word]:
    """Yield the top word of *quote* and the words above it that stand outside all marks."""
    top = _top(line, quote)
    if top is None:
        return
    for word in (top, *top.ancestors()):
        if not line.inside[word.i]:
            yield word


def _top(line: Line, quote: LineQuote) -> Word | None:
    """Return the word of *quote* nearest to the tree's root, the first of several."""
    inside = [word for word in line.words[quote.first : quote.after] if word.pos != "PUNCT"]
    tops = [word for word in inside if word.head is word or not quote.first <= word.head.i < quote.after]
    return min(tops, key=lambda word: sum(1 for _ in word.ancestors()), default=None)


def _is_cue_verb(line: Line, word: Word) -> bool:
    return word.pos in {"VERB", "AUX"} and word.lemma in line.cues.verbs


def _verb_voice(line: Line, quote: LineQuote, verb: Word, layer: str) -> Voice | None:
    speaker = speaker_of(verb)
    if speaker is None or quote.first <= speaker.i < quote.after or line.inside[speaker.i]:
        return None
    return line.voice(speaker, verb, layer)


def _noun_voice(line: Line, noun: Word) -> Voice | None:
    """Read "issued a warning that" and "NAME's claim that"."""
    cue = line.between(noun.i, noun.i + 1)
    verb = noun.head if noun.dep in {"dobj", "pobj"} and noun.head.pos == "VERB" else None
    speaker = speaker_of(verb) if verb is not None and verb.lemma in line.cues.light else None
    if speaker is not None and not line.inside[speaker.i]:
        return Voice(line.between(*noun_phrase(speaker)), cue, speaker, "tree-light-verb")
    owners = noun.kids("poss")
    if owners:
        return Voice(line.between(*noun_phrase(owners[0])), cue, owners[0], "tree-possessive")
    return None
