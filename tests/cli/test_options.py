"""Every command takes --db and --json, whether it needs them or not: scripts pass them without asking."""

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from bot.cli.main import app

# They run until they are ended, and say nothing on standard output that a program could read.
LIVES_ON = {"run": {"--db"}, "demo": set[str]()}


def leaves(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for word, inner in command.commands.items():
            yield from leaves(inner, f"{name} {word}".strip())
    else:
        yield name, command


@pytest.mark.parametrize(
    ("name", "command"), list(leaves(get_command(app))), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_command_takes_a_database_and_json(name: str, command: Any) -> None:
    options = {option for parameter in command.params for option in parameter.opts}

    assert options >= LIVES_ON.get(name, {"--db", "--json"})
