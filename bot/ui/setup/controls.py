"""The wizard's menus, which know what is chosen."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Final

from bot.model.answers import Choice
from bot.ui.components import SECONDARY, Option, button, menu
from bot.ui.limits import SELECT_OPTIONS
from bot.ui.payload import CHANNEL_SELECT, Component
from bot.ui.setup.draft import AT, CHANNEL, OPEN, ZONE, Draft

# Discord API reference, "Channel Types": text and announcement.
_CHANNEL_TYPES: Final = (0, 5)
_HOURS: Final = (*range(5, 13), 15, *range(17, 23))


def move_button(label: str, move: str, draft: Draft, *, style: int = SECONDARY, disabled: bool = False) -> Component:
    """Return a button that makes *move* from *draft*."""
    return button(label, draft.id_for(move), style=style, disabled=disabled)


def open_button() -> Component:
    """Return the button that opens the wizard."""
    return move_button("Set up", OPEN, Draft(), style=1)


def channel_menu(draft: Draft) -> Component:
    """Return a menu of the server's text channels, with the draft's chosen."""
    chosen = [{"id": str(draft.channel), "type": "channel"}] if draft.channel else []
    return {
        "type": CHANNEL_SELECT,
        "custom_id": draft.id_for(CHANNEL),
        "placeholder": "Choose a channel",
        "channel_types": list(_CHANNEL_TYPES),
        "default_values": chosen,
    }


def time_menu(draft: Draft) -> Component:
    """Return a menu of hours at which people read news, with the draft's time chosen, whatever it is."""
    times = sorted({*map(time, _HOURS), draft.at})
    options = [Option(time_words(at), f"{at:%H%M}") for at in times]
    return _chosen(menu(draft.id_for(AT), "At what time?", options), f"{draft.at:%H%M}")


def zone_menu(draft: Draft, zones: Iterable[Choice]) -> Component:
    """Return a menu of *zones*, with the draft's chosen where it is among the first 25 of them."""
    options = [Option(one.name, one.value) for one in {one.value: one for one in zones}.values()]
    return _chosen(menu(draft.id_for(ZONE), "On which clock?", options[:SELECT_OPTIONS]), draft.zone)


def time_words(at: time) -> str:
    """Return *at* on a clock of 24 hours and, for a full hour, of twelve: ``17:00 (5 pm)``."""
    if at.minute:
        return f"{at:%H:%M}"
    half = "am" if at.hour < 12 else "pm"
    spoken = {0: "midnight", 12: "noon"}.get(at.hour, f"{at.hour % 12} {half}")
    return f"{at:%H:%M} ({spoken})"


def _chosen(made: Component, value: str) -> Component:
    options: Sequence[Component] = made["options"]
    return {**made, "options": [{**one, "default": one["value"] == value} for one in options]}
