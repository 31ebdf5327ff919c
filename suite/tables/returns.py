"""Returns (填报): what was handed in for a period by districts, the city or bodies, and what became of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase
from suite.tables.merging import STAYS

NUMBER = Numeric(18, 4)


class Return(CoreBase):
    """One return of a form: `who` is a district's code, empty for the city, or `body=` and the body's id.

    `state`: open (typed, not handed in), submitted, sent_back or reviewed. `first_on`: the day on which it
    was first handed in, by which it is late or not.
    """

    __tablename__ = "core_return"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    period: Mapped[str] = mapped_column(key_text(10))
    who: Mapped[str] = mapped_column(key_text(40))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True, info=STAYS)
    state: Mapped[str] = mapped_column(String(20))
    first_on: Mapped[dt.date | None]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("form", "period", "who"),
        {"sqlite_autoincrement": True, "info": {"title": "填报"}},
    )


class ReturnCell(CoreBase):
    """One number of a return: `cell` is the key of the figure, `known` what the suite counted by itself when
    it was handed in, `note` why the number is as it is."""

    __tablename__ = "core_return_cell"

    return_id: Mapped[int] = mapped_column(ForeignKey("core_return.id"), primary_key=True)
    cell: Mapped[str] = mapped_column(String(100), primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    value: Mapped[Decimal] = mapped_column(NUMBER)
    known: Mapped[Decimal | None] = mapped_column(NUMBER)
    note: Mapped[str] = mapped_column(String(500), default="")


class ReturnEvent(CoreBase):
    """What happened to a return. Of a 更正 one row for each number, with `before` and `after`."""

    __tablename__ = "core_return_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("core_return.id"))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    cell: Mapped[str | None] = mapped_column(String(100))
    before: Mapped[Decimal | None] = mapped_column(NUMBER)
    after: Mapped[Decimal | None] = mapped_column(NUMBER)
    note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index(None, "return_id", "id"), {"sqlite_autoincrement": True})


class TargetSet(CoreBase):
    """An indicator set as it was entered: a new plan, or a declared one that was changed. `key` names it."""

    __tablename__ = "core_target_set"

    key: Mapped[str] = mapped_column(key_text(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    version: Mapped[int] = mapped_column(default=1)


class SetTarget(CoreBase):
    """What a stored set wants of an indicator; see the contract's `Target`."""

    __tablename__ = "core_set_target"

    set_key: Mapped[str] = mapped_column(ForeignKey("core_target_set.key"), primary_key=True)
    indicator: Mapped[str] = mapped_column(key_text(100), primary_key=True)
    no: Mapped[str] = mapped_column(String(10))
    value: Mapped[Decimal] = mapped_column(NUMBER)
    year: Mapped[int]
    article: Mapped[str] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(10))
    nature: Mapped[str | None] = mapped_column(String(10))
    baseline: Mapped[Decimal | None] = mapped_column(NUMBER)

    __table_args__ = (UniqueConstraint("set_key", "no"),)
