"""Quotes, verbatim, each with who said it, how it is quoted, when and where."""

from typing import Final

from bot.model.analysis import QuoteKind
from bot.model.answers import Page, QuoteLine
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.links import source
from bot.ui.pages import ROWS, controls, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, strong
from bot.ui.times import count_words, moment

KIND_WORDS: Final = {
    QuoteKind.DIRECT: "quoted in full",
    QuoteKind.PARTIAL: "quoted in part",
    QuoteKind.REPORTED: "reported, not quoted",
}


def quote_list(page: Page[QuoteLine], ask: Ask) -> Payload:
    """Return a page of quotes, newest first as they come, or what to try where there are none."""
    head = " · ".join(part for part in (count_words(page.total, "quote"), where(page)) if part)
    parts: list[Component] = [text(f"## Quotes\n-# {head}"), divider()]
    parts += quote_parts(page)
    if not page.rows:
        parts.append(text("No stored quote matches. Leave out one of the options, or search for fewer words."))
    return boxed(*parts, *controls(ask, page, share=bool(page.rows)))


def quote_parts(page: Page[QuoteLine], *, speaker: bool = True) -> list[Component]:
    """Return one text for each quote of *page*; without its *speaker* where the heading names them."""
    return [text(quote_block(quote, row_room(ROWS), speaker=speaker)) for quote in page.rows]


def quote_block(quote: QuoteLine, room: int, *, speaker: bool = True) -> str:
    """Return *quote* in at most *room* characters: source first, then the words, since what follows them on the next
    line would be drawn into the quote.

    A quote in part stands in the outlet's own sentence, without which its few words say nothing.
    """
    who = strong(quote.speaker_name or "", 80, otherwise="Speaker not named")
    facts = [KIND_WORDS[quote.kind], moment(quote.at, "D"), source(quote.outlet, quote.url)]
    head = " · ".join([who, *facts] if speaker else facts)
    in_part = quote.kind is QuoteKind.PARTIAL and quote.sentence
    words = quote.sentence if in_part else quote.text
    left = room - len(head) - 6
    said = discord_line(words, max(left, 1))
    return f"{head}\n> “{said}”" if quote.kind is QuoteKind.DIRECT else f"{head}\n> {said}"
