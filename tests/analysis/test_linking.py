"""Linking inside one document: one person under all names, two persons apart."""

import pytest

from bot.analysis.linking import People, Person, Place, acronyms, choose, is_local, local_id, same_organisation


def people(*names: str) -> People:
    some = People({"joe": {"joseph"}, "joseph": {"joe"}})
    for name in names:
        some.add(name)
    return some


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Tova Brasky", "Tova Braskiy", "Tova Braskyy"), 1),
        (("Joe Quandel", "Joseph R. Quandel"), 1),
        (("Kim Jong Un", "Kim Yo Jong"), 2),
        (("Mira Solten", "Mirko Solten"), 2),
        (("Otto Brask", "Otto Brask Jr."), 2),
    ],
)
def test_spellings_are_one_person_and_namesakes_two(names: tuple[str, ...], count: int) -> None:
    assert len(list(people(*names))) == count


def test_id_comes_from_the_fullest_name() -> None:
    (person,) = people("Joe Quandel", "Joseph R. Quandel")

    assert person.id == "person/joseph-r-quandel"


@pytest.mark.parametrize(
    ("full", "bare"),
    [
        ("Ada Brask", "Brask"),
        ("Xi Jinping", "Xi"),
        ("Ada van der Meer", "van der Meer"),
        ("Ada Quint-Orrel", "Quint-Orrel"),
        ("Ada Brasky", "Braskiy"),
        ("Otto Brask Jr.", "Brask"),
    ],
)
def test_bare_surname_leads_to_its_bearer(full: str, bare: str) -> None:
    some = people(full)

    assert [person.fullest for person in some.with_surname(bare)] == [full]


def test_title_of_the_other_gender_means_somebody_else() -> None:
    man = Person(["Otto Brask"], "m")

    assert choose([man], [], 10, "f") is None
    assert choose([man], [], 10, "m") is man
    assert choose([man], [], 10, None) is man


def test_of_two_namesakes_the_nearest_before_counts_and_subjects_count_more() -> None:
    mira, mirko = Person(["Mira Solten"]), Person(["Mirko Solten"])

    assert choose([mira, mirko], [Place(0, mira), Place(900, mirko)], 950, None) is mirko
    assert choose([mira, mirko], [Place(0, mira, subject=True), Place(200, mirko)], 250, None) is mira
    assert choose([mira, mirko], [Place(50, mirko), Place(90, mira)], 10, None) is mirko


def test_local_ids_of_two_documents_are_never_equal() -> None:
    one, other = local_id("Brask", "first text"), local_id("Brask", "second text")

    assert one != other
    assert one == local_id("Brask", "first text")
    assert one.startswith("person/brask")
    assert is_local(one)
    assert not is_local(people("Ada Brask").add("Ada Brask").id)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Union of Lowland Bakers (ULB) said", [("ULB", "Union of Lowland Bakers")]),
        ("the Centre for Tides and Winds (CTW)", [("CTW", "Centre for Tides and Winds")]),
        ("Senator Brask (R-Ohio) and words (ABC)", []),
        ("nothing here (X)", []),
    ],
)
def test_acronym_stands_for_the_words_whose_initials_it_spells(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(acronym, span.of(text)) for acronym, span in acronyms(text)] == expected


def test_short_form_leads_to_the_one_longer_name() -> None:
    assert same_organisation("Upland", ["Upland Dam Authority", "Meadow Party"]) == "Upland Dam Authority"
    assert same_organisation("Upland", ["Upland Dam Authority", "Upland Bank"]) is None
