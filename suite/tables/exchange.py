"""Runs of the importer: what came in, from which file, what each row became; and the senders' layouts."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase
from suite.tables.cases import OfCase


class ImportRun(CoreBase):
    """One accepted import: all its rows stand in one transaction.

    `on_date` is the business date, from which the days for taking it back count. Once it was taken back,
    `rows_undone` and `rows_left` say how many rows went and how many stayed; those may go later.
    """

    __tablename__ = "core_import_run"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    by_login: Mapped[str] = mapped_column(String(60))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[dt.date]
    rows_new: Mapped[int]
    rows_changed: Mapped[int]
    rows_same: Mapped[int]
    rows_held: Mapped[int]
    transaction_id: Mapped[int] = mapped_column(BigId)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(60))
    rows_undone: Mapped[int | None]
    rows_left: Mapped[int | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class ImportRow(CoreBase):
    """What one row of a run did: to which subject, and what it replaced, for taking it back.

    No foreign key holds the subject: the log says what became of a row also when its record is gone.
    `version`: that in which the run left the record; 0 once the row was taken back.
    """

    __tablename__ = "core_import_row"

    run_id: Mapped[int] = mapped_column(ForeignKey("core_import_run.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sheet: Mapped[str] = mapped_column(String(100))
    row: Mapped[int]
    result: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)


class ImportSecret(CoreBase):
    """The secret values that a row replaced, apart because rights on them differ.

    Kept only as long as the run can be taken back.
    """

    __tablename__ = "core_import_secret"

    run_id: Mapped[int] = mapped_column(ForeignKey("core_import_run.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    before: Mapped[str] = mapped_column(Text, info={"secret": True})


class ImportCase(OfCase, CoreBase):
    """A case that came in with a run as opening stock (存量导入), and where it stood in the file.

    No foreign key holds the case: the log says whence it came also when the run was taken back.
    """

    __tablename__ = "core_import_case"

    case_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    run_id: Mapped[int] = mapped_column(ForeignKey("core_import_run.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(100))
    row: Mapped[int]


class ImportEntry(CoreBase):
    """What one row of a run did to an entry of a ledger, and what it replaced, for taking it back.

    `before`: JSON of field key → former value of what it changed, None where it made the entry.
    """

    __tablename__ = "core_import_entry"

    run_id: Mapped[int] = mapped_column(ForeignKey("core_import_run.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("core_ledger_entry.id"), primary_key=True, index=True)
    sheet: Mapped[str] = mapped_column(String(100))
    row: Mapped[int]
    result: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))


class ImportLayout(CoreBase):
    """How one sender's headings go to the fields of a kind, as a person or an accepted run confirmed it.

    `signature` is that of the set of headings; `sender` is a label for people. `columns` and `repairs` are
    JSON, see `suite.kernel.exchange.layouts`.
    """

    __tablename__ = "core_import_layout"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    signature: Mapped[str] = mapped_column(String(64))
    sender: Mapped[str] = mapped_column(String(200))
    columns: Mapped[str] = mapped_column(Text)
    repairs: Mapped[str] = mapped_column(Text)
    confirmed_by: Mapped[str] = mapped_column(String(60))
    confirmed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("kind", "signature"), {"sqlite_autoincrement": True})
