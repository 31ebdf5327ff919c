"""Subjects, the persons behind them, and what finds them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase

#: What a large list may be filtered by: each has an index that also carries the default order.
FILTERS = ("district_code", "status", "category", "body_id")


class Subject(CoreBase):
    """监管对象: one row for every body or person that is kept.

    `category`, `body_id` (the current post's body) and `district_code` are the current values; their
    past stands in `DatedValue` and `Post`. `name_key` orders names by pinyin.
    """

    __tablename__ = "core_subject"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(key_text(400))
    main_no: Mapped[str | None] = mapped_column(key_text(60))
    district_code: Mapped[str | None] = mapped_column(ForeignKey("core_district.code"))
    association: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"))
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("kind", "main_no"),
        Index(None, "kind", "name_key", "id"),
        *(Index(None, "kind", column, "name_key", "id") for column in FILTERS),
        Index(None, "body_id"),
        # Gives a kind's rows in the order they lie in: all of them are counted.
        Index(None, "kind"),
        # Counts those of a kind that belong to each body, one body after the other, without their rows. Not
        # of all, so that nobody goes through a whole kind by it: the rows lie in another order.
        Index(
            "ix_core_subject_of_body",
            *("kind", "body_id", "status", "category", "valid_from", "valid_to"),
            sqlite_where=text("body_id IS NOT NULL"),
            postgresql_where=text("body_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class Person(CoreBase):
    """A natural person behind one or more subjects across professions.

    The `…_shown` columns are the secrets of `Identity` as their mask shows them.
    """

    __tablename__ = "core_person"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sex: Mapped[str | None] = mapped_column(String(10))
    birth_date: Mapped[dt.date | None]
    ethnicity: Mapped[str | None] = mapped_column(String(40))
    political_status: Mapped[str | None] = mapped_column(String(40))
    education: Mapped[str | None] = mapped_column(String(40))
    id_number_shown: Mapped[str | None] = mapped_column(String(40))
    phone_shown: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = ({"sqlite_autoincrement": True},)


class Identity(CoreBase):
    """身份证号 and 联系电话 of a person, apart because rights on them differ."""

    __tablename__ = "core_identity"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    id_type: Mapped[str | None] = mapped_column(String(40))
    id_number: Mapped[str | None] = mapped_column(key_text(40), info={"secret": True})
    phone: Mapped[str | None] = mapped_column(String(40), info={"secret": True})

    __table_args__ = (UniqueConstraint("id_type", "id_number"),)


class SearchScope(CoreBase):
    """A kind with its scope columns, so that a key names all four by one small number.

    Entered by whoever first writes a key of it and never changed. Two that do so at once enter it twice,
    which harms nothing: both numbers then mean the same, and readers ask for all numbers of a meaning.
    """

    __tablename__ = "core_search_scope"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = ({"sqlite_autoincrement": True},)


class SearchKey(CoreBase):
    """One key by which a subject is found: a suffix of its name, pinyin, or a public number.

    Derived, so neither audited nor authoritative; `suite db check --mend` rebuilds it. Resident and
    telephone numbers never enter it.

    This is the largest table of a database, so what stands in it is weighed. A row is kept twice and no
    more: by subject, in the order in which rows are written, to tell whether a subject has a word and to
    take its keys away; and by key, for the range scans. Kind, profession, district and association are one
    number (`SearchScope`), which both an actor's scope and a policy of the database compare by equality.
    There is no third order by kind or district: a narrow scope filters the range of a word, as the number
    stands in the index itself, and what is broad is read from the scope's own subjects instead. An index by
    scope would serve that directly, for half as much again in size and time of writing. There are no
    foreign keys either: checking them would cost an import more than `suite db check` does.
    """

    __tablename__ = "core_search_key"

    subject_id: Mapped[int] = mapped_column(BigId, autoincrement=False)
    key: Mapped[str] = mapped_column(key_text(60))
    scope_id: Mapped[int]

    # The key's columns stand first: SQLite's own check of a file takes them by place. PostgreSQL's policy
    # asks for the scope of every key that it looks at: it is answered from the index too.
    __table_args__ = (
        PrimaryKeyConstraint("subject_id", "key", postgresql_include=["scope_id"]),
        Index(None, "key", "subject_id", "scope_id"),
        {"sqlite_with_rowid": False},
    )
