"""Is a story that this channel was told before worth telling again, and what is new in it?"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.analysis.sentence_form import unquoted
from bot.digest.account import Account, Sentence
from bot.digest.announced import done_since, past_verbs
from bot.digest.brief import Brief
from bot.digest.figures import agreed_toll, figures_of, toll_of
from bot.digest.juxtaposition import proper_names
from bot.digest.material import Material, Told
from bot.digest.sentence_choice import Candidate
from bot.digest.signature import Core, Rarity, alike, heaviest
from bot.digest.wording import LOADED
from bot.model.analysis import SentenceTraits
from bot.model.editions import Excerpt, SourceSpan
from bot.model.spans import Span

SAME_STORY: Final = 0.34  # cosine of cores; below it a story told under another event is taken for another one
OLD_TEXT: Final = 2_000  # characters of an old report whose numbers count as known
LEADING: Final = 1  # sentence of a new report, besides its title, that may hold its news
KNOWN: Final = (
    3  # sentences of an old report that its readers are thought to have read; further down much is named in passing
)
MOST: Final = 0.6
RARE: Final = 4.5
PLAIN: Final = 2.5  # rarity of a word; commoner ones tell nothing new
FEWEST_SHOWN: Final = 3  # words of what is said to be new
MOST_SHOWN: Final = 14
SHARE: Final = 0.25  # of the new reports must have a new word
FEWEST_REPORTS: Final = 2
FEWEST_WORDS: Final = 2
NOVELTY_WEIGHT: Final = 0.35
_PAUSE: Final = re.compile(r"[,;:.](?=\s|$)| (?:after|while|as|when|because|although)\b")
_OF: Final = re.compile(r" of (?:(?:the|a|an|its|their|his|her) )?[\w’'-]+")
_BY_THE_CLOCK: Final = re.compile(
    r"\b\w+[- ](?:years?|months?|weeks?|days?|hours?)\b(?:[- ]old\b)?|(?<=, )\d{1,3}(?=,)|\baged? \d{1,3}\b",
    re.IGNORECASE,
)
LARGEST_FIGURE: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class News:
    """What a told story has that its readers do not know.

    ``words`` are lemmas new to the event that several new reports share, ``figures`` numbers new to it that two give;
    ``done`` are verbs of what was announced and has happened. ``telling`` are the words of which one is enough: rare
    ones that most new reports have.
    """

    told: Told
    words: frozenset[str]
    figures: frozenset[float]
    done: frozenset[str]
    telling: frozenset[str] = frozenset()

    @property
    def since(self) -> datetime:
        """Return the instant after which reports are new to the reader."""
        return self.told.at


def told_before(brief: Brief, material: Material, rarity: Rarity) -> Told | None:
    """Return the newest item that told this story, or None.

    One of the same event; else, of the last edition, one about the same words.
    """
    story = brief.story
    own = [told for told in material.told if told.event == story.id]
    if own:
        return max(own, key=lambda told: told.at)
    last = max((told.at for told in material.told), default=None)
    same = [told for told in material.told if told.at == last and _is_about(told, brief.core, material, rarity)]
    return same[0] if same else None


def news_of(brief: Brief, told: Told, material: Material, rarity: Rarity) -> News:
    """Return what the reports after *told* have that those before it had not."""
    accounts = brief.story.accounts
    old = [account for account in accounts if account.at <= told.at]
    new = [account for account in brief.story.fresh if account.at > told.at and account.lends]
    known_words = told_lemmas(told, material).union(*(_lead_lemmas(one, KNOWN) for one in old))
    known_figures = _figures(told.text).union(*(figures_of(account.article.text[:OLD_TEXT]) for account in old))
    needed = max(FEWEST_REPORTS, SHARE * len(new))
    words = Counter(lemma for account in new for lemma in _lead_lemmas(account, LEADING))
    figures = Counter(number for account in new for number in _figures(account.lead) if number < LARGEST_FIGURE)
    names = {name.lower() for account in new for name in proper_names(account.lead)}
    shared = {
        lemma: count
        for lemma, count in words.items()
        if count >= needed and lemma not in known_words and lemma not in names and rarity.weight(lemma) >= PLAIN
    }
    counted = {one for one, count in figures.items() if count >= FEWEST_REPORTS and one not in known_figures}
    return News(
        told,
        frozenset(shared),
        frozenset(counted | _risen_toll(told, old, new)),
        done_since(told_traits(told, material), old, new) - _told_as_done(told, material),
        frozenset(one for one, count in shared.items() if count >= MOST * len(new) and rarity.weight(one) >= RARE),
    )


def _risen_toll(told: Told, old: Iterable[Account], new: Iterable[Account]) -> set[float]:
    """Return the number of dead that two new reports give, if it is higher than any that was given before.

    The number alone may stand in an old report for something else: a crack of 14 metres is no toll of 14.
    """
    toll = agreed_toll(account.lead for account in new)
    before = [known for known in map(toll_of, (told.text, *(account.lead for account in old))) if known is not None]
    return {toll} if toll is not None and before and toll > max(before) else set()


def _figures(text: str) -> frozenset[float]:
    """Return the numbers of *text* but for ages and spans of time, which grow by themselves."""
    return figures_of(_BY_THE_CLOCK.sub(" ", text))


def _told_as_done(told: Told, material: Material) -> frozenset[str]:
    """Return what the reader knows is done: "arrested on suspicion" in a headline has no verb that says so."""
    ahead = {verb for traits in told_traits(told, material) for verb in traits.ahead}
    return told_lemmas(told, material) - ahead


def novel(found: Sequence[Candidate], news: News) -> tuple[Candidate, ...]:
    """Return those of *found* that tell news in plain words, with their score raised by how much, best first."""
    plain = (one for one in found if not LOADED.search(unquoted(one.sentence.text)))
    dated = (one for one in plain if not _is_older(one.sentence, news.since.date()))
    fresh = (one for one in dated if one.sentence.account.at > news.since and tells(one.sentence, news))
    raised = (
        Candidate(one.sentence, one.score + NOVELTY_WEIGHT * novelty(one.sentence, news), one.coverage) for one in fresh
    )
    return tuple(sorted(raised, key=lambda one: (-one.score, one.sentence.key)))


def _is_older(sentence: Sentence, day: date) -> bool:
    """Tell whether the latest day in *sentence* lies before *day*: what happened then is no news after it."""
    days = [one.start for one in sentence.dates if one.start is not None and one.start == one.end]
    return bool(days) and max(days) < day


def tells(sentence: Sentence, news: News) -> bool:
    """Tell whether *sentence* holds new words, a new number, or says done what was announced."""
    words = len(sentence.lemmas & news.words) >= FEWEST_WORDS or bool(sentence.lemmas & news.telling)
    figures = figures_of(sentence.text) & news.figures
    return words or bool(figures) or bool(past_verbs(sentence.traits) & news.done)


def novelty(sentence: Sentence, news: News) -> float:
    """Return how much of *sentence* is new."""
    number = bool(figures_of(sentence.text) & news.figures)
    done = bool(past_verbs(sentence.traits) & news.done)
    return len(sentence.lemmas & news.words) / 6 + 0.5 * (number or done)


def new_words(sentence: Sentence, news: News) -> Excerpt | None:
    """Return the few words of *sentence* that say what is new: the clause with most of it, the main one by default."""
    text = sentence.account.article.text
    clauses = sentence.traits.clauses
    if not clauses:
        return None
    chosen = max(enumerate(clauses), key=lambda one: _newness(one[1].of(text), one[0], news))[1]
    chosen = _rounded(_lengthened(_with_its_verb(chosen, clauses, text), sentence.traits.span, text), text)
    return Excerpt((SourceSpan(sentence.account.article.id, chosen.start, chosen.end),), chosen.of(text))


def _with_its_verb(clause: Span, clauses: Sequence[Span], text: str) -> Span:
    """Return *clause* with the one before it where it only says up to where something went: "to 6.5 per cent"."""
    if not clause.of(text).startswith("to "):
        return clause
    before = [one for one in clauses if one.end <= clause.start and not _PAUSE.search(text, one.end, clause.start)]
    whole = Span(max(before, key=lambda one: one.end).start, clause.end) if before else clause
    return whole if len(whole.of(text).split()) <= MOST_SHOWN else clause


def _rounded(clause: Span, text: str) -> Span:
    """Return *clause* with what it is part of: "two days" of talks."""
    tail = _OF.match(text, clause.end)
    return Span(clause.start, tail.end()) if tail else clause


def _lengthened(clause: Span, sentence: Span, text: str) -> Span:
    """Return *clause*, up to the next pause where it is too short to say anything: "knows" says nothing."""
    if len(clause.of(text).split()) >= FEWEST_SHOWN:
        return clause
    pause = _PAUSE.search(text, clause.end, sentence.end)
    longer = Span(clause.start, pause.start() if pause else sentence.end)
    return longer if len(longer.of(text).split()) <= MOST_SHOWN else clause


def told_words(news: News, sentence: Sentence, material: Material, zone: ZoneInfo) -> Excerpt | None:
    """Return the few words by which it was told before: the clause with a number where a number is new.

    None where they would not answer *sentence*: neither a number nor an announcement stands against another, and who
    acts in it was not in what was told.
    """
    told = news.told
    day = told.at.astimezone(zone).date()
    if not told.spans or not _answers(sentence, news, told_lemmas(told, material)):
        return None
    span = told.spans[0]
    article = material.articles.get(span.article)
    traits = told_traits(told, material)[:1]
    if article is None:
        return None
    text = article.title if span.field == "title" else article.text
    clauses = [one for trait in traits for one in trait.clauses if span.span.contains(one)]
    counted = _first(clauses, lambda one: bool(figures_of(one.of(text)))) if news.figures else None
    chosen = counted or (clauses[0] if clauses else span.span)
    return Excerpt((SourceSpan(span.article, chosen.start, chosen.end, span.field),), chosen.of(text), day)


def _answers(sentence: Sentence, news: News, told: frozenset[str]) -> bool:
    """Tell whether what is new in *sentence* can be set against what was *told*."""
    counted = bool(figures_of(sentence.text) & news.figures) and bool(figures_of(news.told.text))
    if counted or past_verbs(sentence.traits) & news.done:
        return True
    subject = sentence.traits.subject
    acting = subject.of(sentence.account.article.text) if subject is not None else sentence.text
    return any(_is_any(word, told) for word in acting.split())


def told_traits(told: Told, material: Material) -> tuple[SentenceTraits, ...]:
    """Return the traits of the sentences or titles that *told* copied, as far as their articles are at hand."""
    found = []
    for span in told.spans:
        analysis = material.analyses.get(span.article)
        if analysis is None:
            continue
        if span.field == "title":
            found += [analysis.title_traits] if analysis.title_traits is not None else []
        else:
            found += [traits for traits in analysis.traits if traits.span.overlaps(span.span)]
    return tuple(found)


def told_lemmas(told: Told, material: Material) -> frozenset[str]:
    """Return the content lemmas of what was told; its plain words where its articles are not at hand."""
    traits = told_traits(told, material)
    if traits:
        return frozenset(lemma for one in traits for lemma in one.lemmas)
    return frozenset(word.strip(".,;:“”\"'’").lower() for word in told.text.split() if len(word) > 3)


def _is_about(told: Told, core: Core, material: Material, rarity: Rarity) -> bool:
    weights = {lemma: rarity.weight(lemma) for lemma in told_lemmas(told, material)}
    return alike(core, heaviest(weights)) > SAME_STORY


def _lead_lemmas(account: Account, sentences: int) -> frozenset[str]:
    return account.title_lemmas.union(*(sentence.lemmas for sentence in account.sentences[:sentences]))


def _newness(words: str, place: int, news: News) -> tuple[bool, bool, bool, int, int]:
    """Return what orders clauses: a new number, then the main one if it has news, then what is done, then the most."""
    count = sum(_is_any(word, news.words | news.done) for word in words.split())
    figure = bool(figures_of(words) & news.figures)
    return figure, place == 0 and count > 0, not words.startswith("to "), count, -place


def _is_any(word: str, lemmas: frozenset[str]) -> bool:
    plain = word.strip(".,;:“”\"'’").lower()
    return any(plain == lemma or (len(lemma) > 3 and plain.startswith(lemma[:-1])) for lemma in lemmas)


def _first(spans: Iterable[Span], holds: Callable[[Span], bool]) -> Span | None:
    return next((span for span in spans if holds(span)), None)
