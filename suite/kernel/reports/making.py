"""Making a report's files from what was frozen: the same snapshot gives the same bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.papers import PaperForm
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.audit.activity import SHANGHAI
from suite.kernel.documents.annex import Annex
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.paper import Paper, printed_day
from suite.kernel.indicators.snapshots import read_snapshot
from suite.kernel.reports.content import (
    HEADINGS,
    SOURCES,
    SWITCHES,
    ReportContent,
    judged_anew,
    moved_rows,
    paragraphs_of,
    rows_of,
    sources_of,
    switches_of,
)
from suite.kernel.reports.periods import CORRECTION
from suite.kernel.reports.said import Against, said_sha256
from suite.kernel.reports.settled import settled
from suite.kernel.reports.workbook import workbook_of
from suite.loader.catalog import Catalog
from suite.tables import District, Report


@dataclass(frozen=True, kw_only=True)
class ReportFiles:
    """The two files of a report, and how each stands to the one made first: a later version of the program
    may word or set them otherwise, with the same numbers."""

    title: str
    workbook: bytes
    paper: bytes
    workbook_is: Against = Against.SAME
    paper_is: Against = Against.SAME

    @property
    def same(self) -> bool:
        """Whether both are byte for byte those made first."""
        return self.workbook_is is self.paper_is is Against.SAME

    def of(self, ending: str) -> tuple[bytes, Against]:
        """The file with this ending, .xlsx or .docx, and how it stands to the first."""
        return (self.workbook, self.workbook_is) if ending == ".xlsx" else (self.paper, self.paper_is)

    @property
    def digests(self) -> tuple[str, str]:
        """SHA-256 of the workbook and of the text."""
        return sha256(self.workbook).hexdigest(), sha256(self.paper).hexdigest()

    @property
    def words_digests(self) -> tuple[str, str]:
        """SHA-256 of what each of the two says."""
        return said_sha256(self.workbook), said_sha256(self.paper)


def content_of(session: Session, actor: Actor, catalog: Catalog, report: Report) -> ReportContent:
    """What a report says. Raises Refused to who may not see the whole of what was frozen."""
    read = read_snapshot(session, actor, catalog, report.snapshot_id)
    if read.intact is None:
        raise out_of_sight("导出")
    if not read.intact:
        text = f"报表所据的快照《{read.line.title}》与冻结时不符，不能据以编制。请核对操作痕迹，从备份恢复。"
        raise refuse("snapshot.damaged", text, ProblemKind.UNAVAILABLE)
    former = read_snapshot(session, actor, catalog, report.former_id) if report.former_id else None
    line, judged = read.line, read.frozen.judged_on
    return ReportContent(
        title=report.title,
        organ=report.organ,
        recipient=report.recipient,
        number=f"　　〔{report.on_date.year}〕　　号",  # given by hand when it is handed in, as is who signs
        day=report.on_date,
        frozen=read.frozen,
        former=None if former is None else former.frozen,
        zones=_zones(session) if read.frozen.zones is None else read.frozen.zones,
        basis=(
            ("报表", report.title),
            ("快照", f"{line.title}（#{line.id}）"),
            ("截止日期", line.as_of.isoformat()),
            *((("填报逾期判断至", judged.isoformat()),) if judged is not None else ()),
            *((("快照说明", line.note),) if line.note else ()),
            ("冻结人", line.by),
            ("冻结时间", f"{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"),
            ("快照摘要（SHA-256）", line.digest),
            *((("比较的快照", f"{former.line.title}（#{former.line.id}）"),) if former else ()),
            ("说明", "同一快照再次编制，得到逐字节相同的文件。"),
        ),
    )


def _zones(session: Session) -> frozenset[str]:
    """The districts that are no 县（市、区）, as they stand: for snapshots that did not keep them."""
    return frozenset(session.scalars(select(District.code).where(District.standard.is_(False))))


def out_of_sight(what: str) -> Refused:
    """The report is made of numbers of which the reader may see a part only."""
    text = f"报表的数字取自全市各条线，您无权查看其他单位的部分，请由编制报表的科室{what}。"
    return refuse("report.scope", text, ProblemKind.NOT_PERMITTED)


def files_of(session: Session, actor: Actor, catalog: Catalog, report: Report) -> ReportFiles:
    """The files of a report, made again. They are those that were reported: `digests` shows it."""
    content = content_of(session, actor, catalog, report)
    if report.kind == CORRECTION:
        *lines, last = report.basis.splitlines()
        texts: tuple[str, ...] = (*lines, *judged_anew(content.frozen, content.former), last)
        rows = moved_rows(content.frozen, content.former)
        annexes = [Annex(title="更正后的指标", headings=HEADINGS, rows=rows)]
    else:
        texts, rows = paragraphs_of(content), rows_of(content.frozen)
        annexes = [Annex(title="主要指标完成情况", headings=HEADINGS, rows=rows)]
        if sources := sources_of(content.frozen):
            annexes.append(Annex(title="取数说明", headings=SOURCES, rows=sources))
        if switches := switches_of(content.frozen):
            annexes.append(Annex(title="统计口径", headings=SWITCHES, rows=switches))
    paper = Paper(
        form=PaperForm.NOTICE,
        organ=report.organ,
        title=report.title,
        number=content.number,
        recipient=report.recipient,
        paragraphs=texts,
        day=printed_day(report.on_date),
        annexes=tuple(annexes),
        upward=True,
    )
    return ReportFiles(
        title=report.title,
        workbook=settled(workbook_of(content), _moment(report.at)),
        paper=settled(set_paper(paper), _moment(report.at)),
    )


def _moment(at: dt.datetime) -> dt.datetime:
    return at.replace(microsecond=0)
