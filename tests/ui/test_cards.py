"""Cards: what people asked for, safely, inside the limits whatever the values hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import TypeVar

import pytest

from bot.model.answers import ActorPage, DeliveryLine, FeedLine, Page, ScheduleLine, Status
from bot.model.articles import Feed, FeedId, Outlet, OutletId
from bot.model.delivery import EVERY_DAY, Schedule, ScheduleId
from bot.model.editions import EditionId
from bot.model.events import EventId
from bot.ui.actor_card import VIEWS as ACTOR_VIEWS
from bot.ui.actor_card import actor_card, actor_quotes
from bot.ui.custom_ids import Ask
from bot.ui.edition_detail import sources_list, why_list
from bot.ui.event_card import VIEWS as EVENT_VIEWS
from bot.ui.event_card import event_card
from bot.ui.event_list import event_list
from bot.ui.feed_card import feed_added, feed_list, feed_removed, host_of
from bot.ui.limits import CUSTOM_ID, MESSAGE_COMPONENTS, MESSAGE_TEXT
from bot.ui.pages import ROWS, page_of
from bot.ui.payload import Payload, walk
from bot.ui.quote_list import quote_list
from bot.ui.schedule_card import days_words, home_zone, schedule_added, schedule_list, schedule_removed
from bot.ui.search_list import search_list
from bot.ui.status_card import status_card
from bot.ui.welcome import welcome
from tests.ui.discord_reader import read
from tests.ui.samples import ACTOR_PAGE, END, EVENT, EVENT_PAGE, HIT, PARTIAL, QUOTE, REPORTED, STANDARD, UPDATE
from tests.ui.swelling import HOSTILE, swollen

T = TypeVar("T")

OUTLET = Outlet(OutletId(1), "Harbour Ledger")
FEED = Feed(FeedId(1), "https://ledger.example/rss?key=secret", OUTLET, last_ok_at=END)
FAILING = replace(FEED, failures=6, code="http_error", failing_since=END, next_poll_at=END + timedelta(hours=4))
FEED_LINE = FeedLine(3, "Harbour Ledger", "https://ledger.example/rss?key=secret", FEED, "harbour", 214)
SCHEDULE = Schedule(ScheduleId(5), 1, 77, time(7), "Europe/Kyiv", topic="fishing")
SCHEDULE_LINE = ScheduleLine(SCHEDULE, tuple(END + timedelta(days=day) for day in range(3)))
STATUS = Status(
    version="0.1.0",
    language_model="en_core_web_sm 3.8.0",
    database="postgresql://bot:secret@db.example/news",
    articles=2310,
    events=412,
    actors=96,
    quotes=511,
    feeds=24,
    feeds_failing=(replace(FEED_LINE, feed=FAILING),) * 7,
    last_ingest=END,
    last_article=END,
    waiting_analysis=3,
    next_runs=((SCHEDULE, END),) * 9,
    last_deliveries=(DeliveryLine(77, END.date(), "sent", END, "after 2 tries"),) * 9,
)
QUOTES = Page((QUOTE, PARTIAL, REPORTED, QUOTE, QUOTE), 41, 5)

DEEDS = replace(ACTOR_PAGE, actions=ACTOR_PAGE.actions * 9)
DAYS = replace(EVENT_PAGE, timeline=EVENT_PAGE.timeline * 9)
EVENTS = Page((EVENT,) * 10, 99, 10)
HITS = Page((HIT,) * 5, 9, 0)
FAILING_LINE = replace(FEED_LINE, feed=FAILING)


def _actor(view: str) -> Callable[[str | None], Payload]:
    return lambda text: actor_card(grown(DEEDS, text), Ask("actor", ("x",), view))


def _event(view: str) -> Callable[[str | None], Payload]:
    return lambda text: event_card(grown(DAYS, text), Ask("event", ("7",), view))


def _quotes_of(text: str | None) -> Payload:
    return actor_quotes(grown(ACTOR_PAGE, text), grown(QUOTES, text), Ask("actor", ("x",), "quotes by", 5))


CARDS: dict[str, Callable[[str | None], Payload]] = {
    **{f"actor {view}": _actor(view) for view in ACTOR_VIEWS},
    "actor quotes": _quotes_of,
    **{f"event {view}": _event(view) for view in EVENT_VIEWS},
    "events": lambda text: event_list(grown(EVENTS, text), Ask("events", ("", "1", "1"), "", 10)),
    "quotes": lambda text: quote_list(grown(QUOTES, text), Ask("quotes", ("a", "", "", ""), "", 5)),
    "search": lambda text: search_list(text or "nets", grown(HITS, text), Ask("search", ("nets", ""))),
    "sources": lambda text: sources_list(grown(UPDATE, text), Ask("sources", ("14",))),
    "why": lambda text: why_list(grown(STANDARD, text), Ask("why", ("12",))),
    "schedule added": lambda text: schedule_added(grown(SCHEDULE_LINE, text)),
    "schedule removed": lambda text: schedule_removed(grown(SCHEDULE, text)),
    "schedule list": lambda text: schedule_list((grown(SCHEDULE_LINE, text),) * 30),
    "feed added": lambda text: feed_added(grown(FEED_LINE, text)),
    "feed removed": lambda text: feed_removed(grown(FEED_LINE, text)),
    "feed list": lambda text: feed_list((grown(FEED_LINE, text), grown(FAILING_LINE, text)) * 12, Ask("feeds")),
    "status": lambda text: status_card(grown(STATUS, text)),
    "welcome": lambda _: welcome(),
}


def grown(value: T, text: str | None) -> T:
    return value if text is None else swollen(value, text)


def words(payload: Payload) -> str:
    return "\n".join(payload.texts)


@pytest.mark.parametrize("name", CARDS)
def test_every_card_is_safe_and_fits(name: str) -> None:
    for text in (None, *HOSTILE):
        check(CARDS[name](text))


def check(card: Payload) -> None:
    assert card.characters <= MESSAGE_TEXT
    assert card.size <= MESSAGE_COMPONENTS
    assert all(0 < len(one) <= CUSTOM_ID for one in card.custom_ids)
    assert len(set(card.custom_ids)) == len(card.custom_ids)
    for part in walk(card.components):
        if "content" in part:
            assert part["content"].strip()
            live = set(read(part["content"]).live)
            assert live <= {"heading", "small", "list", "quote", "bold", "masked", "time", "channel", "code"}
        if "options" in part:
            assert all(0 < len(line["label"]) <= 100 and len(line["value"]) <= 100 for line in part["options"])


def test_quote_is_verbatim_with_speaker_kind_day_and_source() -> None:
    card = quote_list(Page((QUOTE, PARTIAL, REPORTED), 3), Ask("quotes", ("", "", "", "")))

    said = [content for content in card.texts if "\n> " in content]
    assert said[0] == (
        f"**Ilsa Varrow** · quoted in full · <t:{int(END.timestamp())}:D> · "
        "[Harbour Ledger](https://ledger.example/2026/08/15/trawlers-turned-back?utm_source=feed)\n"
        "> “We will talk, but not under nets.”"
    )
    assert said[1].startswith("**Speaker not named** · quoted in part")
    assert said[1].endswith("> Reld spoke of “a long night” in Karse.")
    assert said[2].endswith("· Harbour Ledger\n> the talks would go on")


def test_no_quotes_say_what_to_try() -> None:
    card = quote_list(Page((), 0), Ask("quotes", ("", "", "", "")))

    assert "No stored quote matches. Leave out one of the options" in words(card)
    assert card.custom_ids == ()


def test_pages_say_where_we_are_and_turn_only_where_there_is_more() -> None:
    first = quote_list(Page((QUOTE,) * 5, 12, 0), Ask("quotes", ("", "", "", "")))
    last = quote_list(Page((QUOTE,) * 2, 12, 10), Ask("quotes", ("", "", "", ""), "", 10))

    def buttons(card: Payload) -> list[tuple[str, bool]]:
        return [(part["label"], part["disabled"]) for part in walk(card.components) if part["type"] == 2]

    assert "-# 12 quotes · 1–5 of 12" in words(first)
    assert "-# 12 quotes · 11–12 of 12" in words(last)
    assert buttons(first) == [("Previous", True), ("Next", False), ("Share", False)]
    assert buttons(last) == [("Previous", False), ("Next", True), ("Share", False)]


def test_question_that_cannot_be_remembered_is_only_shared() -> None:
    card = quote_list(Page((QUOTE,) * 5, 12, 0), Ask("quotes", ("x" * 400, "", "", "")))

    assert card.custom_ids == ("a1:share:",)


def test_actor_shows_role_with_day_and_source_and_other_spellings() -> None:
    card = words(actor_card(ACTOR_PAGE, Ask("actor", ("person/ilsa-varrow",), "overview")))

    assert "## Ilsa Varrow" in card
    assert "41 quotes by and 1 about them" in card
    assert "-# Also written Ilse Varrow" in card
    assert f"Fisheries Minister of Varland, as of <t:{int(END.timestamp())}:D> ([Harbour Ledger](https://" in card
    assert "> “We will talk, but not under nets.”" in card
    assert "Estmark (30)" in card


def test_deeds_come_with_their_sentence_and_a_warning() -> None:
    card = words(actor_card(ACTOR_PAGE, Ask("actor", ("x",), "actions")))

    assert "Criticise · Ilsa Varrow → Estmark\n> Varrow accused Estmark of fishing at night." in card
    assert "not complete, and now and then wrong" in card


def test_view_that_is_shown_is_switched_off() -> None:
    card = actor_card(ACTOR_PAGE, Ask("actor", ("x",), "events"))

    off = [part["label"] for part in walk(card.components) if part.get("disabled")]
    assert off == ["Events"]


def test_empty_actor_views_say_so() -> None:
    empty: ActorPage = replace(
        ACTOR_PAGE, roles=(), latest_quotes=(), latest_about=(), actions=(), events=(), related=(), last_seen=None
    )

    assert "Only mentioned so far" in words(actor_card(empty, Ask("actor", ("x",), "overview")))
    assert "No deed found" in words(actor_card(empty, Ask("actor", ("x",), "actions")))
    assert "No story with them" in words(actor_card(empty, Ask("actor", ("x",), "events")))
    assert "No stored quote about Ilsa" in words(actor_quotes(empty, Page((), 0), Ask("actor", ("x",), "quotes about")))


def test_event_tells_sentences_dates_reports_and_actors() -> None:
    ask = Ask("event", ("7",))

    assert "The dam" not in words(event_card(EVENT_PAGE, ask))
    assert "overflowed. ([Solmere Courier](https://courier.example/news/karse-dam))" in words(
        event_card(EVENT_PAGE, ask)
    )
    assert "It ranks where it does for: 7 independent outlets, hard news" in words(event_card(EVENT_PAGE, ask))
    assert "**14 Aug 2026** · The dam overflowed on Friday." in words(
        event_card(EVENT_PAGE, replace(ask, view="timeline"))
    )
    disputed = words(event_card(EVENT_PAGE, ask))
    assert "**Outlets disagree** · missing: 14 (" in disputed
    assert "1,900 (" in disputed
    assert "In the same storyline: " in words(event_card(EVENT_PAGE, replace(ask, view="timeline")))
    assert "1–5 of 12" in words(event_card(EVENT_PAGE, replace(ask, view="sources")))
    assert "**Dam report 11**" in words(event_card(EVENT_PAGE, replace(ask, view="sources", offset=10)))
    assert "grouped for: same dam" in words(event_card(EVENT_PAGE, replace(ask, view="sources")))
    assert "**Ilsa Varrow** (person)" in words(event_card(EVENT_PAGE, replace(ask, view="actors")))


def test_merged_event_says_what_became_of_it() -> None:
    card = words(event_card(replace(EVENT_PAGE, redirected_from=EventId(2)), Ask("event", ("2",))))

    assert "-# Story 2 turned out to be this one, story 7." in card


def test_list_of_stories_opens_one() -> None:
    card = event_list(Page((EVENT,), 1), Ask("events", ("", "1", "1")))

    (chooser,) = [part for part in walk(card.components) if part["type"] == 3]
    assert chooser["custom_id"] == "o1:event"
    assert chooser["options"] == [{"label": "Karse dam overflows", "value": "7", "description": "3 outlets"}]
    assert "No stored story matches" in words(event_list(Page((), 0), Ask("events", ("", "1", "1"))))


def test_search_marks_what_was_found() -> None:
    card = words(search_list("coast", Page((HIT,), 1), Ask("search", ("coast", ""))))

    assert "The **coast** guard turned back trawlers." in card
    assert "No stored article holds all" in words(search_list("x", Page((), 0), Ask("search", ("x", ""))))


def test_sources_name_every_outlet_of_a_bullet() -> None:
    card = words(sources_list(STANDARD, Ask("sources", ("12",))))

    assert "-# Edition of 16 Aug 2026 · 1–5 of 7" in card
    assert "trawlers-turned-back) · [Northline Wire](https://wire.example/a/77) · and 4 outlets more" in card


def test_reasons_are_given_or_their_lack() -> None:
    card = words(why_list(STANDARD, Ask("why", ("12",))))

    assert "-# 6 independent outlets · new today" in card
    assert "-# No reason was kept for this one." in card
    assert "no bullets" in words(why_list(replace(STANDARD, bullets=(), id=EditionId(1)), Ask("why", ("1",))))


def test_schedule_is_confirmed_with_three_runs_in_the_readers_time() -> None:
    card = words(schedule_added(SCHEDULE_LINE))

    assert "<#77>: standard digest on fishing at 07:00 Europe/Kyiv, every day." in card
    assert card.count(":F>") == 3
    assert "the time on your clock stays the same" in card


@pytest.mark.parametrize("zone", ["Etc/GMT-2", "UTC", "EST"])
def test_fixed_offsets_are_warned_of(zone: str) -> None:
    assert "does not follow summer time" in words(
        schedule_added(replace(SCHEDULE_LINE, schedule=replace(SCHEDULE, zone=zone)))
    )


def test_schedules_list_states() -> None:
    paused = replace(SCHEDULE_LINE, schedule=replace(SCHEDULE, paused=True))
    stopped = replace(SCHEDULE_LINE, schedule=replace(SCHEDULE, suspended="I may not post there"))

    assert "paused · no run planned" in words(schedule_list((paused,)))
    assert "stopped: I may not post there · no run planned" in words(schedule_list((stopped,)))
    assert "`/schedule add` needs a channel, a time and your time zone" in words(schedule_list(()))
    assert home_zone((SCHEDULE_LINE,)) == "Europe/Kyiv"
    assert home_zone(()) == "UTC"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (EVERY_DAY, "every day"),
        (frozenset(range(5)), "Monday to Friday"),
        (frozenset({5, 6}), "Saturday and Sunday"),
        (frozenset({0, 2}), "Mon, Wed"),
    ],
)
def test_days_read_as_people_say_them(days: frozenset[int], expected: str) -> None:
    assert days_words(days) == expected


def test_feeds_show_host_and_health_and_never_the_key() -> None:
    card = words(feed_list((FEED_LINE, replace(FEED_LINE, feed=FAILING)), Ask("feeds")))

    assert "**Harbour Ledger** · ledger.example · topic: harbour" in card
    assert f"the site answers with an error since <t:{int(END.timestamp())}:f>; 6 tries; next try" in card
    assert "secret" not in card
    assert "switched off: the site says that it is gone for good" in words(
        feed_list((replace(FEED_LINE, feed=replace(FEED, disabled=True, code="gone")),), Ask("feeds"))
    )
    assert "not read yet" in words(feed_list((replace(FEED_LINE, feed=replace(FEED, last_ok_at=None)),), Ask("feeds")))
    assert "`/feed add` takes" in words(feed_list((), Ask("feeds")))
    assert host_of("https://[bad") == ""


def test_status_hides_credentials_and_counts_what_is_not_shown() -> None:
    card = words(status_card(STATUS))

    assert "secret" not in card
    assert "2,310 articles · 412 stories · 96 actors · 511 quotes · 24 feeds" in card
    assert "-# and 2 more" in card
    assert "3 articles still to be understood" in card
    assert "No feed read yet." in words(
        status_card(replace(STATUS, last_ingest=None, last_article=None, waiting_analysis=0))
    )


def test_pages_cut_what_is_at_hand() -> None:
    page = page_of(range(12), 10, ROWS)

    assert (page.rows, page.total, page.has_more) == ((10, 11), 12, False)
