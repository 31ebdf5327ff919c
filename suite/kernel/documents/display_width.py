"""How much room a text takes in a table, in halves of a Chinese character."""

from unicodedata import east_asian_width

#: Signs such as ≥ and — are drawn as wide as a Chinese character by a Chinese font.
WIDE = frozenset("WFA")


def display_width(text: str) -> int:
    """Two for a Chinese character and what is drawn as wide, one for a Latin letter or digit."""
    return sum(2 if east_asian_width(letter) in WIDE else 1 for letter in text)
