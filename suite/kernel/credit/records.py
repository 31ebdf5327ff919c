"""Writing credit records: from what an event means, put right when that changes, reversed when it is gone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from suite.contract.credit import CreditFinding, CreditRule, Visibility
from suite.kernel.credit.display import rule_on, terms_of
from suite.kernel.executor.work import Transaction
from suite.tables import CreditEvent, CreditRecord, Subject

RECORDS = "core.credit_record"
CONTENT, TITLE, ORGAN, REASON = 4000, 200, 100, 300


def log_event(work: Transaction, row: CreditRecord, act: str, on: dt.date, note: str = "") -> None:
    """Write what happened to a record; it is never changed again."""
    work.session.add(
        CreditEvent(
            record_id=row.id,
            subject_id=row.subject_id,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            at=work.now,
            on_date=on,
            by_login=work.actor.login,
            act=act,
            note=note.strip(),
        )
    )


def dated(found: CreditFinding, work: Transaction) -> dict[str, Any]:
    """By which rule a record is displayed, from when, until when, and from when it may be repaired."""
    rule = rule_on(found.decided_on, work.parameters)
    if found.grade is None:
        return {
            "rule_version": rule.key,
            "display_from": found.decided_on if found.shown_until else None,
            "repairable_on": None,
            "display_until": found.shown_until,
        }
    terms = terms_of(found.grade, found.decided_on, rule, work.parameters)
    return {
        "rule_version": rule.key,
        "display_from": found.decided_on if terms.until else None,
        "repairable_on": terms.repairable_on,
        "display_until": terms.until,
    }


def said(rule: CreditRule, found: CreditFinding, work: Transaction) -> dict[str, Any]:
    """What a finding says of a record, as columns."""
    visibility = found.visibility or rule.visibility
    return {
        "visibility": visibility.value,
        "grade": found.grade.value if found.grade else None,
        "title": found.title[:TITLE],
        "content": found.content.strip()[:CONTENT],
        "document_no": found.document_no[:ORGAN],
        "organ": (found.organ or str(work.parameters["core.paper.organ"]))[:ORGAN],
        "decided_on": found.decided_on,
        **dated(found, work),
    }


def new_record(
    rule: CreditRule,
    found: CreditFinding,
    subject: Subject,
    work: Transaction,
    *,
    case_id: int | None = None,
    assessment_id: int | None = None,
    entry_id: int | None = None,
    evidence: str = "",
) -> CreditRecord:
    """Write a record. What the law itself displays is displayed; the rest is collected, to be disclosed."""
    columns = said(rule, found, work)
    by_law = columns["display_until"] is not None and columns["visibility"] != Visibility.INTERNAL.value
    row = CreditRecord(
        subject_id=subject.id,
        profession=subject.profession,
        district_code=subject.district_code,
        association=subject.association,
        rule=rule.key,
        favourable=rule.favourable,
        evidence=evidence,
        case_id=case_id,
        assessment_id=assessment_id,
        entry_id=entry_id,
        stage="disclosed" if by_law else "collected",
        objection="",
        channel="",
        repair_no="",
        reversed_reason="",
        entered_on=work.today,
        by_login=work.actor.login,
        version=1,
        **columns,
    )
    work.session.add(row)
    work.session.flush()
    log_event(work, row, "记入", work.today, rule.title)
    return row


def follow_finding(
    rule: CreditRule,
    found: CreditFinding | None,
    subject: Subject,
    work: Transaction,
    *,
    why: str,
    on: dt.date,
    case_id: int | None = None,
    assessment_id: int | None = None,
    entry_id: int | None = None,
) -> int | None:
    """Let the record of an event be what the event now means; gives its id where anything changed.

    A record that was corrected by hand or repaired keeps its stage; one whose event is gone is reversed.
    """
    statement = select(CreditRecord).where(
        CreditRecord.rule == rule.key,
        CreditRecord.subject_id == subject.id,
        CreditRecord.reversed_on.is_(None),
    )
    row = work.session.scalar(
        statement.filter_by(case_id=case_id, assessment_id=assessment_id, entry_id=entry_id)
    )
    if found is None:
        if row is None:
            return None
        row.reversed_on, row.reversed_reason = on, why[:REASON]
        row.version += 1
        log_event(work, row, "撤销", on, why)
    elif row is None:
        row = new_record(
            rule, found, subject, work, case_id=case_id, assessment_id=assessment_id, entry_id=entry_id
        )
    else:
        columns = said(rule, found, work)
        if all(getattr(row, name) == value for name, value in columns.items()):
            return None
        for name, value in columns.items():
            setattr(row, name, value)
        row.version += 1
        log_event(work, row, "更新", on, why)
    work.session.flush()
    return row.id
