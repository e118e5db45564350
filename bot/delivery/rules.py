"""The figures that deliveries keep to."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Rules:
    """How late a digest may be, how long a sender may say nothing, how fast and how patiently it sends.

    ``retry`` is the wait after a first failure, ``longest_retry`` after many; ``probe`` how often one message is tried
    while nothing gets through. ``per_second`` leaves room below Discord's 50 for everything else. ``at_once`` bounds
    what comes to Discord in one moment after the line was held up.
    """

    grace: timedelta = timedelta(hours=6)
    lease: timedelta = timedelta(minutes=2)
    spread: timedelta = timedelta(minutes=1)
    retry: timedelta = timedelta(minutes=1)
    longest_retry: timedelta = timedelta(hours=1)
    probe: timedelta = timedelta(seconds=45)
    per_second: float = 40.0
    at_once: int = 16
    silence: timedelta = timedelta(days=3)

    def pause(self, tries: int, asked_seconds: float | None) -> timedelta:
        """Return how long a message waits after its *tries*-th failure; what Discord asks for counts, up to an hour."""
        backoff = min(self.retry * 2.0 ** max(0, min(tries, 20) - 2), self.longest_retry)
        return min(max(backoff, timedelta(seconds=asked_seconds or 0.0)), self.longest_retry)
