"""What a cross-notice tells: changes of licences and posts, grades, penalties and sanctions of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from suite.contract.casework import CaseKind
from suite.kernel.casework.penalties.lawful import imposed_of
from suite.kernel.casework.penalties.rules import imposed_words
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign, Case, CaseParty, LicenceEvent, Post, Subject

CHANGE, POST, GRADE, PENALTY, SANCTION = "change", "post", "grade", "penalty", "sanction"
TITLES = {
    CHANGE: "执业许可变动",
    POST: "执业机构变动",
    GRADE: "考核评估结果",
    PENALTY: "行政处罚",
    SANCTION: "行业处分",
}
#: Works of cases whose outcome is told, and as what.
OUTCOMES = {"penalty": PENALTY, "discipline": SANCTION}


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One thing that is told of one institution or person."""

    what: str
    kind: str
    subject_id: int
    name: str
    day: dt.date
    text: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first to the last day, both inclusive."""

    first: dt.date
    last: dt.date


def notice_lines(
    session: Session, catalog: Catalog, profession: str, period: Period, parts: tuple[str, ...]
) -> list[NoticeLine]:
    """What happened of a profession in a period, part by part, each by day. Rights are the caller's."""
    found: list[NoticeLine] = []
    readers = {
        CHANGE: lambda: _changes(session, catalog, profession, period),
        POST: lambda: _posts(session, catalog, profession, period),
        GRADE: lambda: _grades(session, catalog, profession, period),
        PENALTY: lambda: _outcomes(session, catalog, profession, period, PENALTY),
        SANCTION: lambda: _outcomes(session, catalog, profession, period, SANCTION),
    }
    for part in TITLES:
        if part in parts:
            found += sorted(readers[part](), key=lambda line: (line.day, line.name, line.subject_id))
    return found


def _called(catalog: Catalog, kind: str) -> str:
    return catalog.kinds[kind].title if kind in catalog.kinds else ""


def _changes(session: Session, catalog: Catalog, profession: str, period: Period) -> Iterator[NoticeLine]:
    rows = session.execute(
        select(LicenceEvent, Subject.id, Subject.name, Subject.kind)
        .join(Subject, Subject.id == LicenceEvent.subject_id)
        .where(
            LicenceEvent.profession == profession,
            LicenceEvent.voided_at.is_(None),
            LicenceEvent.on_date.between(period.first, period.last),
        )
    )
    for event, subject_id, name, key in rows:
        kind = catalog.kinds.get(key)
        if kind is None:
            continue
        state = catalog.code_title(kind.by_key["status"].codes or "", event.state)
        paper = "，".join(part for part in (event.decided_by, event.document_no) if part)
        yield NoticeLine(
            what=CHANGE,
            kind=key,
            subject_id=subject_id,
            name=name,
            day=event.on_date,
            text=f"{kind.title}“{name}”执业状态变为“{state}”" + (f"（{paper}）" if paper else ""),
        )


def _posts(session: Session, catalog: Catalog, profession: str, period: Period) -> Iterator[NoticeLine]:
    body = aliased(Subject)
    rows = session.execute(
        select(Post, Subject.id, Subject.name, Subject.kind, body.name)
        .join(Subject, Subject.id == Post.subject_id)
        .join(body, body.id == Post.body_id)
        .where(
            Post.profession == profession,
            Post.voided_at.is_(None),
            Post.from_date.between(period.first, period.last),
        )
    )
    for post, subject_id, name, kind, where in rows:
        yield NoticeLine(
            what=POST,
            kind=kind,
            subject_id=subject_id,
            name=name,
            day=post.from_date or period.first,
            text=f"{_called(catalog, kind)}“{name}”自当日起在“{where}”执业",
        )


def _grades(session: Session, catalog: Catalog, profession: str, period: Period) -> Iterator[NoticeLine]:
    rows = session.execute(
        select(Assessment, Campaign, Subject.kind)
        .join(Campaign, Campaign.id == Assessment.campaign_id)
        .join(Subject, Subject.id == Assessment.subject_id)
        .where(
            Assessment.profession == profession,
            Assessment.grade.is_not(None),
            Campaign.state == "closed",
            # Grades of years past that were taken over from the files happened then, not when they came in.
            Campaign.recorded.is_(False),
            Campaign.closed_on.between(period.first, period.last),
        )
    )
    for row, campaign, kind in rows:
        scheme = catalog.schemes.get(campaign.scheme)
        titles = {grade.key: grade.title for grade in scheme.grades} if scheme is not None else {}
        grade = row.grade or ""
        yield NoticeLine(
            what=GRADE,
            kind=kind,
            subject_id=row.subject_id,
            name=row.name,
            day=campaign.closed_on or period.last,
            text=f"{_called(catalog, kind)}“{row.name}”{campaign.title}：{titles.get(grade, grade)}",
        )


def _outcomes(
    session: Session, catalog: Catalog, profession: str, period: Period, part: str
) -> Iterator[NoticeLine]:
    """Decisions that took effect in the period and still stand; of areas of their own nothing is told."""
    for kind in catalog.case_kinds.values():
        if kind.owner != profession or OUTCOMES.get(kind.work) != part or kind.area is not None:
            continue
        columns = kind.details.c
        if "effective_from" not in columns:
            continue
        rows = session.execute(
            select(Case.id, Subject.id, Subject.name, Subject.kind, kind.details)
            .join(kind.details, columns.case_id == Case.id)
            .join(CaseParty, CaseParty.case_id == Case.id)
            .join(Subject, Subject.id == CaseParty.subject_id)
            .where(
                Case.kind == kind.key,
                CaseParty.role == kind.respondent,
                columns.effective_from.between(period.first, period.last),
                columns.annulment_document.is_(None),
            )
        )
        for row in rows.mappings():
            subject_kind = row[Subject.kind]
            yield NoticeLine(
                what=part,
                kind=subject_kind,
                subject_id=row[Subject.id],
                name=row[Subject.name],
                day=row["effective_from"],
                text=f"{_called(catalog, subject_kind)}“{row[Subject.name]}”{_imposed(catalog, kind, row)}",
            )


def _imposed(catalog: Catalog, kind: CaseKind, row: Mapping[Any, Any]) -> str:
    """The sanction in the words of its article, with its paper: 被处停止执业 3 个月，至…（石司罚决字…）."""
    values = {column.name: row[column.name] for column in kind.details.c}
    values["sanctions"] = tuple(filter(None, str(values["sanctions"] or "").split(",")))
    entry, imposed = catalog.penalties.get(str(values["article"] or "")), imposed_of(values)
    words = imposed_words(entry, imposed) if entry is not None and imposed is not None else ""
    said = f"被处{words or '处理'}"
    if row["effective_until"]:
        said += f"，至 {row['effective_until']}"
    return said + (f"（{row['decision_no']}）" if row["decision_no"] else "")
