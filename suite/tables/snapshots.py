"""Frozen sets of numbers, and the reports that were made from them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.audit_sql import FROZEN
from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase

#: What a part is: a number of a place, or the rows behind numbers; of rows, which right opens them.
VALUE, ROSTER, CASE, LEDGER = "value", "roster", "case", "ledger"


class Snapshot(CoreBase):
    """An indicator set frozen on `as_of`, as it was known when it was taken. Never changed.

    `set_key` is the name of the set whose targets held. `digest` is the SHA-256 of the parts, by which a
    copy is known for the same years later.
    """

    __tablename__ = "core_snapshot"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    set_key: Mapped[str | None] = mapped_column(String(60))
    as_of: Mapped[dt.date]
    note: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("title"),
        Index(None, "as_of"),
        {"sqlite_autoincrement": True, "info": FROZEN},
    )


class SnapshotPart(CoreBase):
    """One number of one place, or the rows behind numbers that lie in one place. Never changed.

    `what`: "value" (`key`: the indicator; without a district the whole), "roster", "case" or "ledger" (`key`
    names the rows within the snapshot). `content` is packed JSON and names subjects by value, not by
    reference, so that it reads the same when they have been merged or are gone.
    """

    __tablename__ = "core_snapshot_part"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("core_snapshot.id"))
    what: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(100))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"digest": "sha256"})

    __table_args__ = (
        Index(None, "snapshot_id", "what", "key"),
        {"sqlite_autoincrement": True, "info": FROZEN},
    )


class Report(CoreBase):
    """A report that was made from a snapshot, so that it can be made again byte for byte.

    `kind`: month, quarter, year or correction. `former_id`: the snapshot that it compares with. `corrects`:
    the report that a correction sets right, and `basis` what it explains, a line each, as it was known then.
    The digests are of its workbook and its text, and of what each says apart from how it is set; the latter
    are empty for those made before they were kept.
    """

    __tablename__ = "core_report"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    organ: Mapped[str] = mapped_column(String(100))
    recipient: Mapped[str] = mapped_column(String(200))
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("core_snapshot.id"), index=True)
    former_id: Mapped[int | None] = mapped_column(ForeignKey("core_snapshot.id"), index=True)
    corrects: Mapped[int | None] = mapped_column(ForeignKey("core_report.id"), index=True)
    basis: Mapped[str] = mapped_column(Text, default="")
    workbook_sha256: Mapped[str] = mapped_column(String(64))
    paper_sha256: Mapped[str] = mapped_column(String(64))
    workbook_words_sha256: Mapped[str | None] = mapped_column(String(64))
    paper_words_sha256: Mapped[str | None] = mapped_column(String(64))
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    on_date: Mapped[dt.date]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "kind", "period"), {"sqlite_autoincrement": True})


class SavedQuestion(CoreBase):
    """A question asked of a roster under a name, so that it can be asked again: 上午要数下午交.

    `filters` are the conditions of a list as JSON, by keys of fields; `group_by` the key of a field. `as_of`
    is empty for the day on which it is asked.
    """

    __tablename__ = "core_question"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    title: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(60))
    filters: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(String(100))
    group_by: Mapped[str] = mapped_column(String(60))
    as_of: Mapped[dt.date | None]
    shared: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("owner", "title"), {"sqlite_autoincrement": True})
