"""数据研判: what units handed in: late, missing, jumping, far from the others, the same twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import Board
from suite.kernel.assessment.material_results import Analysis, MaterialLine, Twice, analysis
from suite.kernel.parameters.queries import parameters_on
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import S8, S12, Height
from suite.ui.pages.assessment.further import FurtherView, RowsPane

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

MATERIALS = "materials"
NOTHING = "没有参加的单位，信息报送无从汇总。"
NONE_TWICE = "没有发现内容雷同或同一文件重复报送。"
TWICE = (
    Column(key="what", title="疑似", width=84),
    Column(key="share", title="相同", width=64),
    Column(key="first", title="前一份", kind=ColumnKind.LINK, width=420),
    Column(key="second", title="后一份", kind=ColumnKind.LINK, width=360, stretch=True, least=200),
)


class MaterialsView(FurtherView):
    """Keys are those of participants."""

    key, title = MATERIALS, "数据研判"
    hints = "Enter 打开档案，或疑似重复的两份　F5 刷新"

    def __init__(self, page: AssessmentPage) -> None:
        super().__init__(page)
        head = Bar("head", Height.BAR)
        self.come = ElidedLabel("", tone="text2")
        head.row.addWidget(self.come, 1)
        self.score = Button("按报送情况计分")
        self.score.clicked.connect(page.evidence.score_materials)
        head.row.addWidget(self.score)
        self.column.addWidget(head)
        panes = QVBoxLayout()
        panes.setContentsMargins(S12, S8, S12, S12)
        panes.setSpacing(S8)
        self.twice = RowsPane("疑似重复报送")
        self._doubles: tuple[Twice, ...] = ()
        self.twice.opened.connect(self.open_twice)
        self.twice.linked.connect(self.open_twice)
        for title, rows, share in (("各单位报送", self.rows, 3), ("疑似重复报送", self.twice, 2)):
            pane = Pane(title)
            pane.body.addWidget(rows, 1)
            panes.addWidget(pane, share)
        self.column.addLayout(panes, 1)

    def offered(self, board: Board) -> bool:
        return board.sheet.scheme.materials is not None

    def read(self, session: ReadSession, suite: Suite, actor: Actor, campaign_id: int) -> Any:
        numbers = parameters_on(session, suite.catalog, suite.today)
        return analysis(session, actor, suite.catalog, campaign_id, numbers, suite.today)

    def show_found(self, found: Any) -> None:
        told: Analysis | None = found
        lines = told.lines if told is not None else ()
        figures = dict(told.figures) if told is not None else {}
        columns = [
            Column(key="name", title="单位", kind=ColumnKind.LINK, width=200),
            *(
                Column(key=key, title=title, kind=ColumnKind.NUMBER, width=60)
                for key, title in (("due", "应报"), ("in_time", "按时"), ("late", "逾期"), ("short", "过短"))
            ),
            Column(key="missing", title="未报", kind=ColumnKind.NUMBER, width=60),
            *(
                Column(key=key, title=title, kind=ColumnKind.NUMBER, width=max(76, 14 * len(title) + 20))
                for key, title in figures.items()
            ),
            Column(key="odd", title="需要核对", width=260, stretch=True, least=180),
        ]
        rows = [_row(line, figures) for line in lines]
        self.rows.show_rows(columns, rows, [line.assessment_id for line in lines], NOTHING)
        twice = told.twice if told is not None else ()
        self._doubles = twice
        doubles = [(item.what, f"{item.share:.0%}", item.first, item.second) for item in twice]
        self.twice.show_rows(TWICE, doubles, range(len(doubles)), NONE_TWICE)
        ends = told.ends if told is not None else ()
        late = sum(len(line.timeliness.late) for line in lines)
        missing = sum(len(line.timeliness.missing) for line in lines)
        self.come.setText(
            f"{len(ends)} 期　逾期 {late:,} 期次　未报 {missing:,} 期次　疑似重复 {len(twice):,} 处"
        )
        self.score.set_refusal(self.page.evidence.refusal("score"))

    def open_twice(self, key: object, column: str = "") -> None:
        """Open both that are alike side by side, or the one that was clicked."""
        if not isinstance(key, int) or not 0 <= key < len(self._doubles):
            return
        first, second = self._doubles[key].at
        wanted = {"first": (first,), "second": (second,)}.get(column, (first, second))
        entries: dict[str, list[int]] = {}
        for held in wanted:
            if held.ledger:
                entries.setdefault(held.ledger, []).append(held.id)
            else:
                self.page.open_wanted.emit("case", held.id)
        for ledger, ids in entries.items():
            self.page.open_wanted.emit("ledgers", (ledger, tuple(ids)))


def _row(line: MaterialLine, figures: dict[str, str]) -> tuple[object, ...]:
    stood = line.timeliness
    odd = [f"{figures[key]} {_months(days)}突增" for key, days in sorted(line.jumps.items())]
    odd += [f"{figures[key]}与同组相差大" for key in sorted(line.far)]
    told = (("过短", stood.short), ("逾期", stood.late), ("未报", stood.missing))
    odd += [f"{words} {_months(days)}" for words, days in told if days]
    return (
        line.name,
        stood.due,
        len(stood.in_time),
        len(stood.late),
        len(stood.short),
        len(stood.missing),
        *(sum(line.runs[key]) for key in figures),
        "；".join(odd),
    )


def _months(days: Sequence[dt.date]) -> str:
    """The months of periods, each year named once."""
    years: dict[int, list[str]] = {}
    for day in days:
        years.setdefault(day.year, []).append(str(day.month))
    return "，".join(f"{year} 年 {'、'.join(months)} 月" for year, months in years.items())
