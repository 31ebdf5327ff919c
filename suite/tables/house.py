"""What the house sets for itself: numbers of the law, the calendar, saved views."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class ParameterValue(CoreBase):
    """A declared parameter's value from a day on, as the bureau set it."""

    __tablename__ = "core_parameter"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    value: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(300))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("key", "valid_from"), {"sqlite_autoincrement": True})


class CalendarYear(CoreBase):
    """A year of the calendar: whether its notice is out (已发布), and which it is.

    Days noted for a year that is not published are a draft.
    """

    __tablename__ = "core_calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    published: Mapped[bool]
    source: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)


class CalendarDay(CoreBase):
    """A day that differs from the plain week: 休 (off) or 班 (worked); by the notice `source`."""

    __tablename__ = "core_calendar_day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    festival: Mapped[str] = mapped_column(String(30))
    source: Mapped[str] = mapped_column(String(200))


class SavedView(CoreBase):
    """A list's filters, sort and columns under a name; the owner's, or everybody's when shared."""

    __tablename__ = "core_saved_view"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(60))
    shared: Mapped[bool] = mapped_column(default=False)
    query: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("owner", "kind", "title"), {"sqlite_autoincrement": True})
