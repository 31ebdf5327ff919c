"""规划对照: the plan by sections; an item opens the place where it is done, or says what it waits for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.plan.queries import HERE, WAITING, PlanLine, plan_lines
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind, GroupValue
from suite.ui.kit.line import LineEdit
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, S16, Height, TextSize, Width
from suite.ui.pages.plan.places import Place, place_of

COLUMNS = (
    Column(key="no", title="序号", kind=ColumnKind.NUMBER, width=56),
    Column(key="title", title="项目", width=320, stretch=True),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=104),
    Column(key="where", title="办理处", width=330),
)
ALL = "all"
#: The chapter of what every profession needs.
ACROSS = "横向机制"
#: What the owners are called that are no plugin of this program yet, and those that are.
OWNERS = {
    "core": "综合",
    "legal-aid": "法律援助",
    "mediation": "人民调解",
    "grass-roots": "基层法律服务",
    "qualification": "法律职业资格",
    "platform": "公共法律服务平台",
    "party": "行业党建",
}


class PlanPage(Page):
    """Everything comes from the declarations: nothing is read from the database.

    `part_wanted` asks the window for a part of the settings page.
    """

    part_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("plan", "规划对照", "check", parent)
        self.desk = desk
        self.lines = plan_lines(desk.suite.catalog)
        self.shown: list[PlanLine] = []
        self.buttons: list[Button] = []
        self._lay_out()
        self.set_hints("Enter 打开办理处　Ctrl+F 查找")
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("规划对照", size=TextSize.SECTION, bold=True))
        source = "石家庄市公共法律服务体系建设规划（2021—2025年）"
        top.row.addWidget(label(source, tone="text2", size=TextSize.CAPTION))
        top.row.addStretch()
        self.words = LineEdit(placeholder="序号、项目、章节、办理处", icon_name="search")
        self.words.setFixedWidth(theme().pixels(Width.DOCK))
        self.words.setAccessibleName("按序号、项目、章节或办理处查找")
        self.words.settled.connect(lambda _text: self.refresh())
        top.row.addWidget(self.words)
        self.content.addWidget(top)
        row = QHBoxLayout()
        row.setContentsMargins(S12, 0, S12, S12)
        row.setSpacing(S8)
        left = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="规划项目")
        self.tabs.current_changed.connect(lambda _key: self.refresh())
        bar.row.addWidget(self.tabs, 1)
        left.body.addWidget(bar)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("规划项目")
        self.table.row_settled.connect(lambda _row, _key: self._show_item())
        self.table.row_opened.connect(lambda _row, _key: self.open_first())
        left.body.addWidget(self.table, 1)
        self.empty = EmptyState("没有符合条件的规划项目。")
        left.body.addWidget(self.empty, 1)
        row.addWidget(left, 1)
        self.detail = QWidget()
        self._column = QVBoxLayout(self.detail)
        self._column.setContentsMargins(S16, S12, S16, S12)
        self._column.setSpacing(S8)
        dock = Pane("")
        dock.body.addWidget(scrolled(self.detail), 1)
        dock.setFixedWidth(theme().pixels(Width.DOCK) + 60)
        row.addWidget(dock)
        holder = QWidget()
        holder.setLayout(row)
        self.content.addWidget(holder, 1)
        here = sum(line.state == HERE for line in self.lines)
        self.tabs.set_tabs(
            [
                Tab(key=ALL, title="全部", count=len(self.lines)),
                Tab(key=HERE, title="可办理", count=here),
                Tab(key=WAITING, title="等待", count=len(self.lines) - here),
            ],
            ALL,
        )

    # What is shown.

    def refresh(self) -> None:
        """The items that the tab and the words leave, under the heads of their sections."""
        wanted, words = self.tabs.current, self.words.text().split()
        self.shown = [
            line
            for line in self.lines
            if wanted in (ALL, line.state) and all(word in self._text(line) for word in words)
        ]
        rows: list[tuple[object, ...]] = []
        keys: list[object] = []
        chapters = list(dict.fromkeys(_chapters(self.lines)))
        former = ""
        for line in sorted(self.shown, key=lambda one: (chapters.index(one.item.chapter), one.item.no)):
            if line.item.chapter != former:
                former = line.item.chapter
                of = [one for one in self.lines if one.item.chapter == former]
                here = sum(one.state == HERE for one in of)
                kind = StateKind.OK if here == len(of) else StateKind.NEUTRAL
                rows.append((GroupValue(StateValue(kind, former), f"{here} / {len(of)} 项可办理"),))
                keys.append(None)
            rows.append(self._cells(line))
            keys.append(line.item.no)
        self.source.set_rows(rows, keys)
        self.table.span_groups()
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows:
            self.table.select_row(1)
        self._show_item()

    def _cells(self, line: PlanLine) -> tuple[object, ...]:
        if line.state == HERE:
            titles = "、".join(place.title for place in self.places(line))
            return line.item.no, line.item.title, StateValue(StateKind.OK, "可办理"), titles
        waits = StateValue(StateKind.NEUTRAL, "等待")
        return line.item.no, line.item.title, waits, self.waiting_words(line)

    def _text(self, line: PlanLine) -> str:
        item = line.item
        titles = " ".join(place.title for place in self.places(line))
        return f"{item.no} {item.title} {item.section} {self.owner_words(line)} {titles}"

    def places(self, line: PlanLine) -> list[Place]:
        """Where an item is done."""
        return [place_of(key, self.desk.suite.catalog, self.desk.actor) for key in line.where]

    def owner_words(self, line: PlanLine) -> str:
        """Whose item it is."""
        titles = self.desk.suite.catalog.titles
        owners = line.item.owner.split(", ")
        return "、".join(OWNERS.get(owner) or titles.get(owner, owner) for owner in owners)

    def waiting_words(self, line: PlanLine) -> str:
        """What an item waits for: a plugin that is not installed, or one that does not serve it yet."""
        titles = self.desk.suite.catalog.titles
        missing = [one for one in line.item.owner.split(", ") if one != "core" and one not in titles]
        names = "、".join(OWNERS.get(one, one) for one in missing)
        return f"等待“{names}”插件" if missing else f"“{self.owner_words(line)}”尚未提供"

    @property
    def current(self) -> PlanLine | None:
        """The item that is chosen."""
        key = self.table.current_key
        return next((line for line in self.shown if line.item.no == key), None)

    def select(self, number: int) -> bool:
        """Choose an item by its number; False where it is not listed."""
        rows = range(self.source.row_count())
        place = next((n for n in rows if self.source.row_key(n) == number), None)
        if place is None:
            return False
        self.table.select_row(place)
        self._show_item()
        return True

    def _show_item(self) -> None:
        while (taken := self._column.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        line = self.current
        if line is None:
            self._column.addWidget(label("先在表中选择一项。", tone="text2", wrap=True))
            self._column.addStretch()
            return
        item = line.item
        self._column.addWidget(label(f"第 {item.no} 项", tone="text2", size=TextSize.CAPTION))
        self._column.addWidget(label(item.title, bold=True, wrap=True, size=TextSize.SECTION))
        facts = (("章节", item.section), ("归属", self.owner_words(line)))
        for title, words in facts:
            self._column.addWidget(label(f"{title}　{words}", tone="text2", wrap=True))
        self._column.addSpacing(S4)
        if line.state == WAITING:
            text = f"{self.waiting_words(line)}。本程序目前没有办理此项的功能，装有该功能后会自动列在这里。"
            self._column.addWidget(label(text, wrap=True))
        else:
            self._column.addWidget(label("在以下各处办理：", tone="text2"))
            self._add_buttons(self.places(line))
        self._column.addStretch()

    def _add_buttons(self, places: Sequence[Place]) -> None:
        for no, place in enumerate(places):
            button = Button(place.title, icon_name="send", look=Look.PRIMARY if no == 0 else Look.NORMAL)
            button.set_refusal(place.refusal)
            button.clicked.connect(lambda _=False, place=place: self.open_place(place))
            self.buttons.append(button)
            self._column.addWidget(button)

    # Opening.

    def open_place(self, place: Place) -> None:
        """Ask the window for a place."""
        if place.refusal:
            self.happened.emit(place.refusal)
        elif place.part:
            self.part_wanted.emit(place.part)
        else:
            self.open_wanted.emit(place.page, place.argument)

    def open_first(self) -> None:
        """Enter: the first place of the item."""
        line = self.current
        if line is not None and line.where:
            self.open_place(self.places(line)[0])

    # What the window asks.

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The words, the table."""
        return self.words, self.table


def _chapters(lines: Sequence[PlanLine]) -> list[str]:
    """The chapter of each item; what cuts across all of them comes last."""
    every = [line.item.chapter for line in lines]
    return [one for one in every if one != ACROSS] + [one for one in every if one == ACROSS]
