"""One-liners for the stories that came next: headlines as published, short ones only."""

from typing import Final

from bot.digest.brief import Brief
from bot.digest.bullet import Setting, headline_item
from bot.digest.headline_form import headlines
from bot.model.editions import Item

MOST_WORDS: Final = 12
MOST_LINES: Final = 5
LEAST_SCORE: Final = 0.3


def one_liner(brief: Brief, setting: Setting) -> Item | None:
    """Return the story's best short headline as an item, or None where none can be printed."""
    found = [headline for headline in headlines(brief, MOST_WORDS) if headline.score >= LEAST_SCORE]
    return headline_item(brief.story, found[0], setting) if found else None
