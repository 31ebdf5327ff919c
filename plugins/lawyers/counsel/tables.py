"""Agreements (顾问协议): one row for each agreement and term, so that every past day can be told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from plugins.lawyers.tables import LawyersBase


class Agreement:
    """What both sorts have in common. Whom it is for is `Subject.body_id`; money is in yuan a year."""

    counsel_name: Mapped[str | None] = mapped_column(String(200))
    signed_on: Mapped[dt.date | None]
    starts_on: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    fee: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None] = mapped_column(String(40))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    @declared_attr
    @classmethod
    def counsel_id(cls) -> Mapped[int | None]:
        """The lawyer, where he is on our roster."""
        return mapped_column(ForeignKey("core_subject.id"), index=True)

    @declared_attr
    @classmethod
    def firm_id(cls) -> Mapped[int | None]:
        """The firm that signed."""
        return mapped_column(ForeignKey("core_subject.id"), index=True)


class VillageCounsel(Agreement, LawyersBase):
    """村（居）法律顾问协议."""

    __tablename__ = "lawyers_village_counsel"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    chat_group: Mapped[str | None] = mapped_column(String(100))
    chat_members: Mapped[int | None]

    __table_args__ = (Index(None, "valid_until", "subject_id"),)


class OrganCounsel(Agreement, LawyersBase):
    """党政机关法律顾问: the filing number and day are those of the justice bureau's register."""

    __tablename__ = "lawyers_organ_counsel"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, sort_order=-1)
    filing_no: Mapped[str | None] = mapped_column(String(100))
    filed_on: Mapped[dt.date | None]

    __table_args__ = (Index(None, "valid_until", "subject_id"),)
