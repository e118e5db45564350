"""Made-up reports, and a made-up world of events to draw many from."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.events.report import Report
from bot.model.articles import ArticleId, ItemKind
from bot.model.events import ReportKey

START = datetime(2026, 3, 2, 6, tzinfo=UTC)

FERRY = (
    "Divers searched the wreck of the ferry Marigold off Gull Point, "
    "where seven passengers drowned when it struck a reef."
)
BANK = (
    "The central bank of Norland lowered its interest rate to four per cent because inflation has fallen since autumn."
)


def report(number: int, title: str, text: str = "", **facts: Any) -> Report:
    """A report that counts *hours* after the start; sets may be given as any iterable of values."""
    at = START + timedelta(hours=facts.pop("hours", 0))
    outlet = facts.pop("outlet", f"Outlet {number}")
    owner = facts.pop("owner", outlet)
    kind = facts.pop("kind", ItemKind.NEWS)
    plain: dict[str, Any] = {name: facts.pop(name) for name in ("country", "actors") if name in facts}
    sets: dict[str, Any] = {name: frozenset(values) for name, values in facts.items()}
    key = ReportKey(ArticleId(number), 0)
    return Report(key, title, text, at, outlet, owner, kind, **sets, **plain)


# No words at all, so that all weigh alike.
_SYLLABLES = ("bro", "kel", "tan", "vir", "mos", "dul", "gri", "pel", "sna", "wex", "lor", "fim")
_WORDS = tuple(one + other + "o" for one in _SYLLABLES for other in _SYLLABLES[:4])


def world(events: int, reports: int, seed: int = 0, *, hours: float = 48) -> list[Report]:
    """*reports* reports of *events* events in order of arrival; the events share words, so that some are mistaken."""
    rng = random.Random(seed)
    stories = [_story(rng, number) for number in range(events)]
    return [_told(rng, rng.choice(stories), number, hours * number / reports) for number in range(reports)]


def _story(rng: random.Random, number: int) -> dict[str, Any]:
    words = rng.sample(_WORDS, 8)
    return {"words": words, "person": f"p{number}", "place": f"q{rng.randrange(5)}", "number": str(rng.randrange(2, 5))}


def _told(rng: random.Random, story: dict[str, Any], number: int, hours: float) -> Report:
    title = " ".join(rng.sample(story["words"], 3)).capitalize()
    text = " ".join(rng.choices(story["words"], k=8) + rng.choices(_WORDS, k=rng.randrange(12))) + "."
    return report(
        number,
        title,
        text,
        hours=hours,
        outlet=f"Outlet {rng.randrange(9)}",
        persons={story["person"]} if rng.random() < 0.7 else (),
        places={story["place"]},
        numbers={story["number"]} if rng.random() < 0.5 else (),
    )
