"""A small invented news world, read by simple rules in place of a language model: whole editions in milliseconds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.analysis.sentence_form import form_problems
from bot.digest.material import EditionRequest, Material, Told
from bot.model.analysis import (
    Action,
    ActorId,
    Analysis,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    SentenceTraits,
)
from bot.model.articles import Article, ArticleId, ItemKind, Outlet, OutletId, Part
from bot.model.editions import Edition
from bot.model.events import Event, EventId, ReportKey
from bot.model.spans import Span
from bot.text.dates import find_dates
from bot.text.fold import slug
from bot.text.sentences import split

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)  # a Tuesday
MORNING = datetime(2026, 3, 4, 7, tzinfo=UTC)

PLACES = ("Arvania", "Tolmark", "Port Calder", "Skelling Bridge", "Lake Orm", "Calder Line", "Northern Assembly")
PEOPLE = ("Mira Voss", "Jon Hale", "Petra Lindqvist", "Oskar Brand", "Dana Reyle")
_STOP = re.compile(
    r"the|and|that|with|from|after|over|into|the(?:y|ir|se|re)|ha(?:s|ve|d)|was|were|are|been|w(?:ill|ould)|wh(?:ich|en|ere|ile)"
    r"|sa(?:id|ys)|told|th(?:is|ose)|about|more|than",
    re.IGNORECASE,
)
_ENDINGS = re.compile(r"(?<=\w{4})(?:ing|ed|es|s)$")
_AHEAD = re.compile(r"\b(?:will|is to|are to|is expected to|would) (?:be )?(\w+)")
_VERBS = re.compile(
    r"\b(?:collapsed?|rose|rises?|open(?:s|ed)?|ends?|ended|strikes?|struck|accuse[sd]?|den(?:y|ies|ied)|reject(?:s|ed)?|agreed?"
    r"|vote[sd]?|died?|killed|close[sd]?|resign(?:s|ed)?|sign(?:s|ed)?|charge[sd]?|begin|began|reopen(?:s|ed)?|find|found|said"
    r"|meet|met|raise[sd]?|flood(?:s|ed)?|attack(?:s|ed)?|strand(?:s|ed)?|carr(?:y|ies|ied)|launch(?:es|ed)?|cut|visit(?:s|ed)?"
    r"|was|were|has|have|is|are|rule[sd]?|hear[sd]?|plans?|marched|freed|sank|sailed|warned|promised|told)\b"
)
_QUOTED = re.compile(r"“([^”]+)”")


def lemma(word: str) -> str:
    """Return a crude lemma: lower case, without the common endings."""
    return _ENDINGS.sub("", word.lower().removesuffix("’s"))


def lemmas(text: str) -> tuple[str, ...]:
    """Return crude content lemmas."""
    words = re.findall(r"[^\W\d_][\w’-]{2,}", text)
    return tuple(lemma(word) for word in words if not _STOP.fullmatch(word))


def names_in(text: str) -> tuple[Mention, ...]:
    """Return the names of this world in *text*: people also by surname."""
    found = []
    for name in PLACES:
        kind = MentionType.COUNTRY if name in {"Arvania", "Tolmark"} else MentionType.PLACE
        found += [Mention(Span(*one.span()), kind, ActorId(f"{kind}/{slug(name)}")) for one in re.finditer(name, text)]
    for name in PEOPLE:
        actor = ActorId(f"person/{slug(name)}")
        pattern = rf"(?:{name.split()[0]} )?\b{name.split()[1]}\b"
        found += [Mention(Span(*one.span()), MentionType.PERSON, actor, name) for one in re.finditer(pattern, text)]
    return tuple(sorted(found, key=lambda one: one.span))


def traits_of(text: str, span: Span) -> SentenceTraits:
    """Return the traits of one sentence, by simple rules."""
    words = span.of(text)
    ahead = tuple(lemma(verb) for verb in _AHEAD.findall(words))
    verbs = tuple(dict.fromkeys(lemma(verb) for verb in _VERBS.findall(words)))
    clause = re.search(rf"(?:[A-Z]\w+ people )?(?:will |would )?{_VERBS.pattern}[^,.;]{{0,24}}", words)
    clauses = (Span(clause.start(), clause.end()).shifted(span.start),) if clause else ()
    subject = re.match(
        r"[^,]{1,60}?(?= (?:said|rose|has|have|was|were|will|accuse|agree|open|end|close|collaps))", words
    )
    return SentenceTraits(
        span,
        lemmas(words),
        finite=bool(_VERBS.search(words)),
        subject=Span(span.start, span.start + subject.end()) if subject else None,
        problems=form_problems(words),
        tense="future" if ahead else "past",
        verbs=(*verbs, *ahead),
        ahead=ahead,
        clauses=clauses,
    )


def analysis_of(article: Article, actions: Iterable[Action] = ()) -> Analysis:
    """Return what simple rules read out of *article*."""
    sentences = split(article.text)
    return Analysis(
        sentences=sentences,
        mentions=names_in(article.text),
        quotes=tuple(_quotes(article.text, sentences)),
        actions=tuple(actions),
        dates=find_dates(article.text, article.event_at),
        title_mentions=names_in(article.title),
        traits=tuple(traits_of(article.text, span) for span in sentences),
        title_lemmas=lemmas(article.title),
        version="simple",
        title_traits=traits_of(article.title, Span(0, len(article.title))) if article.title else None,
    )


def _quotes(text: str, sentences: Iterable[Span]) -> Iterable[Quote]:
    for sentence in sentences:
        for quoted in _QUOTED.finditer(text, sentence.start, sentence.end):
            speaker = next((one for one in names_in(text) if sentence.contains(one.span)), None)
            sources = (speaker.span,) if speaker else ()
            speakers = (speaker.actor,) if speaker and speaker.actor else ()
            yield Quote(QuoteKind.DIRECT, (Span(*quoted.span(1)),), sources=sources, speakers=speakers)


@dataclass
class Newsroom:
    """Articles and events of a few days; every method returns what it made."""

    articles: dict[ArticleId, Article] = field(default_factory=dict)
    analyses: dict[ArticleId, Analysis] = field(default_factory=dict)
    reports: dict[EventId, list[ReportKey]] = field(default_factory=dict)
    storylines: dict[EventId, int] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    _outlets: dict[str, Outlet] = field(default_factory=dict)

    def report(
        self,
        event: int,
        outlet: str,
        title: str,
        text: str,
        at: datetime = NOON,
        *,
        kind: ItemKind = ItemKind.NEWS,
        actions: Iterable[Action] = (),
        parts: tuple[Part, ...] = (),
        owner: str | None = None,
    ) -> Article:
        """Publish an article and put it into *event*; one with *parts* makes an event of each item."""
        whose = self._outlets.setdefault(outlet, Outlet(OutletId(len(self._outlets) + 1), outlet, owner=owner))
        number = ArticleId(len(self.articles) + 1)
        article = Article(
            number, whose, title, text, f"https://news.example/{number}", f"g{number}", at, at, at, kind, parts=parts
        )
        self.articles[number] = article
        self.analyses[number] = analysis_of(article, actions)
        if not parts:
            self.reports.setdefault(EventId(event), []).append(ReportKey(number))
        for offset, part in enumerate(parts):
            if part.role.value == "item":
                self.reports[EventId(event + offset)] = [ReportKey(number, part.number)]
        return article

    def change(self, article: Article, **changes: object) -> Article:
        """Store a revision of *article*."""
        revised = replace(article, **changes)  # type: ignore[arg-type]  # the fields that a test names
        self.articles[article.id] = revised
        self.analyses[article.id] = analysis_of(revised)
        return revised

    def events(self) -> tuple[Event, ...]:
        """Return the events as a store would hand them out."""
        return tuple(self._event(number, keys) for number, keys in self.reports.items())

    def material(self) -> Material:
        """Return everything that an edition may use."""
        return Material(dict(self.articles), dict(self.analyses), self.events(), tuple(self.told))

    def remember(self, edition: Edition) -> None:
        """Keep what *edition* told, as a schedule's next edition will know it."""
        self.told += [Told(item.event, item.text, item.spans, edition.window[1]) for item in edition.bullets]
        self.told += [Told(one.event, one.text, one.spans, edition.window[1], one_liner=True) for one in edition.also]

    def _event(self, number: EventId, keys: list[ReportKey]) -> Event:
        written = [self.articles[key.article] for key in keys]
        times = [article.event_at for article in written]
        outlets = tuple(dict.fromkeys(article.outlet.name for article in written))
        title = written[0].title or written[0].text[:40]
        return Event(number, title, min(times), max(times), tuple(keys), outlets, storyline=self.storylines.get(number))


