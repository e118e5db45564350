"""The docs name every command there is, and no pin names an address."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot import __version__
from bot.cli.main import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_readme_names_every_command_of_the_command_line() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined] # a group, which typer's type does not say

    assert commands
    assert [name for name in commands if f"needtoknow {name}" not in README] == []


def test_readme_opens_with_the_two_commands() -> None:
    assert README.index("make demo") < README.index("## Run it")
    assert README.index("make test") < README.index("## Run it")


def test_pins_are_bare() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()

    assert len(lines) > 50
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[A-Za-z0-9._+!-]+", line)] == []


def test_newest_changelog_heading_is_this_version() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert headings[:2] == ["Unreleased", __version__]


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_links_between_docs_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []
