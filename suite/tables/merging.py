"""Merges of records and persons that were kept twice: what became of the one that is gone."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase

#: The kind of a subject that was merged into another. Every list, count, match and rule asks for a kind,
#: so that a merged subject is in none of them; what its kind was stands in its `Merge`.
MERGED = "core.merged"
#: In a foreign key's `info`: rows stay with the record that they are about when it is merged.
STAYS = {"merge": "stays"}


class Merge(CoreBase):
    """One merge (or split) and the way from an old id to the record that it means now.

    `what`: "subject", "person" or "split". The kept ids are references like all others: where the kept one
    is merged in its turn they move on, so that one step always leads to the record of today. `gone_no` is
    the main number that the gone record holds no more, `gone_details` what else it gave free since no two
    records may hold it: JSON of column → value. For a split, the kept person is the one that stood behind
    both and the gone one the person that was made.
    """

    __tablename__ = "core_merge"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    what: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    kept_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True)
    gone_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True, info=STAYS)
    kept_person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    gone_person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True, info=STAYS)
    gone_no: Mapped[str | None] = mapped_column(key_text(60), index=True)
    gone_details: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by_login: Mapped[str] = mapped_column(String(60))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    transaction_id: Mapped[int] = mapped_column(BigId, index=True)
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = ({"sqlite_autoincrement": True},)


class MergeRow(CoreBase):
    """One thing that a merge did to one row, so that it can be undone; never a value of a record.

    `action`: "moved" (the column named the id `before` and names the other one now), "swapped" (the kept and
    the gone row exchanged the column's values: `row_key` is the kept row's, `other_key` the gone row's),
    "made" (the row did not exist) or "followed" (the district of who belongs to a merged body was `before`).
    Keys are JSON lists of the primary key.
    """

    __tablename__ = "core_merge_row"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("core_merge.id"))
    action: Mapped[str] = mapped_column(String(10))
    table_name: Mapped[str] = mapped_column(String(63))
    row_key: Mapped[str] = mapped_column(String(300))
    other_key: Mapped[str | None] = mapped_column(String(300))
    column_name: Mapped[str | None] = mapped_column(String(63))
    before: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (Index(None, "merge_id", "id"), {"sqlite_autoincrement": True})
