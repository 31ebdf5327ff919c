"""Reports as they are listed, and their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.indicators.periods import parse_period
from suite.kernel.reports.making import ReportFiles, files_of
from suite.kernel.reports.periods import KINDS, kind_of, words_of
from suite.kernel.reports.said import against
from suite.loader.catalog import Catalog
from suite.tables import Report, Snapshot, User


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A report as a list shows it."""

    id: int
    kind: str
    period: str
    title: str
    snapshot_id: int
    snapshot: str
    as_of: dt.date
    corrects: int | None
    by: str
    on: dt.date
    submitted_on: dt.date | None
    document_no: str | None
    version: int


def reports(session: Session) -> list[ReportLine]:
    """All reports, the newest first."""
    rows = session.execute(
        select(Report, Snapshot.title, Snapshot.as_of, User.name)
        .join(Snapshot, Snapshot.id == Report.snapshot_id)
        .outerjoin(User, User.login == Report.by_login)
        .order_by(Report.id.desc())
    )
    return [
        ReportLine(
            id=row.id,
            kind=row.kind,
            period=row.period,
            title=row.title,
            snapshot_id=row.snapshot_id,
            snapshot=title,
            as_of=as_of,
            corrects=row.corrects,
            by=name or row.by_login,
            on=row.on_date,
            submitted_on=row.submitted_on,
            document_no=row.document_no,
            version=row.version,
        )
        for row, title, as_of, name in rows
    ]


def handed_in(lines: Iterable[ReportLine], period: str) -> str:
    """What whoever makes a report of a period is told where one was handed in; empty where none was."""
    try:
        found = parse_period(period.strip())
    except ValueError:
        return ""
    kind = kind_of(found)
    for line in lines:
        if line.kind == kind and line.period == found.text and line.submitted_on is not None:
            return (
                f"{words_of(found)}{KINDS[kind]}已于 {line.submitted_on} 以{line.document_no}报送"
                f"（{line.by}编制），再编的只供核对，与已报送的不同之处须以更正说明报送"
            )
    return ""


def report_named(session: Session, words: str) -> Report:
    """The report of a number, a period (the last made of it) or a title. Raises Refused."""
    text = words.strip()
    number = text.removeprefix("#")
    for row in session.scalars(select(Report).order_by(Report.id.desc())):
        if text in (row.title, row.period) or (number.isdigit() and row.id == int(number)):
            return row
    raise refuse("report.unknown", f"没有报表“{text[:60]}”。suite report list 列出全部。", field="report")


def report_files(session: Session, actor: Actor, catalog: Catalog, report_id: int) -> ReportFiles:
    """The files of a report, made again; each tells how it stands to the one made first."""
    row = session.get(Report, report_id)
    if row is None:
        raise refuse("report.unknown", f"没有编号为 {report_id} 的报表。", field="report")
    files = files_of(session, actor, catalog, row)
    return replace(
        files,
        workbook_is=against(files.workbook, row.workbook_sha256, row.workbook_words_sha256),
        paper_is=against(files.paper, row.paper_sha256, row.paper_words_sha256),
    )
