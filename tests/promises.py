"""Figures of the promises that a test kept: recorded where they are seen, printed as one table at the end of a run."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest

_PROPERTY: Final = "promise"

Record = Callable[[str, str], None]


@pytest.fixture
def record_promise(request: pytest.FixtureRequest) -> Record:
    """Call it with a promise in a few words and the figure that was seen; the table shows both beside the test."""

    def record(promise: str, figure: str) -> None:
        request.node.user_properties.append((_PROPERTY, (promise, figure)))

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, also of what workers of pytest-xdist recorded: properties travel with their reports."""
    rows = sorted(_rows(terminalreporter))
    if not rows:
        return
    terminalreporter.section("promises")
    width = max(len(promise) for promise, *_ in rows)
    for promise, outcome, figure, test in rows:
        terminalreporter.line(f"{promise:<{width}}  {outcome}  {figure}")
        terminalreporter.line(f"{'':<{width}}  {test}")


def _rows(terminalreporter: pytest.TerminalReporter) -> Iterator[tuple[str, str, str, str]]:
    for outcome, word in (("passed", "kept"), ("failed", "BROKEN")):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == _PROPERTY and report.when == "call":
                    promise, figure = value
                    yield promise, word, figure, report.nodeid
