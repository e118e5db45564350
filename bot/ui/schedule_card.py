"""A server's schedules: when which channel gets its digest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.model.answers import ScheduleLine
from bot.model.delivery import EVERY_DAY, Schedule
from bot.ui.components import divider, text
from bot.ui.payload import Payload, boxed
from bot.ui.safe_text import discord_line
from bot.ui.times import moment

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN: Final = 20


def schedule_added(line: ScheduleLine) -> Payload:
    """Return the confirmation of a new schedule with its next runs."""
    lines = [f"{_when(line.schedule)}."]
    if line.next_runs:
        lines.append("Next: " + " · ".join(moment(run, "F") for run in line.next_runs[:3]))
    lines += [f"-# {note}" for note in (_zone_note(line.schedule.zone), "Change your mind? /schedule remove") if note]
    return boxed(text("## Digest scheduled"), text("\n".join(lines)))


def schedule_paused(line: ScheduleLine) -> Payload:
    """Return the confirmation that a schedule rests, or goes on."""
    if line.schedule.paused:
        return boxed(text(f"## Schedule paused\n{_when(line.schedule)} is paused.\n-# /schedule resume lets it go on."))
    coming = f"\nNext: {moment(line.next_runs[0], 'F')}" if line.next_runs else ""
    return boxed(text(f"## Schedule goes on\n{_when(line.schedule)}.{coming}"))


def schedule_skipped(line: ScheduleLine, at: datetime) -> Payload:
    """Return the confirmation that the run at *at* is left out."""
    coming = f" The next one comes {moment(line.next_runs[0], 'F')}." if line.next_runs else ""
    words = f"## Digest skipped\n{_when(line.schedule)}: none {moment(at, 'F')}.{coming}"
    return boxed(text(f"{words}\n-# Changed your mind? /schedule resume brings it back."))


def schedule_removed(schedule: Schedule) -> Payload:
    """Return the confirmation that a schedule is gone."""
    return boxed(text(f"## Schedule removed\n{_when(schedule)} no more.\n-# /schedule add sets up a new one."))


def schedule_list(lines: Sequence[ScheduleLine]) -> Payload:
    """Return all schedules of a server, or how to make the first one."""
    if not lines:
        hint = "Nothing is scheduled here. `/schedule add` needs a channel, a time and your time zone."
        return boxed(text(f"## Schedules\n{hint}"))
    rows = [text(_row(line)) for line in lines[:_SHOWN]]
    left = len(lines) - len(rows)
    return boxed(text("## Schedules"), divider(), *rows, *([text(f"-# and {left} more")] if left else []))


def home_zone(lines: Sequence[ScheduleLine]) -> str:
    """Return the time zone that a server lives in, as its first schedule says; UTC where it has none."""
    return lines[0].schedule.zone if lines else "UTC"


def days_words(days: frozenset[int]) -> str:
    """Return *days* (0 is Monday) as people say them."""
    named = {EVERY_DAY: "every day", frozenset(range(5)): "Monday to Friday", frozenset({5, 6}): "Saturday and Sunday"}
    return named.get(days) or ", ".join(_DAYS[day] for day in sorted(days))


def _row(line: ScheduleLine) -> str:
    schedule = line.schedule
    state = "paused" if schedule.paused else ""
    if schedule.suspended:
        state = f"stopped: {discord_line(schedule.suspended, 60)}"
    coming = f"next {moment(line.next_runs[0], 'F')}" if line.next_runs and not state else "no run planned"
    return f"{_when(schedule)}\n-# {' · '.join(part for part in (state, coming) if part)}"


def _when(schedule: Schedule) -> str:
    what = f"{schedule.length.value} {'weekly ' if len(schedule.days) == 1 else ''}digest"
    if schedule.topic:
        what += f" on {discord_line(schedule.topic, 40)}"
    zone = discord_line(schedule.zone, 40)
    return f"<#{schedule.channel}>: {what} at {schedule.at:%H:%M} {zone}, {days_words(schedule.days)}"


def _zone_note(zone: str) -> str:
    if zone.upper().startswith(("ETC/", "UTC", "GMT", "EST", "MST", "HST")):
        return "This zone is a fixed offset: it does not follow summer time. A city does."
    return "When the clocks change, the time on your clock stays the same."
