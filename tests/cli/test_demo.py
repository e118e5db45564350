"""``needtoknow demo`` without a terminal: prints the page's address, serves, and ends when it is told to."""

import subprocess
import sys
import urllib.request

import pytest

from tests.sandbox.page.browsers import ROOT, demo

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def test_the_page_is_served_at_the_printed_address_until_sigterm() -> None:
    with demo() as address, urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
        page = answer.read().decode()

    assert "<title>Sandbox" in page


def test_print_prints_the_days_and_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--print"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=200, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\nWhat you need to know — ") == 5
