"""Users, what they were granted, and the sections (科室) they work in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class Section(CoreBase):
    """科室: a section of the bureau and the profession it looks after."""

    __tablename__ = "core_section"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    profession: Mapped[str | None] = mapped_column(String(30))


class User(CoreBase):
    """A login. On PostgreSQL the login is a role of the server; here stands who it is."""

    __tablename__ = "core_user"

    login: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("core_section.id"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Grant(CoreBase):
    """A role given to a user, within a scope; an empty scope column means everywhere."""

    __tablename__ = "core_grant"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    role: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str | None] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(ForeignKey("core_district.code"))
    association: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = (
        UniqueConstraint("login", "role", "profession", "district_code", "association"),
        {"sqlite_autoincrement": True},
    )
