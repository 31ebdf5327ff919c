"""Rosters kept elsewhere: by whom, what was sent and received, and what was decided where they differ."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase


class House(CoreBase):
    """Whose database this is; one row. `uid` tells databases apart when they exchange rosters."""

    __tablename__ = "core_house"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(100))


class SubjectUid(CoreBase):
    """The stable id by which a subject is sent to others; given when it is first sent."""

    __tablename__ = "core_subject_uid"

    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    profession: Mapped[str] = mapped_column(String(30))


class Partner(CoreBase):
    """Another database that rosters are exchanged with.

    `public_key` (Ed25519, base64) was taken from the first packet that was accepted, and later ones must
    be signed by it; None while the partner does not sign.
    """

    __tablename__ = "core_partner"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(100))
    public_key: Mapped[str | None] = mapped_column(String(44))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


class ForeignUid(CoreBase):
    """By which stable id a partner keeps one of our subjects."""

    __tablename__ = "core_foreign_uid"

    uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("core_partner.id"))
    profession: Mapped[str] = mapped_column(String(30))


class RosterExchange(CoreBase):
    """One roster that was sent ("out") or received ("in"), and how far it has come.

    `number` counts what one side sent of a kind; `digest` is the SHA-256 of its rows. `receipt_at`: when
    the receipt was issued (in) or taken (out). `signed`: whether what came in was; None for what was sent.
    `taken_back_at`: when the import of all that came in was taken back; the run itself not everybody sees.
    """

    __tablename__ = "core_roster_exchange"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    direction: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("core_partner.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(300))
    signed: Mapped[bool | None]
    rows: Mapped[int]
    rows_taken: Mapped[int]
    rows_same: Mapped[int]
    rows_held: Mapped[int]
    run_id: Mapped[int | None] = mapped_column(BigId)
    by_login: Mapped[str] = mapped_column(String(60))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    receipt_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "kind", "direction", "number"), {"sqlite_autoincrement": True})


class RosterExchangeRow(CoreBase):
    """What became of one row of an exchange: taken, same or held, and why.

    `uid` is the sender's stable id, `subject_id` the record here, where there is one. `said`: of what came
    in, JSON of field key → value as it stood then, without secrets; of a held row as it stood before. None
    where the row alone was taken back.
    """

    __tablename__ = "core_roster_exchange_row"

    exchange_id: Mapped[int] = mapped_column(ForeignKey("core_roster_exchange.id"), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_id: Mapped[int | None] = mapped_column(BigId)
    name: Mapped[str] = mapped_column(String(200))
    result: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    said: Mapped[str | None] = mapped_column(Text)


class RosterExchangeSecret(CoreBase):
    """The secret part of what a sender said of a record, apart because rights on it differ.

    Kept only as long as a later packet may be compared with it. What a person left out and is nowhere here
    has no `subject_id`.
    """

    __tablename__ = "core_roster_exchange_secret"

    exchange_id: Mapped[int] = mapped_column(ForeignKey("core_roster_exchange.id"), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_id: Mapped[int | None] = mapped_column(BigId)
    said: Mapped[str] = mapped_column(Text, info={"secret": True})


class Reconciled(CoreBase):
    """What was decided where rosters differ, so that the same difference is not asked again.

    `identity` names the record: `#id`, or what identifies it where none is here. `digest` is the SHA-256 of
    what each side said: when one of them says something new, the difference is new. That of a number can be
    guessed, so that the trace keeps it apart.
    """

    __tablename__ = "core_reconciled"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    identity: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64), info={"secret": True})
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    decided_by: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("kind", "identity", "field", "digest"),
        {"sqlite_autoincrement": True},
    )


class FinishedReconciliation(CoreBase):
    """That a roster was reconciled with others' and nothing was left open (对账完成).

    `sides` is a set of codes, see `code_sets`; `compared` how many records of ours, `differences` how many
    were found and decided. It is written by who compares the whole roster.
    """

    __tablename__ = "core_reconciliation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    sides: Mapped[str] = mapped_column(String(60))
    compared: Mapped[int]
    differences: Mapped[int]
    on_date: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "kind", "on_date"), {"sqlite_autoincrement": True})
