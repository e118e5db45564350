"""Do a thing once, however often a button is pressed in a hurry."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

_MOST: Final = 2_000


class Once:
    """Remembers the newest 2,000 things that were begun. In memory only: after a restart the message itself tells."""

    def __init__(self) -> None:
        self._begun: OrderedDict[Hashable, None] = OrderedDict()

    def begin(self, what: Hashable) -> bool:
        """Return True for the first who asks for *what*, False for everybody after."""
        if what in self._begun:
            return False
        self._begun[what] = None
        if len(self._begun) > _MOST:
            self._begun.popitem(last=False)
        return True

    def undo(self, what: Hashable) -> None:
        """Let *what* be begun again, because it failed."""
        self._begun.pop(what, None)
