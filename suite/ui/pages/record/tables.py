"""The tabs of a record that are tables: history, licences, members, trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from suite.kernel.credit.listing import CreditLine
from suite.kernel.ledgers.queries import Mention
from suite.kernel.registry.record_file import DatedLine, EventLine, RecordFile
from suite.kernel.registry.trace import TraceLine
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind, DiffValue, Noted
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S16, Height, TextSize
from suite.ui.pages.record.loaded import Member
from suite.ui.pages.record.wording import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
Entry = tuple[str, int]  # kind of history entry, its id
#: The login under which the database itself is filled before there is a user.
_SETUP = "setup"


def moment(at: dt.datetime) -> str:
    """A time stamp as people here read it: `2026-11-23 10:42`."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def clock(at: dt.datetime) -> str:
    """The time of day, where the day is plain: `10:42`."""
    return at.astimezone(SHANGHAI).strftime("%H:%M")


class TablePane(Frame):
    """A table, or a sentence in its place where there is nothing."""

    def __init__(self, columns: Sequence[Column], empty: str) -> None:
        super().__init__("surface")
        self.source = ListSource()
        self.model = RowTableModel(columns, self.source, self)
        self.table = TableView(self.model)
        self.empty = EmptyState(empty)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.column.addWidget(holder, 1)

    def show_rows(self, rows: Sequence[Sequence[object]], keys: Sequence[Hashable]) -> None:
        """Replace the rows."""
        self.source.set_rows(rows, keys)
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows:
            self.table.select_row(0)


class EntryPane(TablePane):
    """History that can be corrected: 更正… and 作废… for the current row, as buttons and as row menu."""

    correct_wanted = Signal(object)  # Entry
    void_wanted = Signal(object)  # Entry

    def __init__(self, columns: Sequence[Column], empty: str) -> None:
        super().__init__(columns, empty)
        self._standing: dict[Hashable, bool] = {}
        self._refusal = ""
        self.bar = Bar("head", Height.FILTER_BAR)
        self.bar.row.setContentsMargins(S16, 0, S16, 0)
        self.note = label("", tone="text2", size=TextSize.CAPTION)
        self.bar.row.addWidget(self.note, 1)
        self.correct = Button("更正…")
        self.void = Button("作废…")
        self.correct.clicked.connect(lambda: self.correct_wanted.emit(self.table.current_key))
        self.void.clicked.connect(lambda: self.void_wanted.emit(self.table.current_key))
        self.bar.row.addWidget(self.correct)
        self.bar.row.addWidget(self.void)
        self.column.insertWidget(0, self.bar)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.selectionModel().currentChanged.connect(self._allow)

    def show_entries(
        self, rows: Sequence[tuple[Entry, bool, Sequence[object]]], note: str, refusal: str
    ) -> None:
        """Replace the entries: key, whether it stands, cells. `refusal` greys the acts with its reason."""
        self._standing = {key: standing for key, standing, _ in rows}
        self._refusal = refusal
        self.note.setText(note)
        self.show_rows([cells for _, _, cells in rows], [key for key, _, _ in rows])
        self._allow()

    def _allow(self) -> None:
        key = self.table.current_key
        for button in (self.correct, self.void):
            if self._refusal:
                button.refuse(self._refusal)
            elif key is None:
                button.refuse("先在表中选择一行")
            elif not self._standing.get(key, False):
                button.refuse("这一行已作废")
            else:
                button.allow()

    def _menu(self, point: QPoint) -> None:
        if self.table.rowAt(point.y()) < 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.correct, self.void):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(button.click)
        menu.setToolTipsVisible(True)
        menu.popup(self.table.viewport().mapToGlobal(point))


HISTORY_COLUMNS = (
    Column(key="title", title="事项", width=110),
    Column(key="value", title="内容", kind=ColumnKind.DIFF, width=300, stretch=True),
    Column(key="from", title="起", width=110),
    Column(key="to", title="止", width=110),
    Column(key="recorded", title="登记时间", width=140),
    Column(key="reason", title="作废事由", width=220),
)


def history_pane() -> EntryPane:
    """执业经历: posts and the values of dated fields."""
    return EntryPane(HISTORY_COLUMNS, "还没有历次变更。办理变更登记后，变更前后的内容都列在这里。")


