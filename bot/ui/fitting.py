"""Put as much as fits into a given room, whole pieces only."""

from collections.abc import Sequence

from bot.ui.times import count_words


def joined(parts: Sequence[str], room: int, *, between: str = " · ", noun: str = "more") -> str:
    """Return as many of *parts* as fit *room* characters, and how many were left out where some were.

    Parts are Markdown: none is cut, since half a link is none.
    """
    kept: list[str] = []
    used = 0
    reserve = len(between) + len(f"and {len(parts):,} {noun}")
    for number, part in enumerate(parts, start=1):
        needed = len(part) + (len(between) if kept else 0)
        if used + needed + (reserve if number < len(parts) else 0) > room:
            break
        kept.append(part)
        used += needed
    left = len(parts) - len(kept)
    if left:
        kept.append(f"and {left:,} {noun}" if kept else count_words(left, noun, noun))
    return between.join(kept)
