"""Making a report of a period, handing it in, and correcting one that was handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.documents.paper import quoted
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.differing import judged_on
from suite.kernel.indicators.snapshots import TakeSnapshot, free_title, freeze_judged, read_snapshot
from suite.kernel.reports.correcting import correction_lines
from suite.kernel.reports.declarations import REPORT_MAKE
from suite.kernel.reports.making import files_of
from suite.kernel.reports.periods import CORRECTION, KINDS, day_of, kind_of, period_named, words_of
from suite.kernel.reports.queries import handed_in, reports
from suite.tables import Report, Snapshot

LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class MakeReport(Command):
    """Make the report of a period: 2026-09 (月报), 2026-Q3 (季报) or 2026 (年报).

    snapshot_id: from which; without one the period's last day (or today) is frozen for it. It compares with
    the last report of the same kind before it.
    """

    permission: ClassVar[str] = REPORT_MAKE
    title: ClassVar[str] = "编制报表"

    period: str
    snapshot_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SubmitReport(Command):
    """Note that a report was handed in: on which day, by which document. It is corrected from then on by a
    correction only."""

    permission: ClassVar[str] = REPORT_MAKE
    title: ClassVar[str] = "登记报表已报送"

    report_id: int
    submitted_on: dt.date
    document_no: str
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectReport(Command):
    """Draft the 更正说明 of a report that was handed in: freeze its day as it is known now, and explain row
    by row what is otherwise."""

    permission: ClassVar[str] = REPORT_MAKE
    title: ClassVar[str] = "起草更正说明"

    report_id: int


def make_report(command: MakeReport, work: Transaction) -> Done:
    """Write it. Refuses a period that has not begun, and a snapshot of another time."""
    period = period_named(command.period)
    if period.first > work.today:
        raise refuse("report.future", f"{words_of(period)}尚未开始，请改正。", field="period")
    kind, words = kind_of(period), words_of(period)
    if command.snapshot_id is None:
        day = day_of(period, work.today)
        title = free_title(work.session, f"{words}{KINDS[kind]}快照")
        frozen = work.run(TakeSnapshot(name=title, as_of=day, note=f"为{words}{KINDS[kind]}冻结"))
        snapshot_id = int(frozen.result["snapshot"])
    else:
        snapshot_id = command.snapshot_id
    snapshot = work.session.get(Snapshot, snapshot_id)
    if snapshot is None:
        raise refuse("snapshot.unknown", f"没有编号为 {snapshot_id} 的快照。", field="snapshot_id")
    if not period.first <= snapshot.as_of <= period.last:
        text = f"快照截至 {snapshot.as_of}，不在{words}之内，请另选快照。"
        raise refuse("report.snapshot", text, field="snapshot_id")
    former = work.session.scalar(
        select(Report.snapshot_id)
        .where(Report.kind == kind, Report.period < period.text)
        # What was handed in is what the next one is compared with.
        .order_by(Report.period.desc(), Report.submitted_on.is_(None), Report.id.desc())
        .limit(1)
    )
    row = Report(
        kind=kind,
        period=period.text,
        title=f"关于{work.parameters['core.report.subject']}{words}指标完成情况的报告",
        organ=str(work.parameters["core.paper.organ"]),
        recipient=str(work.parameters["core.report.recipient"]),
        snapshot_id=snapshot_id,
        former_id=former,
        by_login=work.actor.login,
        on_date=work.today,
        at=work.now.replace(microsecond=0),
    )
    told = handed_in(reports(work.session), period.text)
    return _written(row, work, f"已编制{quoted(row.title)}" + (f"。{told}" if told else ""))


def submit_report(command: SubmitReport, work: Transaction) -> Done:
    """Write it, once; of a period one report is handed in, what was wrong in it is corrected."""
    row = _report(work, command.report_id)
    # Held until commit: of two desks the second sees what the first handed in.
    period = work.session.scalars(
        select(Report)
        .where(Report.kind == row.kind, Report.period == row.period)
        .order_by(Report.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    handed = (one for one in period if one.id != row.id and one.submitted_on is not None)
    other = next(handed, None) if row.kind != CORRECTION else None
    if other is not None:
        text = (
            f"{row.period} 的报告已于 {other.submitted_on} 报送（{other.document_no}），同一期不重复报送；"
            "数字有变化的，请对已报送的那份起草更正说明。"
        )
        raise refuse("report.period_submitted", text, ProblemKind.FORBIDDEN)
    if row.submitted_on is None and row.corrects is not None:
        _require_uncorrected(row.corrects, "报送", work)
    if row.submitted_on is not None:
        text = (
            f"{quoted(row.title)}已于 {row.submitted_on} 报送（{row.document_no}），不能再改；"
            "有误请起草更正说明。"
        )
        raise refuse("report.submitted", text, ProblemKind.FORBIDDEN)
    if command.expected_version is not None and command.expected_version != row.version:
        raise refuse("stale", "这份报表刚被别人改过，请刷新后再办。", ProblemKind.STALE)
    if not row.on_date <= command.submitted_on <= work.today:
        text = f"报送日期应在编制日 {row.on_date} 与今天之间，请改正。"
        raise refuse("report.day", text, field="submitted_on")
    number = command.document_no.strip()
    if not number or len(number) > LONGEST:
        raise refuse("required", f"请填写报送文号，最多 {LONGEST} 字。", field="document_no")
    row.submitted_on, row.document_no, row.version = command.submitted_on, number, row.version + 1
    work.session.flush()
    return Done(text=f"已登记{quoted(row.title)}报送", changes=_changes(row), result={"report": row.id})


def correct_report(command: CorrectReport, work: Transaction) -> Done:
    """Write it. Refuses one that was not handed in, and where nothing of its day is known otherwise now."""
    row = _report(work, command.report_id)
    if row.submitted_on is None:
        text = f"{quoted(row.title)}还没有报送，重新编制即可，无须更正说明。"
        raise refuse("report.open", text, ProblemKind.FORBIDDEN)
    _require_uncorrected(row.id, "起草", work)
    former = work.session.get(Snapshot, row.snapshot_id)
    if former is None:
        raise refuse("snapshot.unknown", "报表所据的快照已不在库中，请从备份恢复。")
    lines = correction_lines(work.session, work.actor, work.catalog, row, today=work.today)
    if not lines:
        raise refuse(
            "report.right", f"按现在所知重算，{quoted(row.title)}的数没有变化。", ProblemKind.FORBIDDEN
        )
    title = free_title(work.session, f"{former.title[:80]} 更正")
    read = read_snapshot(work.session, work.actor, work.catalog, former.id, members=False)
    asked = read.frozen.asked
    again = TakeSnapshot(
        name=title,
        as_of=former.as_of,
        note=f"为更正{quoted(row.title)}冻结",
        set=asked.set,
        with_xinji=asked.positions.get(WITH_XINJI),
        with_zones=asked.positions.get(WITH_ZONES),
    )
    frozen = freeze_judged(again, work, judged_on(read, work.today))
    made = Report(
        kind=CORRECTION,
        period=row.period,
        title=f"关于更正{quoted(row.title)}的说明",
        organ=row.organ,
        recipient=row.recipient,
        snapshot_id=int(frozen.result["snapshot"]),
        former_id=row.snapshot_id,
        corrects=row.id,
        basis="\n".join(lines),
        by_login=work.actor.login,
        on_date=work.today,
        at=work.now.replace(microsecond=0),
    )
    return _written(made, work, f"已起草{quoted(made.title)}")


def _require_uncorrected(report_id: int, what: str, work: Transaction) -> None:
    """Raises Refused where a correction of a report was handed in: the last one stands in its place, and is
    what is corrected."""
    corrections = {
        one.corrects: one
        for one in work.session.scalars(
            select(Report)
            .where(Report.corrects.is_not(None), Report.submitted_on.is_not(None))
            .order_by(Report.id)
        )
    }
    last = None
    while (following := corrections.get(report_id)) is not None:
        last, report_id = following, following.id
    if last is not None:
        text = (
            f"这份报告的更正说明已于 {last.submitted_on} 报送（{last.document_no}），不能再对原报{what}更正；"
            f"还有要更正的，请对第 {last.id} 号{quoted(last.title)}起草更正说明。"
        )
        raise refuse("report.corrected", text, ProblemKind.FORBIDDEN)


def _written(row: Report, work: Transaction, text: str) -> Done:
    row.workbook_sha256 = row.paper_sha256 = ""
    files = files_of(work.session, work.actor, work.catalog, row)
    row.workbook_sha256, row.paper_sha256 = files.digests
    row.workbook_words_sha256, row.paper_words_sha256 = files.words_digests
    work.session.add(row)
    work.session.flush()
    return Done(
        text=text,
        changes=_changes(row),
        result={"report": row.id, "snapshot": row.snapshot_id, "title": row.title, "kind": row.kind},
    )


def _changes(row: Report) -> tuple[Change, ...]:
    return (Change(kind="core.report", ids=(row.id,)),)


def _report(work: Transaction, report_id: int) -> Report:
    row = work.session.get(Report, report_id)
    if row is None:
        raise refuse("report.unknown", f"没有编号为 {report_id} 的报表。", field="report_id")
    return row


HANDLERS: Mapping[type[Command], Handler] = {
    MakeReport: make_report,
    SubmitReport: submit_report,
    CorrectReport: correct_report,
}
