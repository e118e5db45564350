"""Find the second sentence that is worth it: a quotation, the other side, a consequence; often there is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.analysis import problems
from bot.analysis.sentence_form import unquoted
from bot.analysis.sentence_words import same_thing
from bot.digest.account import Sentence
from bot.digest.brief import PLACES, Brief
from bot.digest.figures import figures_of
from bot.digest.juxtaposition import agree, proper_names, shared_names
from bot.digest.repetition import stems
from bot.digest.sentence_choice import specificity
from bot.digest.signature import coverage
from bot.digest.wording import CLAIM, DENIAL, IN_HOUSE, LOADED, OTHER_SIDE, PICTURED, SPEECH, quotations, quoted_words
from bot.model.analysis import MentionType
from bot.model.articles import ItemKind
from bot.text.fold import fold

WORTH_IT: Final = 0.42
MOST_WORDS: Final = 66  # both sentences
MOST_CHARACTERS: Final = 450
LOOKED_AT: Final = 8
_MOST_OVERLAP: Final = 0.34
_REPEATED: Final = 3  # words
_LEAST_COVERAGE: Final = 0.12
_LEAST_FOREIGN_COVERAGE: Final = 0.2
_TELLING: Final = 0.5  # of the weight of the story's heaviest word
_FEWEST_WORDS: Final = 4
_LONGEST_TITLE: Final = 12  # characters in front of a name: "Dr. ", "Minister "
_APPOSITIVE: Final = re.compile(
    r", (?:who|the|a|an|president|his|her)\b|^[\w’'. -]{5,40}, (?!said)[a-z]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Second:
    """A sentence that may follow the first one, with how much it is worth."""

    sentence: Sentence
    score: float


def second_sentence(
    first: Sentence, brief: Brief, used: frozenset[str], household: frozenset[str] = frozenset()
) -> Sentence | None:
    """Return the sentence that follows *first* best, or None where none is worth it.

    It comes from the same report, or shares a proper name and agrees on who did what (rule 13); a *household* name,
    folded, is not enough: too much is said of them in a day. What *used* sentences have said is not said again.
    """
    found = [_judged(one, first, brief) for one in _eligible(first, brief, household) if one.text not in used]
    found.sort(key=lambda one: (-one.score, one.sentence.key))
    return found[0].sentence if found and found[0].score >= WORTH_IT else None


def follows(sentence: Sentence, first: Sentence) -> bool:
    """Tell whether *sentence* comes right after *first* in one report."""
    return is_same_report(sentence, first) and sentence.index == first.index + 1


def is_same_report(one: Sentence, other: Sentence) -> bool:
    """Tell whether both stand in one article, for a round-up in one bullet."""
    return one.account.article.id == other.account.article.id and one.account.part_number == other.account.part_number


def _eligible(first: Sentence, brief: Brief, household: frozenset[str]) -> Iterator[Sentence]:
    for account in brief.story.lending:
        for sentence in account.sentences[brief.habits.is_glued(account) : LOOKED_AT]:
            readable = sentence.text != first.text and _fits(sentence, first) and _can_follow(sentence, first)
            if readable and not _repeats(sentence, first) and _belongs(sentence, first, brief, household):
                yield sentence


def _fits(sentence: Sentence, first: Sentence) -> bool:
    if sentence.words < _FEWEST_WORDS or sentence.words + first.words > MOST_WORDS:
        return False
    return len(sentence.text) + len(first.text) + 1 <= MOST_CHARACTERS


def _can_follow(sentence: Sentence, first: Sentence) -> bool:
    """Tell whether *first* gives what *sentence* presumes."""
    outside = unquoted(sentence.text)
    if not sentence.traits.finite or LOADED.search(outside) or PICTURED.search(outside):
        return False
    mended = set(sentence.traits.context_problems) if follows(sentence, first) else set()
    left = set(sentence.traits.problems) - mended - {problems.FEATURE}
    return all(_is_explained(problem, sentence, first) for problem in left)


def _is_explained(problem: str, sentence: Sentence, first: Sentence) -> bool:
    """Tell whether a definite of the same report has its noun in *first*."""
    definite = problems.name_of(problem) in {problems.DEFINITE_START, problems.DANGLING_DEFINITE}
    return definite and is_same_report(sentence, first) and bool(same_thing(problems.noun_of(problem)) & first.lemmas)


def _repeats(sentence: Sentence, first: Sentence) -> bool:
    if _overlap(sentence, first) > _MOST_OVERLAP or _quotes_again(sentence, first) or _sets_again(sentence, first):
        return True
    people = _full_persons(sentence) & _full_persons(first)
    if any(sentence.text.find(name, 0, len(name) + _LONGEST_TITLE) >= 0 for name in people):
        return True  # what goes on says "she" or the surname: this tells the same from its beginning
    return bool(people) and _APPOSITIVE.search(sentence.text[:60]) is not None


def _quotes_again(sentence: Sentence, first: Sentence) -> bool:
    """Tell whether half of what *sentence* quotes stands in the quotations of *first* already."""
    own, before = (stems(" ".join(quotations(one.text))) for one in (sentence, first))
    return bool(own) and len(own & before) * 2 >= len(own)


def _sets_again(sentence: Sentence, first: Sentence) -> bool:
    """Tell whether *sentence* says again where and when, and adds nobody's words: it tells the same once more."""
    if _speaks(sentence) or OTHER_SIDE.search(unquoted(sentence.text)):
        return False
    days = [{date.start for date in one.dates if date.start == date.end} for one in (sentence, first)]
    places = [
        {mention.actor or mention.name for mention in one.mentions if mention.type in PLACES}
        for one in (sentence, first)
    ]
    return bool(days[0] & days[1]) and bool((places[0] & places[1]) - {None})


