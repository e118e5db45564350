"""Two stories that are one, and two that only look so."""

from bot.digest.brief import Brief, brief_of
from bot.digest.signature import Rarity
from bot.digest.story import stories_of
from bot.digest.twins import are_look_alikes, is_same_story, is_same_storyline
from bot.digest.window import window_of
from bot.model.analysis import Action, ActorId
from bot.model.spans import Span
from tests.digest.newsroom import Newsroom, bridge, request, strike


def briefs(newsroom: Newsroom) -> list[Brief]:
    stories = stories_of(newsroom.material(), window_of(request()))
    rarity = Rarity.among(account for story in stories for account in story.fresh)
    return [brief_of(story, rarity) for story in stories]


def test_one_story_in_two_events_is_known_by_its_words() -> None:
    newsroom = Newsroom()
    bridge(newsroom, event=1)
    bridge(newsroom, event=2)
    strike(newsroom, event=3)
    one, other, third = briefs(newsroom)

    assert is_same_story(one, other)
    assert not is_same_story(one, third)


def test_the_same_charge_against_two_people_is_two_stories() -> None:
    newsroom = Newsroom()
    for event, name in ((1, "Mira Voss"), (2, "Oskar Brand")):
        title = f"{name} denies taking bribes as minister"
        text = f"{name} denied in a court of Port Calder on Tuesday that bribes were taken for a railway contract."
        newsroom.report(event, "Harbour Post", title, text)
    one, other = briefs(newsroom)

    assert are_look_alikes(one.story, other.story)
    assert not is_same_story(one, other)


def test_a_quarrel_about_a_flood_is_not_the_flood() -> None:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "Gates of Lake Orm open, valley floods", "Arvania opened the gates of Lake Orm.")
    newsroom.report(
        2, "Harbour Post", "Tolmark accuses Arvania over gates of Lake Orm",
        "Tolmark accused Arvania of having opened the gates of Lake Orm.",
    )  # fmt: skip
    one, other = briefs(newsroom)

    assert not is_same_story(one, other)


def test_an_attack_and_its_answer_are_two_stories() -> None:
    newsroom = Newsroom()
    arvania, tolmark = ActorId("country/arvania"), ActorId("country/tolmark")
    for event, deed in ((1, (arvania, tolmark)), (2, (tolmark, arvania))):
        text = "Soldiers shelled a town on the border of Arvania and Tolmark on Tuesday, both said."
        action = Action(deed[0], "shell", "ASSAULT", deed[1], Span(0, len(text)))
        newsroom.report(event, "Harbour Post", "Border town of Arvania and Tolmark shelled", text, actions=[action])
    one, other = briefs(newsroom)

    assert not is_same_story(one, other)


def test_storylines_are_tied_by_their_number_where_there_is_one() -> None:
    newsroom = Newsroom()
    bridge(newsroom, event=1)
    strike(newsroom, event=2)
    newsroom.storylines = dict.fromkeys(newsroom.reports, 5)
    one, other = briefs(newsroom)

    assert is_same_storyline(one, other)
