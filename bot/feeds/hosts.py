"""One spelling for every host: whatever a browser or a C library takes for a host, in canonical form or refused."""

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import idna

from bot.feeds.addresses import Address

_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
_MOST_CHARACTERS: Final = 253  # RFC 1035, section 2.3.4, without the root's dot


@dataclass(frozen=True, slots=True)
class Host:
    """A host in canonical form.

    ``name`` is what goes into a URL, without brackets; ``address`` is set where the host is an address and not a
    name; ``plain`` says that it was written that way to begin with.
    """

    name: str
    address: Address | None = None
    plain: bool = True


def canonical_host(written: str) -> Host:
    """Return the host that *written* (the part between ``//`` and the port) means.

    Full-width and circled digits, ideographic dots, capitals, one final dot, and IPv4 addresses in decimal, octal,
    hexadecimal or with fewer than four parts are understood as a browser understands them (WHATWG URL, section 3.5).

    Raises:
        ValueError: no host can be spelled that way, or it carries an escape or an IPv6 zone.
    """
    if written.startswith("[") or written.endswith("]"):
        return _bracketed(written)
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        address = _dotted(labels)
        return Host(str(address), address, plain=written == str(address))
    if len(name) > _MOST_CHARACTERS or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("this is no host name")
    return Host(name, plain=written == name)


def _bracketed(written: str) -> Host:
    inner = written[1:-1]
    if not (written.startswith("[") and written.endswith("]")) or "%" in inner:
        raise ValueError("this is no IPv6 address")
    address = IPv6Address(inner)
    return Host(str(address), address, plain=inner.lower() == str(address))


def _ascii(written: str) -> str:
    if written.isascii():
        return written.lower()
    with suppress(UnicodeError):
        mapped = idna.uts46_remap(written, std3_rules=False, transitional=False)
        return mapped.lower() if mapped.isascii() else idna.encode(mapped).decode("ascii")
    raise ValueError("this is no host name")


def _dotted(labels: list[str]) -> IPv4Address:
    """Read an IPv4 address the way inet_aton(3) does: the last part fills all the bytes that are left."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        raise ValueError("this is no IPv4 address")
    *first, last = (_number(label) for label in labels)
    room = 256 ** (4 - len(first))
    if last >= room or any(part > 255 for part in first):
        raise ValueError("this is no IPv4 address")
    return IPv4Address(sum(part << 8 * (3 - place) for place, part in enumerate(first)) + last)


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if label.startswith("0") else int(label[:20])
