"""A message as plain values: what the outbox stores and what goes over the wire, byte for byte."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from bot.ui.limits import MESSAGE_COMPONENTS, MESSAGE_TEXT

COMPONENTS_V2: Final = 1 << 15
"""The message flag that says: nothing but components (Discord API reference, "Message Flags")."""

Component = dict[str, Any]

ACTION_ROW: Final = 1
BUTTON: Final = 2
SELECT: Final = 3
CHANNEL_SELECT: Final = 8
TEXT: Final = 10
SEPARATOR: Final = 14
CONTAINER: Final = 17


@dataclass(frozen=True, slots=True)
class Payload:
    """One message. ``components`` are JSON values as Discord's API takes them; nobody changes them afterwards."""

    components: tuple[Component, ...]
    flags: int = COMPONENTS_V2

    def to_dict(self) -> dict[str, Any]:
        """Return the body of a create-message request; it pings nobody."""
        return {"components": list(self.components), "flags": self.flags, "allowed_mentions": {"parse": []}}

    def to_json(self) -> str:
        """Return the body as JSON text: the same message gives the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the message that :meth:`to_json` wrote.

        Raises:
            ValueError: *text* is no such message.
        """
        try:
            body = json.loads(text)
            return cls(tuple(body["components"]), int(body["flags"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a stored message: {error}") from error

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the contents of all text displays, in reading order."""
        return tuple(part["content"] for part in walk(self.components) if part["type"] == TEXT)

    @property
    def characters(self) -> int:
        """Return how many characters count against Discord's limit of 4,000."""
        return sum(map(len, self.texts))

    @property
    def size(self) -> int:
        """Return how many components count against Discord's limit of 40."""
        return sum(1 for _ in walk(self.components))

    @property
    def bare(self) -> Self:
        """Return the message without its rows of buttons and menus."""
        return replace(self, components=tuple(_bare(self.components)))

    def settled(self, custom_id: str, label: str) -> Self:
        """Return the message with one of its buttons switched off and renamed to *label*."""
        return replace(self, components=tuple(_settled(self.components, custom_id, label)))

    @property
    def custom_ids(self) -> tuple[str, ...]:
        """Return the ids of all buttons and menus, in reading order."""
        return tuple(part["custom_id"] for part in walk(self.components) if "custom_id" in part)


def walk(components: Iterable[Component]) -> Iterator[Component]:
    """Yield every component, each before those inside it."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))


def _bare(components: Iterable[Component]) -> Iterator[Component]:
    for component in components:
        if component["type"] != ACTION_ROW:
            yield _with_parts(component, list(_bare(component.get("components", ()))))


def _settled(components: Iterable[Component], custom_id: str, label: str) -> Iterator[Component]:
    for component in components:
        if component.get("custom_id") == custom_id:
            yield {**component, "label": label, "disabled": True}
        else:
            yield _with_parts(component, list(_settled(component.get("components", ()), custom_id, label)))


def _with_parts(component: Component, parts: list[Component]) -> Component:
    return {**component, "components": parts} if "components" in component else component


def boxed(*parts: Component) -> Payload:
    """Return a message of one container that holds *parts*.

    Raises:
        ValueError: it would pass one of Discord's limits; callers cut their texts before.
    """
    box: Component = {"type": CONTAINER, "accent_color": _ACCENT, "components": list(parts)}
    payload = Payload((box,))
    if payload.characters > MESSAGE_TEXT or payload.size > MESSAGE_COMPONENTS:
        raise ValueError(f"message too large: {payload.characters} characters, {payload.size} components")
    return payload


_ACCENT: Final = 0x0B6E68
