"""The page's pure modules, tested in their own language where there is a node to run them."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "js"


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.test.mjs")))
def test_pure_modules(file: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: the page's pure modules are tested by the browser tests alone")

    run = subprocess.run([node, "--test", str(FOLDER / file)], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own files

    assert run.returncode == 0, run.stdout + run.stderr
