"""Popularization's own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import OwnedTables, key_text


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
    status_on: Mapped[dt.date | None]
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
    trained_on: Mapped[dt.date | None]
    certified_on: Mapped[dt.date | None]
    is_publicist: Mapped[bool | None]
    households: Mapped[int | None]
    exited_on: Mapped[dt.date | None]
    exit_reason: Mapped[str | None] = mapped_column(String(40))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "certified_on", "subject_id"),)


class CultureSite(PopularizationBase):
    """法治文化阵地 and bases; a village's own has it as `Subject.body_id`. Area in m², funds in yuan."""

    __tablename__ = "popularization_culture_site"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    level: Mapped[str | None] = mapped_column(String(40))
    is_red: Mapped[bool | None]
    themes: Mapped[str | None] = mapped_column(String(500))
    address: Mapped[str | None] = mapped_column(String(300))
    area: Mapped[int | None]
    opened_on: Mapped[dt.date | None]
    builder: Mapped[str | None] = mapped_column(String(200))
    manager: Mapped[str | None] = mapped_column(String(200))
    manager_name: Mapped[str | None] = mapped_column(String(200))
    office_phone: Mapped[str | None] = mapped_column(String(60))
    funds: Mapped[int | None]
    opening_hours: Mapped[str | None] = mapped_column(String(200))
    yearly_visits: Mapped[int | None]
    named_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    checked_on: Mapped[dt.date | None]
    defects: Mapped[str | None] = mapped_column(String(500))
    closed_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "checked_on", "subject_id"),)


class ModelVillage(PopularizationBase):
    """民主法治示范村（社区）: the honour of one level that a village (`Subject.body_id`) holds or held."""

    __tablename__ = "popularization_model_village"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    batch: Mapped[str | None] = mapped_column(String(60))
    named_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    named_by: Mapped[str | None] = mapped_column(String(200))
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    rechecked_on: Mapped[dt.date | None]
    recheck_result: Mapped[str | None] = mapped_column(String(40))
    rectify_by: Mapped[dt.date | None]
    cancelled_on: Mapped[dt.date | None]
    cancel_document_no: Mapped[str | None] = mapped_column(String(100))
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "named_on", "subject_id"),)


class ModelHousehold(PopularizationBase):
    """学法用法示范户, kept under its head; the village is `Subject.body_id`."""

    __tablename__ = "popularization_model_household"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    village_group: Mapped[str | None] = mapped_column(String(60))
    household_size: Mapped[int | None]
    has_law_savvy: Mapped[bool | None]
    named_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    deeds: Mapped[str | None] = mapped_column(Text)
    cancelled_on: Mapped[dt.date | None]
    cancel_reason: Mapped[str | None] = mapped_column(String(300))
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "named_on", "subject_id"),)


class Volunteer(PopularizationBase):
    """普法志愿者 and members of the lecturers' corps. Hours are whole."""

    __tablename__ = "popularization_volunteer"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    team: Mapped[str | None] = mapped_column(String(200))
    employer: Mapped[str | None] = mapped_column(String(200))
    is_lecturer: Mapped[bool | None]
    audiences: Mapped[str | None] = mapped_column(key_text(200))
    specialties: Mapped[str | None] = mapped_column(String(500))
    registered_on: Mapped[dt.date | None]
    trained_hours: Mapped[int | None]
    service_hours: Mapped[int | None]
    left_on: Mapped[dt.date | None]
    status_on: Mapped[dt.date | None]
    remarks: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index(None, "registered_on", "subject_id"),)
