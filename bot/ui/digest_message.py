"""An edition as Discord messages: first header, background and bullets, then the rest; a bullet is never cut."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from bot.errors import AuditError
from bot.model.editions import Edition, Item
from bot.model.spans import Span
from bot.ui import digest_words
from bot.ui.components import SUCCESS, button, divider, row, text
from bot.ui.custom_ids import SHARE, edition_id
from bot.ui.limits import MESSAGE_COMPONENTS, MESSAGE_TEXT
from bot.ui.links import link
from bot.ui.message_audit import audit_messages
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, emphasised
from bot.ui.times import day_words

# Kept free in each message for the note at its end and for the buttons.
_NOTE_CHARACTERS: Final = 500
_NOTE_COMPONENTS: Final = 8
_SECTION_CHARACTERS: Final = 1800


def digest_message(
    edition: Edition, *, next_run: datetime | None = None, due: datetime | None = None, share: bool = False
) -> tuple[Payload, ...]:
    """Return the messages of *edition*, in order; the first alone holds the title.

    The first holds header, background and bullets, the second the rest, where there is a rest; bullets that do not
    fit the first go on in messages of their own. *next_run* is told after a quiet edition, *due* where it is posted
    late. An edition out of storage gets buttons for its sources and reasons under each message, by whose ids the
    message can be found again; *share* a button that shows a private answer to everybody. The same arguments give the
    same bytes.

    Raises:
        AuditError: a message would show words that the edition does not hold, or a single item is longer than a
            message, which no edition has that keeps the rules.
    """
    groups = _packed([*_head(edition, due), *_background(edition), *_bullets(edition)])
    groups += _packed(_rest(edition))
    groups[-1].append(_note(edition, next_run))
    messages = []
    for number, parts in enumerate(groups, start=1):
        controls = [*_buttons(edition, number), *([_share()] if share else [])]
        messages.append(_message([*parts, *([row(*controls)] if controls else [])], edition))
    if problems := audit_messages(messages, edition).problems:
        raise AuditError(f"message of the edition of {edition.day}: {'; '.join(problems[:3])}")
    return tuple(messages)


def _message(parts: list[Component], edition: Edition) -> Payload:
    try:
        return boxed(*parts)
    except ValueError as error:
        raise AuditError(f"message of the edition of {edition.day}: {error}") from error


def _head(edition: Edition, due: datetime | None) -> Iterator[Component]:
    lines = [f"## {discord_line(edition.title)}", f"-# {_words(digest_words.summary(edition))}"]
    if due is not None:
        lines.append(f"-# {digest_words.late(due)}")
    yield text("\n".join(lines))
    yield divider()


def _background(edition: Edition) -> Iterator[Component]:
    if edition.background:
        sentences = " ".join(f"{told_words(item)} ({source_words(item)})" for item in edition.background)
        yield text(f"-# **{digest_words.BACKGROUND}** · {sentences}")


def _bullets(edition: Edition) -> Iterator[Component]:
    for number, item in enumerate(edition.bullets, start=1):
        label = f"**{digest_words.UPDATE}** " if item.update else ""
        lines = [f"{number}. {label}{told_words(item)} ({source_words(item)})", *news_lines(item)]
        yield text("\n".join(lines))


def _rest(edition: Edition) -> Iterator[Component]:
    yield from _section(
        digest_words.ALSO, (f"- {discord_line(item.text)} ({source_words(item)})" for item in edition.also)
    )
    if edition.quote:
        # A text of its own: a line after a quoted line would be drawn into the quote.
        yield text(f"**{digest_words.QUOTE}**\n> {told_words(edition.quote)} ({source_words(edition.quote)})")
    yield from _section(digest_words.COMING, (_coming(item) for item in edition.coming))


def _coming(item: Item) -> str:
    day = f"**{day_words(item.day)}** · " if item.day else ""
    return f"- {day}{discord_line(item.text)} ({source_words(item)})"


def _section(label: str, lines: Iterable[str]) -> Iterator[Component]:
    """Yield a labelled list, in as many texts as its length asks for."""
    block = [f"**{label}**"]
    for line in lines:
        if len(block) > 1 and sum(map(len, block)) + len(line) > _SECTION_CHARACTERS:
            yield text("\n".join(block))
            block = []
        block.append(line)
    if block != [f"**{label}**"]:
        yield text("\n".join(block))


def news_lines(item: Item) -> Iterator[str]:
    """Yield the line below a bullet that says what is new in an update; nothing for another item."""
    if item.new is not None:
        was = f" (was: {discord_line(item.was.text)})" if item.was else ""
        yield f"-# {digest_words.news_label(item)} *{discord_line(item.new.text)}*{was}"


def told_words(item: Item) -> str:
    """Return the item's words, with its weightiest name in bold; of the headline form the headline."""
    bold = item.bold
    if bold is None and item.headline:
        end = item.text.find(item.joint) if item.joint.strip() else -1
        bold = Span(0, end if end > 0 else len(item.text))
    return emphasised(item.text, () if bold is None else (bold,))


def source_words(item: Item) -> str:
    """Return what stands in the brackets after an item: its first outlet, linked, and how many more."""
    more, alone = digest_words.trailer(item)
    first = item.links[0] if item.links else None
    return f"{link(first.name, first.url, query=False) if first else 'no outlet'}{more}{alone}"


def _note(edition: Edition, next_run: datetime | None) -> Component:
    lines = [f"-# {discord_line(digest_words.FOOTNOTE)}"]
    if edition.quiet:
        coming = f"{digest_words.next_edition(next_run)} " if next_run else ""
        lines.insert(0, f"-# {coming}{digest_words.wider(edition)}")
    return text("\n".join(lines))


def _words(summary: str) -> str:
    """Return the second line: only its topic is foreign, and times must stay live."""
    head, found, topic = summary.partition("topic: ")
    return head + found + discord_line(topic) if found else head


def _buttons(edition: Edition, part: int) -> list[Component]:
    if edition.id is None:
        return []
    sources = button("Sources", edition_id("src", edition.id, part))
    why = button("Why these stories?", edition_id("why", edition.id, part))
    if not edition.bullets:
        return [button("Why so quiet?", edition_id("why", edition.id, part))]
    return [sources, why] if part == 1 else [sources]


def _share() -> Component:
    return button("Share", f"a1:{SHARE}:", style=SUCCESS)


def _packed(blocks: Iterable[Component]) -> list[list[Component]]:
    """Lay *blocks* into messages, in order and whole."""
    groups: list[list[Component]] = []
    room, places = 0, 0
    for block in blocks:
        size = len(block.get("content", ""))
        if not groups or size > room or places < 1:
            groups.append([])
            room, places = MESSAGE_TEXT - _NOTE_CHARACTERS, MESSAGE_COMPONENTS - _NOTE_COMPONENTS
        groups[-1].append(block)
        room, places = room - size, places - 1
    return groups
