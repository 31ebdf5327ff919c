"""Credit (信用): records and what happened to them, what is made public (双公示), what went to platforms."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase
from suite.tables.history import OfSubject


class CreditRecord(OfSubject, CoreBase):
    """One credit record (信用记录) of a subject, written by a rule from an event or entered by hand.

    grade: the class, None where it has none. rule_version: by which rule of display it was dated. It is
    displayed from `display_from` to `display_until`, both inclusive, unless repaired or ended before; a
    repair may be asked for from `repairable_on`. stage: how far its disclosure is. A record whose event was
    annulled is `reversed_on` a day and counts for nothing.
    """

    __tablename__ = "core_credit_record"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    rule: Mapped[str] = mapped_column(String(60))
    visibility: Mapped[str] = mapped_column(String(10))
    favourable: Mapped[bool]
    grade: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    document_no: Mapped[str] = mapped_column(String(100))
    organ: Mapped[str] = mapped_column(String(100))
    decided_on: Mapped[dt.date]
    evidence: Mapped[str] = mapped_column(String(200))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("core_case.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("core_assessment.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("core_ledger_entry.id"), index=True)
    rule_version: Mapped[str] = mapped_column(String(20))
    display_from: Mapped[dt.date | None]
    repairable_on: Mapped[dt.date | None]
    display_until: Mapped[dt.date | None]
    stage: Mapped[str] = mapped_column(String(20))
    objection_until: Mapped[dt.date | None]
    objection: Mapped[str] = mapped_column(Text)
    verified_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    channel: Mapped[str] = mapped_column(String(200))
    repaired_on: Mapped[dt.date | None]
    repair_no: Mapped[str] = mapped_column(String(100))
    ended_on: Mapped[dt.date | None]
    reversed_on: Mapped[dt.date | None]
    reversed_reason: Mapped[str] = mapped_column(String(300))
    entered_on: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(None, "subject_id", "decided_on"),
        Index(None, "profession", "decided_on", "id"),
        Index(None, "stage", "display_until"),
        {"sqlite_autoincrement": True, "info": {"title": "信用记录"}},
    )


class CreditEvent(OfSubject, CoreBase):
    """What happened to a credit record: a step of its disclosure, a look at it, a file that it went into."""

    __tablename__ = "core_credit_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("core_credit_record.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    act: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index(None, "record_id", "id"),
        Index(None, "subject_id"),
        {"sqlite_autoincrement": True, "info": {"title": "信用记录的办理"}},
    )


class Publicity(CoreBase):
    """One decision that must be public (双公示): a licence or a penalty, from its case or from opening stock.

    form: licence or penalty; person: about a natural person. reporter: city or province, whoever reports it.
    due: the last day in time; provisional where a year's holidays are not announced. state: see
    `kernel.credit.publicity.rules`. ceased_on: from when it was owed no more, unless it was reported before.
    It lies where its case lies; `subject_id` is empty where the party has no record (无证).
    """

    __tablename__ = "core_publicity"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("core_case.id"), unique=True)
    form: Mapped[str] = mapped_column(String(10))
    person: Mapped[bool]
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300))
    document_no: Mapped[str] = mapped_column(key_text(100))
    reporter: Mapped[str] = mapped_column(String(10))
    decided_on: Mapped[dt.date]
    due: Mapped[dt.date]
    provisional: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20))
    reported_on: Mapped[dt.date | None]
    ceased_on: Mapped[dt.date | None]
    published_on: Mapped[dt.date | None]
    channel: Mapped[str] = mapped_column(String(200))
    rejection: Mapped[str] = mapped_column(Text)
    display_until: Mapped[dt.date | None]
    withdraw_due: Mapped[dt.date | None]
    withdrawn_on: Mapped[dt.date | None]
    withdraw_reason: Mapped[str] = mapped_column(String(300))
    entered_on: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(None, "state", "due"),
        Index(None, "decided_on", "id"),
        Index(None, "document_no"),
        {"sqlite_autoincrement": True, "info": {"title": "双公示"}},
    )


class OfPublicity:
    """The decision that an entry belongs to, with its scope, so that rights can be asked per row."""

    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))


class PublicityValue(OfPublicity, CoreBase):
    """A cell of the national table that neither the case nor the roster knows, as it was filled in."""

    __tablename__ = "core_publicity_value"

    publicity_id: Mapped[int] = mapped_column(ForeignKey("core_publicity.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class PublicitySend(OfPublicity, CoreBase):
    """One sending of a decision to the platform: when, in which file, the digest of its cells, the outcome.

    outcome: None until the platform answers, then accepted or rejected; `place` is the column it names.
    """

    __tablename__ = "core_publicity_send"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    publicity_id: Mapped[int] = mapped_column(ForeignKey("core_publicity.id"))
    sent_on: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    file_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(300))
    masked: Mapped[bool]
    digest: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str | None] = mapped_column(String(10))
    outcome_on: Mapped[dt.date | None]
    place: Mapped[str] = mapped_column(String(60))
    answer: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index(None, "publicity_id", "id"), {"sqlite_autoincrement": True})


class PublicityAnswer(OfPublicity, CoreBase):
    """A file of the platform, by its SHA-256, that sent a decision back: it does so once."""

    __tablename__ = "core_publicity_answer"

    publicity_id: Mapped[int] = mapped_column(ForeignKey("core_publicity.id"), primary_key=True)
    file: Mapped[str] = mapped_column(String(64), primary_key=True)


class PlatformExport(CoreBase):
    """One file of differences for a platform; what it says counts as known there once it is acknowledged."""

    __tablename__ = "core_platform_export"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    feed: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    number: Mapped[int]
    made_on: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    rows: Mapped[int]
    acknowledged_on: Mapped[dt.date | None]
    reference: Mapped[str] = mapped_column(String(100))

    __table_args__ = (UniqueConstraint("feed", "number"), {"sqlite_autoincrement": True})


class PlatformItem(OfSubject, CoreBase):
    """One thing that a file of differences said of a subject: new, changed or removed, and its digest."""

    __tablename__ = "core_platform_item"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("core_platform_export.id"))
    item: Mapped[str] = mapped_column(String(60))
    change: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index(None, "export_id", "subject_id"),
        Index(None, "subject_id"),
        {"sqlite_autoincrement": True, "info": {"title": "平台报送的内容"}},
    )
