"""Making a report's files from what was frozen: the same snapshot gives the same bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.papers import PaperForm
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.documents.annex import Annex
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.paper import Paper, printed_day
from suite.kernel.indicators.snapshots import read_snapshot
from suite.kernel.reports.content import (
    HEADINGS,
    SOURCES,
    ReportContent,
    paragraphs_of,
    rows_of,
    sources_of,
)
from suite.kernel.reports.periods import CORRECTION
from suite.kernel.reports.settled import settled
from suite.kernel.reports.workbook import workbook_of
from suite.tables import Report


@dataclass(frozen=True, kw_only=True)
class ReportFiles:
    """The two files of a report. `same`: whether they are those that were made first; a later version of the
    program may set them otherwise, with the same numbers."""

    title: str
    workbook: bytes
    paper: bytes
    same: bool = True

    @property
    def digests(self) -> tuple[str, str]:
        """SHA-256 of the workbook and of the text."""
        return sha256(self.workbook).hexdigest(), sha256(self.paper).hexdigest()


def content_of(session: Session, actor: Actor, report: Report) -> ReportContent:
    """What a report says. Raises Refused to who may not see the whole of what was frozen."""
    read = read_snapshot(session, actor, report.snapshot_id)
    if read.intact is None:
        text = "报表的数字取自全市各条线，您只能查看其中一部分，请由编制科室导出。"
        raise refuse("report.scope", text, ProblemKind.NOT_PERMITTED)
    former = read_snapshot(session, actor, report.former_id) if report.former_id else None
    line = read.line
    return ReportContent(
        title=report.title,
        organ=report.organ,
        recipient=report.recipient,
        number="",
        day=report.on_date,
        frozen=read.frozen,
        former=None if former is None else former.frozen,
        basis=(
            ("报表", report.title),
            ("快照", f"{line.title}（#{line.id}）"),
            ("截止日期", line.as_of.isoformat()),
            ("冻结人", line.by),
            ("冻结时间（UTC）", f"{line.at:%Y-%m-%d %H:%M:%S}"),
            ("快照摘要（SHA-256）", line.digest),
            *((("比较的快照", f"{former.line.title}（#{former.line.id}）"),) if former else ()),
            ("说明", "同一快照再次编制，得到逐字节相同的文件。"),
        ),
    )


def files_of(session: Session, actor: Actor, report: Report) -> ReportFiles:
    """The files of a report, made again. They are those that were reported: `digests` shows it."""
    content = content_of(session, actor, report)
    rows = rows_of(content.frozen)
    if report.kind == CORRECTION:
        texts = tuple(report.basis.splitlines())
        annexes = [Annex(title="更正后的指标", headings=HEADINGS, rows=rows)]
    else:
        texts = paragraphs_of(content)
        annexes = [Annex(title="主要指标完成情况", headings=HEADINGS, rows=rows)]
        if sources := sources_of(content.frozen):
            annexes.append(Annex(title="取数说明", headings=SOURCES, rows=sources))
    paper = Paper(
        form=PaperForm.NOTICE,
        organ=report.organ,
        title=report.title,
        number=content.number,
        recipient=report.recipient,
        paragraphs=texts,
        day=printed_day(report.on_date),
        annexes=tuple(annexes),
    )
    return ReportFiles(
        title=report.title,
        workbook=settled(workbook_of(content), _moment(report.at)),
        paper=settled(set_paper(paper), _moment(report.at)),
    )


def _moment(at: dt.datetime) -> dt.datetime:
    return at.replace(microsecond=0)
