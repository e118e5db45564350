"""A preview that fills itself in: how far reading has come and, as soon as there is one, the edition."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import discord

from bot.model.answers import FeedLine, Pack
from bot.model.editions import Edition
from bot.ui.components import row, text
from bot.ui.digest_message import digest_message
from bot.ui.fitting import joined
from bot.ui.layout import to_view
from bot.ui.payload import Payload, boxed
from bot.ui.reply import reply
from bot.ui.safe_text import strong
from bot.ui.setup.cards import reading_words
from bot.ui.setup.controls import move_button
from bot.ui.setup.draft import AGAIN, Draft
from bot.ui.times import count_words, moment

# Reading a pack for the first time takes a minute or two; an interaction can be answered for fifteen.
PAUSES_SECONDS: Final = (5, 5, 10, 10, 15, 15, 20, 20, 20)
_SOON: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to show at ``at``: the edition of the last day, and what the server's feeds have brought.

    ``unread`` counts articles, of any server's feeds, that are still to be understood; ``pack`` is one that was
    chosen but is not saved yet.
    """

    at: datetime
    edition: Edition
    feeds: tuple[FeedLine, ...]
    unread: int = 0
    pack: Pack | None = None

    @property
    def is_coming(self) -> bool:
        """Tell whether a story may turn up any moment: a feed is read for the first time, or articles wait."""
        return any(_is_untried(line) for line in self.feeds) or bool(self.feeds and self.unread)

    @property
    def is_ready(self) -> bool:
        """Tell whether the edition says something: it has a story, or all is read and it was a quiet day."""
        return bool(self.edition.items) or bool(self.edition.articles and not self.is_coming)


async def fill_in(
    interaction: discord.Interaction[Any],
    look: Callable[[], Awaitable[Look]],
    draft: Draft,
    *,
    pauses: Sequence[float] = PAUSES_SECONDS,
) -> None:
    """Put the edition in the place of the deferred answer; while one is coming, look again after each of *pauses*."""
    seen = await look()
    for pause in pauses:
        if seen.is_ready or not seen.is_coming:
            break
        await interaction.edit_original_response(view=to_view(coming_card(seen)))
        await asyncio.sleep(pause)
        seen = await look()
    first, *more = digest_message(seen.edition) if seen.is_ready else (nothing_card(seen, draft),)
    await interaction.edit_original_response(view=to_view(first))
    await reply(interaction, *more)


def coming_card(look: Look) -> Payload:
    """Return how far reading has come."""
    done = sum(not _is_untried(line) for line in look.feeds)
    counts = f"{done} of {count_words(len(look.feeds), 'feed')} read, {count_words(look.edition.articles, 'article')}"
    told = "The digest appears here as soon as there is one; that takes a minute or two."
    return boxed(text(f"## Preview\nI am reading: {counts} from the last 24 hours so far. {told}"))


def nothing_card(look: Look, draft: Draft) -> Payload:
    """Return what to show where there is no edition: what is read, and when to look again."""
    if not look.feeds:
        words = "Nothing is read yet, so there is nothing to show."
        if look.pack is not None:
            words += f" Save, and I begin with {reading_words(look.pack, 0)}."
        return boxed(text(f"## Preview\n{words}"))
    names = joined([strong(line.name, 60) for line in look.feeds], 400, between=", ")
    read = [line.feed.last_ok_at for line in look.feeds if line.feed.last_ok_at]
    last = f"last read {moment(max(read), 'R')}" if read else "not read yet"
    words = (
        "There is no story from the last 24 hours yet. "
        f"I read {count_words(len(look.feeds), 'feed')}, {last}: {names}.\n"
        f"Look again {moment(look_again_at(look), 'R')}; `/digest now` shows it too."
    )
    return boxed(text(f"## Preview\n{words}"), row(move_button("Look again", AGAIN, draft)))


def look_again_at(look: Look) -> datetime:
    """Return when it is worth looking again: soon after the next feed is read, two minutes from now at the earliest."""
    polls = [line.feed.next_poll_at for line in look.feeds if line.feed.next_poll_at and not line.feed.disabled]
    soon = look.is_coming or not polls
    return max(look.at, look.at if soon else min(polls)) + _SOON


def _is_untried(line: FeedLine) -> bool:
    return line.feed.last_ok_at is None and not line.feed.failures and not line.feed.disabled
