"""Analysing one article: everything in it, and always the same."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.article import Analyser, Document
from bot.analysis.directory import Directory
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import RULES_ONLY, Language, Parsed, load_language
from bot.model.analysis import Actor, ActorId, MentionType
from bot.model.articles import Part, PartRole
from bot.model.spans import Span
from tests.analysis.known import gazetteer

RULES = Analyser(load_language(RULES_ONLY), gazetteer())
PUBLISHED = datetime(2026, 3, 4, 12, tzinfo=UTC)
TEXT = (
    "Danish Foreign Minister Tova Mellin rejected the treaty on Monday. “We cannot sign it,” Mellin told reporters.\n\n"
    "Kenya condemned Chad for the delay. The Kremlin said nothing."
)


@pytest.fixture(scope="module")
def analyser(language: Language) -> Analyser:
    return Analyser(language, gazetteer())


def test_names_roles_quotes_dates_and_traits_are_read(analyser: Analyser) -> None:
    analysis = analyser.analyse(Document("Mellin rejects the treaty", TEXT, PUBLISHED))

    assert ("person/tova-mellin", "Danish Foreign Minister") in [(role.actor, role.text) for role in analysis.roles]
    said = [quote.speakers for quote in analysis.quotes if quote.content[0].of(TEXT).startswith("We cannot")]
    assert said == [("person/tova-mellin",)]
    assert [(d.span.of(TEXT), d.value) for d in analysis.dates] == [("Monday", "2026-03-02")]
    assert [span.of(TEXT) for span in analysis.sentences] == [trait.span.of(TEXT) for trait in analysis.traits]
    assert ("country/kenya", "country/chad") in [(action.source, action.target) for action in analysis.actions]
    assert [mention.actor for mention in analysis.title_mentions] == ["person/tova-mellin"]
    assert "treaty" in analysis.title_lemmas
    assert analysis.title_traits is not None
    assert analysis.title_traits.finite


def test_many_documents_are_read_as_each_alone_is(analyser: Analyser) -> None:
    documents = [Document(f"Report {n}", TEXT[: 60 * n], PUBLISHED) for n in range(5)]

    assert list(analyser.analyse_all(documents)) == [analyser.analyse(document) for document in documents]
    assert list(analyser.analyse_all([])) == []


def test_document_that_cannot_be_parsed_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    language = load_language(RULES_ONLY)
    parse_all = language.parse_all

    def breaks(texts: Sequence[str]) -> list[Parsed]:
        if any("poison" in text for text in texts):
            raise MemoryError("too much of it")
        return parse_all(texts)

    monkeypatch.setattr(language, "parse_all", breaks)
    found = list(
        Analyser(language, gazetteer()).analyse_all(
            [Document(title, TEXT, PUBLISHED) for title in ("First", "poison", "Last")]
        )
    )

    assert [isinstance(one, MemoryError) for one in found] == [False, True, False]


def test_outlets_that_the_tables_know_lend_their_clocks() -> None:
    late = datetime(2026, 3, 4, 20, tzinfo=UTC)
    read = [
        RULES.analyse(Document("", "It rained today.", late, outlet=name)) for name in ("Radio New Zealand", "Quay")
    ]

    assert [analysis.dates[0].value for analysis in read] == ["2026-03-05", "2026-03-04"]


def test_attacks_are_read_in_text_and_title(analyser: Analyser) -> None:
    text = "Chad attacked Sudan on Monday."

    analysis = analyser.analyse(Document("Chad attacked Sudan, ministers say", text, PUBLISHED))

    assert [(one.agent, one.patient, one.in_title) for one in analysis.attacks] == [
        ("country/chad", "country/sudan", True),
        ("country/chad", "country/sudan", False),
    ]


def test_same_document_gives_the_same_analysis(analyser: Analyser) -> None:
    document = Document("Mellin rejects the treaty", TEXT, PUBLISHED)

    assert analyser.analyse(document) == analyser.analyse(document)


def test_directory_gives_the_ids_known_across_articles(analyser: Analyser) -> None:
    directory = Directory(gazetteer().nicknames)
    directory.add(Actor(ActorId("person/tova-melin"), "Tova Melin", MentionType.PERSON))

    analysis = analyser.analyse(Document("", TEXT, PUBLISHED), directory)

    assert "person/tova-melin" in [mention.actor for mention in analysis.mentions]
    assert "person/tova-mellin" not in [actor.id for actor in analysis.actors]


def test_dates_of_an_item_count_from_its_own_day(analyser: Analyser) -> None:
    text = "The dam held on Monday.\n\n• The dam broke on Monday."
    start = text.index("The dam broke")
    item = Part(1, PartRole.ITEM, Span(start, len(text)), date(2022, 2, 2))

    analysis = analyser.analyse(Document("", text, PUBLISHED, parts=(item,)))

    assert [d.value for d in analysis.dates] == ["2026-03-02", "2022-01-31"]
    assert [d.span.of(text) for d in analysis.dates] == ["Monday", "Monday"]


def test_version_names_rules_and_model(analyser: Analyser, language: Language) -> None:
    assert analyser.version == analyser.analyse(Document("", "Rain.", PUBLISHED)).version
    assert language.name in analyser.version


def test_another_table_is_another_version_so_that_articles_are_read_anew(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text('[company]\nquay-works = { name = "Quay Works" }\n', "utf-8")
    first = Analyser(load_language(RULES_ONLY), Gazetteer.load([tmp_path])).version
    again = Analyser(load_language(RULES_ONLY), Gazetteer.load([tmp_path])).version
    (tmp_path / "more.toml").write_text('[company]\nquay-works = { name = "Quay Mills" }\n', "utf-8")
    edited = Analyser(load_language(RULES_ONLY), Gazetteer.load([tmp_path])).version

    assert first == again
    assert len({RULES.version, first, edited}) == 3


@settings(max_examples=25)
@given(st.text(max_size=150), st.text(max_size=40))
def test_no_text_breaks_it(text: str, title: str) -> None:
    analysis = RULES.analyse(Document(title, text, PUBLISHED))

    assert all(mention.span.end <= len(text) for mention in analysis.mentions)
