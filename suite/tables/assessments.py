"""Assessments (考核评估): schemes as they were used, seasons, who took part, scores, grades, objections."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from suite.database.types import BigId, UtcDateTime
from suite.tables.base import CoreBase

POINTS = Numeric(7, 2)


class SchemeVersion(CoreBase):
    """One version of a declared scheme's sheet; never changed, so that old results stay what they were."""

    __tablename__ = "core_scheme_version"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    scheme: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("scheme", "version"), {"sqlite_autoincrement": True})


class SchemeItem(CoreBase):
    """One item of a version's sheet, in order of `place`. `sources` is a set of codes, see `code_sets`."""

    __tablename__ = "core_scheme_item"

    version_id: Mapped[int] = mapped_column(ForeignKey("core_scheme_version.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    place: Mapped[int]
    heading: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    most: Mapped[Decimal] = mapped_column(POINTS)
    measure: Mapped[str] = mapped_column(String(20))
    full: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    part: Mapped[str] = mapped_column(String(20))
    independent: Mapped[int]
    sources: Mapped[str] = mapped_column(String(200))
    rule: Mapped[str] = mapped_column(Text)
    article: Mapped[str | None] = mapped_column(String(200))


class SchemeGrade(CoreBase):
    """From how many points on a version's sheet leads to a grade."""

    __tablename__ = "core_scheme_grade"

    version_id: Mapped[int] = mapped_column(ForeignKey("core_scheme_version.id"), primary_key=True)
    grade: Mapped[str] = mapped_column(String(40), primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    at_least: Mapped[Decimal] = mapped_column(POINTS)


class Campaign(CoreBase):
    """One season (年度考核、评估): a version of a scheme applied to a period, both ends inclusive.

    `frozen_on`: the day by which it was settled who takes part. `state`: running, noticed or closed.
    `recorded`: nothing but the grades of a year past, taken over from the files (存量); it never ran here.
    """

    __tablename__ = "core_campaign"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("core_scheme_version.id"))
    scheme: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    frozen_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(20))
    opened_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    noticed_on: Mapped[dt.date | None]
    notice_until: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    document_no: Mapped[str | None] = mapped_column(String(100))
    recorded: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "scheme", "last"), {"sqlite_autoincrement": True})


class CampaignActor(CoreBase):
    """That a step of one season is taken by others than the scheme says: by holders of `action`."""

    __tablename__ = "core_campaign_actor"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("core_campaign.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(40), primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    action: Mapped[str] = mapped_column(String(40))


class CampaignTerm(CoreBase):
    """One number by which a season reckons, as it was when the season was opened; never changed."""

    __tablename__ = "core_campaign_term"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("core_campaign.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    value: Mapped[Decimal] = mapped_column(Numeric(9, 4))


class Assessment(CoreBase):
    """One participant of a season: whether it takes part, how far it has come, and its grade.

    It lies in the district and association of the subject on `frozen_on`; `name`, `body_id` and `group` are
    of that day. `standing`: in, outside, ungraded or deferred, by `rule` in the words of `rule_text`.
    `step`: the next step, empty when all are done. `total` is what the scores come to; `proposal` the grade
    that records or points propose, `proposed_by` why. `departure` says why the grade is another one, or by
    which document a grade of a year past was given; `run_id` is the import that brought such a one.
    """

    __tablename__ = "core_assessment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("core_campaign.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), index=True)
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True)
    group: Mapped[str | None] = mapped_column(String(60))
    standing: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str | None] = mapped_column(String(100))
    rule_text: Mapped[str] = mapped_column(String(500), default="")
    step: Mapped[str] = mapped_column(String(40))
    total: Mapped[Decimal | None] = mapped_column(POINTS)
    proposal: Mapped[str | None] = mapped_column(String(40))
    proposed_by: Mapped[str] = mapped_column(String(500), default="")
    grade: Mapped[str | None] = mapped_column(String(40))
    departure: Mapped[str] = mapped_column(String(500), default="")
    graded_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    graded_on: Mapped[dt.date | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("core_import_run.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("campaign_id", "subject_id"),
        Index(None, "campaign_id", "step", "district_code"),
        {"sqlite_autoincrement": True, "info": {"title": "考核评估"}},
    )


class OfAssessment:
    """The assessment an entry belongs to, with its scope, so that rights can be asked per row."""

    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))

    @declared_attr
    @classmethod
    def assessment_id(cls) -> Mapped[int]:
        """Whose entry it is."""
        return mapped_column(ForeignKey("core_assessment.id"))


class Score(OfAssessment, CoreBase):
    """What one scorer found of one item; a later one of the same scorer and source takes its place.

    `found` and `due` are as `points_of` takes them; neither where the item does not apply. `entry_id`: the
    entry of a ledger whose text and files the score rests on.
    """

    __tablename__ = "core_score"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(20))
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    on_date: Mapped[dt.date]
    found: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    due: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    points: Mapped[Decimal | None] = mapped_column(POINTS)
    evidence: Mapped[str] = mapped_column(Text)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("core_ledger_entry.id"), index=True)
    replaced_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "assessment_id", "item"), {"sqlite_autoincrement": True})


class AssessmentEvent(OfAssessment, CoreBase):
    """What happened to a participant, in order of `id`; written once and never changed."""

    __tablename__ = "core_assessment_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    what: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index(None, "assessment_id", "id"), {"sqlite_autoincrement": True})


class Objection(OfAssessment, CoreBase):
    """Somebody disputes a result (异议、复核); `outcome` is kept or changed, empty while it is open."""

    __tablename__ = "core_objection"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    raised_on: Mapped[dt.date]
    text: Mapped[str] = mapped_column(Text)
    due: Mapped[dt.date | None]
    decided_on: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    outcome: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index(None, "assessment_id"), {"sqlite_autoincrement": True})


class GradeMeasure(OfAssessment, CoreBase):
    """What a published grade leads to (结果运用): open until `settled_on`.

    `grade`: the one that led to it, whatever the grade is now. `until`: the last day of one that bars, which
    nobody settles. `outcome`: done, or dropped because the grade became another one; `note` says how or why.
    """

    __tablename__ = "core_grade_measure"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    article: Mapped[str] = mapped_column(String(300))
    on_date: Mapped[dt.date]
    grade: Mapped[str | None] = mapped_column(String(40))
    until: Mapped[dt.date | None]
    due: Mapped[dt.date | None]
    settled_on: Mapped[dt.date | None]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "assessment_id"), {"sqlite_autoincrement": True})
