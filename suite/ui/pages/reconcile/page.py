"""三方对账: our roster, an association's and the province's, compared field by field and decided in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.declarations import RecordKind
from suite.kernel.exchange.reconcile_decisions import WHOLE_ONLY
from suite.kernel.exchange.reconcile_rules import ASSOCIATION, PROVINCE, TITLES
from suite.kernel.exchange.reconciling import ReconcileRequest, Reconciliation
from suite.ui.asking import Asking
from suite.ui.desk import Desk
from suite.ui.dropped import one_file
from suite.ui.kind_chooser import KindChooser
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, S24, Height, TextSize
from suite.ui.long_work import LongWork
from suite.ui.pages.reconcile.acts import ReconcileActs
from suite.ui.pages.reconcile.findings import FindingsPane
from suite.ui.pages.reconcile.sides import SideFile
from suite.ui.roster_pages import lacking

NO_FILE = "请至少选择协会表或省厅表中的一份"


class ReconcilePage(Page):
    """The comparison of one kind's roster; `kind` is its key, empty for the first that may be read."""

    def __init__(self, desk: Desk, kind: object = None, parent: QWidget | None = None) -> None:
        super().__init__("reconcile", "三方对账", "table", parent)
        self.desk = desk
        self.asking = Asking(desk, self)
        self.chooser = KindChooser(desk, kind)
        self._lay_out()
        self.chooser.chosen.connect(self.show_kind)
        self.show_kind(self.chooser.kind)

    @property
    def kind(self) -> RecordKind | None:
        """The kind that is compared."""
        return self.chooser.kind

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("三方对账", size=TextSize.SECTION, bold=True))
        top.row.addWidget(self.chooser)
        top.row.addStretch()
        progress = ProgressStrip()
        top.row.addWidget(progress)
        self.finish = Button("登记对账完成", icon_name="check")
        top.row.addWidget(self.finish)
        self.export = Button("导出差异…", icon_name="export")
        top.row.addWidget(self.export)
        self.content.addWidget(top)
        self.work = LongWork(self.desk, self, progress)
        files = Bar("head", Height.BAR)
        files.row.setSpacing(S24)
        self.sides = {side: SideFile(TITLES[side]) for side in (ASSOCIATION, PROVINCE)}
        for side in self.sides.values():
            files.row.addWidget(side, 1)
            side.changed.connect(self._tell_rights)
        self.begin = Button("对账", look=Look.PRIMARY)
        files.row.addWidget(self.begin)
        self.content.addWidget(files)
        strips = QVBoxLayout()
        self.acts = ReconcileActs(self, strips)
        self.content.addLayout(strips)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self.findings = FindingsPane()
        body.addWidget(self.findings)
        self.content.addLayout(body, 1)
        self.begin.clicked.connect(self.compare)
        self.finish.clicked.connect(self.acts.finish)
        self.export.clicked.connect(self.acts.export)
        self.findings.decide_wanted.connect(self.acts.ask)
        self.findings.open_wanted.connect(self._open_record)
        self.findings.shown_changed.connect(self._tell_rights)
        self.setAcceptDrops(True)
        self.set_hints("空格 勾选　Ctrl+A 全选　Enter 打开档案　Ctrl+E 导出差异　Esc 返回")

    # The kind, and what may be done with it.

    def show_kind(self, kind: RecordKind | None) -> None:
        """Compare another roster: files and differences of the former are left behind."""
        self.chooser.set_kind(kind)
        if kind is not None:
            self.set_title(f"三方对账 · {kind.title}")
            self.argument_changed.emit(kind.key)
        self.work.drop()
        self.work.hush()
        self.acts.close()
        refusal = self._reading_refusal()
        for side in self.sides.values():
            side.set_path(None)
            side.set_refusal(refusal)
        self.findings.show_nothing()
        if refusal:
            self.findings.empty.set_sentence(f"{refusal}。")
        for button in self.findings.acts.values():
            button.set_refusal(self.deciding_refusal())
        self._tell_rights()

    def _tell_rights(self) -> None:
        for button, refusal in (
            (self.begin, self.comparing_refusal()),
            (self.finish, self.finishing_refusal()),
            (self.export, self.exporting_refusal()),
        ):
            button.set_refusal(refusal)
        self.commands_changed.emit()

    def _reading_refusal(self) -> str:
        return lacking(self.desk.actor, self.kind, "import", "导入")

    def comparing_refusal(self) -> str:
        """Why nothing can be compared; empty when it can."""
        chosen = any(side.path is not None for side in self.sides.values())
        return self._reading_refusal() or ("" if chosen else NO_FILE)

    def deciding_refusal(self) -> str:
        """Why one may not decide differences; empty when one may."""
        return lacking(self.desk.actor, self.kind, "edit", "修改")

    def finishing_refusal(self) -> str:
        """Why the comparison cannot be noted as finished; empty when it can."""
        found, lacks = self.findings.found, self.deciding_refusal()
        if found is None:
            return lacks or "请先对账"
        held = sum(len(rows) for rows in found.held.values())
        lacks = lacks or ("" if found.whole else WHOLE_ONLY)
        return lacks or ("还有差异没有处理，或有行未能比对" if found.open or held else "")

    def exporting_refusal(self) -> str:
        """Why the differences cannot be exported; empty when they can."""
        lacks = lacking(self.desk.actor, self.kind, "export", "导出")
        return lacks or ("" if self.findings.shown else "没有列出的差异")

    # Comparing.

    def compare(self) -> None:
        """Compare our roster with the chosen files; what is listed stays greyed meanwhile."""
        kind = self.kind
        if kind is None or self.comparing_refusal():
            return
        suite, actor = self.desk.suite, self.desk.actor
        request = ReconcileRequest(
            kind=kind.key,
            association=self.sides[ASSOCIATION].path,
            province=self.sides[PROVINCE].path,
        )
        self.acts.close()
        self.findings.table.set_stale(True)
        self.work.begin(
            "正在对账",
            lambda ticket: suite.reconcile(request, actor, progress=ticket.report),
            lambda found: self._compared(found, kind),
            self._failed,
        )

    def _compared(self, found: Reconciliation, kind: RecordKind) -> None:
        self.findings.show_found(found, kind)
        left = len(found.open)
        self.happened.emit(f"对账完毕，还有 {left:,} 处差异未处理" if left else "对账完毕，没有未处理的差异")
        self._tell_rights()
        self.findings.focus_rows()

    def _failed(self, error: Exception) -> None:
        self.findings.table.set_stale(False)
        self.work.lost(error)

    def refresh(self) -> None:
        """F5: compare again, once there is something to compare."""
        if self.findings.found is not None:
            self.compare()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None and not self._reading_refusal():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file that is dropped beside the two places goes to the first that is empty."""
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            sides = list(self.sides.values())
            next((side for side in sides if side.path is None), sides[-1]).set_path(path)

    def _open_record(self, subject_id: int) -> None:
        if self.kind is not None:
            self.open_wanted.emit("record", (self.kind.key, subject_id))

    # What the window asks.

    def step_back(self) -> bool:
        """Esc: close the strip, then take the checks away."""
        return self.acts.close() or self.findings.clear_checks()

    def focus_filter(self) -> bool:
        """Ctrl+F: the filter by field."""
        if self.findings.found is None or not self.findings.filter.isVisible():
            return False
        self.findings.filter.toggle_panel()
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the differences, or to choosing a file where there are none."""
        if self.findings.found is not None:
            self.findings.focus_rows()
        else:
            self.sides[ASSOCIATION].choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The files, the differences, the acts on the checked ones."""
        front = self.findings.front
        return (
            self.sides[ASSOCIATION].choose,
            *((front,) if front is not None else ()),
            next(iter(self.findings.acts.values())),
        )

    def commands(self) -> tuple[PageCommand, ...]:
        """Comparing, choosing files, exporting."""
        return (
            *(
                PageCommand(
                    menu="file", text=f"选择{side.title}", run=side.ask, refusal=self._reading_refusal()
                )
                for side in self.sides.values()
            ),
            PageCommand(menu="tools", text="对账", run=self.compare, refusal=self.comparing_refusal()),
            PageCommand(
                menu="tools", text="登记对账完成", run=self.acts.finish, refusal=self.finishing_refusal()
            ),
            PageCommand(
                menu="file",
                text="导出差异(&E)",
                run=self.acts.export,
                key="Ctrl+E",
                refusal=self.exporting_refusal(),
            ),
        )
