"""Fields that hold several codes, in SQL and in counts: a filter asks for membership."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal, or_

from suite.contract.code_sets import SEPARATOR, members


def holds_any(column: ColumnElement[Any], wanted: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a stored set holds one of these values, or is empty where None is asked for."""
    stored = literal(SEPARATOR) + column + SEPARATOR
    parts: list[ColumnElement[bool]] = [
        column.is_(None)
        if value is None
        else stored.contains(f"{SEPARATOR}{value}{SEPARATOR}", autoescape=True)
        for value in wanted
    ]
    return or_(*parts) if parts else literal(False)


def by_member(counted: Iterable[tuple[str | None, int]]) -> list[tuple[Any, int]]:
    """(value, rows) for each value that sets hold: a row counts once for each of its values."""
    found: Counter[str | None] = Counter()
    for stored, number in counted:
        for value in members(stored) or (None,):
            found[value] += number
    return list(found.items())
