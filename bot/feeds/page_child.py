"""The process that reads articles' pages, locked in like the one for feeds. Started by :mod:`bot.feeds.parse` alone."""

import re
import sys
from typing import Final

from trafilatura import extract

from bot.errors import FeedError
from bot.feeds.charsets import decode
from bot.feeds.child import serve
from bot.feeds.parsed import ParsedFeed, fit_text
from bot.model.articles import Entry

_SAMPLE: Final = (
    b"<html><body><article><h1>Title</h1><p>A paragraph of some length stands here.</p></article></body></html>"
)
# What a page says of itself to search engines: schema.org, "Subscription and paywalled content".
_PAID: Final = re.compile(r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"<html\b[^>]{0,400}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)


def read_page(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """Return the article that stands on a page, as a feed of one entry whose ``text`` has a paragraph a block.

    Raises:
        FeedError: ``auth_required`` where the page says that it shows only a part without a subscription,
            ``not_a_feed`` where it holds no article.
    """
    text = decode(body, content_type).text
    if _PAID.search(text):
        raise FeedError("auth_required", "The page says that it is for subscribers.")
    found = extract(
        text, url=url, include_comments=False, include_tables=False, favor_precision=True, with_metadata=False
    )
    paragraphs = [line.strip() for line in (found or "").splitlines() if line.strip()]
    if not paragraphs:
        raise FeedError("not_a_feed", "There is no article on this page.")
    language = _LANGUAGE.search(text)
    entry = Entry(title="", url=url, text=fit_text("\n\n".join(paragraphs)), language=language and language[1].lower())
    return ParsedFeed("", None, entry.language, (entry,))


if __name__ == "__main__":
    serve(float(sys.argv[1]), read_page, _SAMPLE)
