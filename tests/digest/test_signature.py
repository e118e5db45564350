"""The words that an event is known by."""

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.signature import Rarity, alike, cohesion, core_of, coverage, heaviest
from bot.digest.story import Story, stories_of
from bot.digest.window import window_of
from tests.digest.newsroom import NOON, Newsroom, bridge, lemma, request, strike, talks

CORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.1, 8), max_size=8)


def stories(newsroom: Newsroom) -> list[Story]:
    return list(stories_of(newsroom.material(), window_of(request())))


def rarity(found: list[Story]) -> Rarity:
    return Rarity.among(account for story in found for account in story.fresh)


@given(CORES, CORES)
def test_likeness_is_a_symmetric_share(one: dict[str, float], other: dict[str, float]) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1 + 1e-9
    assert not one or abs(alike(one, one) - 1) < 1e-9


@given(CORES, st.sets(st.sampled_from("abcdefgh")))
def test_more_words_never_cover_less(core: dict[str, float], words: set[str]) -> None:
    assert 0 <= coverage(words, core) <= coverage(set("abcdefgh"), core)


def test_a_core_holds_what_most_outlets_lead_with() -> None:
    newsroom = Newsroom()
    bridge(newsroom)
    found = stories(newsroom)

    core = core_of(found[0], rarity(found))

    assert {lemma("collapsed"), lemma("Skelling"), "arvania"} <= set(core)
    assert list(core.values()) == sorted(core.values(), reverse=True)


def test_two_stories_are_less_alike_than_one_with_itself() -> None:
    newsroom = Newsroom()
    for tell in (bridge, talks, strike):
        tell(newsroom)
    found = stories(newsroom)
    cores = [core_of(story, rarity(found)) for story in found]

    assert max(alike(cores[i], cores[j]) for i in range(3) for j in range(i)) < 0.34


def test_reports_that_only_share_a_word_do_not_hold_together() -> None:
    newsroom = Newsroom()
    bridge(newsroom)
    newsroom.report(2, "Harbour Post", "Arvania wins at chess", "A girl of nine won a game in Arvania.", NOON)
    newsroom.report(2, "Northern Bell", "Tolls rise in Arvania", "Motorists will pay more from April, it said.", NOON)
    whole, loose = stories(newsroom)

    assert cohesion(whole, rarity([whole, loose])) > 0.22 > cohesion(loose, rarity([whole, loose]))


def test_equal_weights_are_ordered_by_letter_so_that_editions_repeat() -> None:
    assert list(heaviest({"b": 1.0, "a": 1.0, "c": 2.0}, 2)) == ["c", "a"]
