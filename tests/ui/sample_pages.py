"""Pages with invented rows, so that every widget of the kit can be seen and driven without a kernel."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from suite.contract.states import StateKind
from suite.ui.kit.bars import BulkBar, SaveBar
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.dock import DockFacts, DockHead, SummaryDock
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.filter_panels import FilterKind, FilterSpec, Option
from suite.ui.kit.filters import FilterBar
from suite.ui.kit.form import Form, SectionSpec
from suite.ui.kit.lifeline import LifeLine
from suite.ui.kit.lifeline_data import Lane, Mark, Span, SpanLook
from suite.ui.kit.page import Page, PageCommand, PageSpec
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, ProfessionTabs, Tab, ViewRow
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, TextSize

TODAY = date(2026, 11, 23)
NAMES = ["王振华", "王志远", "王子昂", "魏思源", "魏振华", "吴天佑", "吴一鸣", "许海波", "许丽娜", "许文静"]
FIRMS = ["河北厚德载律师事务所", "河北允执律师事务所", "河北天秤律师事务所", "河北澄一律师事务所"]
COLUMNS = (
    Column(key="name", title="姓名", kind=ColumnKind.LINK, width=76, sortable=True, pinned=True),
    Column(key="number", title="执业证号", width=150),
    Column(key="firm", title="执业机构", width=178, stretch=True, sortable=True),
    Column(key="district", title="区县", width=69, sortable=True),
    Column(key="category", title="类别", width=45),
    Column(key="first", title="首次执业", kind=ColumnKind.DATE, width=92, sortable=True),
    Column(key="years", title="年限", kind=ColumnKind.NUMBER, width=46),
    Column(key="state", title="执业状态", kind=ColumnKind.STATE, width=104),
    Column(key="grade", title="2025 考核", kind=ColumnKind.GRADE, width=90),
    Column(key="penalties", title="处罚", width=46, align=Align.RIGHT),
)
STATES = (
    StateValue(StateKind.OK, "正常执业"),
    StateValue(StateKind.OK, "正常执业"),
    StateValue(StateKind.WARN, "证件将到期"),
    StateValue(StateKind.OK, "正常执业"),
    StateValue(StateKind.BAD, "停止执业"),
    StateValue(StateKind.PAUSE, "暂停执业"),
)


def sample_rows(count: int) -> list[tuple[object, ...]]:
    """Invented lawyers."""
    return [
        (
            NAMES[n % len(NAMES)],
            f"11301201{2100000 + n * 37}21",
            FIRMS[n % len(FIRMS)],
            ("长安区", "桥西区")[n % 2],
            "专职",
            date(2001 + n % 24, 1 + n % 12, 1 + n % 28),
            25 - n % 24,
            STATES[n % len(STATES)],
            "称职",
            None,
        )
        for n in range(count)
    ]


class RosterPage(Page):
    """A list page as the pictures show it."""

    def __init__(self, rows: int = 60) -> None:
        super().__init__("roster", "名册 · 律师", "roster")
        self.hints = "Enter 打开　空格 勾选　Ctrl+F 筛选"
        self.refreshed = 0
        head = Bar("window", 38)
        self.professions = ProfessionTabs()
        self.professions.set_tabs(
            [
                Tab(key="lawyers", title="律师", count=8564),
                Tab(key="notary", title="公证员", count=118),
                Tab(key="appraisal", title="司法鉴定人", count=436),
                Tab(key="arbitration", title="仲裁员", count=1204),
            ]
        )
        head.row.addWidget(self.professions, 1)
        head.row.addWidget(Button("导入", icon_name="import"))
        head.row.addWidget(Button("导出", icon_name="export"))
        head.row.addWidget(Button("新增人员", icon_name="plus", look=Look.PRIMARY))
        views = Bar("window", 30)
        self.views = ViewRow()
        self.views.set_tabs(
            [
                Tab(key="all", title="在册律师", count=8564),
                Tab(key="west", title="桥西、长安专职", count=1204),
                Tab(key="due", title="证件 30 日内到期", count=12),
            ],
            current="west",
        )
        views.row.addWidget(self.views, 1)
        views.row.addWidget(Button("另存为视图", icon_name="pin", look=Look.LINK))
        self.filters = FilterBar(
            [
                FilterSpec(
                    key="district",
                    title="区县",
                    options=(Option("c", "长安", 620), Option("q", "桥西", 584), Option("y", "裕华", 310)),
                ),
                FilterSpec(
                    key="category", title="类别", options=(Option("full", "专职"), Option("part", "兼职"))
                ),
                FilterSpec(key="state", title="状态", options=(Option("ok", "正常执业"),)),
                FilterSpec(key="first", title="首次执业", kind=FilterKind.DATES),
                FilterSpec(key="firm", title="执业机构", kind=FilterKind.TEXT),
                FilterSpec(key="party", title="党派", in_bar=False, options=(Option("1", "中共党员"),)),
            ]
        )
        self.model = RowTableModel(COLUMNS, ListSource(sample_rows(rows)), self, checkable=True)
        self.table = TableView(self.model)
        self.table.set_sort((("name", True),))
        self.bulk = BulkBar()
        self.bulk.add_act("发起检查", self.refresh, icon_name="search")
        self.bulk.add_act("批量导出", self.refresh, icon_name="export")
        self.bulk.add_act("打印名册", self.refresh, icon_name="print")
        self.model.checks_changed.connect(lambda count: self.bulk.show_count(count, 0))
        self.bulk.clear_wanted.connect(lambda: self.model.set_checked(()))
        count = Bar("foot", 30)
        count.row.addWidget(label("符合条件 1,204 人", bold=True))
        count.row.addWidget(label("律师条线 8,564 人，全库 45,217 人", tone="text2", size=TextSize.CAPTION))
        count.row.addStretch()
        self.dock = SummaryDock()
        self.dock.body.addWidget(DockHead("王志远", "男　41 岁", STATES[0]))
        facts = [
            ("执业证号", "11301201210384721"),
            ("执业机构", "河北澄一律师事务所"),
            ("首次执业", "2012-06-18（14 年）"),
            ("手机", "138****5207"),
        ]
        self.dock.body.addWidget(DockFacts(facts))
        self.dock.add_foot(Button("打开档案", icon_name="record", look=Look.PRIMARY), Button("变更登记"))
        left = QVBoxLayout()
        left.setSpacing(0)
        for widget in (self.table, self.bulk, count):
            left.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.dock)
        for bar in (head, views, self.filters):
            self.content.addWidget(bar)
        self.content.addLayout(row, 1)

    def refresh(self) -> None:
        self.refreshed += 1

    def focus_start(self) -> None:
        self.table.setFocus()

    def focus_filter(self) -> bool:
        self.filters.focus_quick()
        return True

    def focus_ring(self) -> tuple[object, ...]:  # type: ignore[override]
        return self.filters.quick, self.table, self.dock

    def resizeEvent(self, event: object) -> None:
        self.dock.fit(self.window().width())


FORM = (
    SectionSpec(
        title="身份信息",
        fields=(
            FieldSpec(key="name", title="姓名", kind=FieldKind.READONLY),
            FieldSpec(key="sex", title="性别", kind=FieldKind.READONLY),
            FieldSpec(key="id", title="身份证号", kind=FieldKind.MASKED, editable=False),
            FieldSpec(key="born", title="出生日期", kind=FieldKind.DATE),
            FieldSpec(
                key="party",
                title="政治面貌",
                kind=FieldKind.CHOICE,
                choices=(
                    Choice("1", "中共党员", words="zgdy"),
                    Choice("2", "群众", words="qz"),
                    Choice("3", "民盟盟员", words="mmmy"),
                ),
            ),
            FieldSpec(key="veteran", title="退役军人", kind=FieldKind.BOOL),
        ),
    ),
    SectionSpec(
        title="联系方式",
        fields=(
            FieldSpec(key="phone", title="手机", required=True),
            FieldSpec(key="mail", title="电子邮箱"),
            FieldSpec(key="address", title="办公地址"),
            FieldSpec(key="capital", title="设立资产", kind=FieldKind.NUMBER, places=2, unit="万元"),
            FieldSpec(key="memo", title="备注", kind=FieldKind.MULTILINE),
            FieldSpec(key="firm", title="执业机构", kind=FieldKind.READONLY, link=True),
        ),
    ),
)
VALUES = {
    "name": "王志远",
    "sex": "男",
    "id": "130102********2417",
    "born": date(1985, 4, 12),
    "party": "1",
    "veteran": False,
    "phone": "13812345207",
    "mail": "wangzhiyuan@cyls.example",
    "address": "长安区中山东路 188 号 9 层",
    "firm": "河北澄一律师事务所",
}


def sample_lanes() -> list[Lane]:
    """A career with a gap."""
    years = tuple(
        Span(
            start=date(year, 1, 1),
            end=date(year, 12, 31),
            text="基本称职" if year == 2023 else ("未参加" if year == 2017 else "称职"),
            kind=StateKind.WARN if year == 2023 else StateKind.NEUTRAL,
            look=SpanLook.YEAR,
        )
        for year in range(2013, 2026)
    )
    return [
        Lane(
            title="执业状态",
            spans=(
                Span(start=date(2012, 6, 18), end=date(2017, 3, 1), text="正常执业"),
                Span(
                    start=date(2017, 3, 1),
                    end=date(2018, 1, 20),
                    text="",
                    kind=StateKind.PAUSE,
                    look=SpanLook.GAP,
                    act="冀司暂〔2017〕3号",
                ),
                Span(start=date(2018, 1, 20), end=None, text="正常执业"),
            ),
        ),
        Lane(
            title="执业机构",
            spans=(
                Span(
                    start=date(2012, 6, 18),
                    end=date(2017, 3, 1),
                    text="河北太行律师事务所",
                    look=SpanLook.DATA,
                ),
                Span(
                    start=date(2018, 1, 20),
                    end=date(2024, 3, 11),
                    text="河北衡正律师事务所",
                    look=SpanLook.DATA,
                ),
                Span(
                    start=date(2024, 3, 11),
                    end=None,
                    text="河北澄一律师事务所",
                    look=SpanLook.DATA,
                    strong=True,
                    key="firm:1",
                ),
            ),
        ),
        Lane(title="年度考核", spans=years),
        Lane(
            title="事件",
            marks=(
                Mark(day=date(2012, 6, 18), text="颁证"),
                Mark(day=date(2017, 3, 1), text="申请暂停", kind=StateKind.PAUSE),
                Mark(day=date(2018, 1, 20), text="恢复执业", kind=StateKind.OK),
                Mark(day=date(2023, 9, 2), text="训诫", kind=StateKind.WARN, key="case:9"),
                Mark(day=date(2024, 3, 11), text="变更机构"),
                Mark(day=date(2026, 11, 5), text="投诉受理", kind=StateKind.RUN),
            ),
        ),
    ]


class RecordPage(Page):
    """A record with life line and form."""

    def __init__(self, name: str = "王志远") -> None:
        super().__init__(f"person:{name}", f"{name} · 律师", "person")
        self.saved: list[dict[str, object]] = []
        head = Frame("top")
        column = QVBoxLayout(head)
        column.setContentsMargins(0, S8, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(S12 + 4, 0, S12, 0)
        row.addWidget(label(name, size=TextSize.NAME, bold=True))
        row.addWidget(StateChip(STATES[0]))
        row.addStretch()
        row.addWidget(Button("变更登记", arrow=True))
        row.addWidget(Button("打印档案", icon_name="print"))
        column.addLayout(row)
        self.life = LifeLine()
        self.life.show_lanes(sample_lanes(), TODAY)
        column.addWidget(self.life)
        self.content.addWidget(head)
        bar = Bar("top", 38)
        self.tabs = LineTabs(size=TextSize.BODY, name="档案页签")
        self.tabs.set_tabs(
            [
                Tab(key="base", title="基本信息"),
                Tab(key="posts", title="执业经历", count=3),
                Tab(key="complaints", title="投诉", count=1, alarm=True),
            ]
        )
        bar.row.addWidget(self.tabs)
        self.content.addWidget(bar)
        self.form = Form(FORM)
        self.form.set_values(VALUES)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        ground = Frame("surface")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.form)
        area.setWidget(ground)
        self.content.addWidget(area, 1)
        self.bar = SaveBar()
        self.content.addWidget(self.bar)
        self.form.changed.connect(self._count)
        self.bar.jump_wanted.connect(self.form.focus_first_problem)
        self.bar.revert_wanted.connect(self.form.revert)
        self.bar.save_wanted.connect(self.save)

    def _count(self, changed: int) -> None:
        self.bar.show_counts(changed, self.form.problem_count())
        self.unsaved_changed.emit(changed > 0)

    def has_unsaved(self) -> bool:
        return self.form.changed_count() > 0

    def save(self) -> None:
        if self.form.check():
            self.saved.append(self.form.changes())
            self.form.set_values({**VALUES, **self.form.changes()})

    def save_then_close(self) -> None:
        self.save()
        if not self.has_unsaved():
            self.may_close.emit()

    def discard(self) -> None:
        self.form.revert()

    def commands(self) -> tuple[PageCommand, ...]:
        return (PageCommand(menu="file", text="保存(&S)", key="Ctrl+S", run=self.save),)


def sample_specs() -> list[PageSpec]:
    """A rail of three entries and a record page behind them."""
    return [
        PageSpec(
            key="desk", section="desk", title="工作台", icon="desk", rail=True,
            factory=lambda _: Page("desk", "工作台", "desk"), short="工作台",
        ),
        PageSpec(
            key="roster", section="roster", title="名册", icon="roster", rail=True,
            factory=lambda _: RosterPage(),
        ),
        PageSpec(
            key="import", section="import", title="导入导出", icon="import", rail=True,
            factory=lambda _: Page("import", "导入导出", "import"),
        ),
        PageSpec(
            key="settings", section="settings", title="设置", icon="settings", rail=True, at_bottom=True,
            factory=lambda _: Page("settings", "设置", "settings"),
        ),
        PageSpec(
            key="record", section="roster", title="档案", icon="person",
            factory=lambda name: RecordPage(str(name)),
        ),
    ]  # fmt: skip
