"""What a penalty case keeps beside what the core keeps of every case, and what a penalty asks of others."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase
from suite.tables.history import OfSubject

Yuan = Numeric(14, 2)


class Imposing:
    """What is to be imposed: the same of a penalty and of a sanction of the trade. Money in yuan."""

    article: Mapped[str | None] = mapped_column(String(60))
    gravity: Mapped[str | None] = mapped_column(String(20))
    sanctions: Mapped[str | None] = mapped_column(key_text(200))
    fine: Mapped[Decimal | None] = mapped_column(Yuan)
    months: Mapped[int | None]
    decision_no: Mapped[str | None] = mapped_column(String(100))
    effective_from: Mapped[dt.date | None]
    effective_until: Mapped[dt.date | None]
    annulment_document: Mapped[str | None] = mapped_column(String(200))


class PenaltyColumns(Imposing):
    """Columns of a penalty case, for the details table of a profession."""

    source: Mapped[str | None] = mapped_column(String(40))
    source_no: Mapped[str | None] = mapped_column(String(100))
    offender: Mapped[str | None] = mapped_column(String(200))
    offender_district: Mapped[str | None] = mapped_column(String(6))
    conduct: Mapped[str | None] = mapped_column(Text)
    conduct_on: Mapped[dt.date | None]
    found_on: Mapped[dt.date | None]
    grave_harm: Mapped[bool | None]
    no_filing_reason: Mapped[str | None] = mapped_column(Text)
    transferred_to: Mapped[str | None] = mapped_column(String(200))
    preserved_items: Mapped[str | None] = mapped_column(Text)
    pause_reason: Mapped[str | None] = mapped_column(String(500))
    extension_reason: Mapped[str | None] = mapped_column(String(500))
    facts_found: Mapped[str | None] = mapped_column(Text)
    illegal_income: Mapped[Decimal | None] = mapped_column(Yuan)
    confiscated: Mapped[Decimal | None] = mapped_column(Yuan)
    prior_on: Mapped[dt.date | None]
    review_opinion: Mapped[str | None] = mapped_column(Text)
    notice_no: Mapped[str | None] = mapped_column(String(100))
    statement: Mapped[str | None] = mapped_column(Text)
    hearing_on: Mapped[dt.date | None]
    hearing_place: Mapped[str | None] = mapped_column(String(200))
    hearing_opinion: Mapped[str | None] = mapped_column(Text)
    deliberation: Mapped[str | None] = mapped_column(Text)
    report_no: Mapped[str | None] = mapped_column(String(100))
    return_reason: Mapped[str | None] = mapped_column(Text)
    no_penalty_ground: Mapped[str | None] = mapped_column(String(40))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    paid: Mapped[Decimal | None] = mapped_column(Yuan)
    defer_until: Mapped[dt.date | None]
    enforcement_no: Mapped[str | None] = mapped_column(String(100))


class DisciplineColumns(Imposing):
    """Columns of a case of an association's or an institution's sanction."""

    source: Mapped[str | None] = mapped_column(String(40))
    source_no: Mapped[str | None] = mapped_column(String(100))
    conduct: Mapped[str | None] = mapped_column(Text)
    no_filing_reason: Mapped[str | None] = mapped_column(Text)
    facts_found: Mapped[str | None] = mapped_column(Text)
    statement: Mapped[str | None] = mapped_column(Text)
    hearing_on: Mapped[dt.date | None]
    hearing_opinion: Mapped[str | None] = mapped_column(Text)
    decider: Mapped[str | None] = mapped_column(String(40))
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    review_opinion: Mapped[str | None] = mapped_column(Text)


class Task(OfSubject, CoreBase):
    """Something that another section has to look at in its own record (处罚影响): open until it is settled.

    `document`: the number of the case or decision that raised it, as its own section may know it.
    """

    __tablename__ = "core_task"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(String(100))
    raised_on: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    answer: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(None, "subject_id", "settled_at"),
        Index(None, "settled_at", "raised_on", "id"),
        {"sqlite_autoincrement": True, "info": {"title": "待办事项"}},
    )
