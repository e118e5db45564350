"""The parts that our messages are made of, as JSON values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.ui.graphemes import cut
from bot.ui.limits import BUTTON_LABEL, OPTION_TEXT, SELECT_OPTIONS
from bot.ui.payload import ACTION_ROW, BUTTON, SELECT, SEPARATOR, TEXT, Component
from bot.ui.plain_text import plain

PRIMARY: Final = 1
SECONDARY: Final = 2
SUCCESS: Final = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu: foreign words are welcome, they are cleaned and cut."""

    label: str
    value: str
    note: str = ""


def text(content: str) -> Component:
    """Return a text; *content* is Markdown and already safe."""
    return {"type": TEXT, "content": content}


def divider() -> Component:
    """Return a thin line with a little room around it."""
    return {"type": SEPARATOR, "divider": True, "spacing": 1}


def button(label: str, custom_id: str, *, style: int = SECONDARY, disabled: bool = False) -> Component:
    """Return a button; its label says what it does without a picture."""
    shown = cut(label, BUTTON_LABEL)
    return {"type": BUTTON, "style": style, "label": shown, "custom_id": custom_id, "disabled": disabled}


def row(*parts: Component) -> Component:
    """Return up to five buttons side by side, or one menu."""
    return {"type": ACTION_ROW, "components": list(parts)}


def menu(custom_id: str, placeholder: str, options: Sequence[Option]) -> Component:
    """Return a menu from which one of *options* is chosen; only the first 25 fit."""
    lines = [
        {
            "label": cut(plain(option.label), OPTION_TEXT) or option.value,
            "value": option.value,
            **({"description": cut(plain(option.note), OPTION_TEXT)} if option.note else {}),
        }
        for option in options[:SELECT_OPTIONS]
    ]
    return {"type": SELECT, "custom_id": custom_id, "placeholder": placeholder, "options": lines}
