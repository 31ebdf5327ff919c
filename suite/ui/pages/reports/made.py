"""报表: made from frozen numbers, saved, handed in, corrected."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.indicators.snapshots import SnapshotLine, snapshots
from suite.kernel.reports.commands import CorrectReport, MakeReport, SubmitReport
from suite.kernel.reports.correcting import TouchedReports, touched_reports
from suite.kernel.reports.leaving import LogReportCopy, save_bytes
from suite.kernel.reports.periods import CORRECTION, KINDS, last_quarter
from suite.kernel.reports.queries import ReportLine, handed_in, report_files, reports
from suite.kernel.reports.said import Against
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORD_FILE, WORKBOOK, saving_path
from suite.ui.kit.notices import Notice, NoticeKind
from suite.ui.kit.state import StateValue
from suite.ui.pages.reports.part import ReportsPart

if TYPE_CHECKING:
    from suite.ui.pages.reports.page import ReportsPage

COLUMNS = (
    Column(key="kind", title="种类", width=84),
    Column(key="period", title="期间", width=84),
    Column(key="title", title="名称", width=300, stretch=True, least=220),
    Column(key="snapshot", title="所据快照", width=260),
    Column(key="by", title="编制", width=180),
    Column(key="state", title="报送", kind=ColumnKind.STATE, width=230),
)
NEW = "new"
NOTE = "数字取自冻结的快照，以后可以原样再次编制。"


class ReportsMade(ReportsPart):
    """The reports, the newest first."""

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page, "报表", COLUMNS)
        self.lines: list[ReportLine] = []
        self.known: list[SnapshotLine] = []
        self.touched = self.add_act("核对更正", self.look_touched)
        self.correct = self.add_act("起草更正说明…", self.ask_correct)
        self.submit = self.add_act("登记报送…", self.ask_submit)
        self.paper = self.add_act("正文", lambda: self.export("docx"), icon="document")
        self.workbook = self.add_act("工作簿", lambda: self.export("xlsx"), icon="export")
        self.make = self.add_act("编制报表…", self.ask_make, icon="plus", primary=True)
        self.table.row_settled.connect(lambda _row, _key: self._allow())
        self.table.row_opened.connect(lambda _row, _key: self._open())

    def refresh(self) -> None:
        def query(session: ReadSession) -> tuple[list[ReportLine], list[SnapshotLine]]:
            return reports(session), snapshots(session)

        self.page.asking.read(query, self._came, self.lost)

    def _came(self, found: tuple[list[ReportLine], list[SnapshotLine]]) -> None:
        self.lines, self.known = found
        self.show_rows(
            [
                (
                    KINDS[line.kind],
                    line.period,
                    line.title,
                    f"{line.snapshot}（{line.as_of}）",
                    f"{line.by} {line.on}",
                    state_of(line),
                )
                for line in self.lines
            ],
            [line.id for line in self.lines],
            "还没有报表。点“编制报表”，把一个月、一个季度或一年的指标写成工作簿和正文。",
        )
        waiting = sum(line.submitted_on is None for line in self.lines)
        self.said.setText(f"{len(self.lines)} 份，{waiting} 份未报送" if self.lines else "")
        self._allow()

    @property
    def current(self) -> ReportLine | None:
        """The report in front."""
        row = self.table.current_row
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _allow(self) -> None:
        line = self.current
        lacking = self.page.lacking(MakeReport.permission, "编制和报送报表")
        none = "请先选中一份报表"
        self.make.set_refusal(lacking)
        self.touched.set_refusal(lacking)
        for button in (self.workbook, self.paper):
            button.set_refusal(lacking or ("" if line else none))
        sent = line is not None and line.submitted_on is not None
        self.submit.set_refusal(lacking or (none if line is None else "已经报送" if sent else ""))
        self.correct.set_refusal(
            lacking or (none if line is None else "" if sent else "还没有报送，重新编制即可")
        )

    def _open(self) -> None:
        line = self.current
        if line is not None:
            self.page.open_wanted.emit("snapshot-diff", (line.snapshot_id, ""))

    # Acts.

    def ask_make(self) -> None:
        """Make a report, in a strip in place."""
        today = self.page.desk.suite.today
        choices = [Choice(NEW, "现在冻结一份", "截至期末")]
        choices += [Choice(line.id, line.title, f"截至 {line.as_of}") for line in self.known]
        strip = ActStrip("编制报表", "编制报表", today, note=NOTE, ahead=True)

        strip.show_fields(
            (
                FieldSpec(
                    key="period",
                    title="期间",
                    required=True,
                    quiet=True,
                    placeholder="2026-09 月报，2026-Q3 季报，2026 年报",
                ),
                FieldSpec(
                    key="snapshot_id",
                    title="所据快照",
                    kind=FieldKind.CHOICE,
                    choices=tuple(choices),
                    required=True,
                    quiet=True,
                ),
            ),
            {"period": last_quarter(today), "snapshot_id": NEW},
        )

        def warn() -> None:
            told = handed_in(self.lines, str(strip.value("period") or ""))
            strip.set_note(f"{told}。" if told else NOTE, "warn" if told else "text2")

        strip.edited.connect(warn)
        warn()

        def send() -> None:
            number = strip.value("snapshot_id")
            self.page.acts.send(
                MakeReport(
                    period=str(strip.value("period") or ""),
                    snapshot_id=number if isinstance(number, int) else None,
                )
            )

        strip.submitted.connect(send)
        self.page.acts.begin(strip)

    def ask_submit(self) -> None:
        """Note that the report in front was handed in."""
        line = self.current
        if line is None:
            return
        today = self.page.desk.suite.today
        strip = ActStrip(
            f"登记《{line.title}》报送", "登记报送", today, note="报送后有误，只能起草更正说明。"
        )
        strip.show_fields(
            (
                FieldSpec(
                    key="submitted_on", title="报送日期", kind=FieldKind.DATE, required=True, quiet=True
                ),
                FieldSpec(key="document_no", title="报送文号", required=True, quiet=True),
            ),
            {"submitted_on": today},
        )
        strip.submitted.connect(
            lambda: self.page.acts.send(
                SubmitReport(
                    report_id=line.id,
                    submitted_on=strip.value("submitted_on"),
                    document_no=str(strip.value("document_no") or ""),
                    expected_version=line.version,
                )
            )
        )
        self.page.acts.begin(strip)

    def ask_correct(self) -> None:
        """Draft the 更正说明 of the report in front."""
        line = self.current
        if line is None:
            return
        strip = ConfirmStrip(
            f"按现在所知重算 {line.as_of} 的数，冻结一份，并逐条写成《关于更正“{line.title}”的说明》。",
            "起草更正说明",
            needs_reason=False,
        )
        strip.confirmed.connect(lambda _reason: self.page.acts.send(CorrectReport(report_id=line.id)))
        self.page.acts.begin(strip)

    def look_touched(self) -> None:
        """Which reports that were handed in would say something else today."""
        suite, actor = self.page.desk.suite, self.page.desk.actor

        def query(session: ReadSession) -> TouchedReports:
            return touched_reports(session, actor, suite.catalog, today=suite.today)

        self.said.setText("正在按现在所知重算已报送的各期…")
        self.page.asking.read(query, self._touched, self.lost)

    def _touched(self, judged: TouchedReports) -> None:
        self.said.setText("")
        if judged.unseen:
            self.page.tell(judged.unseen_words, NoticeKind.WARN)
        elif not judged.found:
            self.page.tell("已报送的报表都与现在所知相符，没有须更正的。", NoticeKind.OK)
        for item in judged.found:
            numbers = "、".join(f"{change.title}（{change.told}）" for change in item.changes[:4])
            more = f"等 {len(item.changes)} 项" if len(item.changes) > 4 else ""
            text = f"《{item.title}》（{item.document_no}）报送后有更正：{numbers}{more}。"
            report = next((line for line in self.lines if line.id == item.report_id), None)
            if report is not None:
                self.page.show_notice(
                    Notice(
                        kind=NoticeKind.WARN,
                        text=text,
                        buttons=(("逐条差异", partial(self.page.difference, report.snapshot_id)),),
                        closable=True,
                    )
                )

    # Files.

    def export(self, ending: str) -> None:
        """Save a file of the report in front where the person says."""
        line = self.current
        if line is None:
            return
        kinds = WORKBOOK if ending == "xlsx" else WORD_FILE
        path = saving_path(self, "保存报表", f"{line.title}.{ending}", kinds)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Make the file again, note that it leaves, and let it appear."""
        line = self.current
        if line is None:
            return
        suite, actor = self.page.desk.suite, self.page.desk.actor

        def write(_ticket: object) -> Against:
            with suite.reading() as session:
                files = report_files(session, actor, suite.catalog, line.id)
            content, stands = files.of(path.suffix)
            save_bytes(path, content, LogReportCopy(conditions=str(line.id)), actor, run=suite.run)
            return stands

        def done(stands: Against) -> None:
            self.page.happened.emit(f"已写出 {path.name}，{stands.words}")

        self.page.work.begin("编制文件", write, done)


def state_of(line: ReportLine) -> StateValue:
    """Whether it was handed in; a correction says what it is by its kind."""
    if line.submitted_on is not None:
        return StateValue(StateKind.OK, f"{line.submitted_on} {line.document_no}")
    return StateValue(StateKind.WARN if line.kind == CORRECTION else StateKind.RUN, "未报送")
