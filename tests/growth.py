"""Whether a cost grows with the length of the input, told as a ratio inside one run: no clock face, no fast machine."""

from collections.abc import Callable
from time import process_time
from typing import Final

_TIMES_LONGER: Final = 8
_STEADY_SECONDS: Final = 0.004  # below this, the processor's own moods are most of what is measured


def grows_with_length(work: Callable[[str], object], piece: str, length: int = 400_000) -> bool:
    """Tell whether *work* on *length* characters of *piece* costs about 8 times what it costs on an eighth of them.

    Quadratic cost would be 64 times as much; up to 28 passes for noise and caches.
    """
    long = piece * (length // len(piece))
    short = long[: len(long) // _TIMES_LONGER]
    return _seconds(work, long) <= 3.5 * _TIMES_LONGER * max(_STEADY_SECONDS, min(_seconds(work, short) for _ in "ab"))


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = process_time()
    work(text)
    return process_time() - begun
