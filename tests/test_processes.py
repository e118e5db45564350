"""end_of: no wait for ever. MemoryGauge: what is held now, whatever the parent once held."""

import asyncio
import subprocess
import sys

from bot.processes import MemoryGauge, end_of


async def test_a_process_that_dies_with_much_unsaid_is_not_waited_for_in_vain() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print('x' * 4_000_000)", stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(10):
        while not _is_full(process):  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.01)
        process.kill()

        assert await end_of(process) in {-9, 0}


async def test_two_may_wait_for_one_process() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print('x' * 1_000_000)", stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(10):
        assert await asyncio.gather(end_of(process), end_of(process)) == [0, 0]  # type: ignore[comparison-overlap]


def _is_full(process: asyncio.subprocess.Process) -> bool:
    """Tell whether asyncio has stopped reading from *process* until somebody takes what is there."""
    return process.stdout is not None and bool(getattr(process.stdout, "_paused"))  # noqa: B009 - a private name


def test_memory_is_what_the_process_holds_and_not_what_its_parent_held() -> None:
    child = "from bot.processes import MemoryGauge; print(MemoryGauge().used_bytes())"
    parent = (
        f"import subprocess, sys; x = bytearray(300 << 20); "
        f"print(subprocess.run([sys.executable, '-c', {child!r}], capture_output=True, text=True).stdout)"
    )

    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True)  # noqa: S603 - ours

    assert 0 < int(done.stdout) < 100 << 20


def test_memory_grows_and_falls_with_what_is_held() -> None:
    gauge = MemoryGauge()
    before = gauge.used_bytes()

    held = b"x" * (64 << 20)
    grown = gauge.used_bytes()
    del held

    assert grown - before > 32 << 20
    assert gauge.used_bytes() < grown
