"""A second sentence only where it is worth it, and never one that makes a falsehood of the first."""

from datetime import timedelta

import pytest

from bot.digest.account import Sentence
from bot.digest.brief import Brief, brief_of
from bot.digest.second_sentence import follows, second_sentence
from bot.digest.signature import Rarity
from bot.digest.story import stories_of
from bot.digest.window import window_of
from bot.model.analysis import Action, ActorId
from bot.model.spans import Span
from tests.digest.newsroom import NOON, Newsroom, request

FIRST = "Arvania accused Tolmark on Tuesday of closing the gates of Lake Orm without a warning."
QUOTE = "“Water needs no passport and asks for none,” Petra Lindqvist told the assembly of Tolmark."


ARVANIA, TOLMARK = ActorId("country/arvania"), ActorId("country/tolmark")


def telling(*texts: str) -> tuple[Sentence, Brief]:
    """Return the first sentence of the first text, and the brief of the story that each outlet tells in one text."""
    newsroom = Newsroom()
    for number, text in enumerate(texts):
        at = NOON + timedelta(minutes=number)
        newsroom.report(1, f"Outlet {number}", "Arvania accuses Tolmark over Lake Orm", text, at)
    story = stories_of(newsroom.material(), window_of(request()))[0]
    return story.fresh[0].sentences[0], brief_of(story, Rarity.among(story.fresh))


def second(*texts: str, used: frozenset[str] = frozenset()) -> str | None:
    first, brief = telling(*texts)
    found = second_sentence(first, brief, used)
    return found.text if found else None


def test_a_quotation_with_its_speaker_is_worth_it() -> None:
    assert second(f"{FIRST}\n\n{QUOTE}") == QUOTE


def test_a_claim_is_followed_by_its_denial() -> None:
    denial = "The government of Tolmark denied that any of the gates had been shut on that day."

    assert second(f"{FIRST}\n\nThe lake has many fish in summer, anglers said.\n\n{denial}") == denial


def test_small_talk_is_not_worth_it() -> None:
    assert second(f"{FIRST}\n\nThe weather was fine.\n\nMany people like to fish there in the summer.") is None


def test_a_quotation_without_speaker_never_follows() -> None:
    assert second(f"{FIRST}\n\n“Water needs no passport and asks for none at all, ever.”") is None


def test_the_same_words_again_never_follow() -> None:
    again = "Arvania has accused Tolmark of closing the gates of Lake Orm with no warning, “none at all,” it said."

    assert second(FIRST, again) is None


def test_what_was_used_is_not_used_again() -> None:
    assert second(f"{FIRST}\n\n{QUOTE}", used=frozenset({QUOTE})) is None


def test_both_sentences_fit_into_a_bullet() -> None:
    long = f"“{'Water needs no passport, ' * 14}” Petra Lindqvist told the assembly of Tolmark."

    assert second(f"{FIRST}\n\n{long}") is None


@pytest.mark.parametrize(
    ("foreign", "joined"),
    [
        ("Officials of Tolmark denied that any warning had been missed at the gates.", True),
        ("Officials denied that any warning had been missed at the gates of the mill.", False),
    ],
    ids=["shares a name", "shares none"],
)
def test_another_outlets_sentence_needs_a_name_in_common(foreign: str, joined: bool) -> None:
    assert (second(FIRST, foreign) == foreign) is joined


@pytest.mark.parametrize(("target", "joined"), [(ARVANIA, True), (TOLMARK, False)], ids=["goes on", "turned around"])
def test_another_outlets_sentence_never_turns_the_roles_around(target: ActorId, joined: bool) -> None:
    source = TOLMARK if target is ARVANIA else ARVANIA
    foreign = "Ministers of Tolmark denied that boats had been searched at night by anybody."
    newsroom = Newsroom()
    title = "Arvania accuses Tolmark over Lake Orm"
    newsroom.report(
        1, "Harbour Post", title, FIRST, actions=[Action(TOLMARK, "search", "SEARCH", ARVANIA, Span(0, 40))]
    )
    newsroom.report(1, "Radio Quay", title, foreign, actions=[Action(source, "search", "SEARCH", target, Span(0, 40))])
    story = stories_of(newsroom.material(), window_of(request()))[0]

    found = second_sentence(story.fresh[0].sentences[0], brief_of(story, Rarity.among(story.fresh)), frozenset())

    assert (found is not None) is joined


def test_the_next_sentence_of_one_report_follows() -> None:
    first, brief = telling(f"{FIRST}\n\n{QUOTE}")
    own = brief.story.fresh[0].sentences

    assert follows(own[1], first)
    assert not follows(own[0], first)
