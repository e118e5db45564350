"""Show hosts as what they are: ASCII, so that look-alike letters cannot pass for another site."""

import idna


def ascii_host(host: str) -> str:
    """Return the ASCII form of *host* (``xn--…`` where it has other letters), lower case only where it had to change.

    A host that no browser could resolve is encoded label by label, so that the result is ASCII all the same.
    """
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ".".join(_label(label) for label in host.split("."))


def _label(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode", errors="ignore").decode("ascii")
