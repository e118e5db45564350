"""Fold names to plain small ASCII words, so that spellings of one name compare equal."""

import re
from typing import Final

from anyascii import anyascii

_SILENT: Final = re.compile(r"['`.]")
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Return *name* as lower-case ASCII words with one space between them.

    Letters of any script are transliterated; apostrophes and full stops vanish (“O’Brien” → ``obrien``, “U.S.” →
    ``us``), every other sign is a space (“Jong-un” → ``jong un``). Empty where no letter or digit is left. Folding
    twice changes nothing.
    """
    plain = anyascii(name.replace("’", "'").replace("‘", "'")).lower()
    return _OTHER.sub(" ", _SILENT.sub("", plain)).strip()


def slug(name: str) -> str:
    """Return *name* folded for an identifier: ``a-z``, ``0-9`` and single hyphens, never empty."""
    folded = fold(name).replace(" ", "-")
    return folded or "x" + "".join(f"-{ord(sign):x}" for sign in name[:16])
