"""From a stored message to discord.py's view of it, and back."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.ui.payload import ACTION_ROW, BUTTON, CHANNEL_SELECT, CONTAINER, SELECT, SEPARATOR, TEXT, Component, Payload

_SPACING = {1: discord.SeparatorSpacing.small, 2: discord.SeparatorSpacing.large}


def to_view(payload: Payload) -> ui.LayoutView:
    """Return *payload* as a view to send.

    The view is stopped: its buttons are answered by their ids alone (:mod:`bot.ui.views`), so discord.py need not
    keep it in memory for as long as the process lives.
    """
    view = ui.LayoutView(timeout=None)
    for component in payload.components:
        view.add_item(_item(component))
    view.stop()
    return view


def to_payload(message: discord.Message) -> Payload:
    """Return what *message* consists of, as we once sent it."""
    return Payload(tuple(_without_ids(component.to_dict()) for component in message.components))


def _without_ids(component: Mapping[str, Any]) -> Component:
    kept: Component = {key: value for key, value in component.items() if key != "id"}
    if "components" in kept:
        kept["components"] = [_without_ids(part) for part in kept["components"]]
    return kept


def _item(component: Component) -> ui.Item[Any]:
    made = {
        CONTAINER: _container, TEXT: _text, SEPARATOR: _separator, ACTION_ROW: _row, BUTTON: _button, SELECT: _select,
        CHANNEL_SELECT: _channel_select,
    }  # fmt: skip
    return made[component["type"]](component)


def _container(component: Component) -> ui.Item[Any]:
    parts = [_item(part) for part in component["components"]]
    return ui.Container(*parts, accent_colour=component.get("accent_color"))


def _text(component: Component) -> ui.Item[Any]:
    return ui.TextDisplay(component["content"])


def _separator(component: Component) -> ui.Item[Any]:
    return ui.Separator(visible=component.get("divider", True), spacing=_SPACING[component.get("spacing", 1)])


def _row(component: Component) -> ui.Item[Any]:
    return ui.ActionRow(*(_item(part) for part in component["components"]))


def _button(component: Component) -> ui.Item[Any]:
    return ui.Button(
        style=discord.ButtonStyle(component["style"]),
        label=component["label"],
        custom_id=component["custom_id"],
        disabled=component.get("disabled", False),
    )


def _select(component: Component) -> ui.Item[Any]:
    options = [
        discord.SelectOption(
            label=line["label"],
            value=line["value"],
            description=line.get("description"),
            default=line.get("default", False),
        )
        for line in component["options"]
    ]
    return ui.Select(custom_id=component["custom_id"], placeholder=component["placeholder"], options=options)


def _channel_select(component: Component) -> ui.Item[Any]:
    return ui.ChannelSelect(
        custom_id=component["custom_id"],
        placeholder=component["placeholder"],
        channel_types=[discord.ChannelType(kind) for kind in component["channel_types"]],
        default_values=[
            discord.SelectDefaultValue(id=int(one["id"]), type=discord.SelectDefaultValueType.channel)
            for one in component["default_values"]
        ],
    )
