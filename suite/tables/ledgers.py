"""Entries of ledgers (台账): one table for all of them, its columns typed by the database.

Which of the columns `text_1` … `flag_6` means what is said by the ledger's declaration
(`suite.contract.ledgers.Ledger.slots`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase


class LedgerEntry(CoreBase):
    """One entry. `kind` is the key of its ledger; it counts to the year of `day` and stands until `until`.

    An entry is never deleted: one that was wrong is crossed out (`struck_…`) and counts no more. `state` is
    empty where the ledger has no states.
    """

    __tablename__ = "core_ledger_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(key_text(60))
    number: Mapped[str] = mapped_column(key_text(60))
    title: Mapped[str] = mapped_column(String(300))
    day: Mapped[dt.date]
    until: Mapped[dt.date | None]
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(40), default="")
    text_1: Mapped[str | None] = mapped_column(String(300))
    text_2: Mapped[str | None] = mapped_column(String(300))
    text_3: Mapped[str | None] = mapped_column(String(300))
    text_4: Mapped[str | None] = mapped_column(String(300))
    text_5: Mapped[str | None] = mapped_column(String(300))
    text_6: Mapped[str | None] = mapped_column(String(300))
    text_7: Mapped[str | None] = mapped_column(String(300))
    text_8: Mapped[str | None] = mapped_column(String(300))
    long_1: Mapped[str | None] = mapped_column(Text)
    long_2: Mapped[str | None] = mapped_column(Text)
    long_3: Mapped[str | None] = mapped_column(Text)
    long_4: Mapped[str | None] = mapped_column(Text)
    choice_1: Mapped[str | None] = mapped_column(key_text(200))
    choice_2: Mapped[str | None] = mapped_column(key_text(200))
    choice_3: Mapped[str | None] = mapped_column(key_text(200))
    choice_4: Mapped[str | None] = mapped_column(key_text(200))
    choice_5: Mapped[str | None] = mapped_column(key_text(200))
    choice_6: Mapped[str | None] = mapped_column(key_text(200))
    choice_7: Mapped[str | None] = mapped_column(key_text(200))
    choice_8: Mapped[str | None] = mapped_column(key_text(200))
    whole_1: Mapped[int | None] = mapped_column(BigInteger)
    whole_2: Mapped[int | None] = mapped_column(BigInteger)
    whole_3: Mapped[int | None] = mapped_column(BigInteger)
    whole_4: Mapped[int | None] = mapped_column(BigInteger)
    whole_5: Mapped[int | None] = mapped_column(BigInteger)
    whole_6: Mapped[int | None] = mapped_column(BigInteger)
    whole_7: Mapped[int | None] = mapped_column(BigInteger)
    whole_8: Mapped[int | None] = mapped_column(BigInteger)
    figure_1: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    figure_2: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    figure_3: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    figure_4: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    figure_5: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    figure_6: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    day_1: Mapped[dt.date | None]
    day_2: Mapped[dt.date | None]
    day_3: Mapped[dt.date | None]
    day_4: Mapped[dt.date | None]
    flag_1: Mapped[bool | None]
    flag_2: Mapped[bool | None]
    flag_3: Mapped[bool | None]
    flag_4: Mapped[bool | None]
    flag_5: Mapped[bool | None]
    flag_6: Mapped[bool | None]
    note: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    struck_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    struck_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    struck_reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        UniqueConstraint("kind", "number"),
        Index(None, "kind", "day", "id"),
        {"sqlite_autoincrement": True, "info": {"title": "台账"}},
    )


class LedgerSubject(CoreBase):
    """A record that an entry is about. `role` is "subject" or the key of the ledger's column."""

    __tablename__ = "core_ledger_subject"

    entry_id: Mapped[int] = mapped_column(ForeignKey("core_ledger_entry.id"), primary_key=True)
    role: Mapped[str] = mapped_column(key_text(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True, index=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = ({"info": {"title": "台账中的记录"}},)


class LedgerFile(CoreBase):
    """A file attached to an entry: kept once, never changed; struck out, never deleted.

    `media` is what the bytes are: pdf, docx, png …; `size` in bytes. The trace keeps the digest alone.
    """

    __tablename__ = "core_ledger_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("core_ledger_entry.id"))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(key_text(64))
    media: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"digest": "sha256"})
    file_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300), default="")
    added_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    struck_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    struck_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    struck_reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        Index(None, "entry_id", "id"),
        {"sqlite_autoincrement": True, "info": {"title": "台账附件"}},
    )
