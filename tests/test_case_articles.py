"""The two articles that the product starts from, read from where ``NEEDTOKNOW_DATA`` says; here stand only offsets.

The first is itself a digest with the dirt of scraping in it. Every speaker below was checked by reading.
"""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.analysis.article import Analyser, Document
from bot.analysis.directory import Directory
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language
from bot.feeds.draft import draft
from bot.feeds.files import read_path
from bot.model.analysis import Analysis, QuoteKind
from bot.model.articles import Draft, Entry, PartRole

PUBLISHED = datetime(2022, 2, 2, 12, tzinfo=UTC)
DAY = date(2022, 2, 2)


class Case(NamedTuple):
    """What is true of one article: hash of the clean text, speakers by where the quoted words stand, dates, actors."""

    file: str
    text_hash: str
    speakers: dict[tuple[int, int], str | None]
    dates: dict[int, str]
    people: set[str]
    bodies: set[str]


CASES = (
    Case(
        "000_31696020362c702a.txt",
        "941e33fc5e9cbf91",
        {
            (652, 667): "NATO and U.S.", (1393, 1475): None, (1567, 1581): "Yury Ushakov", (1724, 1782): "Yury Ushakov",
            (2025, 2109): "Dmitry Polyanskiy", (2231, 2254): "Dmitry Polyanskiy", (2491, 2508): "Vladimir Putin",
            (2542, 2566): "Vladimir Putin", (2622, 2631): "Vladimir Putin", (2686, 2692): "Vladimir Putin",
            (2715, 2743): "Vladimir Putin", (2928, 2941): "Viktor Orban", (2942, 3124): "Viktor Orban",
            (3247, 3291): "Boris Johnson", (3303, 3314): "Boris Johnson",
        },
        {
            357: "1997", 960: "2022-W04", 972: "2022-02-02", 1002: "2022-02-02", 2447: "2022-02-02",
            2471: "2022-02-01", 2800: "2022-02-01", 3175: "2022-02-01",
        },
        {
            "Vladimir Putin", "Xi Jinping", "Yury Ushakov", "Boris Johnson", "Dmitry Polyanskiy", "Joe Biden",
            "Viktor Orban", "Volodomyr Zelenskiy",
        },
        {
            "Belarus", "China", "Hungary", "Kremlin", "NATO", "Russia", "Sky News", "Ukraine", "United Kingdom",
            "United Nations", "United States",
        },
    ),
    Case(
        "001_533b14a5b1547bde.txt",
        "c45c369301fbabdd",
        {
            (1196, 1224): "Vladimir Putin", (1645, 1750): "Vladimir Putin", (2041, 2089): "Vladimir Putin",
            (2313, 2333): "US intelligence officials", (2419, 2445): "Russia", (2506, 2519): "Vladimir Putin",
        },
        {1004: "199X", 1885: "2014", 1892: "2021", 2898: "2015"},
        {"Vladimir Putin"},
        {
            "American intelligence", "France", "Germany", "Kremlin", "NATO", "Russia", "Ukraine", "Ukrainian Army",
            "United States",
        },
    ),
)  # fmt: skip


@pytest.fixture(params=CASES, ids=lambda case: case.file)
def case(request: pytest.FixtureRequest) -> Case:
    chosen: Case = request.param
    return chosen


@pytest.fixture
def made(case: Case, data_folder: Path) -> Draft:
    folder = data_folder if (data_folder / "articles").is_dir() else data_folder.parent
    (entry,) = read_path(folder / "articles" / case.file, published=PUBLISHED)
    assert isinstance(entry, Entry)
    return draft(entry, "The Daily", PUBLISHED)


@pytest.fixture
def analysis(made: Draft, language: Language) -> Analysis:
    gazetteer = Gazetteer.load()
    document = Document(made.title, made.text, PUBLISHED, None, made.parts)
    return Analyser(language, gazetteer).analyse(document, Directory(gazetteer.nicknames))


def test_the_dirt_is_gone(case: Case, made: Draft) -> None:
    paragraphs = made.text.split("\n\n")

    assert sha256(made.text.encode()).hexdigest()[:16] == case.text_hash
    assert len(paragraphs) == len(set(paragraphs))
    assert "• None " not in made.text


def test_each_bullet_of_the_round_up_is_a_report_of_its_own(case: Case, made: Draft) -> None:
    items = [part for part in made.parts if part.role is PartRole.ITEM]
    endings = {part.span.of(made.text).rstrip("”")[-1] for part in items}

    assert len(items) == (7 if case is CASES[0] else 0)  # the eighth bullet is cut off in the middle
    assert endings <= {"."}
    assert {part.base for part in items} <= {DAY}


def test_every_quoted_word_goes_to_its_speaker_or_honestly_to_nobody(case: Case, analysis: Analysis) -> None:
    said = {
        marks: next(
            (
                quote.speaker_name
                for quote in analysis.quotes
                if quote.kind is not QuoteKind.REPORTED
                and any(span.start < marks[1] - 1 and marks[0] + 1 < span.end for span in quote.content)
            ),
            None,
        )
        for marks in case.speakers
    }

    assert said == case.speakers


def test_all_dates_and_actors_are_found(case: Case, analysis: Analysis) -> None:
    assert {mention.span.start: mention.value for mention in analysis.dates} == case.dates
    assert {actor.name for actor in analysis.actors if actor.type == "person"} == case.people
    assert {actor.name for actor in analysis.actors if actor.type in {"organisation", "country"}} == case.bodies
