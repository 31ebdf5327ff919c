"""Cases (办件): their parties, what happened in them, their clocks, and who waits for whose signature."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase


class Case(CoreBase):
    """One matter. Its state is that after its last event; `version` counts the steps that changed it.

    It lies in the district and association of its first respondent. `repeat_of`: an earlier case about the
    same, as whoever opened it found. `handler` is the login that answers for it.
    """

    __tablename__ = "core_case"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(key_text(60), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(40))
    opened: Mapped[dt.date]
    closed: Mapped[dt.date | None]
    handler: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("core_section.id"))
    repeat_of: Mapped[int | None] = mapped_column(ForeignKey("core_case.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        # What is open of a kind, and in which districts there is any.
        Index("ix_core_case_open", "kind", "closed", "opened", "id", "district_code"),
        Index(None, "kind", "state", "opened", "id"),
        Index(None, "handler", "closed"),
        # What was closed last, of whatever kind.
        Index(None, "closed", "id"),
        {"sqlite_autoincrement": True},
    )


class OfCase:
    """The case an entry belongs to, with the case's scope, so that rights can be asked per row."""

    profession: Mapped[str] = mapped_column(String(30))
    district_code: Mapped[str | None] = mapped_column(String(6))
    association: Mapped[str | None] = mapped_column(String(60))

    @declared_attr
    @classmethod
    def case_id(cls) -> Mapped[int]:
        """Whose entry it is."""
        return mapped_column(ForeignKey("core_case.id"))


class CaseParty(OfCase, CoreBase):
    """Somebody who has a place in a case: a record, a colleague, or a name; until `left_on`, if any.

    For a complainant `name` is masked; the full one stands in `Complainant`.
    """

    __tablename__ = "core_case_party"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    role: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("core_subject.id"), index=True)
    login: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    since: Mapped[dt.date]
    left_on: Mapped[dt.date | None]

    __table_args__ = (
        Index(None, "case_id", "id"),
        {"sqlite_autoincrement": True, "info": {"title": "办件中的当事人"}},
    )


class Complainant(OfCase, CoreBase):
    """Who complains, apart from the case because fewer may see it; `place` counts within the case.

    `digest` finds the same complainant again without telling who it is.
    """

    __tablename__ = "core_complainant"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), info={"secret": True})
    id_number: Mapped[str | None] = mapped_column(key_text(40), info={"secret": True})
    phone: Mapped[str | None] = mapped_column(String(40), info={"secret": True})
    address: Mapped[str | None] = mapped_column(String(300), info={"secret": True})
    digest: Mapped[str] = mapped_column(key_text(64), index=True, info={"secret": True})


class CaseEvent(OfCase, CoreBase):
    """What happened in a case, in order of `id`; written once and never changed.

    `on_date` is the business date of the step, `by_login` who took it, `approved_by` who approved it last.
    `command` is the step's command, empty for a remark. `given` is JSON: what the step set, by field key.
    """

    __tablename__ = "core_case_event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    on_date: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    command: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(100))
    from_state: Mapped[str | None] = mapped_column(String(40))
    to_state: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text)
    given: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index(None, "case_id", "id"), {"sqlite_autoincrement": True})


class CaseClock(OfCase, CoreBase):
    """A legal limit that runs in a case. The length is that of the day it started; `article` says whence.

    `pauses` is JSON: [[first day, day it went on or null, reason], …]. `due` is empty while it stands still.
    `provisional`: counted through a year whose holidays are not published. `stopped_by` says in words what
    stopped it.
    """

    __tablename__ = "core_clock"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    limit_key: Mapped[str] = mapped_column(String(100))
    length: Mapped[int]
    extension: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str] = mapped_column(String(10))
    roll: Mapped[bool]
    article: Mapped[str] = mapped_column(String(200))
    start: Mapped[dt.date]
    pauses: Mapped[str] = mapped_column(Text, default="[]")
    due: Mapped[dt.date | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    stopped: Mapped[dt.date | None]
    stopped_by: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        Index(None, "case_id", "id"),
        # Which clock of a case ends first, for each line of a list.
        Index(None, "case_id", "stopped", "due"),
        # What ends first, of all that runs: the desk reads it without the rows.
        Index("ix_core_clock_running", "stopped", "due", "case_id", "limit_key"),
        {"sqlite_autoincrement": True},
    )


class Allegation(OfCase, CoreBase):
    """One thing that is alleged (投诉事项) and what was found of it last; `no` counts within the case.

    A finding that a review or a court took back is `annulled_on` a day: from then on it counts to no period
    any more. When it is found upon anew, what was found before becomes a `FormerFinding`.
    """

    __tablename__ = "core_allegation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    no: Mapped[int]
    head: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    finding: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    found_on: Mapped[dt.date | None]
    annulled_on: Mapped[dt.date | None]
    annulled_by: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (UniqueConstraint("case_id", "no"), {"sqlite_autoincrement": True})


class FormerFinding(OfCase, CoreBase):
    """What was found of an allegation before it was found upon anew; written once and never changed.

    `ended_on` is the day since when it holds no more: that of the annulment where it was `annulled`, with the
    document and the note as `reason`; otherwise it was put right before anybody was told.
    """

    __tablename__ = "core_former_finding"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    allegation_id: Mapped[int] = mapped_column(ForeignKey("core_allegation.id"), index=True)
    finding: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    found_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date]
    annulled: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))

    __table_args__ = (Index(None, "case_id", "id"), {"sqlite_autoincrement": True})


class LineOfCase(OfCase, CoreBase):
    """One line of a list of a case: a piece of evidence, an interview, a finding. The list says which cells
    it has and what they mean. `no` counts within the list.

    A line is never deleted: `struck_on` crosses it out, and the one written in its place `replaces` it.
    """

    __tablename__ = "core_case_line"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    list_key: Mapped[str] = mapped_column(String(60))
    no: Mapped[int]
    entered_on: Mapped[dt.date]
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    code: Mapped[str | None] = mapped_column(String(40))
    grade: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(String(300))
    holder: Mapped[str | None] = mapped_column(String(200))
    article: Mapped[str | None] = mapped_column(String(300))
    day: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    done: Mapped[dt.date | None]
    figure: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    flag: Mapped[bool | None]
    replaces: Mapped[int | None]
    struck_on: Mapped[dt.date | None]
    struck_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    struck_reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (UniqueConstraint("case_id", "list_key", "no"), {"sqlite_autoincrement": True})


class CaseApproval(OfCase, CoreBase):
    """A step of a case that waits for signatures: the command as JSON, and whose turn it is.

    `step` is the place in the chain, `permission` the action of that place. `state`: open, approved,
    returned or withdrawn; what each of them said stands among the events. `signed`: who signed so far and on
    which day, as JSON pairs of login and day; None until somebody did.
    """

    __tablename__ = "core_case_approval"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    command: Mapped[str] = mapped_column(String(60))
    fields: Mapped[str] = mapped_column(Text)
    step: Mapped[int] = mapped_column(default=0)
    permission: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20))
    asked_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    signed: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(None, "case_id", "state"),
        Index(None, "state", "permission"),
        {"sqlite_autoincrement": True},
    )


class NumberSeriesYear(CoreBase):
    """How far a number series has come in a year: its next number is `last` + 1, without gaps."""

    __tablename__ = "core_number_series"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    profession: Mapped[str] = mapped_column(String(30))
    last: Mapped[int]
