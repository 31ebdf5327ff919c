"""The trace of every write. Entries are written by triggers, links by the seal; nothing updates them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.bulk import FEW
from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase

#: What an entry does that no trigger writes: a look at a secret value, an export, a refused attempt.
NOTED_ACTIONS = ("R", "E", "X")


def noted(action: str) -> str:
    """SQL of whether an entry is such a one. Of IN (…) SQLite would make a table anew for each entry."""
    return " OR ".join(f"{action} = '{one}'" for one in NOTED_ACTIONS)


class AuditTransaction(CoreBase):
    """One transaction: which command, by whom, when. No command means SQL by hand (无命令)."""

    __tablename__ = "core_audit_transaction"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    command: Mapped[str | None] = mapped_column(String(100))
    title: Mapped[str | None] = mapped_column(String(300))
    reason: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = ({"sqlite_autoincrement": True},)


class AuditEntry(CoreBase):
    """One row that was inserted (I), updated (U) or deleted (D), before and after, without secrets.

    `before` and `after` are the engine's own JSON text; `digest` seals the secret values of the same
    row, which stand in `AuditSecret` with a right of their own.
    """

    __tablename__ = "core_audit_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    transaction_id: Mapped[int] = mapped_column(BigId, index=True)
    table_name: Mapped[str] = mapped_column(String(63))
    row_key: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(1))
    profession: Mapped[str | None] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index(None, "table_name", "row_key", "id"),
        # Looks, exports and refusals are few among all that was written; the index costs a write nothing.
        Index(
            "ix_core_audit_entry_noted",
            "transaction_id",
            "action",
            sqlite_where=text(noted("action")),
            postgresql_where=text(noted("action")),
            info=FEW,
        ),
        {"sqlite_autoincrement": True},
    )


class AuditSecret(CoreBase):
    """The secret values of an entry, with the salt of its digest."""

    __tablename__ = "core_audit_secret"

    entry_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    salt: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class AuditLink(CoreBase):
    """The seal of one transaction: a hash over its entries in order and over the former link."""

    __tablename__ = "core_audit_link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    transaction_id: Mapped[int] = mapped_column(BigId, unique=True)
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
