"""Columns of what happens inside proceedings: scrutiny of awards, consultation of experts."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from plugins.arbitration.tables import ArbitrationBase
from suite.api import key_text


class Scrutiny(ArbitrationBase):
    """核阅: the look at a draft award before it is issued. `version_hash` tells which draft was looked at."""

    __tablename__ = "arbitration_scrutiny"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    case_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    drafted_on: Mapped[dt.date | None]
    version_hash: Mapped[str | None] = mapped_column(key_text(100))
    checked_by: Mapped[str | None] = mapped_column(String(200))
    comment_kinds: Mapped[str | None] = mapped_column(key_text(200))
    comments: Mapped[str | None] = mapped_column(Text)
    accepted: Mapped[str | None] = mapped_column(String(40))
    answer: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[dt.date | None]


class Consultation(ArbitrationBase):
    """专家咨询: experts advise a tribunal on a hard case; their opinion binds nobody."""

    __tablename__ = "arbitration_consultation"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    case_no: Mapped[str | None] = mapped_column(key_text(100), index=True)
    asked_by: Mapped[str | None] = mapped_column(String(40))
    criteria: Mapped[str | None] = mapped_column(key_text(200))
    reason: Mapped[str | None] = mapped_column(Text)
    no_conflict: Mapped[bool | None]
    held_on: Mapped[dt.date | None]
    opinion: Mapped[str | None] = mapped_column(Text)
    adopted: Mapped[str | None] = mapped_column(String(40))
