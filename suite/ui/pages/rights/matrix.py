"""The declared matrix: every permission with the roles that give it, and what it opens in the database."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from suite.kernel.accounts.printed_matrix import PermissionLine, opened_by, permission_lines
from suite.ui.desk import Desk
from suite.ui.kit.columns import Align, Column
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S6, S8, S12

HELD, NOT = "●", " "
WORDS = {"SELECT": "读", "INSERT": "新增", "UPDATE": "更改", "DELETE": "删除"}
DETAIL = (
    Column(key="table", title="数据表", width=220),
    Column(key="operation", title="操作", width=70),
    Column(key="asks", title="要求", width=320, stretch=True),
)


class MatrixPane(Frame):
    """Declared, not read: the same for everybody, and what the database enforces."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("surface")
        self._suite = desk.suite
        self._plan = desk.suite.rights
        self._all = permission_lines(desk.suite.catalog, self._plan)
        self.lines: list[PermissionLine] = []
        roles = desk.suite.catalog.roles
        columns = (
            Column(key="title", title="权限", width=210),
            Column(key="key", title="名称", width=200, stretch=True),
            *(Column(key=key, title=role.title, width=_width(role.title), align=Align.CENTRE)
              for key, role in roles.items()),
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Bar("head", 40)
        self.count = label("", bold=True)
        self.note = ElidedLabel("● 该角色给出此项；在授权的条线、区县和协会之内有效。", tone="text2")
        self.filter = LineEdit(
            placeholder="权限（Ctrl+F）", name="筛选权限", icon_name="filter", clearable=True
        )
        self.filter.setFixedWidth(theme().pixels(220))
        bar.row.addWidget(self.count)
        bar.row.addWidget(self.note, 1)
        bar.row.addWidget(self.filter)
        column.addWidget(bar)
        self._source = ListSource()
        self.table = TableView(RowTableModel(columns, self._source))
        self.table.setAccessibleName("权限总表")
        column.addWidget(self.table, 3)
        self.empty = EmptyState("没有符合条件的权限。", "清除筛选", self.clear_filter)
        self.empty.hide()
        column.addWidget(self.empty, 3)
        ground = QVBoxLayout()
        ground.setContentsMargins(S12, S8, S12, S6)
        self.told = ElidedLabel("", tone="text2")
        ground.addWidget(self.told)
        column.addLayout(ground)
        self._opened = ListSource()
        self.detail = TableView(RowTableModel(DETAIL, self._opened))
        self.detail.setAccessibleName("此项权限在数据库中打开的操作")
        column.addWidget(self.detail, 2)
        self.filter.settled.connect(lambda _text: self._show())
        self.table.row_settled.connect(lambda row, _key: self._tell(row))
        self._show()

    def _show(self) -> None:
        typed = self.filter.text().strip().casefold()
        self.lines = [one for one in self._all if typed in f"{one.title}\n{one.permission}".casefold()]
        roles = self._suite.catalog.roles
        self._source.set_rows(
            [
                (one.title, one.permission, *(HELD if key in one.roles else NOT for key in roles))
                for one in self.lines
            ]
        )
        self.count.setText(f"{len(self.lines)} 项权限")
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        if self.lines:
            self.table.select_row(0)
            self._tell(0)

    def _tell(self, row: int) -> None:
        if not 0 <= row < len(self.lines):
            return
        line = self.lines[row]
        opened = opened_by(self._plan, line.permission)
        where = "在授权范围内有效" if line.scoped else "处处有效"
        count = f"在数据库中打开 {len(opened)} 项操作" if opened else "不直接打开数据表，只由命令使用"
        self.told.setText(f"“{line.title}”{where}，{count}。")
        self._opened.set_rows([(one.table, WORDS[one.operation], one.asks or "") for one in opened])
        self.detail.header.fit()

    def clear_filter(self) -> bool:
        """Show all; False where nothing was typed."""
        if not self.filter.text():
            return False
        self.filter.clear()
        self._show()
        return True

    def refresh(self) -> None:
        """What is declared does not change while the program runs."""

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _width(title: str) -> int:
    return max(64, 14 * len(title) + 20)