def request(at: datetime = MORNING, **changes: object) -> EditionRequest:
    """Return a request for the 24 hours before *at*."""
    return replace(EditionRequest(at, hours=24), **changes)  # type: ignore[arg-type]  # the fields that a test names


def bridge(newsroom: Newsroom, event: int = 1, at: datetime = NOON) -> Mapping[str, Article]:
    """Report the collapse of a bridge by three outlets."""
    return {
        "post": newsroom.report(
            event,
            "Harbour Post",
            "Skelling Bridge collapses in Arvania, four dead",
            "Four people died when Skelling Bridge in Arvania collapsed on Tuesday, the police said.\n\n"
            "“We heard it go like a long drum roll in the dark,” Mira Voss told reporters on the bank.",
            at,
        ),
        "bell": newsroom.report(
            event,
            "Northern Bell",
            "Four die as Skelling Bridge collapses",
            "Skelling Bridge in Arvania collapsed on Tuesday, and four people died, Arvania has confirmed.\n\n"
            "Transport minister Jon Hale denied that inspections had been cut.",
            at,
        ),
        "courier": newsroom.report(
            event,
            "Delta Courier",
            "Bridge collapse in Arvania kills four people",
            "A bridge collapsed in Arvania on Tuesday and killed four people, rescuers said at Skelling Bridge.",
            at,
        ),
    }


