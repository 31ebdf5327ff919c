"""Users, what they were granted, the sections (科室) they work in, and what waits for a second person."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class Section(CoreBase):
    """科室: a section of the bureau, the profession it looks after, and who heads it."""

    __tablename__ = "core_section"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    profession: Mapped[str | None] = mapped_column(String(30))
    head: Mapped[str | None] = mapped_column(ForeignKey("core_user.login", use_alter=True))


class SectionKind(CoreBase):
    """A kind of work that a section holds: the key of a declared kind of records or cases."""

    __tablename__ = "core_section_kind"

    section_id: Mapped[int] = mapped_column(ForeignKey("core_section.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)


class StandIn(CoreBase):
    """Who acts for the head of a section (代行) from a first to a last day, both included.

    Within these days, and for as long as the section has a head, the stand-in holds what the head holds of
    the section's profession. Nothing has to end it: what is held is worked out from the days.
    """

    __tablename__ = "core_stand_in"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("core_section.id"))
    login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    reason: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        Index(None, "login", "last_day"),
        Index(None, "section_id"),
        {"sqlite_autoincrement": True},
    )


class HandOver(CoreBase):
    """Whose work another one does (代办) from a first to a last day, both included; then it is back.

    `cases`: the taker works on the giver's cases; else he only signs in the giver's name (委托审批), which
    the former brings along. Nothing has to end it: who works on a case is worked out from the days.
    `section_id` is the giver's section, whose head may hand over for him.
    """

    __tablename__ = "core_hand_over"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    giver: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    taker: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("core_section.id"))
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    cases: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("giver <> taker", name="two"),
        Index(None, "giver", "last_day"),
        Index(None, "taker", "last_day"),
        Index(None, "section_id"),
        {"sqlite_autoincrement": True},
    )


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

    `fields` is the command as JSON; `state` is open, approved, returned, or withdrawn by who asked. District
    and association are those of the asker, where he has no more: who decides holds the permission there.
    `effect` is what a trial of it gave when it was asked for, in a sentence; `shown` (JSON)
    what that was about: the versions of what it changed, by table and id, the places where the asker held
    the permission, and those in other professions where who decides has to hold the same.
    """

    __tablename__ = "core_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    command: Mapped[str] = mapped_column(String(100))
    fields: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(300))
    permission: Mapped[str] = mapped_column(String(100))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(500))
    effect: Mapped[str | None] = mapped_column(String(500))
    shown: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    asked_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = ({"sqlite_autoincrement": True},)
