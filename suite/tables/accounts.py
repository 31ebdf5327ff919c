"""Users, what they were granted, the sections (科室) they work in, and what waits for a second person."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
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


class Password(CoreBase):
    """A user's password on SQLite, as an argon2 hash; PostgreSQL keeps its logins' by itself.

    `tries` counts wrong ones since the last right one; until `locked_until` none is looked at.
    """

    __tablename__ = "core_password"

    login: Mapped[str] = mapped_column(ForeignKey("core_user.login"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(200), info={"secret": True})
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Request(CoreBase):
    """A command that takes two persons: asked by one, carried out when another one approves.

    `fields` is the command as JSON; `state` is open, approved or returned.
    """

    __tablename__ = "core_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    command: Mapped[str] = mapped_column(String(100))
    fields: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(300))
    permission: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20))
    asked_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = ({"sqlite_autoincrement": True},)
