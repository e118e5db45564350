"""Types are mended by what the rest of the document says."""

import pytest

from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.linking import People
from bot.analysis.names import Name
from bot.analysis.repair import agreed, bare_surnames, headline_persons, persons_known, uncovered, without_headlines
from bot.model.analysis import ActorId, MentionType
from bot.model.spans import Span

RULES = load_language(RULES_ONLY)


def name(text: str, words: str, kind: MentionType, *, actor: str | None = None, evidence: str = "model") -> Name:
    start = text.index(words)
    return Name(Span(start, start + len(words)), words, kind, ActorId(actor) if actor else None, evidence=evidence)


def people(*full: str) -> People:
    some = People({})
    for one in full:
        some.add(one)
    return some


def test_surname_typed_as_organisation_is_the_person() -> None:
    text = "Brask left."

    (mended,) = persons_known([name(text, "Brask", MentionType.ORGANISATION)], text, people("Ada Brask"))

    assert mended.type is MentionType.PERSON


@pytest.mark.parametrize(
    ("text", "kind"), [("Then Hilton left.", MentionType.PERSON), ("They met in Hilton.", MentionType.ORGANISATION)]
)
def test_company_of_a_person_s_name_is_the_person_unless_a_place(text: str, kind: MentionType) -> None:
    known = name(text, "Hilton", MentionType.ORGANISATION, actor="company/hilton", evidence="table")

    (mended,) = persons_known([known], text, people("Paula Hilton"))

    assert mended.type is kind


def test_most_votes_decide_and_a_title_outvotes_the_model() -> None:
    text = "Quill"
    twice = [name(text, "Quill", MentionType.ORGANISATION)] * 2

    assert agreed([[*twice, name(text, "Quill", MentionType.PLACE)]])[0][2].type is MentionType.ORGANISATION
    assert (
        agreed([[*twice, name(text, "Quill", MentionType.PERSON, evidence="shape")]])[0][0].type is MentionType.PERSON
    )


def test_unseen_surname_is_found_but_not_inside_a_longer_name(language: Language) -> None:
    text = "Brask spoke. The Brask School closed. President Brask left."

    found = list(bare_surnames(language.parse(text), people("Ada Brask"), [], {"president"}))

    assert [one.span.start for one in found] == [0, text.rindex("Brask")]


def test_verb_that_begins_a_sentence_is_no_surname(language: Language) -> None:
    text = "Will you come? They asked Will again."

    found = list(bare_surnames(language.parse(text), people("Ada Will"), [], set()))

    assert [one.span.start for one in found] == [text.rindex("Will")]


def test_covered_words_are_not_found_again() -> None:
    text = "ULB met ULB."

    found = list(uncovered(text, {"ULB"}, [name(text, "ULB", MentionType.ORGANISATION)], MentionType.ORGANISATION))

    assert [one.span.start for one in found] == [text.rindex("ULB")]


def test_full_name_in_a_headline_needs_the_surname_in_the_text() -> None:
    headline = "Why Karoline Quill Never Really Left"
    text = "Quill stays."

    assert list(headline_persons(headline, [name(text, "Quill", MentionType.PERSON)], {"karoline"})) == [
        "Karoline Quill"
    ]
    assert list(headline_persons(headline, [], {"karoline"})) == []


def test_headline_in_title_case_keeps_only_known_names() -> None:
    text = "Critics Slam Upland Board Over Kenya"
    names = [
        name(text, "Upland Board", MentionType.ORGANISATION, evidence="shape"),
        name(text, "Kenya", MentionType.COUNTRY, evidence="table"),
    ]

    assert [one.text for one in without_headlines(names, text)] == ["Kenya"]
