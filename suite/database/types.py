"""Column types of the suite: time stamps are UTC, keys of search compare by bytes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A time stamp in UTC with its zone; refuses a naive value. SQLite keeps it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        """What the value is in Python."""
        return dt.datetime

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse what has no zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time stamp needs its zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Give every stamp back in UTC."""
        if value is None:
            return None
        stamp: dt.datetime = value
        return stamp.replace(tzinfo=dt.UTC) if stamp.tzinfo is None else stamp.astimezone(dt.UTC)


#: SQLite's rowid must be INTEGER; PostgreSQL's identity should be wide.
BigId = BigInteger().with_variant(Integer(), "sqlite")


def key_text(length: int) -> String:
    """Text that compares by bytes on both engines, so that range scans for prefixes are right."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")
