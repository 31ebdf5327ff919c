"""Columns of inspections: the same for every profession, in a table of each plugin."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from suite.database.types import key_text


class InspectionColumns:
    """The columns that the frame of inspections fills (`suite.kernel.casework.inspections`).

    `draw_no` names the draw that the inspection comes from, `penalty_no` the penalty case that it led to.
    """

    @declared_attr
    @classmethod
    def case_id(cls) -> Mapped[int]:
        """Whose details these are."""
        return mapped_column(ForeignKey("core_case.id"), primary_key=True)

    source: Mapped[str | None] = mapped_column(String(40))
    draw_no: Mapped[str | None] = mapped_column(String(300))
    subject_matter: Mapped[str | None] = mapped_column(Text)
    notice_way: Mapped[str | None] = mapped_column(String(40))
    place: Mapped[str | None] = mapped_column(String(300))
    present: Mapped[str | None] = mapped_column(String(200))
    record_signed: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[str | None] = mapped_column(String(40))
    summary: Mapped[str | None] = mapped_column(Text)
    rectify_by: Mapped[dt.date | None]
    extension_reason: Mapped[str | None] = mapped_column(String(500))
    recheck: Mapped[str | None] = mapped_column(Text)
    rectified_on: Mapped[dt.date | None]
    penalty_no: Mapped[str | None] = mapped_column(key_text(60))
    published_on: Mapped[dt.date | None]
    channel: Mapped[str | None] = mapped_column(String(200))
    cancel_reason: Mapped[str | None] = mapped_column(String(500))
