"""Sources become actors, or honestly nobody."""

import pytest

from bot.analysis.language import Language
from bot.model.analysis import MentionType
from tests.analysis.spoken import mentions_of, quotes_of

PEOPLE = ("Ilena Vasarik", "Marit Oskane", "Nadja Korrin", "Sabina Ruzhko")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“We agreed,” said Ilena Vasarik.", ["Ilena Vasarik"]),
        ("Ilena Vasarik smiled. “We agreed,” Vasarik said.", ["Ilena Vasarik"]),
        ("“We agreed,” said Marit Oskane, the union’s president.", ["Marit Oskane"]),
        ("“We agreed,” said the president of the union, Marit Oskane.", ["Marit Oskane"]),
        ("Ilena Vasarik smiled. “We agreed,” she said.", ["Ilena Vasarik"]),
        ("President Marit Oskane smiled. “We agreed,” the president said.", ["Marit Oskane"]),
        ("Nadja Korrin and Sabina Ruzhko said the talks were “frank”.", ["Nadja Korrin", "Sabina Ruzhko"]),
        ("Kestria's Nadja Korrin and Mornavia's Sabina Ruzhko said it was late.", ["Nadja Korrin", "Sabina Ruzhko"]),
        ("Ilena Vasarik, who was tired, said it was late.", ["Ilena Vasarik"]),
        ("Ilena Vasarik came. “OSKANE: We asked.” Marit Oskane left.", ["Marit Oskane"]),
    ],
)
def test_source_leads_to_its_actors(language: Language, text: str, names: list[str]) -> None:
    (quote, *_) = quotes_of(language, text, *mentions_of(text, *PEOPLE))

    assert quote.speakers == tuple(f"person/{name.lower().replace(' ', '-')}" for name in names)
    assert quote.speaker_name == " and ".join(names)
    assert len(quote.sources) == len(names)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("“We agreed,” a senior official said.", "a senior official"),
        ("“We agreed,” said an aide to Ilena Vasarik.", "an aide"),
        ("Ilena Vasarik’s lawyer said it was late.", "Ilena Vasarik’s lawyer"),
        ("“We agreed,” they said.", None),
    ],
)
def test_unknown_source_keeps_its_words_and_no_actor(language: Language, text: str, called: str | None) -> None:
    (quote, *_) = quotes_of(language, text, *mentions_of(text, *PEOPLE))

    assert quote.speakers == ()
    assert quote.speaker_name == called


def test_people_of_a_country_are_not_the_country(language: Language) -> None:
    text = "Kestria voted. Kestrians said it was late."
    country, people = mentions_of(text, "Kestria", type=MentionType.COUNTRY)
    people = type(people)(people.span, people.type, people.actor, people.name, "people")

    (quote,) = quotes_of(language, text, country, people)

    assert quote.speakers == ()


def test_pronoun_in_other_paragraphs_finds_who_spoke(language: Language) -> None:
    text = "Ilena Vasarik said it was late.\n\nRain fell on the town.\n\n“We agreed,” she said."

    assert quotes_of(language, text, *mentions_of(text, *PEOPLE))[-1].speakers == ("person/ilena-vasarik",)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor and Deputy Mayor Ruzhko accused the council of lying.",
        "The talks ended when the president and Vice President Ruzhko told the envoy that it was over.",
    ],
)
def test_a_title_before_a_name_is_no_speaker_of_its_own(language: Language, text: str) -> None:
    (quote,) = quotes_of(language, text, *mentions_of(text, "Ruzhko"))

    assert (quote.speaker_name, quote.speakers) == ("Ruzhko", ("person/ruzhko",))
