"""The wizard's cards: where, what, when, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.model.answers import Choice, FeedsTried, Pack, PackAdded, SetUp
from bot.ui.components import PRIMARY, SUCCESS, Option, divider, menu, row, text
from bot.ui.fitting import joined
from bot.ui.limits import OPTION_TEXT
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, strong
from bot.ui.setup.controls import channel_menu, move_button, time_menu, zone_menu
from bot.ui.setup.draft import CITY, CLOCK, FEEDS, HERE, KEEP, PACK, SAVE, SHOW, WHAT, WHERE, Draft
from bot.ui.times import count_words, moment

_TITLE: Final = "## Your daily digest"
_PROBLEM: Final = 300


def where_card(draft: Draft, problem: str | None = None, *, planned: int = 0) -> Payload:
    """Return the first step: in which channel. *problem* says why the draft's cannot be posted to."""
    if problem:
        words = f"{problem}\n-# Or choose another channel."
    elif draft.channel:
        words = f"I can post in <#{draft.channel}>. Go on, or choose another channel."
    else:
        words = "Which channel shall get the digest?"
    more = (
        f"-# {count_words(planned, 'digest is', 'digests are')} planned here already: /schedule list" if planned else ""
    )
    label = "Check again" if problem else "Continue"
    return boxed(
        *_head(1, "where", "\n".join(filter(None, (words, more)))),
        row(channel_menu(draft)),
        row(move_button(label, HERE, draft, style=PRIMARY, disabled=not draft.channel)),
    )


def what_card(draft: Draft, packs: Sequence[Pack], feeds: int, tried: FeedsTried | None = None) -> Payload:
    """Return the second step: what to read. *feeds* are read already; *tried* are addresses that did not work."""
    words = "What shall I read? A starter pack gets you going at once; single feeds can come and go later."
    if feeds:
        words += f"\nThis server reads {count_words(feeds, 'feed')} already."
    menus = [row(menu(draft.id_for(PACK), "Choose a starter pack", [_option(pack) for pack in packs]))] if packs else []
    keep = [move_button(f"Keep our {count_words(feeds, 'feed')}", KEEP, draft)] if feeds else []
    buttons = row(move_button("My own feeds…", FEEDS, draft), *keep, move_button("Back", WHERE, draft))
    return boxed(*_head(2, "what to read", words), *_tried(tried), *menus, buttons)


def when_card(
    draft: Draft,
    first: datetime | None,
    zones: Sequence[Choice],
    *,
    reading: str,
    tried: FeedsTried | None = None,
    several: bool = False,
) -> Payload:
    """Return the last step, which is the confirmation too: when, what that means, and Save.

    *first* is the first run (None: no zone is chosen yet), *reading* says in Markdown what is read. *several*: *zones*
    are those that a typed place may mean.
    """
    zone = discord_line(draft.zone, 40)
    lines = [f"Every day at **{f'{draft.at:%H:%M} {zone}'.strip()}** in <#{draft.channel}>, from {reading}."]
    if first is None:
        lines.append("On which clock? Choose your time zone below, or find it by city or country.")
    else:
        lines.append(f"First digest: {moment(first, 'F')}, {moment(first, 'R')}.")
        lines.append(f"-# {_clock_note(draft.zone)}")
    if several:
        lines.append("That may be several places: choose yours in the list of time zones.")
    return boxed(
        *_head(3, "when", "\n".join(lines)),
        *_tried(tried),
        row(time_menu(draft)),
        row(zone_menu(draft, zones)),
        row(
            move_button("Save", SAVE, draft, style=SUCCESS, disabled=first is None),
            move_button("Preview now", SHOW, draft),
            move_button("Another time…", CLOCK, draft),
            move_button("Find my time zone…", CITY, draft),
            move_button("Back", WHAT, draft),
        ),
    )


def done_card(draft: Draft, done: SetUp, pack: Pack | None) -> Payload:
    """Return what was saved, and when the first digest comes."""
    schedule = done.line.schedule
    clock = f"{schedule.at:%H:%M} {discord_line(schedule.zone, 40)}"
    lines = [f"<#{schedule.channel}> gets its digest every day at **{clock}**."]
    if done.line.next_runs:
        lines.append(
            f"The first one comes {moment(done.line.next_runs[0], 'F')}, {moment(done.line.next_runs[0], 'R')}."
        )
    if done.pack is not None and pack is not None:
        lines.append(f"{strong(pack.title, 60)}: {_added(done.pack)}")
    if not done.feeds:
        lines.append("No feed is read here yet: `/feed add` adds the first one.")
    more = "-# `/schedule` and `/feed` change it, `/digest now` shows one at any time, `/help` lists everything."
    button = move_button("Preview now", SHOW, draft, style=PRIMARY)
    return boxed(text("## All set"), text("\n".join([*lines, more])), row(button))


def reading_words(pack: Pack | None, feeds: int) -> str:
    """Return what is read, as Markdown: a pack, or the feeds that are there."""
    if pack is not None:
        return f"the pack {strong(pack.title, 60)} ({count_words(len(pack.names), 'feed')})"
    return f"your {count_words(feeds, 'feed')}" if feeds else "no feed yet"


def _head(step: int, name: str, words: str) -> list[Component]:
    return [text(f"{_TITLE}\n-# Step {step} of 3 · {name}"), divider(), text(words)]


def _option(pack: Pack) -> Option:
    names = joined([*pack.names], OPTION_TEXT, between=", ")
    return Option(f"{pack.title} · {count_words(len(pack.names), 'feed')}", pack.key, names)


def _tried(tried: FeedsTried | None) -> list[Component]:
    """Return what became of the addresses that were typed, added ones first."""
    if tried is None:
        return []
    added = joined([strong(line.name, 80) for line in tried.lines], 500, between=", ")
    lines = [f"Added: {added}."] if tried.lines else []
    lines += [f"- {discord_line(problem, _PROBLEM)}" for problem in tried.problems]
    return [text("\n".join(lines))] if lines else []


def _added(pack: PackAdded) -> str:
    if not pack.added and not pack.left_out:
        return "you read all of it already."
    words = f"{count_words(pack.added, 'feed')} added. I begin to read within a minute."
    if pack.known:
        words += f" {pack.known} you had already."
    if pack.left_out:
        words += f" {pack.left_out} found no room: a server may have only so many feeds."
    return words


def _clock_note(zone: str) -> str:
    if "/" not in zone or zone.startswith("Etc/"):
        return "This zone is a fixed offset: it does not follow summer time. A city does."
    return "When the clocks change, the time on your clock stays the same. Not your time zone? Choose another below."
