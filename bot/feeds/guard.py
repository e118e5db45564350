"""What may be fetched: every address is judged here before a single byte is sent, and again at every redirect."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from bot.errors import ConfigError, FeedError
from bot.feeds.addresses import Address, Network, is_public
from bot.feeds.hosts import Host, canonical_host

DEFAULT_PORTS: Final = frozenset({80, 443, 8080, 8443})
_STANDARD_PORT: Final = {"http": 80, "https": 443}
_MEBIBYTE: Final = 1 << 20
_MOST_CHARACTERS: Final = 2048
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]|%(?:0[0-9a-f]|1[0-9a-f]|7f)", re.IGNORECASE)
# RFC 6761, RFC 6762, RFC 8375, ICANN's "internal", and what routers and offices make up.
_LOCAL_DOMAINS: Final = frozenset(
    {"localhost", "local", "internal", "localdomain", "home.arpa", "lan", "home", "corp", "intranet", "private"}
)
# A feed must not make the bot call Discord: some of these addresses act on nothing but being fetched.
_DISCORD_DOMAINS: Final = frozenset(
    {
        "discord.com", "discordapp.com", "discordapp.net", "discord.gg", "discord.media", "discord.gift", "discord.new",
        "discord.dev", "discord.co", "discord-activities.com", "discordactivities.com", "discordsays.com", "dis.gd",
    }
)  # fmt: skip
# RFC 3986: what may stand in a path or a query as it is; "%" too, for escapes that are there already.
_PATH_SAFE: Final = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE: Final = _PATH_SAFE + "?[]|"


@dataclass(frozen=True, slots=True)
class FetchRules:
    """What a fetch may do.

    ``allow_private_networks`` opens address ranges to URLs that write such an address literally, names excluded;
    ``allow_ports`` adds ports. ``total_seconds`` is one deadline for a whole fetch, redirects and body included.
    ``per_host`` and ``at_once`` bound what runs at the same time.

    Raises:
        ConfigError: a range is not written like ``127.0.0.1/32``.
    """

    allow_private_networks: tuple[str, ...] = ()
    allow_ports: tuple[int, ...] = ()
    total_seconds: float = 20.0
    max_wire_bytes: int = 8 * _MEBIBYTE
    max_body_bytes: int = 8 * _MEBIBYTE
    max_redirects: int = 5
    per_host: int = 2
    at_once: int = 16
    user_agent: str = "needtoknow/1 (news digest bot)"
    opened: tuple[Network, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            opened = tuple(ip_network(text) for text in self.allow_private_networks)
        except ValueError as error:
            raise ConfigError(
                f"feeds.allow_private_networks: {error}. Write a range such as 127.0.0.1/32 or 10.0.0.0/8."
            ) from error
        object.__setattr__(self, "opened", opened)


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that passed the guard. ``url`` is its canonical ASCII form; ``address`` is set where the host is one."""

    url: str
    scheme: str
    host: str
    port: int
    address: Address | None


def check_url(url: str, rules: FetchRules) -> Target:
    """Return where *url* leads, if the bot may go there. A name still has to be resolved, and those addresses vetted.

    Raises:
        FeedError: ``bad_scheme``, ``bad_port``, or ``blocked_address`` for everything else that is refused.
    """
    text = url.strip(" ")
    _refuse_odd_text(text)
    parts = _split(text)
    host = _host(parts)
    _judge(host, rules)
    port = _port(parts, rules)
    shown = f"[{host.name}]" if ":" in host.name else host.name
    place = shown if port == _STANDARD_PORT[parts.scheme] else f"{shown}:{port}"
    query = f"?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else ""
    canonical = f"{parts.scheme}://{place}{quote(parts.path, safe=_PATH_SAFE) or '/'}{query}"
    return Target(canonical, parts.scheme, host.name, port, host.address)


def vet(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return those of the resolved *addresses* that are public, in their order; opened ranges do not count."""
    return tuple(text for text in addresses if "%" not in text and is_public(ip_address(text)))


def _refuse_odd_text(text: str) -> None:
    if len(text) > _MOST_CHARACTERS:
        raise FeedError("blocked_address", f"This address is longer than {_MOST_CHARACTERS} characters.")
    if _CONTROL.search(text):
        raise FeedError("blocked_address", "This address holds a control character or a backslash.")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise FeedError("blocked_address", "This is not a web address that can be read.") from error
    if parts.scheme not in _STANDARD_PORT or not text[len(parts.scheme) :].startswith("://"):
        raise FeedError("bad_scheme", "Only addresses that start with https:// or http:// can be fetched.")
    if "@" in parts.netloc:
        raise FeedError("blocked_address", "This address holds a user name or password; such feeds are not fetched.")
    return parts


def _host(parts: SplitResult) -> Host:
    place, colon, end = parts.netloc.rpartition(":")
    written = place if colon and not end.endswith("]") else parts.netloc
    if not written:
        raise FeedError("bad_scheme", "This address names no host. Write it like https://news.example/feed.")
    try:
        return canonical_host(written)
    except ValueError as error:
        raise FeedError("blocked_address", f"The host of this address cannot be read: {error}.") from error


def _judge(host: Host, rules: FetchRules) -> None:
    if host.address is None:
        _judge_name(host.name)
    elif not is_public(host.address) and not (host.plain and any(host.address in net for net in rules.opened)):
        raise FeedError("blocked_address", f"{host.name} is not on the public internet, so it is not fetched.")


def _judge_name(name: str) -> None:
    labels = name.split(".")
    domains = {".".join(labels[place:]) for place in range(len(labels))}
    if len(labels) == 1 or domains & _LOCAL_DOMAINS:
        raise FeedError("blocked_address", f"{name} is a name of a local network, so it is not fetched.")
    if domains & _DISCORD_DOMAINS:
        raise FeedError("blocked_address", f"{name} belongs to Discord itself and is never read as a feed.")


def _port(parts: SplitResult, rules: FetchRules) -> int:
    try:
        port = _STANDARD_PORT[parts.scheme] if parts.port is None else parts.port
    except ValueError as error:
        raise FeedError("bad_port", "The port of this address is not a number from 1 to 65535.") from error
    if port not in DEFAULT_PORTS and port not in rules.allow_ports:
        usual = ", ".join(str(number) for number in sorted(DEFAULT_PORTS))
        raise FeedError("bad_port", f"Port {port} is not one that feeds are fetched from ({usual}).")
    return port
