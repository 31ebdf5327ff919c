"""Notices (提醒), and what each reader did about them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class Notice(CoreBase):
    """One notice: to the person in `login`, or to whoever holds `permission` in the place or `anywhere`.

    `page` and `argument` (JSON) open what it is about; `about` names the matter, which a later command
    settles for everybody. Never changed otherwise and never deleted.
    """

    __tablename__ = "core_notice"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(String(500))
    login: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"), index=True)
    permission: Mapped[str | None] = mapped_column(String(100))
    district_code: Mapped[str | None] = mapped_column(ForeignKey("core_district.code"))
    association: Mapped[str | None] = mapped_column(String(60))
    anywhere: Mapped[bool]
    page: Mapped[str] = mapped_column(String(60))
    argument: Mapped[str] = mapped_column(String(300))
    about: Mapped[str | None] = mapped_column(String(100), index=True)
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    raised_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    raised_on: Mapped[dt.date] = mapped_column(index=True)
    settled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class NoticeReceipt(CoreBase):
    """When one reader read a notice, and when that reader was done with it."""

    __tablename__ = "core_notice_receipt"

    notice_id: Mapped[int] = mapped_column(ForeignKey("core_notice.id"), primary_key=True)
    login: Mapped[str] = mapped_column(ForeignKey("core_user.login"), primary_key=True)
    read_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
