"""What a record says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Said(dict[str, Any]):
    """What a record says, by field key; of every other field it says nothing (None).

    Of most records that is less than half of their kind's fields, and there are thousands of them at once.
    """

    __slots__ = ()

    def __missing__(self, key: str) -> None:
        """Nothing."""
        return

    # A dict takes dicts only and gives a plain one, which would not answer for what it does not say.
    def __or__(self, other: Mapping[str, Any]) -> Said:  # type: ignore[override]
        """What it says once it says these too."""
        return Said({**self, **other})
