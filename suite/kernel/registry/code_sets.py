"""Fields that hold several codes, in SQL and in counts: a filter asks for membership."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, literal

from suite.contract.code_sets import SEPARATOR, members

ESCAPE = "\\"


def member_pattern(value: str) -> str:
    """A value as `holds_member` looks for it."""
    escaped = value.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
    return f"%{SEPARATOR}{escaped}{SEPARATOR}%"


def holds_member(column: ColumnElement[Any], pattern: BindParameter[str]) -> ColumnElement[bool]:
    """Whether a stored set holds the value of a bound `member_pattern`."""
    return (literal(SEPARATOR) + column + SEPARATOR).like(pattern, escape=ESCAPE)


def by_member(counted: Iterable[tuple[str | None, int]]) -> list[tuple[Any, int]]:
    """(value, rows) for each value that sets hold: a row counts once for each of its values."""
    found: Counter[str | None] = Counter()
    for stored, number in counted:
        for value in members(stored) or (None,):
            found[value] += number
    return list(found.items())
