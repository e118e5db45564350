"""Stored messages and discord.py's views of them are the same thing."""

import pytest

from bot.ui.components import Option, button, divider, menu, row, text
from bot.ui.digest_message import digest_message
from bot.ui.layout import to_view
from bot.ui.payload import Component, Payload, boxed, walk
from tests.ui.samples import EDITIONS

PARTS = boxed(
    text("One"), divider(), row(menu("o1:event", "Open", [Option("A", "1", "note")])), row(button("Go", "a1:share:"))
)


def essence(components: tuple[Component, ...]) -> list[dict[str, object]]:
    kept = (
        "type",
        "content",
        "custom_id",
        "label",
        "style",
        "disabled",
        "accent_color",
        "placeholder",
        "divider",
        "spacing",
    )
    return [{key: part[key] for key in kept if key in part} for part in walk(components)]


@pytest.mark.parametrize(
    "payload", [PARTS, *(message for edition in EDITIONS.values() for message in digest_message(edition))]
)
async def test_view_sends_what_is_stored(payload: Payload) -> None:
    view = to_view(payload)

    sent = essence(tuple(item.to_component_dict() for item in view.children))
    for stored, built in zip(essence(payload.components), sent, strict=True):
        assert stored.items() <= built.items()
    assert view.content_length() == payload.characters


async def test_view_is_not_kept_in_memory() -> None:
    assert to_view(PARTS).is_finished()
