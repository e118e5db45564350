"""Links: only to the web, only with a label of ours that does not pretend to lead elsewhere."""

import re
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from bot.ui.graphemes import cut
from bot.ui.hosts import ascii_host
from bot.ui.limits import LINK
from bot.ui.plain_text import plain
from bot.ui.safe_text import discord_line

LABEL_CHARACTERS: Final = 80
LIST_LINK_CHARACTERS: Final = 250
"""Links of news are about 100 characters long; one that is longer would crowd a list out of its message."""
# Brackets, quotes, backslash and angle brackets are left out: they would end the link early.
_PATH_SAFE: Final = "/%:@!$&*,;=~+-._"
_HOST: Final = re.compile(r"[a-z0-9._\-]{1,253}|\[[0-9a-f:.]{2,45}\]", re.IGNORECASE)
# An invite or a message link is never the source of news, and Discord shows it as something to join.
_DISCORD: Final = re.compile(r"(?:.*\.)?(?:discord\.(?:gg|com|new|gift)|discordapp\.com|dsc\.gg)\.?", re.IGNORECASE)
_LIKE_A_HOST: Final = re.compile(
    r"(?:[a-z][a-z0-9+.\-]*:/|\w[\w\-]*(?:\.[\w\-]+)*\.[^\W\d_]{2,}$|\w[\w.\-]*\.\w{2,}/)", re.IGNORECASE
)


def safe_url(url: str | None, *, query: bool = True) -> str | None:
    """Return *url* as an address that can stand inside a link, or None where it must not become one.

    Only http and https; host in ASCII, no user name, nothing of Discord's own; everything else percent-encoded, the
    fragment dropped, the query too unless *query*. At most 2,000 characters.
    """
    try:
        parts = urlsplit((url or "").strip())
        host = _host(parts)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host is None:
        return None
    path = quote(parts.path, safe=_PATH_SAFE, errors="replace")
    tail = f"?{quote(parts.query, safe=_PATH_SAFE + '?', errors='replace')}" if query and parts.query else ""
    address = f"{parts.scheme}://{host}{path}{tail}"
    return address if len(address) <= LINK else None


def link(label: str, url: str | None, *, query: bool = True) -> str:
    """Return *label* as a link to *url*, or as plain words where the address must not become one.

    A label that reads like an address of another host is replaced by the host that the link leads to.
    """
    address = safe_url(url, query=query)
    words = discord_line(honest_label(label, address))
    return words if address is None else f"[{words}]({address})"


def source(outlet: str, url: str | None) -> str:
    """Return an outlet's name, linked where the link is short enough for a list."""
    linked = link(outlet, url)
    return linked if len(linked) <= LIST_LINK_CHARACTERS else discord_line(cut(plain(outlet), LABEL_CHARACTERS))


def honest_label(label: str, address: str | None) -> str:
    """Return *label* as a reader sees it, or the host of *address* where the label names another one.

    At most 80 characters.
    """
    words = cut(plain(label), LABEL_CHARACTERS)
    host = "" if address is None else (urlsplit(address).hostname or "")
    if not words:
        return host.removeprefix("www.") or "source"
    named = _LIKE_A_HOST.match(words)
    if address is not None and named and words.lower().removeprefix("www.") not in {host, host.removeprefix("www.")}:
        return host.removeprefix("www.")
    return words


def _host(parts: SplitResult) -> str | None:
    """Return host and port as they may stand in a link; None: no host, or one that we do not link to."""
    name = parts.hostname
    if not name or parts.username is not None or parts.password is not None:
        return None
    name = ascii_host(f"[{name}]" if ":" in name else name)
    if not _HOST.fullmatch(name) or _DISCORD.fullmatch(name):
        return None
    return name if parts.port is None else f"{name}:{parts.port}"
