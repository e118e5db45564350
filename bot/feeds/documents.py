"""Tell what kind of document a body is, and read it; runs in the child process, never in the bot."""

from dataclasses import replace
from typing import Final

from bot.errors import FeedError
from bot.feeds.charsets import decode
from bot.feeds.jsonfeed import read_json
from bot.feeds.mend import mend
from bot.feeds.parsed import ParsedFeed
from bot.feeds.rss import read_xml

# What is plainly something else, by its first bytes.
_OTHER: Final = (
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a zip file"), (b"\x1f\x8b", "a compressed file"), (b"%PDF", "a PDF"), (b"ID3", "a sound file"),
    (b"\x00\x00\x01\x00", "an icon"), (b"BZh", "a compressed file"), (b"\x7fELF", "a program"),
)  # fmt: skip


def read_document(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """Return the feed in *body*, as *url* served it under *content_type*.

    Raises:
        FeedError: ``not_a_feed`` for anything that a person would not call a feed, ``parse_error`` for a feed that is
            too damaged to be read.
    """
    for beginning, what in _OTHER:
        if body.startswith(beginning):
            raise FeedError("not_a_feed", f"This is {what}, not a feed.")
    decoded = decode(body, content_type)
    text = decoded.text.lstrip("\ufeff \t\r\n\0")
    if not text:
        raise FeedError("not_a_feed", "The answer is empty.")
    feed = read_json(text) if text[0] in "{[" else read_xml(mend(text), url)
    if decoded.surprise is None:
        return feed
    return replace(feed, warnings=(decoded.surprise, *feed.warnings))
