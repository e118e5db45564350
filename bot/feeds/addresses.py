"""Which IP addresses belong to the public internet; pure arithmetic, no look-ups."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast and class E; the last one is Azure's
# WireServer, which hands out machine credentials from an address that looks public.
_CLOSED_V4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",
    )
)  # fmt: skip
# Everything global lies in 2000::/3; inside it these are special (RFC 6890, RFC 9637): protocol assignments with
# Teredo and benchmarking, documentation, AS112.
_OPEN_V6: Final = IPv6Network("2000::/3")
_CLOSED_V6: Final = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")
)
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_ISATAP_TOKENS: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})
_LOW_32: Final = 0xFFFF_FFFF


def is_public(address: Address) -> bool:
    """Tell whether *address* belongs to the public internet.

    An IPv6 address that carries an IPv4 address (mapped, NAT64, 6to4, ISATAP) is public only if that one is, too.
    Everything that is not known to be public is not.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    if not all(is_public(inner) for inner in _carried(address)):
        return False
    if address in _MAPPED or address in _NAT64:
        return True
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def _carried(address: IPv6Address) -> Iterator[IPv4Address]:
    number = int(address)
    if address in _MAPPED or address in _NAT64:
        yield IPv4Address(number & _LOW_32)
    if address in _SIX_TO_FOUR:
        yield IPv4Address(number >> 80 & _LOW_32)
    if number >> 32 & _LOW_32 in _ISATAP_TOKENS:
        yield IPv4Address(number & _LOW_32)
