"""What applications and filings of firms and lawyers keep, beside what the core keeps of every case."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.lawyers.tables import LawyersBase
from suite.api import ApplicationColumns, BigId, FilingColumns, key_text


class FirmApplication(ApplicationColumns, LawyersBase):
    """律所许可: firms and branches. Amounts are whole yuan (元)."""

    __tablename__ = "lawyers_firm_application"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
    new_name: Mapped[str | None] = mapped_column(String(200))
    form: Mapped[str | None] = mapped_column(String(40))
    partner_count: Mapped[int | None]
    assets: Mapped[int | None] = mapped_column(BigId)
    less_developed: Mapped[bool | None]
    address: Mapped[str | None] = mapped_column(String(300))
    change_reason: Mapped[str | None] = mapped_column(Text)
    licence_no: Mapped[str | None] = mapped_column(key_text(40))
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))


class FirmFiling(FilingColumns, LawyersBase):
    """律所备案: residence and partners."""

    __tablename__ = "lawyers_firm_filing"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
    address: Mapped[str | None] = mapped_column(String(300))
    district_code: Mapped[str | None] = mapped_column(key_text(6))


class FirmNotice(FilingColumns, LawyersBase):
    """律所开业与终止: what a firm reports of its beginning and its end."""

    __tablename__ = "lawyers_firm_notice"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
    ending_ground: Mapped[str | None] = mapped_column(String(40))


class LawyerApplication(ApplicationColumns, LawyersBase):
    """律师执业许可."""

    __tablename__ = "lawyers_lawyer_application"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
    category: Mapped[str | None] = mapped_column(String(40))
    qualification_no: Mapped[str | None] = mapped_column(key_text(40))
    legal_work_years: Mapped[int | None]
    former_years: Mapped[int | None]
    cancel_ground: Mapped[str | None] = mapped_column(String(40))
    bar: Mapped[str | None] = mapped_column(String(40))
    practice_no: Mapped[str | None] = mapped_column(key_text(40))
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))


class CertificateApplication(ApplicationColumns, LawyersBase):
    """证书补换: a lost or damaged certificate."""

    __tablename__ = "lawyers_certificate"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True, sort_order=-1)
    loss_notice: Mapped[str | None] = mapped_column(String(200))
    certificate_serial_no: Mapped[str | None] = mapped_column(key_text(40))
