"""The action lexicon holds together, and says what is wrong with itself."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from bot.analysis.action_lexicon import Frame, Strength, load_lexicon, read_lexicon
from bot.errors import ConfigError

LEXICON = load_lexicon()
FRAMES = sorted({frame.number: frame for frames in LEXICON.frames.values() for frame in frames}.items())


def table() -> dict[str, Any]:
    return tomllib.loads(files("config").joinpath("lexicons", "actions.toml").read_text("utf-8"))


def test_assault_and_fight_are_one_family() -> None:
    assert {name for name, one in LEXICON.classes.items() if one.family == "attack"} == {"ASSAULT", "FIGHT"}
    assert LEXICON.classes["DEMAND"].plover == "REQUEST"
    assert "AGREE" in LEXICON.cooperative
    assert "SANCTION" not in LEXICON.cooperative


def test_verbs_that_need_actors_are_usual_readings() -> None:
    strengths = {verb: LEXICON.verbs[verb][1] for verb in LEXICON.needs_animate}

    assert set(strengths.values()) == {Strength.FRAME}


def test_no_frame_is_hidden_by_an_earlier_one() -> None:
    hidden = [
        (verb, number)
        for verb, frames in LEXICON.frames.items()
        for place, (number, frame) in enumerate((one.number, one) for one in frames)
        if any(covers(earlier, frame) for earlier in frames[:place])
    ]

    assert hidden == []


def covers(earlier: Frame, later: Frame) -> bool:
    """Tell whether whatever fits *later* fits *earlier* first."""
    lists = all(key in later.lists and later.lists[key] <= words for key, words in earlier.lists.items())
    return lists and earlier.flags <= later.flags


def test_frames_keep_the_order_of_the_file() -> None:
    assert [number for number, _ in FRAMES] == list(range(len(table()["frame"])))
    assert all(
        [one.number for one in frames] == sorted(one.number for one in frames) for frames in LEXICON.frames.values()
    )


def test_plurals_of_persons_act() -> None:
    assert {"captain", "captains", "women", "soldiers", "minister", "ministers"} <= LEXICON.actors["any"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"verbs": ["lift"], "object": ["@nothing"], "to": "RETREAT"}, "@nothing"),
        ({"verbs": ["lift"], "objekt": ["ban"], "to": "RETREAT"}, "objekt"),
        ({"verbs": ["lift"], "to": "RETIRE"}, "RETIRE"),
    ],
    ids=["group", "key", "class"],
)
def test_broken_frame_is_named(change: dict[str, Any], named: str) -> None:
    broken = table()
    broken["frame"].append(change)

    with pytest.raises(ConfigError, match=f"lift names “{named}”"):
        read_lexicon(broken)


def test_verb_in_two_classes_is_named() -> None:
    broken = table()
    broken["class"]["AID"]["weak"] = ["accuse"]

    with pytest.raises(ConfigError, match="“accuse” stands in AID and in DISAPPROVE"):
        read_lexicon(broken)
