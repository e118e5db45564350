"""Write a set of words as one string."""


def words(text: str) -> frozenset[str]:
    """Return the words of *text*, apart by any white space."""
    return frozenset(text.split())
