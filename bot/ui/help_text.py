"""What the bot can do, read from its own commands, so that it is never out of date."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from discord import app_commands

from bot.ui.components import divider, text
from bot.ui.limits import MESSAGE_TEXT
from bot.ui.payload import Payload, boxed

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

_INTRODUCTION: Final = (
    "I read many outlets and post a daily digest. Every sentence is copied from a linked article; nothing is made up."
)


def help_text(commands: Iterable[AnyCommand]) -> Payload:
    """Return every command with what it does and takes, in order of the alphabet.

    Raises:
        ValueError: there are more commands than a message holds.
    """
    lines = [_line(command) for command in leaves(commands)]
    body = "\n".join(lines)
    if len(body) > MESSAGE_TEXT - 400:
        raise ValueError("the help is longer than a message: shorten descriptions, or page it")
    return boxed(
        text(f"## Help\n{_INTRODUCTION}"), divider(), text(body), text("-# Options in brackets may be left out.")
    )


def leaves(commands: Iterable[AnyCommand]) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """Yield every slash command that can be run, subcommands in place of their groups, by name."""
    for command in sorted(commands, key=lambda one: one.name):
        if isinstance(command, app_commands.Group):
            yield from leaves(command.commands)
        elif isinstance(command, app_commands.Command):
            yield command


def _line(command: app_commands.Command[Any, ..., Any]) -> str:
    options = [
        parameter.display_name if parameter.required else f"[{parameter.display_name}]"
        for parameter in command.parameters
    ]
    admins = " · needs Manage Server" if _root(command).default_permissions else ""
    return f"`/{' '.join([command.qualified_name, *options])}`\n-# {command.description}{admins}"


def _root(command: app_commands.Command[Any, ..., Any]) -> app_commands.Command[Any, ..., Any] | app_commands.Group:
    return command.root_parent or command