def show_history(pane: EntryPane, words: Words, file: RecordFile, refusal: str) -> None:
    """Fill it, newest first."""
    rows: list[tuple[dt.date, tuple[Entry, bool, Sequence[object]]]] = []
    for post in file.posts:
        cells: Sequence[object] = (
            words.title("body_id"),
            _crossed(post.body, post.void_reason),
            _since(post.from_date),
            str(post.to_date) if post.to_date else "至今" if post.void_reason is None else None,
            None,
            post.void_reason,
        )
        rows.append((post.from_date or dt.date.min, (("post", post.id), post.void_reason is None, cells)))
    ends = _ends(file.dated)
    for line in file.dated:
        field = words.kind.by_key.get(line.field)
        value = words.text(field, line.value) if field is not None else line.value or ""
        cells = (
            line.title,
            _crossed(value or "（空）", line.void_reason),
            _since(line.from_date),
            ends.get(line.id, "至今") if line.void_reason is None else None,
            moment(line.recorded_at),
            line.void_reason,
        )
        rows.append((line.from_date or dt.date.min, (("dated", line.id), line.void_reason is None, cells)))
    rows.sort(key=lambda row: row[0], reverse=True)
    pane.show_entries(
        [row for _, row in rows],
        "止日为后一次变更的起日。作废的登记划线保留，不再参与计算。",
        refusal,
    )


def _ends(lines: Sequence[DatedLine]) -> dict[int, str]:
    """Entry → when the next of the same field begins."""
    ends: dict[int, str] = {}
    standing = [line for line in lines if line.void_reason is None]
    standing.sort(key=lambda line: (line.field, line.from_date or dt.date.min, line.id))
    for line, following in pairwise(standing):
        if following.field == line.field and following.from_date is not None:
            ends[line.id] = str(following.from_date)
    return ends


LICENCE_COLUMNS = (
    Column(key="licence", title="许可", width=170),
    Column(key="state", title="决定", kind=ColumnKind.DIFF, width=150),
    Column(key="on", title="决定日期", width=110),
    Column(key="number", title="文号", width=170),
    Column(key="by", title="决定机关", width=150),
    Column(key="note", title="说明", width=200, stretch=True),
    Column(key="reason", title="作废事由", width=180),
)


class LicencePane(EntryPane):
    """许可与证书: each licence in a line, the decisions on them below."""

    def __init__(self) -> None:
        super().__init__(
            LICENCE_COLUMNS, "领证以来没有登记过许可变动。发生停业、恢复、注销等决定时，在此登记变动。"
        )
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(S16, S8, S16, S8)
        self._lines.setSpacing(S8)
        self.column.insertLayout(0, self._lines)

    def show_file(self, words: Words, file: RecordFile, refusal: str) -> None:
        """Fill it."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for licence in file.licences:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(S16)
            row.addWidget(label(licence.title, bold=True))
            for title, value in (
                ("证号", licence.number),
                ("流水号", licence.serial),
                ("起", licence.valid_from),
                ("有效期至", licence.valid_to),
                ("当前状态", words.state(licence.state).word),
            ):
                if value:
                    row.addWidget(label(title, tone="text2"))
                    row.addWidget(label(str(value)))
            row.addStretch()
            self._lines.addWidget(line)
        events = [(licence.title, event) for licence in file.licences for event in licence.events]
        events.sort(key=lambda pair: pair[1].on_date, reverse=True)
        self.show_entries(
            [
                (("licence_event", event.id), event.void_reason is None, _event_cells(words, title, event))
                for title, event in events
            ],
            "状态随最近一次有效的决定改变。",
            refusal,
        )


def _event_cells(words: Words, title: str, event: EventLine) -> Sequence[object]:
    return (
        title,
        _crossed(words.state(event.state).word, event.void_reason),
        str(event.on_date),
        event.document_no,
        event.decided_by,
        event.note,
        event.void_reason,
    )


def _crossed(text: str, void_reason: str | None) -> object:
    return text if void_reason is None else DiffValue("已作废", text)


def _since(day: dt.date | None) -> str:
    return str(day) if day else "建档以前"


TRACE_COLUMNS = (
    Column(key="at", title="时间", width=140),
    Column(key="who", title="经办人", width=90),
    Column(key="act", title="操作", width=150),
    Column(key="text", title="内容", kind=ColumnKind.DIFF, width=420, stretch=True),
    Column(key="reason", title="事由", width=240),
)


def trace_pane() -> TablePane:
    """操作记录."""
    return TablePane(TRACE_COLUMNS, "还没有操作记录。")


def show_trace(pane: TablePane, lines: Sequence[TraceLine]) -> None:
    """One row for each change; an act without changes has one row of its own."""
    rows: list[Sequence[object]] = []
    keys: list[Hashable] = []
    for line in lines:
        head = (moment(line.at), who(line), line.act)
        for number, change in enumerate(line.changes):
            text: object = DiffValue(change.text, change.before or "") if change.voided else change.text
            rows.append((*head, text, line.reason))
            keys.append((line.transaction_id, number))
        if not line.changes:
            rows.append((*head, None, line.reason))
            keys.append((line.transaction_id, -1))
    pane.show_rows(rows, keys)


def who(line: TraceLine) -> str:
    """Who did it; what came with the database was done by nobody in the bureau."""
    return "系统" if line.login == _SETUP else line.who


MEMBER_COLUMNS = (
    Column(key="name", title="姓名（名称）", kind=ColumnKind.LINK, width=220),
    Column(key="kind", title="种类", width=110),
    Column(key="number", title="编号", width=190),
    Column(key="category", title="类别", width=120),
    Column(key="status", title="状态", kind=ColumnKind.STATE, width=120, stretch=True),
)


def members_pane() -> TablePane:
    """成员 of a body."""
    return TablePane(MEMBER_COLUMNS, "还没有成员。新增人员或导入名册时选择本机构，即列在这里。")


def show_members(pane: TablePane, members: Sequence[Member], states: Sequence[StateValue]) -> None:
    """Fill it; a row's key is (kind, subject)."""
    pane.show_rows(
        [
            (member.name, member.kind.title, member.main_no, member.category, state)
            for member, state in zip(members, states, strict=True)
        ],
        [(member.kind.key, member.subject_id) for member in members],
    )


