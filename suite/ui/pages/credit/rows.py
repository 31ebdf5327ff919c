"""The columns and cells of the credit page's tables, and what an empty one says. Pure functions."""

from __future__ import annotations

from suite.contract.states import StateKind
from suite.kernel.credit.listing import CreditLine
from suite.kernel.credit.publicity.columns import Form
from suite.kernel.credit.publicity.listing import PublicityLine
from suite.kernel.credit.queries import ExportLine
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.state import StateValue

PUBLICITY, RECORDS, REPAIRS, FEEDS = "publicity", "records", "repairs", "feeds"
TABS = ((PUBLICITY, "双公示"), (RECORDS, "信用记录"), (REPAIRS, "信用修复"), (FEEDS, "公示平台"))
#: What the keys do in each of them.
HINTS = {
    PUBLICITY: "Enter 打开办件　空格 选定　Ctrl+A 全选　F5 刷新",
    RECORDS: "Enter 打开档案　空格 选定　Ctrl+A 全选　F5 刷新",
    REPAIRS: "Enter 打开办件　F5 刷新",
    FEEDS: "Enter 打开内容中的档案　F5 刷新",
}

#: On a decision whose case the reader may not open, or that has none.
NO_CASE_HINTS = HINTS[RECORDS]

#: The views of 双公示: what is to be done first stands first.
DUE = (
    ("waiting", "待办"),
    ("today", "今日应办"),
    ("late", "逾期未报"),
    ("rejected", "平台退回"),
    ("withdrawing", "待撤回"),
    ("reported", "已报送"),
    ("published", "已公示"),
    ("", "全部"),
    ("pending", "待报送"),
    ("expired", "公示期满"),
    ("withdrawn", "已撤回"),
    ("repaired", "已修复"),
    ("dropped", "不再公示"),
    ("exempt", "轻微不报送"),
)
WHY_NOTHING_DUE = {
    "waiting": "没有待报送、退回或待撤回的。许可、处罚一作出决定，就自动列到这里并开始计时。",
    "today": "今天没有必须办的：没有到期、逾期的报送或撤回。",
    "late": "没有逾期未报的。",
    "rejected": "没有平台退回的。收到反馈文件后，用“读入退回文件”回到待办。",
    "withdrawing": "没有待撤回的。处罚被撤销的，三个工作日内撤回公示。",
    "reported": "没有已报送、等待公示的。",
    "published": "没有正在公示的。",
    "pending": "没有还在期限内、等待报送的。",
    "expired": "没有公示期满的。",
    "withdrawn": "没有已撤回的。",
    "repaired": "没有已修复的。",
    "dropped": "没有报送之前决定被撤销、记录被更正的。",
    "exempt": "没有按本局参数不报送的轻微失信信息。",
    "": "还没有双公示记录。许可、处罚作出决定后自动列出，启用前的可以导入期初。",
}
STAGES = (
    ("", "全部"),
    ("waiting", "待办"),
    ("collected", "已归集"),
    ("verified", "已核实"),
    ("notified", "已告知"),
    ("objected", "异议待复核"),
    ("answered", "异议不成立"),
    ("approved", "已批准"),
    ("disclosed", "公示中"),
    ("repaired", "已修复"),
    ("ended", "公示期满"),
    ("corrected", "已更正"),
    ("reversed", "已撤销"),
    ("honour", "有效"),
)
NO_RECORD = "没有信用记录。处罚、处分、投诉查实、考核不合格发生时自动记入；其他的可以登记。"
NO_REPAIR = "没有在办的信用修复。选一条公示中的信用记录，用“申请修复”登记。"
NO_EXPORT = "还没有生成过差异文件。用“生成差异”写出要报平台的新增、变更和撤下，平台接收后登记回执。"

DUE_COLUMNS = (
    Column(key="left", title="剩余", kind=ColumnKind.STATE, width=148),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=100),
    Column(key="name", title="行政相对人", width=150, stretch=True),
    Column(key="form", title="种类", width=52),
    Column(key="number", title="文号", width=172),
    Column(key="due", title="期限", kind=ColumnKind.DATE, width=92),
    Column(key="owner", title="经办", width=72),
)
RECORD_COLUMNS = (
    Column(key="id", title="编号", width=52),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=104),
    Column(key="name", title="对象", kind=ColumnKind.LINK, width=150, stretch=True),
    Column(key="title", title="事项", width=100),
    Column(key="grade", title="类别", kind=ColumnKind.GRADE, width=48),
    Column(key="number", title="文号", width=172),
    Column(key="decided", title="认定日期", kind=ColumnKind.DATE, width=92),
    Column(key="until", title="公示至", kind=ColumnKind.DATE, width=92),
)
REPAIR_COLUMNS = (
    Column(key="due", title="期限", kind=ColumnKind.STATE, width=240),
    Column(key="number", title="编号", kind=ColumnKind.LINK, width=180),
    Column(key="who", title="申请人", width=200, stretch=True),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=160),
    Column(key="opened", title="登记日期", kind=ColumnKind.DATE, width=96),
    Column(key="handler", title="承办", width=110),
)

EXPORT_COLUMNS = (
    Column(key="number", title="次序", width=72),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=88),
    Column(key="title", title="平台", width=220, stretch=True),
    Column(key="made", title="生成日期", kind=ColumnKind.DATE, width=92),
    Column(key="rows", title="条数", kind=ColumnKind.NUMBER, width=72),
    Column(key="acknowledged", title="回执日期", kind=ColumnKind.DATE, width=92),
    Column(key="reference", title="回执编号", width=172),
)
ITEM_COLUMNS = (
    Column(key="change", title="变动", width=60),
    Column(key="title", title="种类", width=92),
    Column(key="name", title="对象", kind=ColumnKind.LINK, width=200, stretch=True),
)


def left_of(line: PublicityLine) -> StateValue | None:
    """How long it may take, in words."""
    if line.left is None:
        return None
    if line.left < 0:
        return StateValue(StateKind.BAD, f"逾期 {-line.left} 个工作日")
    if line.left == 0:
        return StateValue(StateKind.WARN, "今天")
    return StateValue(StateKind.WARN if line.left <= 2 else StateKind.RUN, f"{line.left} 个工作日")


def due_cells(line: PublicityLine) -> tuple[object, ...]:
    """One decision."""
    return (
        left_of(line),
        StateValue(line.state.kind, line.state.title),
        line.name,
        Form(line.form).words.removeprefix("行政"),
        line.document_no,
        line.due,
        line.owner,
    )


def record_cells(line: CreditLine) -> tuple[object, ...]:
    """One credit record."""
    return (
        f"#{line.id}",
        StateValue(line.state.kind, line.state.title),
        line.name,
        line.title,
        line.grade,
        line.document_no,
        line.decided_on,
        line.display_until,
    )


def export_cells(line: ExportLine) -> tuple[object, ...]:
    """One file of differences."""
    there = line.acknowledged_on is not None
    return (
        f"第 {line.number} 次",
        StateValue(StateKind.OK, "已回执") if there else StateValue(StateKind.WARN, "未回执"),
        line.title,
        line.made_on,
        line.rows,
        line.acknowledged_on,
        line.reference,
    )
