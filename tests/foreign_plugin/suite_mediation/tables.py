"""Mediation's own columns: one details table for each kind, keyed by the subject."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from suite.api import OwnedTables


class MediationBase(OwnedTables, DeclarativeBase, owner="mediation"):
    """Tables of people's mediation."""


class Committee(MediationBase):
    """人民调解委员会."""

    __tablename__ = "mediation_committee"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    founded_on: Mapped[dt.date | None]
    members: Mapped[int | None]
    address: Mapped[str | None] = mapped_column(String(300))


class Mediator(MediationBase):
    """人民调解员."""

    __tablename__ = "mediation_mediator"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    engaged_on: Mapped[dt.date | None]
