"""插件: what each plugin brings, and for a parked one the cause and the cure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.codes import CodeList
from suite.contract.declarations import Declaration, RecordKind
from suite.contract.declarations import (
    Page as PluginPage,
)
from suite.contract.parameters import Parameter
from suite.contract.roles import Permission, Role
from suite.contract.states import StateKind
from suite.loader.plugins import Plugins
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Frame, Pane, rule
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S6, S8, S12, TextSize

ON, OFF = StateValue(StateKind.OK, "已启用"), StateValue(StateKind.BAD, "已停用")
COLUMNS = (
    Column(key="title", title="插件", width=120),
    Column(key="name", title="名称", width=120),
    Column(key="version", title="版本", width=76),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=90),
    Column(key="kinds", title="名册", kind=ColumnKind.NUMBER, width=64),
    Column(key="fields", title="字段", kind=ColumnKind.NUMBER, width=64),
    Column(key="codes", title="代码表", kind=ColumnKind.NUMBER, width=70),
    Column(key="parameters", title="参数", kind=ColumnKind.NUMBER, width=64),
    Column(key="permissions", title="权限", kind=ColumnKind.NUMBER, width=64),
    Column(key="roles", title="角色", kind=ColumnKind.NUMBER, width=64),
    Column(key="pages", title="页面", kind=ColumnKind.NUMBER, width=64),
    Column(key="note", title="说明", width=220, stretch=True),
)


@dataclass(frozen=True, kw_only=True)
class PluginLine:
    """One plugin as the page shows it."""

    name: str
    title: str
    version: str
    declarations: tuple[Declaration, ...]
    cause: tuple[str, ...] = ()
    cure: str = ""

    @property
    def parked(self) -> bool:
        """Whether it is off."""
        return bool(self.cause)

    @property
    def kinds(self) -> list[RecordKind]:
        """The kinds it declares."""
        return [item for item in self.declarations if isinstance(item, RecordKind)]

    def numbers(self) -> list[int | None]:
        """How much of each it declares; nothing is known of a parked one."""
        if self.parked:
            return [None] * 7
        found = Counter(type(item) for item in self.declarations)
        fields = sum(len(kind.fields) for kind in self.kinds)
        rest = (found[item] for item in (CodeList, Parameter, Permission, Role, PluginPage))
        return [found[RecordKind], fields, *rest]


def plugin_lines(plugins: Plugins) -> list[PluginLine]:
    """All plugins: the parked ones first, then those that are on in their declared order."""
    parked = [
        PluginLine(
            name=item.name, title=item.title, version="", declarations=(), cause=item.cause, cure=item.cure
        )
        for item in plugins.parked.values()
    ]
    loaded = sorted(plugins.loaded.values(), key=lambda plugin: plugin.info.order)
    return parked + [
        PluginLine(
            name=item.info.name,
            title=item.info.title,
            version=item.info.version,
            declarations=item.declarations,
        )
        for item in loaded
    ]


class PluginsPage(Page):
    """A table of the plugins, and below it what the chosen one brings or lacks."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("plugins", "插件", "plugin", parent)
        self._desk = desk
        self._lines: list[PluginLine] = []
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self.content.addLayout(body)
        pane = Pane("插件")
        self.summary = label("", tone="text2", size=TextSize.CAPTION)
        pane.head.insertWidget(1, self.summary)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source))
        self.table.setAccessibleName("插件")
        self.empty = EmptyState("没有安装插件，只有公共功能可用。请安装条线插件后重新启动。")
        self.empty.hide()
        pane.body.addWidget(self.table, 3)
        pane.body.addWidget(self.empty, 3)
        pane.body.addWidget(rule())
        self._ground = Frame("surface")
        self._detail = QVBoxLayout(self._ground)
        self._detail.setContentsMargins(S12, S8, S12, S12)
        self._detail.setSpacing(S6)
        pane.body.addWidget(self._ground, 2)
        body.addWidget(pane, 1)
        self.table.row_settled.connect(lambda row, _key: self._show_line(row))
        self.refresh()

    def refresh(self) -> None:
        """F5: what is on and what was parked since."""
        self._lines = plugin_lines(self._desk.suite.plugins)
        self._source.set_rows([_cells(line) for line in self._lines], [line.name for line in self._lines])
        parked = sum(1 for line in self._lines if line.parked)
        told = f"{len(self._lines) - parked} 个已启用"
        self.summary.setText(f"{told}，{parked} 个已停用，其余功能照常" if parked else told)
        self.table.setVisible(bool(self._lines))
        self.empty.setVisible(not self._lines)
        if self._lines:
            self.table.select_row(max(self.table.current_row, 0))
            self._show_line(self.table.current_row)

    def _show_line(self, row: int) -> None:
        while (item := self._detail.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        line = self._lines[row]
        chip = StateChip(
            StateValue(
                (OFF if line.parked else ON).kind, f"{line.title}　{(OFF if line.parked else ON).word}"
            )
        )
        self._detail.addWidget(chip)
        for text, tone in _told(line):
            words = label(text, wrap=True)
            if tone:
                words.setProperty("tone", tone)
            self._detail.addWidget(words)
        self._detail.addStretch()

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The table."""
        return (self.table,)


def _cells(line: PluginLine) -> tuple[object, ...]:
    note = (
        "；".join(cause.rstrip("。") for cause in line.cause)
        if line.parked
        else "、".join(kind.title for kind in line.kinds)
    )
    state = OFF if line.parked else ON
    return line.title, line.name, line.version, state, *line.numbers(), note


def _told(line: PluginLine) -> Sequence[tuple[str, str]]:
    if line.parked:
        return (
            *((f"原因　{cause}", "bad") for cause in line.cause),
            (f"办法　{line.cure}", ""),
            ("该插件的名册和页面暂不显示，已登记的数据不受影响。", "text2"),
        )
    return [(f"{kind.title}：{len(kind.fields)} 个字段，按{_match(kind)}识别重复", "") for kind in line.kinds]


def _match(kind: RecordKind) -> str:
    return "、".join(f"“{'＋'.join(kind.by_key[key].title for key in keys)}”" for keys in kind.match_keys)
