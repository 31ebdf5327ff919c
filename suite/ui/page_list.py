"""Every page of the window, told once: its code, where it stands, what it is opened with."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageSpec

if TYPE_CHECKING:
    from suite.ui.desk import Desk
    from suite.ui.remembered import Remembered

log = logging.getLogger(__name__)

HOME = "today"


class Takes(Enum):
    """What of the argument that a page is opened with goes to its class."""

    NOTHING = auto()
    ARGUMENT = auto()
    PAIR = auto()  # the kind and the number of a record, one after the other


@dataclass(frozen=True)
class _Entry:
    """A page; `code` is its class below `suite.ui.pages`, imported before the page is first made.
    `remembers`: it keeps what was chosen on it. The rest is `PageSpec`'s."""

    key: str
    code: str
    section: str
    title: str
    icon: str
    takes: Takes = Takes.ARGUMENT
    remembers: bool = False
    rail: bool = False
    short: str = ""
    at_bottom: bool = False


#: In the order of the rail.
_ENTRIES = (
    _Entry(
        HOME,
        "today.page:TodayPage",
        HOME,
        "工作台",
        "desk",
        takes=Takes.NOTHING,
        remembers=True,
        rail=True,
        short="工作台",
    ),
    _Entry(
        "roster",
        "roster.page:RosterPage",
        "roster",
        "名册",
        "roster",
        remembers=True,
        rail=True,
        short="名册",
    ),
    _Entry("cases", "cases.page:CasesPage", "cases", "办件", "folder", rail=True, short="办件"),
    _Entry("case", "case.page:CasePage", "cases", "办件", "folder"),
    _Entry("tasks", "tasks.page:TasksPage", "cases", "待办事项", "check", takes=Takes.NOTHING),
    _Entry(
        "assessment",
        "assessment.page:AssessmentPage",
        "assessment",
        "考核评估",
        "assess",
        rail=True,
        short="考核",
    ),
    _Entry("scoring", "assessment.scoring_page:ScoringPage", "assessment", "评分表", "assess"),
    _Entry("scheme", "assessment.scheme_page:SchemePage", "assessment", "方案与标准", "assess"),
    _Entry("credit", "credit.page:CreditPage", "credit", "信用", "credit", rail=True, short="信用"),
    _Entry(
        "indicators",
        "indicators.page:IndicatorsPage",
        "indicators",
        "指标",
        "indicator",
        takes=Takes.NOTHING,
        rail=True,
        short="指标",
    ),
    _Entry("returns", "returns.page:ReturnsPage", "indicators", "填报", "table"),
    _Entry(
        "targets",
        "indicators.targets:TargetsPage",
        "indicators",
        "编辑指标体系",
        "indicator",
        takes=Takes.NOTHING,
    ),
    _Entry("reports", "reports.page:ReportsPage", "indicators", "报告", "document"),
    _Entry("snapshot-diff", "snapshots.difference:DifferencePage", "indicators", "逐条差异", "table"),
    _Entry("snapshot-rows", "snapshots.rows:FrozenRowsPage", "indicators", "快照中的名单", "lock"),
    _Entry("plans", "plans.page:PlansPage", "plans", "检查计划", "plan", rail=True, short="检查"),
    _Entry("ledgers", "ledgers.page:LedgersPage", "ledgers", "台账", "table", rail=True, short="台账"),
    _Entry("import", "importing.page:ImportPage", "import", "导入导出", "import", rail=True, short="导入"),
    _Entry("plan", "plan.page:PlanPage", "indicators", "规划对照", "check", takes=Takes.NOTHING),
    _Entry("record", "record.page:RecordPage", "roster", "档案", "record", takes=Takes.PAIR),
    _Entry("editions", "editions.page:EditionsPage", "roster", "名册编制", "document"),
    _Entry("exchange", "exchange.page:ExchangePage", "roster", "报送与回执", "send"),
    _Entry("reconcile", "reconcile.page:ReconcilePage", "roster", "三方对账", "table"),
    _Entry("coverage", "coverage.page:CoveragePage", "roster", "服务覆盖", "table"),
    _Entry("activity", "activity.page:ActivityPage", "settings", "操作留痕", "history", takes=Takes.NOTHING),
    _Entry("help", "help.page:HelpPage", "settings", "帮助", "document"),
    _Entry("merging", "merging.page:MergingPage", "roster", "查重与合并", "copy"),
    _Entry(
        "settings",
        "settings:SettingsPage",
        "settings",
        "设置",
        "settings",
        takes=Takes.NOTHING,
        rail=True,
        short="设置",
        at_bottom=True,
    ),
)
#: Key → the class of the page, by string.
PAGES = {entry.key: f"suite.ui.pages.{entry.code}" for entry in _ENTRIES}


def page_specs(desk: Callable[[], Desk], remembered: Remembered) -> list[PageSpec]:
    """The pages as the window gets them; `desk` is asked when one is made, for the window stands earlier."""
    return [
        PageSpec(
            key=entry.key,
            section=entry.section,
            title=entry.title,
            icon=entry.icon,
            factory=partial(_made, entry, desk, remembered),
            rail=entry.rail,
            short=entry.short,
            at_bottom=entry.at_bottom,
        )
        for entry in _ENTRIES
    ]


def read_pages() -> None:
    """Import the pages' code on a worker, so that opening the first of each does not hold up the window."""
    for name in ("suite.ui.finding", *PAGES.values()):
        import_module(name.partition(":")[0])


def record_argument(argument: object) -> tuple[Any, Any]:
    """(kind, subject) of a record's argument."""
    return argument if isinstance(argument, tuple) and len(argument) == 2 else (None, None)


def _made(entry: _Entry, desk: Callable[[], Desk], remembered: Remembered, argument: object) -> Page:
    """The page; one that fails is told in its place and the window stays."""
    given: tuple[object, ...] = ()
    if entry.takes is Takes.ARGUMENT:
        given = (argument,)
    elif entry.takes is Takes.PAIR:
        given = record_argument(argument)
    named = {"remembered": remembered} if entry.remembers else {}
    module, _, attribute = PAGES[entry.key].partition(":")
    try:
        page: Page = getattr(import_module(module), attribute)(desk(), *given, **named)
    except Exception as error:  # whatever a page's code may raise, the rest of the window works
        log.exception("the page %s cannot be made", entry.code)
        page = Page("failed", "未能打开", "warning")
        sentence = f"这个页面未能打开（{type(error).__name__}），其余功能照常。请将日志转告系统管理员。"
        page.content.addWidget(EmptyState(sentence))
    return page
