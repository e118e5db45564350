"""One edition from bare texts to bullets, read by the language model that is installed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.analysis.article import Analyser, Document
from bot.analysis.directory import Directory
from bot.analysis.language import Language
from bot.analysis.traits import title_traits
from bot.digest.edition import make_edition
from bot.digest.material import Told
from bot.model.analysis import Analysis
from bot.model.articles import Article
from bot.model.editions import Edition
from tests.analysis.known import gazetteer
from tests.digest.newsroom import Newsroom, request

SUNDAY = datetime(2026, 3, 1, 20, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY = timedelta(days=1)

FIRST = {
    "Quaywire": """At least five dead as bus falls into river in Tolmark
PORT CALDER (Quaywire) - At least five people died when a bus fell from a bridge into a river in Tolmark on Sunday, \
the police said.

"The water was brown and very fast, and we had one boat," said Henrik Solberg, a fisherman.""",
    "The Calder Mirror": """Five killed after bus plunges off bridge in Tolmark
Five people were killed after a bus went off a bridge in Tolmark on Sunday evening.

She had just sat down.""",
}
SECOND = {
    "Quaywire": """Toll of Tolmark bus crash rises to eight
The death toll from the fall of a bus into a river in Tolmark rose to eight on Monday, the police said.

Its driver was questioned.""",
    "The Calder Mirror": """Eight now known to have died in Tolmark bus crash
Eight people are now known to have died when a bus fell from a bridge into a river in Tolmark on Sunday.""",
}


@pytest.fixture(scope="module")
def analyser(language: Language) -> Analyser:
    return Analyser(language, gazetteer())


def read(language: Language, analyser: Analyser, directory: Directory, article: Article) -> Analysis:
    found = analyser.analyse(Document(article.title, article.text, article.event_at), directory)
    with language.zone():
        return replace(found, title_traits=title_traits(language.parse(article.title), found.title_mentions))


def newsroom_of(language: Language, analyser: Analyser) -> Newsroom:
    newsroom, directory = Newsroom(), Directory()
    for at, reports in ((SUNDAY, FIRST), (SUNDAY + DAY, SECOND)):
        for outlet, words in reports.items():
            title, _, text = words.partition("\n")
            article = newsroom.report(1, outlet, title, text, at)
            newsroom.analyses[article.id] = read(language, analyser, directory, article)
    return newsroom


def edition(newsroom: Newsroom, at: datetime) -> Edition:
    return make_edition(newsroom.material(), request(at))


def test_a_day_and_the_day_after(language: Language, analyser: Analyser) -> None:
    newsroom = newsroom_of(language, analyser)

    first = edition(newsroom, MONDAY)
    newsroom.told = [Told(item.event, item.text, item.spans, first.window[1]) for item in first.bullets]
    second = edition(newsroom, MONDAY + DAY)

    (told,) = first.bullets
    assert told.text.startswith(
        "At least five people died when a bus fell from a bridge into a river in Tolmark on Sunday"
    )
    assert "Sunday [1 Mar]" in told.text
    assert "(Quaywire)" not in told.text
    assert "Henrik Solberg" in told.text
    (update,) = second.bullets
    assert update.update
    assert "eight" in update.text.lower()
    assert update.new is not None
    assert "eight" in update.new.text.lower()
    assert update.was is not None
    assert "five people died" in update.was.text
