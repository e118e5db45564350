"""The wizard's cards say what is chosen, what comes next and what is missing; they fit, whatever feeds are called."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.answers import Choice, FeedsTried, Pack, PackAdded, ScheduleLine, SetUp
from bot.text.zones import suggest_zones
from bot.ui.layout import to_view
from bot.ui.payload import Payload, walk
from bot.ui.setup.cards import done_card, reading_words, what_card, when_card, where_card
from bot.ui.setup.controls import time_menu, time_words, zone_menu
from bot.ui.setup.draft import Draft
from bot.ui.setup.preview import Look, coming_card, nothing_card
from bot.ui.welcome import welcome, welcome_back
from tests.ui.samples import END, QUIET, STANDARD
from tests.ui.swelling import HOSTILE, swollen
from tests.ui.test_cards import FEED, FEED_LINE, SCHEDULE, check, words
from tests.ui.test_layout import essence

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DRAFT = Draft(2**63 - 1, "a-pack-with-a-long-name-x", time(7), "America/Argentina/ComodRivadavia")
PACK = Pack("world", "World", tuple(f"Outlet number {number}" for number in range(23)))
PACKS = (PACK,) * 25
ZONES = suggest_zones("", NOW)
NOTHING = replace(QUIET, articles=0, outlets=0, background=(), bullets=(), also=(), quote=None, coming=())
UNREAD = replace(FEED_LINE, feed=replace(FEED, last_ok_at=None))
TRIED = FeedsTried((FEED_LINE,) * 5, ("I can't read ledger.example: it did not answer in time.",) * 5)
DONE = SetUp(ScheduleLine(replace(SCHEDULE, topic=None), (END,)), PackAdded(18, 2, 3), 20)


def _keyed(packs: tuple[Pack, ...]) -> list[Pack]:
    return [replace(one, key=f"p{number}") for number, one in enumerate(packs)]


CARDS: dict[str, Callable[[Callable[[Any], Any]], Payload]] = {
    "where": lambda _: where_card(DRAFT, planned=3),
    "where not": lambda _: where_card(DRAFT, "I can't post in <#7>: I am missing **Embed Links**."),
    "where none": lambda _: where_card(Draft()),
    "what": lambda grown: what_card(DRAFT, _keyed(grown(PACKS)), 7, grown(TRIED)),
    "what alone": lambda _: what_card(DRAFT, (), 0),
    "when": lambda grown: when_card(
        DRAFT, END, ZONES, reading=reading_words(grown(PACK), 0), tried=grown(TRIED), several=True
    ),
    "when no zone": lambda _: when_card(replace(DRAFT, zone=""), None, ZONES, reading=reading_words(None, 1)),
    "done": lambda grown: done_card(DRAFT, replace(DONE, line=grown(DONE.line)), grown(PACK)),
    "nothing": lambda grown: nothing_card(Look(NOW, NOTHING, (grown(FEED_LINE),) * 25), DRAFT),
    "coming": lambda grown: coming_card(Look(NOW, STANDARD, (grown(UNREAD),) * 25)),
    "unsaved": lambda grown: nothing_card(Look(NOW, NOTHING, (), 0, grown(PACK)), DRAFT),
    "welcome": lambda grown: welcome(grown(STANDARD)),
    "welcome back": lambda _: welcome_back(2, 23),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
async def test_every_card_is_safe_and_fits_and_is_sent_as_it_is(name: str) -> None:
    for card in [CARDS[name](lambda value: value), *(CARDS[name](_swell(text)) for text in HOSTILE)]:
        check(card)
        view = to_view(card)
        sent = essence(tuple(item.to_component_dict() for item in view.children))
        for stored, built in zip(essence(card.components), sent, strict=True):
            assert stored.items() <= built.items()
        assert view.is_finished()


def _swell(text: str) -> Callable[[T], T]:
    return lambda value: swollen(value, text or "?")


async def test_chosen_things_are_shown_as_chosen() -> None:
    sent = [part for card in (where_card(Draft(77)), when_card(Draft(77, zone="Europe/Kyiv"), END, ZONES, reading="x"))
            for part in walk(item.to_component_dict() for item in to_view(card).children)]  # fmt: skip

    (channels,) = [part for part in sent if part["type"] == 8]
    assert channels["default_values"] == [{"id": 77, "type": "channel"}]
    assert channels["channel_types"] == [0, 5]
    chosen = [line["value"] for part in sent if part["type"] == 3 for line in part["options"] if line["default"]]
    assert chosen == ["0700", "Europe/Kyiv"]


def test_first_step_names_what_is_missing_and_lets_look_again() -> None:
    card = where_card(Draft(7), "I can't post in <#7>: I am missing **Embed Links**.")

    assert "I am missing **Embed Links**.\n-# Or choose another channel." in words(card)
    assert [part["label"] for part in walk(card.components) if part["type"] == 2] == ["Check again"]


def test_first_step_without_a_channel_cannot_go_on() -> None:
    (button,) = [part for part in walk(where_card(Draft()).components) if part["type"] == 2]

    assert button["disabled"]


def test_packs_are_offered_with_what_is_in_them() -> None:
    (menu,) = [part for part in walk(what_card(Draft(7), (PACK,), 0).components) if part["type"] == 3]

    (option,) = menu["options"]
    assert (option["label"], option["value"]) == ("World · 23 feeds", "world")
    assert option["description"].startswith("Outlet number 0, Outlet number 1, ")
    assert option["description"].endswith(" more")


def test_addresses_that_failed_are_named_beside_those_that_worked() -> None:
    card = words(what_card(Draft(7), (PACK,), 1, FeedsTried((FEED_LINE,), ("I can't read x.example: no *answer*.",))))

    assert "Added: **Harbour Ledger**.\n- I can't read x.example: no \\*answer\\*." in card


def test_last_step_confirms_in_the_readers_time_and_in_the_servers() -> None:
    card = words(when_card(Draft(7, "world", time(7), "Europe/Kyiv"), END, ZONES, reading=reading_words(PACK, 0)))

    assert "Every day at **07:00 Europe/Kyiv** in <#7>, from the pack **World** (23 feeds)." in card
    assert f"First digest: <t:{int(END.timestamp())}:F>, <t:{int(END.timestamp())}:R>." in card
    assert "the time on your clock stays the same" in card


@pytest.mark.parametrize("zone", ["Etc/GMT-2", "UTC", "EST"])
def test_fixed_offsets_are_warned_of(zone: str) -> None:
    assert "does not follow summer time" in words(when_card(Draft(7, zone=zone), END, ZONES, reading="x"))


def test_saving_needs_a_zone() -> None:
    buttons = {
        part["label"]: part["disabled"]
        for part in walk(when_card(Draft(7), None, ZONES, reading="x").components)
        if part["type"] == 2
    }

    assert buttons["Save"]
    assert not buttons["Preview now"]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (PackAdded(23, 0, 0), "**World**: 23 feeds added. I begin to read within a minute."),
        (PackAdded(0, 23, 0), "**World**: you read all of it already."),
        (PackAdded(1, 2, 20), "1 feed added. I begin to read within a minute. 2 you had already. 20 found no room"),
    ],
)
def test_done_says_what_became_of_the_pack(added: PackAdded, said: str) -> None:
    assert said in words(done_card(Draft(7), replace(DONE, pack=added), PACK))


def test_done_without_any_feed_says_what_to_do() -> None:
    assert "`/feed add` adds the first one" in words(done_card(Draft(7), SetUp(DONE.line, None, 0), None))


@pytest.mark.parametrize(
    ("at", "said"),
    [(time(0), "00:00 (midnight)"), (time(7), "07:00 (7 am)"), (time(12), "12:00 (noon)"), (time(17), "17:00 (5 pm)"),
     (time(7, 30), "07:30")],
)  # fmt: skip
def test_hours_are_said_on_both_clocks(at: time, said: str) -> None:
    assert time_words(at) == said


@given(st.integers(0, 1439))
def test_time_menu_holds_whatever_time_was_chosen(minute: int) -> None:
    at = time(*divmod(minute, 60))

    options = time_menu(Draft(7, at=at))["options"]

    assert len(options) <= 25
    assert [line["value"] for line in options if line["default"]] == [f"{at:%H%M}"]
    assert [line["value"] for line in options] == sorted({line["value"] for line in options})


def test_zone_menu_holds_each_zone_once() -> None:
    options = zone_menu(Draft(7, zone="UTC"), (*ZONES, *ZONES, *(Choice(f"Z{n}", f"z{n}") for n in range(9))))[
        "options"
    ]

    assert len(options) == 25
    assert len({line["value"] for line in options}) == 25
    assert [line["value"] for line in options if line["default"]] == ["UTC"]