MENTION_COLUMNS = (
    Column(key="ledger", title="台账", kind=ColumnKind.LINK, width=180),
    Column(key="day", title="日期", kind=ColumnKind.DATE, width=100),
    Column(key="title", title="事项", width=300, stretch=True),
    Column(key="role", title="在其中是", width=120),
    Column(key="state", title="状态", width=100),
    Column(key="number", title="编号", width=100),
)


def mentions_pane() -> TablePane:
    """The entries of ledgers that name the record; one that is opened leads there."""
    pane = TablePane(MENTION_COLUMNS, "没有台账记录提到这份档案。")
    pane.table.setAccessibleName("台账记录")
    return pane


def show_mentions(pane: TablePane, mentions: Sequence[Mention]) -> None:
    """Fill it."""
    pane.show_rows(
        [(one.ledger_title, one.day, one.title, one.role, one.state or None, one.number) for one in mentions],
        [(one.ledger, one.entry_id) for one in mentions],
    )


CREDIT_COLUMNS = (
    Column(key="id", title="编号", width=56),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=112),
    Column(key="title", title="事项", width=260, stretch=True),
    Column(key="grade", title="类别", kind=ColumnKind.GRADE, width=52),
    Column(key="number", title="文号", width=180),
    Column(key="organ", title="认定单位", width=130),
    Column(key="on", title="认定日期", kind=ColumnKind.DATE, width=96),
    Column(key="until", title="公示至", kind=ColumnKind.DATE, width=96),
    Column(key="visibility", title="公开范围", width=76),
)


def credit_pane() -> TablePane:
    """信用: the record's credit file, with that of the person's other roles."""
    return TablePane(
        CREDIT_COLUMNS,
        "没有信用记录。处罚、处分、投诉查实、考核不合格发生时自动记入；同一人其他身份的也列在这里。",
    )


def show_credit(pane: TablePane, lines: Sequence[CreditLine], subject_id: int) -> None:
    """Fill it; a record of another role of the person says so."""
    pane.show_rows(
        [
            (
                f"#{line.id}",
                StateValue(line.state.kind, line.state.title),
                Noted(
                    line.title,
                    line.content if line.subject_id == subject_id else "（其他身份）" + line.content,
                ),
                line.grade,
                line.document_no,
                line.organ,
                line.decided_on,
                line.display_until,
                line.visibility,
            )
            for line in lines
        ],
        [line.id for line in lines],
    )
