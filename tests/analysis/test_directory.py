"""Directory: the first spelling's id stays, namesakes stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.directory import Directory
from bot.analysis.linking import local_id
from bot.model.analysis import Actor, ActorId, MentionType
from bot.text.fold import slug
from tests.analysis.known import gazetteer


def person(name: str, *aliases: str) -> Actor:
    return Actor(ActorId(f"person/{slug(name)}"), name, MentionType.PERSON, aliases)


def stranger(name: str, text: str = "some text") -> Actor:
    return Actor(local_id(name, text), name, MentionType.PERSON)


def organisation(name: str, *aliases: str) -> Actor:
    return Actor(ActorId(f"organisation/{slug(name)}"), name, MentionType.ORGANISATION, aliases)


def directory(*actors: Actor) -> Directory:
    filled = Directory(gazetteer().nicknames)
    for actor in actors:
        filled.add(actor)
    return filled


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
        ("Volodymyr Zelenskyy", "Volodomyr Zelenskiy"),
        ("Volodymyr Zelenskyy", "Володимир Зеленський"),
        ("Joe Biden", "Joseph R. Biden"),
        ("J.D. Vance", "JD Vance"),
        ("Tova Ruzhko", "Tova Ruzko"),
    ],
)
def test_later_spelling_resolves_to_the_first(first: str, later: str) -> None:
    assert directory(person(first)).resolve(person(later)).name == first


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Michael Jordan", "Michael B Jordan"),
        ("Mira Solten", "Mirko Solten"),
        ("Joe Biden", "Jill Biden"),
        ("John Smith", "J. Smith"),
        ("Otto Brask", "Otto Brask Jr."),
    ],
)
def test_namesakes_stay_two(one: str, other: str) -> None:
    assert directory(person(one)).resolve(person(other)).name == other


def test_countries_of_like_names_stay_two() -> None:
    tables = gazetteer()
    niger, nigeria = tables.actor(ActorId("country/niger")), tables.actor(ActorId("country/nigeria"))
    assert niger is not None
    assert nigeria is not None

    assert directory(niger).resolve(nigeria).id == "country/nigeria"


def test_middle_initial_is_the_same_person_in_the_same_company() -> None:
    filled = Directory()
    company = {ActorId("metonym/white-house"), ActorId("party/us-republican-party")}
    filled.add(person("Donald Trump"), company=company)

    assert filled.resolve(person("Donald J. Trump"), company).name == "Donald Trump"
    assert filled.resolve(person("Donald J. Trump")).name == "Donald J. Trump"


def test_bare_surname_finds_the_one_well_known_person() -> None:
    filled = directory(person("Ada Brask"))
    assert filled.resolve(stranger("Brask")).name == "Brask"

    filled.add(person("Ada Brask"), seen=5)

    assert filled.resolve(stranger("Brask")).id == "person/ada-brask"


def test_bare_surname_of_two_well_known_persons_stays_in_its_article() -> None:
    filled = Directory()
    filled.add(person("Ada Brask"), seen=9)
    filled.add(person("Otto Brask"), seen=4)

    assert filled.resolve(stranger("Brask")).name == "Brask"


def test_bare_surname_finds_the_person_whom_the_article_s_others_point_to() -> None:
    filled = Directory()
    filled.add(person("Ada Brask"), company=[ActorId("organisation/skywire-works")])
    filled.add(person("Otto Brask"))

    assert filled.resolve(stranger("Brask"), {ActorId("organisation/skywire-works")}).id == "person/ada-brask"


def test_organisation_is_known_by_its_acronym_and_without_the_article() -> None:
    filled = directory(organisation("Union of Lowland Bakers", "ULB"))

    assert filled.resolve(organisation("ULB")).name == "Union of Lowland Bakers"
    assert filled.resolve(organisation("the Union of Lowland Bakers")).name == "Union of Lowland Bakers"


def test_person_whom_the_model_took_for_an_organisation_is_found() -> None:
    filled = Directory()
    filled.add(person("Ada Brask"), seen=9)

    assert filled.resolve(organisation("Ada Brask")).id == "person/ada-brask"
    assert filled.resolve(organisation("Brask")).id == "person/ada-brask"


def test_strangers_are_not_remembered() -> None:
    filled = directory()

    filled.meet(stranger("Brask"))

    assert len(filled) == 0


def test_spelling_that_was_met_becomes_an_alias() -> None:
    filled = directory(person("Tova Ruzhko"))

    known = filled.meet(person("Tova Ruzko"))

    assert known.aliases == ("Tova Ruzko",)
    assert filled.find(ActorId("person/tova-ruzhko")) == known


NAMES = st.sampled_from(
    [
        "Ada Brask",
        "Ada Braske",
        "Ada M. Brask",
        "A. Brask",
        "Otto Brask",
        "Ada Brasky",
        "Ada Braskiy",
        "Kim Jong Un",
        "Kim Yo Jong",
        "Joe Orrin",
        "Joseph Orrin",
    ]
)


@given(st.lists(NAMES, max_size=12), NAMES)
def test_resolving_is_idempotent_and_later_meetings_change_no_earlier_answer(names: list[str], asked: str) -> None:
    filled = Directory(gazetteer().nicknames)
    answers = [(name, filled.meet(person(name)).id) for name in names]

    first = filled.resolve(person(asked))

    assert filled.resolve(first).id == first.id
    assert [(name, filled.resolve(person(name)).id) for name in names] == answers


@given(st.lists(NAMES, max_size=12))
def test_same_names_in_the_same_order_give_the_same_ids(names: list[str]) -> None:
    one, other = Directory(gazetteer().nicknames), Directory(gazetteer().nicknames)

    assert [one.meet(person(name)).id for name in names] == [other.meet(person(name)).id for name in names]


def test_bare_name_taken_for_an_organisation_turns_out_a_person_once_that_one_is_well_known() -> None:
    directory = Directory()
    firm = Actor(ActorId("org/ruzhko"), "Ruzhko", MentionType.ORGANISATION)
    person = Actor(ActorId("person/tova-ruzhko"), "Tova Ruzhko", MentionType.PERSON)
    assert directory.meet(firm).id == firm.id

    directory.add(person, seen=4)

    assert directory.meet(firm).id == person.id
    assert directory.resolve(firm).id == person.id


def test_organisation_named_more_often_than_the_person_stays_one() -> None:
    directory = Directory()
    firm = Actor(ActorId("org/ruzhko"), "Ruzhko", MentionType.ORGANISATION)
    directory.add(firm, seen=9)
    directory.add(Actor(ActorId("person/tova-ruzhko"), "Tova Ruzhko", MentionType.PERSON), seen=4)

    assert directory.meet(firm).id == firm.id
