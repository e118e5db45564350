"""What stands around the bullets: background, one-liners, the quote of the day, what is coming."""

from datetime import date, timedelta

from bot.digest.edition import make_edition
from bot.model.articles import Part, PartRole
from bot.model.editions import Edition
from bot.model.spans import Span
from tests.digest.newsroom import MORNING, NOON, Newsroom, bridge, many, ordinary_day, request, strike, talks

DAY = timedelta(days=1)
EXPLAINS = "Arvania and Tolmark have been at odds over Lake Orm since 2019."


def edition_of(newsroom: Newsroom) -> Edition:
    return make_edition(newsroom.material(), request())


def long_running() -> Newsroom:
    """Return talks whose storyline was reported on three days, with one sentence that explains it."""
    newsroom = ordinary_day()
    for days in (1, 2):
        newsroom.report(
            50 + days, "Harbour Post", "Fishing boats meet on Lake Orm",
            f"Boats of Arvania and Tolmark met on Lake Orm, both said.\n\n{EXPLAINS}", NOON - days * DAY,
        )  # fmt: skip
        newsroom.storylines[50 + days] = 9  # type: ignore[index]  # an event's number
    newsroom.storylines[2] = 9  # type: ignore[index]
    return newsroom


def test_a_storyline_of_three_days_is_explained_in_words_published_before() -> None:
    (item,) = edition_of(long_running()).background

    assert item.text == EXPLAINS
    assert item.links[0].name == "Harbour Post"


def test_a_story_of_one_day_needs_no_background() -> None:
    newsroom = ordinary_day()
    newsroom.report(2, "Delta Courier", "Talks ahead", f"Talks open on Thursday, it has said.\n\n{EXPLAINS}")

    assert edition_of(newsroom).background == ()


def test_background_holds_two_sentences_and_sixty_words_at_most() -> None:
    newsroom = long_running()
    for number in range(6):
        words = f"Since 20{10 + number} the lake of Arvania has seen {number + 12} disputes over nets, fish and boats."
        newsroom.report(51, "Radio Quay", "Lake Orm", f"Boats of Tolmark met there.\n\n{words}", NOON - DAY)

    background = edition_of(newsroom).background

    assert 0 < len(background) <= 2
    assert sum(len(item.text.split()) for item in background) <= 60


def test_the_paragraphs_before_the_heading_explain_the_bullets_of_a_round_up() -> None:
    newsroom = Newsroom()
    before = "Arvania and Tolmark have quarrelled over the fish of Lake Orm."
    item = "Arvania accused Tolmark on Tuesday of fishing at night."
    text = f"{before}\n\n3 March: what happened\n\n• {item}"
    at = text.index(item)
    parts = (
        Part(1, PartRole.ITEM, Span(at, at + len(item)), date(2026, 3, 3)),
        Part(2, PartRole.BACKGROUND, Span(0, len(before))),
    )
    newsroom.report(10, "Harbour Post", "What happened today", text, parts=parts)

    edition = edition_of(newsroom)

    assert [one.text for one in edition.background] == [before]
    assert [one.text for one in edition.bullets] == [item.replace("Tuesday", "Tuesday [3 Mar]")]


def test_the_next_stories_are_told_in_one_line_each() -> None:
    newsroom = many(16)

    edition = edition_of(newsroom)

    assert 0 < len(edition.also) <= 5
    assert all(len(item.text.split()) <= 12 and item.headline for item in edition.also)
    assert not {item.event for item in edition.also} & {item.event for item in edition.bullets}


def test_the_quote_of_the_day_is_a_whole_sentence_with_its_speaker() -> None:
    newsroom = Newsroom()
    bridge(newsroom)
    talks(newsroom)
    strike(newsroom)
    words = "“A bridge is a promise, and somebody broke it long ago,” Petra Lindqvist said in Port Calder."
    newsroom.report(1, "Radio Quay", "Skelling Bridge collapse in Arvania", f"Arvania mourned its dead.\n\n{words}")

    quote = edition_of(newsroom).quote

    assert quote is not None
    assert quote.text == words
    assert all(words not in item.text for item in edition_of(newsroom).bullets)


def test_no_quote_is_better_than_one_without_a_name() -> None:
    newsroom = Newsroom()
    strike(newsroom)
    newsroom.report(
        3, "Radio Quay", "Rail strike on Calder Line", "“We shall stand here until the summer is gone,” she said."
    )

    assert edition_of(newsroom).quote is None


def test_what_is_coming_bears_its_day_and_stands_in_order() -> None:
    newsroom = ordinary_day()
    ruling = "Rail unions met.\n\nA court in Port Calder will rule on 9 March."
    newsroom.report(3, "Radio Quay", "Rail strike on Calder Line", ruling)
    hearing = "Divers searched.\n\nThe Northern Assembly will hear Jon Hale on Friday."
    newsroom.report(1, "Radio Quay", "Skelling Bridge", hearing)

    coming = edition_of(newsroom).coming

    assert [item.day for item in coming] == [date(2026, 3, 6), date(2026, 3, 9)]
    assert coming[0].text == "The Northern Assembly will hear Jon Hale on Friday [6 Mar]."


def test_days_that_are_over_are_not_coming() -> None:
    newsroom = ordinary_day()
    newsroom.report(
        3, "Radio Quay", "Rail strike on Calder Line", "Unions met.\n\nA court in Arvania will rule on 3 March."
    )

    assert edition_of(newsroom).coming == ()


def test_a_quiet_page_has_nothing_around_it() -> None:
    edition = make_edition(Newsroom().material(), request(MORNING))

    assert (edition.background, edition.also, edition.quote, edition.coming) == ((), (), None, ())
