"""Say in plain words what is wrong with a feed and what a person can do about it."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from bot.errors import FeedError

_TEXTS: Final[Mapping[str, str]] = {
    "timeout": "The server did not answer in time. It is tried again later; if it goes on, ask the publisher.",
    "too_large": "The feed is larger than 8 MiB. Look on its site for a shorter one, such as one per topic.",
    "blocked_address": "This address is not fetched: it leads into a private network, to Discord itself, or is written"
    " in a way that hides where it leads. Use the feed's public address.",
    "too_many_redirects": "The address passes on to another one again and again. Open it in a browser and use the"
    " address where it ends.",
    "bad_scheme": "Only addresses that start with https:// or http:// can be read. Copy the feed's full address.",
    "bad_port": "Feeds are fetched from the ports 80, 443, 8080 and 8443 only. Whoever runs the bot can allow another.",
    "dns_error": "No server goes by this name. Check the spelling; if it is right, the site may be gone.",
    "not_a_feed": "There is no feed at this address, but a page or a file of another kind. Look for “RSS” or “feed” on"
    " the site, or give the site's own address and let the bot look for it.",
    "bad_encoding": "The server packs its answer in a way that cannot be unpacked. Only the publisher can mend that.",
    "http_error": "The server refused with an error. Open the address in a browser: if it fails there too, the feed has"
    " moved or is broken.",
    "protocol_error": "The server is not there or does not answer as a web server should. It is tried again later.",
    "gone": "The publisher has closed this feed for good. Remove it, and look for a new one on the publisher's site.",
    "rate_limited": "The server asked for fewer visits. The bot waits as long as it was told; nothing is to be done.",
    "parse_error": "The feed is too damaged to be read. Only the publisher can mend that; it is tried again later.",
    "parse_timeout": "The feed is so tangled that reading it takes too long. Look for another feed of this publisher.",
    "auth_required": "The server wants a login. Feeds behind a login cannot be read.",
    "tls_error": "The connection is not safe: the server's certificate is wrong or has run out. Only the publisher can"
    " mend that.",
}
_STATUS_TEXTS: Final[Mapping[int, str]] = {
    403: "The server does not let the bot in (403). Some publishers block all bots; ask them, or use another feed.",
    404: "There is nothing at this address any more (404). Look for the feed's new address on the publisher's site.",
    429: _TEXTS["rate_limited"],
    451: "The server may not show this here for legal reasons (451).",
}


def describe(code: str, status: int | None = None, *, retry_after: float | None = None) -> str:
    """Return what the reason *code* means and what to do about it, in at most three sentences.

    *status* is the HTTP status, where there was one; *retry_after* the seconds that the server asked for.

    Raises:
        KeyError: there is no such reason code.
    """
    text = _TEXTS[code]
    if code == "http_error" and status is not None:
        text = _STATUS_TEXTS.get(status) or _other_status(status)
    if retry_after is not None:
        text += f" It wants to be left alone for {_duration(retry_after)}."
    return text


def describe_error(error: FeedError) -> str:
    """Return :func:`describe` for *error*."""
    return describe(error.code, error.status, retry_after=error.retry_after)


def redacted(url: str) -> str:
    """Return *url* fit to be shown and logged: without user name, password, query and fragment."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "(an address that cannot be read)"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}{'?…' if parts.query else ''}"


def _other_status(status: int) -> str:
    if status >= 500:
        return f"The server has a fault of its own ({status}). It is tried again later."
    return (
        f"The server refused with the error {status}. Open the address in a browser to see whether the feed has moved."
    )


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 120:
        return "a minute" if minutes <= 1 else f"{minutes} minutes"
    return f"{round(minutes / 60)} hours"
