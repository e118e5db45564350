"""The image: what its recipe promises, and, where there is a builder, that it is built so and runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.promises import Record

ROOT = Path(__file__).parents[2]
RECIPE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LAST_STAGE = RECIPE[RECIPE.rindex("FROM ") :]


def test_it_runs_as_a_user_without_rights_and_says_how_it_is_doing() -> None:
    assert re.search(r"^USER 10001:10001$", LAST_STAGE, re.MULTILINE)
    assert LAST_STAGE.index("USER ") < LAST_STAGE.index("ENTRYPOINT")
    assert "HEALTHCHECK" in LAST_STAGE
    assert '["needtoknow", "status", "--check"]' in LAST_STAGE
    assert re.findall(r"^VOLUME (.*)$", LAST_STAGE, re.MULTILINE) == ['["/data"]']
    assert 'ENTRYPOINT ["needtoknow"]' in LAST_STAGE
    assert "ADD " not in RECIPE


def test_no_secret_and_no_registry_is_in_it() -> None:
    for text in (RECIPE, COMPOSE, LOCK):
        assert not re.search(r"(?i)(token|password|secret|key)\s*[=:]\s*[\"']?[A-Za-z0-9._-]{16,}", text)
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host", text)
    allowed = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert {line[1:] for line in allowed} == {
        "pyproject.toml", "requirements.lock", "README.md", "LICENSE", "NOTICE", "bot", "cogs", "config",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]', "pids_limit: 256",
        "mem_limit: 2g", 'tmpfs: ["/tmp:size=64m"]', 'volumes: ["data:/data"]', "secrets: [token]",
    ],
)  # fmt: skip
def test_compose_takes_away_what_is_not_needed(line: str) -> None:
    assert f"    {line}\n" in COMPOSE
    assert "privileged: true" not in COMPOSE
    assert "docker.sock" not in COMPOSE


def test_every_package_of_the_image_is_locked_with_its_hashes() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    names = {entry.partition("==")[0] for entry in entries}

    assert "--require-hashes" in RECIPE
    assert "--only-binary :all:" in RECIPE
    assert all(re.match(r"[a-z0-9-]+==[\w.]+ \\\n", entry) for entry in entries)
    assert all(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert {"aiohttp", "discord-py", "feedparser", "sqlalchemy", "asyncpg", "spacy", "hatchling"} <= names


def test_the_image_and_the_workshop_have_the_same_versions() -> None:
    image = dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", LOCK, re.MULTILINE))
    workshop = dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE))

    assert {
        name: (image[name], workshop[name]) for name in image.keys() & workshop if image[name] != workshop[name]
    } == {}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_it_is_built_without_docker_and_runs(record_promise: Record) -> None:
    missing = [tool for tool in ("buildah", "debootstrap") if shutil.which(tool) is None]
    if missing or os.getuid() != 0:
        pytest.skip(f"no builder here: {', '.join(missing) or 'root'} is missing (tests/image/build.sh)")
    folder = os.environ.get("NEEDTOKNOW_IMAGE_FOLDER")
    command = [str(ROOT / "tests" / "image" / "build.sh"), *([folder] if folder else [])]

    built = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own script

    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    assert "user 10001:10001, runs [needtoknow] [run]" in built.stdout
    assert "== done: built, non-root, runs" in built.stdout
    record_promise("supply", "image built by buildah from Debian's packages, hash-checked, runs as uid 10001")
