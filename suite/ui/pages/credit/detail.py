"""What is known of one decision or one record, beside the table: cells with their faults, or the history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.credit.publicity.columns import ARTICLE, Form
from suite.kernel.credit.publicity.queries import PublicityFile
from suite.kernel.credit.queries import CreditDetail
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind, Noted, ProblemValue
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, TextSize

#: States in which what the check finds still matters.
UNSENT = ("pending", "late", "rejected")
CELL_COLUMNS = (
    Column(key="title", title="国家标准的列", width=132),
    Column(key="value", title="内容", kind=ColumnKind.PROBLEM, width=180, stretch=True),
)
FACT_COLUMNS = (
    Column(key="on", title="日期", kind=ColumnKind.DATE, width=88),
    Column(key="act", title="办理", width=150, stretch=True),
    Column(key="by", title="经办", width=76),
)


class Detail(Pane):
    """`open_wanted` carries the key of a page and its argument; `fill_wanted` the code of a column."""

    open_wanted = Signal(str, object)
    fill_wanted = Signal(str)
    repair_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("内容", parent)
        self.publicity: PublicityFile | None = None
        self.record: CreditDetail | None = None
        self.chip = StateChip(StateValue(StateKind.NEUTRAL, ""))
        self.head.addWidget(self.chip)
        self.facts = label("", wrap=True)
        self.facts.setContentsMargins(S12, S8, S12, S8)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.facts)
        self.trouble = label("", tone="bad", wrap=True, size=TextSize.CAPTION)
        self.trouble.setContentsMargins(S12, 0, S12, S8)
        self.body.addWidget(self.trouble)
        self.source = ListSource()
        self.cells = TableView(RowTableModel(CELL_COLUMNS, self.source, self))
        self.cells.setAccessibleName("国家标准各列的内容")
        self.cells.row_opened.connect(lambda _row, key: self.fill_wanted.emit(str(key)))
        self.body.addWidget(self.cells, 1)
        self.log_source = ListSource()
        self.log = TableView(RowTableModel(FACT_COLUMNS, self.log_source, self))
        self.log.setAccessibleName("办理经过")
        self.body.addWidget(self.log, 1)
        self.empty = EmptyState("选一条，在这里看内容和办理经过。")
        self.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(S12, S8, S12, S8)
        foot.setSpacing(S8)
        self.fill = Button("补填…", icon_name="edit", tip="补填办件和名册都没有的列")
        self.fill.clicked.connect(lambda: self.fill_wanted.emit(str(self.cells.current_key or "")))
        self.repair = Button("申请修复…", icon_name="undo", tip="登记对这条记录的信用修复申请")
        self.repair.clicked.connect(self.repair_wanted)
        self.case = Button("打开办件", icon_name="folder")
        self.case.clicked.connect(self._open_case)
        self.subject = Button("打开档案", icon_name="record")
        self.subject.clicked.connect(self._open_subject)
        for button in (self.fill, self.repair, self.case, self.subject):
            foot.addWidget(button)
        foot.addStretch()
        self.body.addLayout(foot)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No row is chosen."""
        self.publicity, self.record = None, None
        self.title.setText("内容")
        for widget in (
            self.chip, self.facts, self.trouble, self.cells, self.log, self.fill, self.repair, self.case,
            self.subject,
        ):  # fmt: skip
            widget.hide()
        self.empty.show()

    def show_publicity(self, file: PublicityFile) -> None:
        """One decision: what the platform gets, and what it would send back."""
        self.show_nothing()
        self.publicity = file
        line = file.line
        self.title.setText(line.name)
        self._chip(line.state.kind, line.state.title)
        said = [
            f"{Form(line.form).words}　{line.title}",
            f"决定日期 {line.decided_on}　期限 {line.due}{'（暂估）' if line.provisional else ''}",
            f"报送单位：{'本局' if line.reporter == 'city' else '决定机关（本局督促、留存）'}",
        ]
        dates = (
            ("报送", line.reported_on),
            ("公示", line.published_on),
            ("公示至", file.display_until),
        )
        said.append("　".join(f"{word} {day}" for word, day in dates if day is not None))
        said += ["仅归集，不公示"] if line.kept_back else []
        said += [f"平台退回：{line.rejection}"] if line.rejection else []
        said += [f"撤回：{file.withdraw_reason}"] if file.withdraw_reason else []
        self._say(said)
        unsent = line.state.key in UNSENT
        count = len(file.problems) if unsent else 0
        self.trouble.setText(f"预检有 {count} 处会被退回，见下方标出的列。依据：{ARTICLE}" if count else "")
        self.trouble.setVisible(bool(count))
        rows, keys = [], []
        # What is wrong stands first: it is what must be mended.
        for cell in sorted(file.cells, key=lambda item: not (unsent and item.problems)):
            reason = "；".join(item.text for item in cell.problems) if unsent else ""
            if not cell.value and not reason:
                continue
            shown = cell.value or "（空）"
            rows.append((Noted(cell.title, "补填" if cell.filled else ""), ProblemValue(shown, reason)))
            keys.append(cell.code)
        self.source.set_rows(rows, keys)
        self.cells.show()
        self.cells.select_row(0)
        self.log_source.set_rows(
            [(send.on, Noted(send.outcome, send.answer or send.file_name), send.by) for send in file.sends],
            [place for place, _ in enumerate(file.sends)],
        )
        self.log.setVisible(bool(file.sends))
        self.fill.show()
        self.fill.set_refusal("" if file.may_keep else "您没有办理双公示的权限")
        self.case.setVisible(line.case_open)
        self.subject.setVisible(line.subject_id is not None)
        self.empty.hide()

    def show_record(self, detail: CreditDetail) -> None:
        """One record: what it says and what happened to it."""
        self.show_nothing()
        self.record = detail
        line = detail.line
        self.title.setText(f"{line.name}　#{line.id}")
        self._chip(line.state.kind, line.state.title)
        said = [
            f"{line.title}{f'（{line.grade}）' if line.grade else ''}　{line.document_no}",
            line.content,
            f"认定单位：{line.organ}　认定日期 {line.decided_on}",
            f"公开范围：{line.visibility}",
        ]
        if line.display_until is not None:
            said.append(f"公示 {line.display_from} 至 {line.display_until}，期满自动终止")
        if line.repairable_on is not None:
            said.append(f"最短公示期满 {line.repairable_on}，此后可以申请修复")
        rule = f"；公示规则：{detail.display_rule}" if line.grade else ""
        said.append(f"依据：{detail.article}{rule}")
        if detail.objection_until is not None:
            said.append(f"异议期限至 {detail.objection_until}")
        said += [f"异议：{detail.objection}"] if detail.objection else []
        said += [f"披露渠道：{detail.channel}"] if detail.channel else []
        said += [f"修复决定：{detail.repair_no}"] if detail.repair_no else []
        said += [f"撤销原因：{detail.reversed_reason}"] if detail.reversed_reason else []
        self._say(said)
        self.log_source.set_rows(
            [(fact.on, Noted(fact.act, fact.note), fact.by) for fact in detail.facts],
            [place for place, _ in enumerate(detail.facts)],
        )
        self.log.show()
        self.case.setVisible(line.case_open)
        self.subject.show()
        self.repair.setVisible(line.state.displayed and not line.favourable)
        self.repair.set_refusal("" if detail.may_keep else "您没有办理信用的权限")
        self.empty.hide()

    def _chip(self, kind: StateKind, word: str) -> None:
        self.chip.set_state(StateValue(kind, word))
        self.chip.show()

    def _say(self, lines: Sequence[str]) -> None:
        self.facts.setText("\n".join(line for line in lines if line))
        self.facts.show()

    def _open_case(self) -> None:
        line = self.publicity.line if self.publicity is not None else None
        number = line.case_id if line is not None else self.record.line.case_id if self.record else None
        if number is not None:
            self.open_wanted.emit("case", number)

    def _open_subject(self) -> None:
        if self.record is not None:
            self.open_wanted.emit("record", (self.record.line.kind, self.record.line.subject_id))
        elif self.publicity is not None:
            line = self.publicity.line
            self.open_wanted.emit("record", (line.kind, line.subject_id))

    def tables(self) -> tuple[QWidget, ...]:
        """For the way of the keyboard through the page."""
        return tuple(table for table in (self.cells, self.log) if table.isVisibleTo(self))
