"""Runs a command in this process, as the shell would."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.main import code_of_run


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


class Stdin(io.TextIOWrapper):
    """Standard input with fixed bytes; nobody sits at it."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), "utf-8")

    def isatty(self) -> bool:
        return False


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str | Path, stdin: bytes = b""
) -> Ran:
    """Run ``needtoknow`` with *words*."""
    monkeypatch.setattr(sys, "argv", ["needtoknow", *map(str, words)])
    monkeypatch.setattr(sys, "stdin", Stdin(stdin))
    capsys.readouterr()
    code = code_of_run()
    said = capsys.readouterr()
    return Ran(code, said.out, said.err)
