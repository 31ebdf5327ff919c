"""Cross-notices (通报): what is told of institutions and persons to courts, police and others."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class CrossNotice(CoreBase):
    """One packet to one recipient: what happened from `first` to `last`, both inclusive.

    It is the city's own: no district's and no association's. Its lines and its paper stay as they were made;
    the sending and the receipt are added. `series` counts within a profession and year.
    """

    __tablename__ = "core_cross_notice"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    year: Mapped[int]
    series: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(40))
    recipient_title: Mapped[str] = mapped_column(String(100))
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    lines: Mapped[int]
    paper: Mapped[bytes] = mapped_column(LargeBinary, info={"digest": "sha256"})
    sha256: Mapped[str] = mapped_column(String(64))
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    made_on: Mapped[dt.date]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    sent_on: Mapped[dt.date | None]
    channel: Mapped[str | None] = mapped_column(String(40))
    receipt_on: Mapped[dt.date | None]
    receipt_by: Mapped[str | None] = mapped_column(String(100))
    receipt_note: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("profession", "year", "series"),
        Index(None, "profession", "recipient", "last"),
        {"sqlite_autoincrement": True},
    )


class CrossNoticeLine(CoreBase):
    """One thing that a packet tells, in its own words; of a record that may be gone since."""

    __tablename__ = "core_cross_notice_line"

    notice_id: Mapped[int] = mapped_column(ForeignKey("core_cross_notice.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int] = mapped_column(BigId, index=True)
    name: Mapped[str] = mapped_column(String(200))
    day: Mapped[dt.date]
    text: Mapped[str] = mapped_column(Text)