def _overlap(sentence: Sentence, first: Sentence) -> float:
    """Return the share of common words in the shorter sentence; names may come again, and so may a word or two."""
    names = {name.lower() for name in proper_names(sentence.text) | proper_names(first.text)}
    own, before = sentence.lemmas - names, first.lemmas - names
    shared = len(own & before)
    return shared / min(len(own), len(before)) if shared >= _REPEATED else 0.0


def _full_persons(sentence: Sentence) -> set[str]:
    text = sentence.account.article.text
    names = (one.span.of(text) for one in sentence.mentions if one.type is MentionType.PERSON)
    return {name for name in names if " " in name}


def _belongs(sentence: Sentence, first: Sentence, brief: Brief, household: frozenset[str]) -> bool:
    if is_same_report(sentence, first):
        return follows(sentence, first) or coverage(sentence.lemmas, brief.core) >= _LEAST_COVERAGE or _speaks(sentence)
    if coverage(sentence.lemmas, brief.core) < _LEAST_FOREIGN_COVERAGE or not agree(sentence, first):
        return False
    if sentence.traits.tense == "present" and not _speaks(sentence):
        return False  # a deck in the present tense beside another outlet's report reads like a second event
    restates = set(sentence.traits.verbs) & set(first.traits.verbs)
    names = {name.lower() for name in shared_names(sentence.text, first.text) if fold(name) not in household}
    # a country that half of the day's news is about does not tie two sentences
    telling = [name for name in names if brief.core.get(name, 0.0) >= _TELLING * max(brief.core.values())]
    return not restates and bool(telling)


def _speaks(sentence: Sentence) -> bool:
    return quoted_words(sentence.text) > 1 and SPEECH.search(unquoted(sentence.text)) is not None


def _judged(sentence: Sentence, first: Sentence, brief: Brief) -> Second:
    outside = unquoted(sentence.text)
    answers = CLAIM.search(first.text) is not None and DENIAL.search(outside) is not None
    overlap = _overlap(sentence, first)
    score = (
        _quote_worth(sentence)
        + (0.5 if answers else 0.28 * bool(OTHER_SIDE.search(outside)))
        + 0.3 * follows(sentence, first)
        + 0.25 * coverage(sentence.lemmas, brief.core)
        + 0.15 * specificity(sentence)
        + 0.12 * bool(figures_of(sentence.text) - figures_of(first.text))
        - 0.5 * max(0.0, overlap - 0.2)
        - 0.01 * max(0, sentence.words - 28)
        - _source_cost(sentence)
    )
    return Second(sentence, score)


def _quote_worth(sentence: Sentence) -> float:
    words = quoted_words(sentence.text)
    if words < 2:
        return 0.0
    return 0.5 + 0.1 * min(3.0, words / 6) if _speaks(sentence) else 0.05


def _source_cost(sentence: Sentence) -> float:
    """Return what it costs to come from an explainer, or to be about the outlet's own people and programmes."""
    article = sentence.account.article
    names_itself = article.outlet.name in sentence.text or IN_HOUSE.search(sentence.text) is not None
    return 0.1 * (article.kind is ItemKind.EXPLAINER) + 0.3 * names_itself
