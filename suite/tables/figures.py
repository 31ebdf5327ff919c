"""Figures that no roster holds: population, hours, court data; entered by hand or handed in as returns."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase


def part_of(by: str, value: object) -> str:
    """How a part is written: by what (a record kind, a code list), and which (an id, a code)."""
    return f"{by}={value}"


class FigureValue(CoreBase):
    """A figure's value for a period and a district; without a district it is the whole city's.

    `key` names the declared series, `profession` its owner, for the rights. `period` is 2025, 2025-Q3 or
    2025-09. `part` is empty for the whole, else it says of what part (`part_of`): such a value is no addend
    of any whole. `sent_back`: so was the return that told it; it counts nowhere until it is handed in again,
    and no older one stands in its place. The two unique indexes are one rule: NULL never equals NULL, so the
    city needs its own.
    """

    __tablename__ = "core_figure"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    period: Mapped[str] = mapped_column(String(10))
    district_code: Mapped[str | None] = mapped_column(ForeignKey("core_district.code"))
    part: Mapped[str] = mapped_column(key_text(100), default="", server_default="")
    profession: Mapped[str] = mapped_column(String(30))
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    source: Mapped[str] = mapped_column(String(300))
    note: Mapped[str | None] = mapped_column(String(500))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    sent_back: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        Index(
            "uq_core_figure_key_period_district_code",
            "key",
            "period",
            "part",
            "district_code",
            unique=True,
            sqlite_where=text("district_code IS NOT NULL"),
            postgresql_where=text("district_code IS NOT NULL"),
        ),
        Index(
            "uq_core_figure_key_period",
            "key",
            "period",
            "part",
            unique=True,
            sqlite_where=text("district_code IS NULL"),
            postgresql_where=text("district_code IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )
