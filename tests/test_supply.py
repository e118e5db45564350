"""What the bot stands on: no known-bad version, and nothing that turns data into code."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from xml.parsers import expat

import pytest

import bot

ROOT = Path(bot.__file__).parents[1]
SOURCES = sorted(path for folder in ("bot", "cogs", "config") for path in (ROOT / folder).rglob("*.py"))
# What makes objects or code of bytes: pickles, YAML, importable configuration, evaluation.
_MODULES = {
    "pickle",
    "cPickle",
    "dill",
    "shelve",
    "marshal",
    "yaml",
    "jsonpickle",
    "cloudpickle",
    "joblib",
    "code",
    "runpy",
}
_CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
# Modules of our own, by a name that stands in the program.
_IMPORTERS = {"bot/storage/migrate.py", "bot/cli/evaluating.py"}


def numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)[:3]))


@pytest.mark.parametrize(
    ("package", "least"),
    [
        ("aiohttp", (3, 13, 3)),
        ("feedparser", (6, 0, 11)),
        ("idna", (3, 7)),
        ("discord.py", (2, 7)),
        ("sqlalchemy", (2,)),
    ],
)
def test_no_known_bad_version_is_installed_or_allowed(package: str, least: tuple[int, ...]) -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    floor = re.search(rf'"{re.escape(package)}(?:\[\w+\])?>=([\d.]+)', project)
    locked = re.search(rf"^{package.replace('.', '-')}==([\w.]+)", lock, re.MULTILINE)

    assert numbers(version(package)) >= least
    assert floor is not None
    assert numbers(floor[1]) >= least
    assert locked is not None
    assert numbers(locked[1]) >= least


def test_expat_bounds_large_tokens_or_the_parsing_process_does() -> None:
    """CVE-2023-52425 is mended in 2.6; before, a killed process is what keeps it from hurting."""
    assert numbers(expat.EXPAT_VERSION) >= (2, 4)


def dangers(source: str, name: str) -> list[str]:
    """Return what in *source* turns data into code."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.partition(".")[0] in _MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _MODULES:
            found.append(str(node.module))
        elif isinstance(node, ast.Call):
            found += list(_calls(node, name))
    return found


def _calls(node: ast.Call, name: str) -> Iterator[str]:
    called = node.func
    if isinstance(called, ast.Name) and (
        called.id in _CALLS or (called.id == "import_module" and name not in _IMPORTERS)
    ):
        yield called.id
    if isinstance(called, ast.Attribute) and called.attr in {"unsafe_load", "full_load", "add_jobstore"}:
        yield called.attr
    for keyword in node.keywords:
        if keyword.arg == "shell" and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False):
            yield "shell"


def test_no_data_becomes_code() -> None:
    names = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in SOURCES}

    assert len(names) > 250
    assert {name: found for name, source in names.items() if (found := dangers(source, name))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from yaml import load", "eval('1')", "exec(text)", "import_module(name)",
        "run(command, shell=True)", "scheduler.add_jobstore('sqlalchemy')", "__import__(name)", "import marshal as m",
    ],
)  # fmt: skip
def test_the_check_sees_what_it_looks_for(source: str) -> None:
    assert dangers(source, "bot/x.py")
