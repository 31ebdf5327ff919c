"""备份: this desk's daily backup, how the backups stand, and the book of the last ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Change, Done
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.backups.commands import MAINTAIN
from suite.kernel.backups.queries import BackupLine, backup_lines
from suite.kernel.backups.rules import SHANGHAI, Standing, clock_time
from suite.safekeeping.scheduled import Scheduled, backups_stand, run_scheduled
from suite.ui.desk import Desk
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.field_row import FieldRow, MessageLine
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.notices import EmptyState, NoticeKind
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, S16, TextSize
from suite.ui.long_work import LongWork

SHOWN = 100
MOST_KEPT = 1_000
MEGA = 1_000_000
FOLDER = FieldSpec(
    key="folder", title="文件夹", placeholder="移动硬盘或网络共享上的文件夹；留空则本机不备份", quiet=True
)
TIME = FieldSpec(key="time", title="每天", placeholder="02:00", required=True, quiet=True)
KEEP = FieldSpec(
    key="keep", title="保留", kind=FieldKind.NUMBER, unit="份验证过的", required=True, quiet=True
)
COLUMNS = (
    Column(key="taken", title="备份时间", width=140),
    Column(key="proof", title="验证可恢复", kind=ColumnKind.STATE, width=160),
    Column(key="who", title="备份人", width=100),
    Column(key="size", title="大小（MB）", kind=ColumnKind.NUMBER, width=96),
    Column(key="place", title="文件", width=420, stretch=True),
)


class BackupsPage(Page):
    """The schedule is this computer's own; the book is the database's, the same at every desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("backups", "备份", "folder", parent)
        self._desk = desk
        refusal = "" if desk.actor.may(MAINTAIN) else "您没有“升级与备份数据库”的权限，请联系系统管理员"
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        body.setSpacing(S8)
        self.content.addLayout(body)
        pane = Pane("每天备份")
        pane.head.insertWidget(
            1, label("本机开着窗口时按时进行，只影响本机", tone="text2", size=TextSize.CAPTION)
        )
        form = QVBoxLayout()
        form.setContentsMargins(S16, S12, S16, S12)
        form.setSpacing(S8)
        row = QHBoxLayout()
        row.setSpacing(S12)
        self.fields = {spec.key: FieldRow(spec) for spec in (FOLDER, TIME, KEEP)}
        self.choose = Button("选择…")
        self.save = Button("保存", look=Look.PRIMARY)
        self.now = Button("立即备份")
        for widget, stretch in (
            (self.fields["folder"], 6), (self.choose, 0), (self.fields["time"], 1), (self.fields["keep"], 2),
            (self.save, 0), (self.now, 0),
        ):  # fmt: skip
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        form.addLayout(row)
        self.standing = MessageLine()
        form.addWidget(self.standing)
        self.progress = ProgressStrip()
        form.addWidget(self.progress)
        pane.body.addLayout(form)
        body.addWidget(pane)
        book = Pane("备份登记")
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("备份登记")
        self.empty = EmptyState("还没有登记过备份。填写文件夹后保存，或立即备份。")
        book.body.addWidget(self.table, 1)
        book.body.addWidget(self.empty, 1)
        body.addWidget(book, 1)
        self.work = LongWork(desk, self, self.progress)
        self.set_hints("F5 刷新")
        for button in (self.choose, self.save, self.now):
            button.set_refusal(refusal)
        self._put()
        self._wire()
        self.refresh()

    def _wire(self) -> None:
        self.choose.clicked.connect(self._choose)
        self.save.clicked.connect(self.keep)
        self.now.clicked.connect(self.back_up)
        for field in self.fields.values():
            field.editor.entered.connect(self.keep)
            field.changed.connect(lambda: self.unsaved_changed.emit(self.has_unsaved()))
        self._desk.changed.connect(self._changed)

    def _put(self) -> None:
        settings = self._desk.suite.settings
        self.fields["folder"].set_stored(settings.backup_folder or None)
        self.fields["time"].set_stored(settings.backup_time)
        self.fields["keep"].set_stored(Decimal(settings.backup_keep))

    # Reading.

    def refresh(self) -> None:
        """F5: the book and how things stand."""
        suite = self._desk.suite

        def query(session: ReadSession) -> tuple[Standing, list[BackupLine]]:
            now = dt.datetime.now(dt.UTC)
            return backups_stand(suite, session, now), backup_lines(session, SHOWN)

        self._desk.read(query, self._came, self.work.lost)

    def _came(self, answer: tuple[Standing, list[BackupLine]]) -> None:
        told, lines = answer
        # The cure of what is merely not arranged is this page.
        cure = told.cure if told.state is StateKind.BAD else ""
        self.standing.tell(told.state, "　".join(part for part in (told.fact, cure) if part))
        self._source.set_rows([_cells(line) for line in lines], [line.taken_at for line in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def _changed(self, done: Done) -> None:
        if any(change.kind == "core.backup" for change in done.changes):
            self.refresh()

    # Acting.

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹", str(self._folder()))
        if chosen:
            self.fields["folder"].editor.set_value(str(Path(chosen)))
            self.fields["folder"].changed.emit()

    def _folder(self) -> str:
        return str(self.fields["folder"].current() or "")

    def keep(self) -> bool:
        """Write the schedule into this desk's settings; says beside the fields what is wrong."""
        typed = self._typed() if self.save.isEnabled() else None
        if typed is None:
            return False
        folder, at, keep = typed
        suite = self._desk.suite
        suite.settings = replace(
            suite.settings, backup_folder=folder, backup_time=f"{at:%H:%M}", backup_keep=keep
        )
        try:
            suite.settings.save()
        except OSError as error:
            self.work.tell(NoticeKind.BAD, f"未能保存到本机：{error.strerror}。请检查数据文件夹的写入权限。")
            return False
        self._put()
        self.unsaved_changed.emit(False)
        self.happened.emit(f"每天 {at:%H:%M} 备份到 {folder}" if folder else "本机不再定时备份")
        self.refresh()
        return True

    def _typed(self) -> tuple[str, dt.time, int] | None:
        """Folder, time and number as typed; None where one of them is told to be wrong."""
        for field in self.fields.values():
            field.set_problem("")
            field.check()
        folder, keep = self._folder(), self.fields["keep"].current()
        at = clock_time(str(self.fields["time"].current() or ""))
        number = int(keep) if isinstance(keep, Decimal) else 0
        for key, wrong, words in (
            ("time", at is None, "请写成 02:00 的样子"),
            ("keep", not 1 <= number <= MOST_KEPT, f"应为 1 至 {MOST_KEPT}，请改正"),
            ("folder", bool(folder) and not Path(folder).is_absolute(), "请写完整的路径"),
        ):
            if wrong and not self.fields[key].problem:
                self.fields[key].set_problem(words)
        if at is None or any(field.problem for field in self.fields.values()):
            return None
        return folder, at, number

    def back_up(self) -> None:
        """Do now what the schedule does."""
        if self.has_unsaved() and not self.keep():
            return
        suite, actor = self._desk.suite, self._desk.actor
        self.now.refuse("正在备份")
        self.work.begin(
            "备份并验证",
            lambda ticket: run_scheduled(suite, actor, ticket.report, dt.datetime.now(dt.UTC)),
            self._backed_up,
            self._failed,
        )

    def _backed_up(self, done: Scheduled) -> None:
        self.now.allow()
        if done.proof.good:
            self.work.tell(NoticeKind.OK, f"已备份到 {done.file}，并在临时库恢复、核对无误。")
        else:
            self.work.tell(NoticeKind.BAD, f"{done.file.name} 未能验证，原有备份都保留着。")
        # What it noted in the book went past the desk: let the pages that show it read again.
        self._desk.changed.emit(Done(text="", changes=(Change(kind="core.backup", ids=()),)))

    def _failed(self, error: Exception) -> None:
        self.now.allow()
        self.work.lost(error)
        self.refresh()

    # What the window asks.

    def has_unsaved(self) -> bool:
        """True while the schedule is typed and not saved."""
        return any(field.is_changed() for field in self.fields.values())

    def save_then_close(self) -> None:
        """Save the schedule; stays open where it is refused."""
        if self.keep():
            self.may_close.emit()

    def discard(self) -> None:
        """Forget what was typed."""
        self._put()
        self.unsaved_changed.emit(False)

    def focus_start(self) -> None:
        """The keyboard goes to the folder."""
        self.fields["folder"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The folder, the book."""
        return self.fields["folder"].editor, self.table


def _cells(line: BackupLine) -> tuple[object, ...]:
    proven = (
        StateValue(StateKind.OK, _moment(line.proven_at))
        if line.proven_at is not None
        else StateValue(StateKind.NEUTRAL, "未验证")
    )
    return _moment(line.taken_at), proven, line.by_login, round(Decimal(line.size) / MEGA, 1), line.place


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
