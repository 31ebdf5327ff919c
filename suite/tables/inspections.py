"""Plans of inspections (检查计划), the random draws made for them, and who must keep away (回避)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase
from suite.tables.merging import STAYS


class InspectionPlan(CoreBase):
    """Whom to inspect, how many, and by whom. `kind` is the kind of record, `case_kind` that of the case.

    `strata` and `inspectors` are JSON: rates of their own, and the logins of the pool. `district_code` is set
    for a plan of one district. Once it was drawn for, a plan does not change.
    """

    __tablename__ = "core_inspection_plan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(60))
    case_kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    basis: Mapped[str] = mapped_column(String(300))
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    rate: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    strata: Mapped[str] = mapped_column(Text)
    by_district: Mapped[bool]
    per_subject: Mapped[int]
    inspectors: Mapped[str] = mapped_column(Text)
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "profession", "first_day"), {"sqlite_autoincrement": True})


class Draw(CoreBase):
    """One draw (抽取) of a plan; `no` counts within the plan. `record` is JSON: pools, rule, seed, result.

    A draw stays as it was made. A second one needs that the former was voided, with the reason.
    """

    __tablename__ = "core_draw"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("core_inspection_plan.id"))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    no: Mapped[int]
    on_date: Mapped[dt.date]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    seed: Mapped[str] = mapped_column(String(100))
    seed_source: Mapped[str] = mapped_column(String(300))
    algorithm: Mapped[str] = mapped_column(String(60))
    record: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(key_text(64))
    voided_on: Mapped[dt.date | None]
    voided_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    void_reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (UniqueConstraint("plan_id", "no"), {"sqlite_autoincrement": True})


class DrawPick(CoreBase):
    """One that was drawn, in the order of the draw, and the inspection that was opened for it."""

    __tablename__ = "core_draw_pick"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("core_draw.id"))
    place: Mapped[int]
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), index=True, info=STAYS)
    inspectors: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("core_case.id"), index=True)

    __table_args__ = (UniqueConstraint("draw_id", "place"), {"sqlite_autoincrement": True})


class Recusal(CoreBase):
    """An inspector must keep away from a subject, or from all members of an association, until `ended_on`."""

    __tablename__ = "core_recusal"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True)
    of_association: Mapped[str | None] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(300))
    since: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    ended_on: Mapped[dt.date | None]

    __table_args__ = (Index(None, "profession", "login"), {"sqlite_autoincrement": True})
