"""Every command answers Discord before it does anything else: three seconds are soon over."""

import ast
from pathlib import Path

import pytest

COGS = Path(__file__).parents[2] / "cogs"


def commands() -> list[tuple[str, ast.AsyncFunctionDef]]:
    """Return every command of every cog, by file and name."""
    return [
        (f"{path.stem}.{node.name}", node)
        for path in sorted(COGS.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.AsyncFunctionDef) and any(_is_command(mark) for mark in node.decorator_list)
    ]


def _is_command(mark: ast.expr) -> bool:
    call = mark.func if isinstance(mark, ast.Call) else mark
    return isinstance(call, ast.Attribute) and call.attr in {"command", "context_menu"}


def _first_await(node: ast.AsyncFunctionDef) -> str:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    found = next((part for part in ast.walk(body[0]) if isinstance(part, ast.Await)), None)
    return ast.unparse(found.value) if found else ""


@pytest.mark.parametrize(("name", "node"), commands(), ids=[name for name, _ in commands()])
def test_the_first_thing_that_a_command_does_is_answer(name: str, node: ast.AsyncFunctionDef) -> None:
    first = _first_await(node)

    # The wizard's own steps begin with it: see the tests of /setup.
    assert first.startswith("interaction.response.") or (name, first.split("(")[0]) == (
        "setup.start",
        "self._wizard.take",
    )


def test_there_are_commands() -> None:
    assert len(commands()) >= 15
