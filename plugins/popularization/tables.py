"""Popularization's own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import OwnedTables


class PopularizationBase(OwnedTables, DeclarativeBase, owner="popularization"):
    """Tables of the popularization of law."""


class DutyUnit(PopularizationBase):
    """普法责任单位. `laws` holds the laws that the unit administers, separated by 、."""

    __tablename__ = "popularization_duty_unit"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    sector: Mapped[str | None] = mapped_column(String(40))
    is_enforcement: Mapped[bool | None]
    superior: Mapped[str | None] = mapped_column(String(200))
    laws: Mapped[str | None] = mapped_column(Text)
    in_joint_meeting: Mapped[bool | None]
    department: Mapped[str | None] = mapped_column(String(100))
    leader_name: Mapped[str | None] = mapped_column(String(200))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    address: Mapped[str | None] = mapped_column(String(300))
    listed_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)


class LawSavvyVillager(PopularizationBase):
    """法律明白人. The village is `Subject.body_id`; hours are whole lesson hours (学时)."""

    __tablename__ = "popularization_law_savvy_villager"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    village_group: Mapped[str | None] = mapped_column(String(60))
    village_post: Mapped[str | None] = mapped_column(String(100))
    badge_no: Mapped[str | None] = mapped_column(String(40))
    selected_on: Mapped[dt.date | None]
    trained_hours: Mapped[int | None]
    certified_on: Mapped[dt.date | None]
    exited_on: Mapped[dt.date | None]
    exit_reason: Mapped[str | None] = mapped_column(String(40))
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "certified_on", "subject_id"),)
