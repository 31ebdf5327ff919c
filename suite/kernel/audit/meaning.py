"""Whether two JSON texts of a row mean the same: the engines write moments, booleans and numbers differently.

A database that was copied from the other engine keeps its entries as they were sealed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from suite.database.base import METADATA


def means_the_same(table: str, said: str | None, now: str | None) -> bool:
    """Whether a row says what its entry says. Columns that were added since do not count."""
    if now is None:
        return said is None
    try:
        before, after = json.loads(said or "{}"), json.loads(now)
    except ValueError:
        return False  # an entry that was tampered with
    return isinstance(before, dict) and all(
        key in after and (after[key] == value or _same(table, key, value, after[key]))
        for key, value in before.items()
    )


def _same(table: str, column: str, one: Any, other: Any) -> bool:
    read = _reader(table, column)
    if read is None or one is None or other is None:
        return False
    try:
        return bool(read(one) == read(other))
    except (TypeError, ValueError, ArithmeticError):
        return False


@lru_cache(maxsize=4096)
def _reader(table: str, column: str) -> Callable[[Any], Any] | None:
    known = METADATA.tables.get(table)
    if known is None or column not in known.columns:
        return None
    return _READERS.get(known.columns[column].type.python_type)


def _flag(value: Any) -> bool:
    if value not in (0, 1):
        raise ValueError(value)
    return bool(value)


def _moment(value: Any) -> dt.datetime:
    found = dt.datetime.fromisoformat(value)
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


_READERS: dict[type, Callable[[Any], Any]] = {
    bool: _flag,
    dt.datetime: _moment,
    Decimal: lambda value: Decimal(str(value)),
}
