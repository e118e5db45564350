"""How often each server may do something that costs: so many times within a minute."""

from collections import deque
from collections.abc import Callable
from typing import Final

_MINUTE_SECONDS: Final = 60.0


class Pace:
    """Counts, in memory, what each server did within the last minute; servers that rest are forgotten."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._done: dict[int, deque[float]] = {}

    def admits(self, guild: int, most: int) -> bool:
        """Count one more for *guild* and return True; False, and nothing counted, where it has done *most* already."""
        now = self._seconds()
        for other in [other for other, times in self._done.items() if times[-1] <= now - _MINUTE_SECONDS]:
            del self._done[other]
        times = self._done.setdefault(guild, deque())
        while times and times[0] <= now - _MINUTE_SECONDS:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(now)
        return True
