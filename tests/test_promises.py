"""The table of promises: every recorded figure stands in it, kept or broken, from worker processes too."""

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

_CONFTEST = Path(__file__).with_name("promises.py").read_text("utf-8")
_TESTS = """
def test_kept(record_promise):
    record_promise("exactly once", "0 lost, 0 doubled")

def test_broken(record_promise):
    record_promise("one a day", "2 found")
    raise AssertionError

def test_silent():
    pass
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["one process", "workers"])
def test_a_run_ends_with_the_figures_that_were_recorded(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    pytester.makeconftest(_CONFTEST)
    pytester.makepyfile(_TESTS)

    result = pytester.runpytest_subprocess("-p", "no:randomly", *workers)

    found = (re.fullmatch(r"(.+?) {2,}(kept|BROKEN)  (.+)", line) for line in result.outlines)
    figures = {match[1]: (match[2], match[3]) for match in found if match}
    assert figures == {"exactly once": ("kept", "0 lost, 0 doubled"), "one a day": ("BROKEN", "2 found")}