def talks(newsroom: Newsroom, event: int = 2, at: datetime = NOON) -> Mapping[str, Article]:
    """Report talks that are to open, by two outlets."""
    return {
        "post": newsroom.report(
            event,
            "Harbour Post",
            "Arvania and Tolmark to open talks on Lake Orm",
            "Arvania and Tolmark will open talks on fishing in Lake Orm on Thursday, both governments said.",
            at,
        ),
        "quay": newsroom.report(
            event,
            "Radio Quay",
            "Talks on Lake Orm fishing will open on Thursday",
            "Fishing talks on Lake Orm between Arvania and Tolmark will open on Thursday, Petra Lindqvist said.",
            at,
        ),
    }


def strike(newsroom: Newsroom, event: int = 3, at: datetime = NOON) -> Mapping[str, Article]:
    """Report a rail strike, by two outlets."""
    return {
        "bell": newsroom.report(
            event,
            "Northern Bell",
            "Rail strike strands commuters on Calder Line",
            "A rail strike on the Calder Line stranded 40,000 commuters in Port Calder on Tuesday, the union said.",
            at,
        ),
        "courier": newsroom.report(
            event,
            "Delta Courier",
            "Strike on Calder Line strands commuters in Port Calder",
            "Commuters were stranded in Port Calder on Tuesday as a rail strike closed the Calder Line.",
            at,
        ),
    }


def many(stories: int, outlets: int = 2) -> Newsroom:
    """Return a newsroom with *stories* stories, each of words of its own, told by *outlets* outlets."""
    newsroom = Newsroom()
    for number in range(stories):
        town, rule, mill, union = (_word(number, slot) for slot in range(4))
        for outlet in range(outlets):
            newsroom.report(
                number + 1,
                f"Outlet {outlet}",
                f"{town.title()} votes on {rule} as {union} union strikes",
                f"{town.title()} voted on the {rule} plan on Tuesday as the {union} union closed {number + 20} {mill}, "
                f"Jon Hale said in Port {town.title()}.",
                NOON + timedelta(seconds=number),
            )
    return newsroom


def _word(number: int, slot: int) -> str:
    """Return a word that no other story and no other slot has."""
    letters = "bcdfghjklm"
    return "".join(letters[int(digit)] + "aeio"[slot] for digit in f"{number:04}") + "nprt"[slot]


def ordinary_day() -> Newsroom:
    """Return a newsroom with three stories of several outlets."""
    newsroom = Newsroom()
    bridge(newsroom)
    talks(newsroom)
    strike(newsroom)
    return newsroom
