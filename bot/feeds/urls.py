"""Shorten the address of a story to what still opens it."""

import re
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_LONGEST: Final = 2000  # characters; longer ones are refused by browsers and by Discord's buttons
_STRAY: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")
# Parameters that only tell the publisher where a reader came from; the story is the same without.
_TRACKING: Final = re.compile(
    r"(?:utm|at|ns|mc|hsa|pk|mtm|matomo|piwik|wt|xtor|vero|oly|trk|sr|spm|cm)_\w+|\w{1,6}clid|cmp(?:id)?|ito|mbid|smid|smtyp|"
    r"_hs\w+|igshid?|ocid|partner|emc|xtor|traffic_source|taid|via|feedtype|feedname|from_rss|rss|srnd|cid|maca|ftag|"
    r"sh|sref|campaign_id|amp|output_?type|ref_src|ref_url|source_id|fbclid|yclid|_ga|_gl|mkt_tok|xid|soc_\w+",
    re.IGNORECASE,
)
# Values that say so of a parameter whose name may mean something.
_TELLTALE: Final = re.compile(r"(?:rss|feeds?|atom|newsletter|email|twitter|facebook|social)\w*", re.IGNORECASE)
_AMBIGUOUS: Final = frozenset({"ref", "source", "src", "from", "feature"})
_CACHE_PATH: Final = re.compile(r"/(?:amp|[cv])/(?P<secure>s/)?(?P<address>[^/]+\.[^/]+/.*)")
_SAFE_PATH: Final = "/%:@!$&'()*+,;=~-._"
_SAFE_QUERY: Final = _SAFE_PATH + "?[]|"


def canonical_url(url: str | None) -> str | None:
    """Return *url* without what only tracks the reader, and still opening the same page; None where it is no address.

    Tracking parameters, fragment, credentials and default port are cut, scheme and host are lower case, stray spaces
    and letters outside ASCII are encoded; an address inside Google's AMP cache is taken out of it. Scheme, host and
    path otherwise stay as they are: what else is the same story, only a comparison may assume. Doing it twice changes
    nothing.
    """
    stripped = _STRAY.sub("", url or "")
    try:
        parts = urlsplit(stripped)
        host, port = (parts.hostname or "").lower(), parts.port
        host.encode("idna")
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    cached = _CACHE_PATH.match(parts.path) if _is_cache(host) else None
    if cached is not None:
        return canonical_url(f"http{'s' if cached['secure'] else ''}://{cached['address']}")
    scheme = parts.scheme.lower()
    place = _written(host) if port in {None, {"http": 80, "https": 443}[scheme]} else f"{_written(host)}:{port}"
    address = urlunsplit((scheme, place, quote(parts.path, _SAFE_PATH) or "/", _kept(parts.query), ""))
    return address if len(address) <= _LONGEST else None


def _written(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _is_cache(host: str) -> bool:
    return host in {"www.google.com", "google.com"} or host.endswith(".cdn.ampproject.org")


def _kept(query: str) -> str:
    return "&".join(quote(pair, _SAFE_QUERY) for pair in query.split("&") if pair and not _tracks(pair))


def _tracks(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = unquote(name)
    if name.lower() in _AMBIGUOUS:
        return _TELLTALE.fullmatch(value) is not None
    return _TRACKING.fullmatch(name) is not None
