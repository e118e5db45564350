"""A posted message put right: the old sentence struck through, and what its source says now."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.model.editions import Item
from bot.ui.digest_message import news_lines, source_words, told_words
from bot.ui.limits import MESSAGE_TEXT
from bot.ui.payload import Component, Payload
from bot.ui.safe_text import discord_line
from bot.ui.times import moment

WITHDRAWN: Final = "the outlet took this report back."
GONE: Final = "the outlet no longer says this."
_LIST_ITEM: Final = re.compile(r"(?:\d+\.|-) ")
_INDENT: Final = "   - "  # an item inside the item: a bare line below it would stand outside the list
_SHORTEST: Final = 80  # characters that are left of an old sentence where room is short


@dataclass(frozen=True, slots=True)
class PutRight:
    """What became of one item of an edition: ``new`` is what stands there now, None where nothing does."""

    old: Item
    new: Item | None
    withdrawn: bool
    at: datetime


def corrected(posted: Payload, changes: Sequence[PutRight]) -> Payload:
    """Return *posted* with each item of *changes* that stands in it struck through and told anew.

    What is not among *changes* stays, byte for byte. Where the message would pass Discord's limit, old sentences are
    shortened, never new ones.
    """
    room = MESSAGE_TEXT - posted.characters
    replaced: dict[str, str] = {}
    for change in changes:
        old = next((line for line in _ways(change.old) if any(line in content for content in posted.texts)), None)
        if old is not None:
            replaced[old] = _written(change, room + len(old))
            room += len(old) - len(replaced[old])
    return Payload(tuple(_changed(component, replaced) for component in posted.components), posted.flags)


def _written(change: PutRight, room: int) -> str:
    """Return what takes the place of an old sentence, in *room* characters if that can be."""
    news, source = _news(change), source_words(change.old)
    frame = len(news) + len(source) + len(f"~~~~ ()\n{_INDENT}")
    old = discord_line(change.old.text)
    if frame + len(old) > room:
        old = discord_line(change.old.text, max(_SHORTEST, room - frame))
    return f"~~{old}~~ ({source})\n{news}"


def _news(change: PutRight) -> str:
    label = f"**Corrected {moment(change.at, 't')}:**"
    if change.new is None:
        return f"{label} {WITHDRAWN if change.withdrawn else GONE}"
    return f"{label} {told_words(change.new)} ({source_words(change.new)})"


def _ways(item: Item) -> tuple[str, ...]:
    """Return how an item may stand in a message, longest first: bullets and quotes with their bold, lists without.

    What an update says is new belongs to its bullet: it comes from the same sentence and goes with it.
    """
    told, plain = (f"{words} ({source_words(item)})" for words in (told_words(item), discord_line(item.text)))
    return "\n".join([told, *news_lines(item)]), told, plain


def _changed(component: Component, replaced: Mapping[str, str]) -> Component:
    changed = dict(component)
    if "content" in changed:
        for old, new in replaced.items():
            changed["content"] = _put(changed["content"], old, new)
    if "components" in changed:
        changed["components"] = [_changed(part, replaced) for part in changed["components"]]
    return changed


def _put(content: str, old: str, new: str) -> str:
    """Return *content* with *new* for *old*; in a list, what follows the old sentence stays inside its item."""
    before, found, after = content.partition(old)
    if not found:
        return content
    in_list = _LIST_ITEM.match(before.rpartition("\n")[2]) is not None
    return before + (new.replace("\n", f"\n{_INDENT}") if in_list else new) + after
