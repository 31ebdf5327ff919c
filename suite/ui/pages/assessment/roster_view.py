"""名单: everybody in a season, filtered, checked, and what can be done with those who are checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.choosing import Mark, chosen
from suite.kernel.assessment.standing import STANDINGS, WALKING
from suite.ui.kit.bars import BulkBar
from suite.ui.kit.buttons import Button
from suite.ui.kit.filter_panels import FilterSpec, Option
from suite.ui.kit.filters import FilterBar
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.assessment.wording import COLUMNS, row_of

NARROW = "没有符合条件的对象。清除筛选可看到全部 {number:,} 个。"


class RosterView(QWidget):
    """`settled` and `opened` carry a `BoardLine`; `checks_changed` comes when other rows are checked."""

    settled = Signal(object)
    opened = Signal(object)
    checks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self.lines: list[BoardLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.filters = FilterBar((), placeholder="姓名、机构（可用拼音首字母）")
        self.filters.columns_button.hide()
        self.filters.refresh_button.hide()
        self.filters.filters_changed.connect(lambda _values: self._list())
        column.addWidget(self.filters)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        self.source = ListSource()
        self.model = RowTableModel(COLUMNS, self.source, self, checkable=True)
        self.table = TableView(self.model, row_base=Height.ROW_COMPACT)
        self.table.setAccessibleName("参加考核的对象")
        self.table.row_settled.connect(lambda row, _key: self._tell(row, self.settled))
        self.table.row_opened.connect(lambda row, _key: self._tell(row, self.opened))
        self.table.check_all_wanted.connect(self._check_all)
        self.model.checks_changed.connect(lambda _number: self._checked())
        self._stack.addWidget(self.table)
        self.empty = EmptyState("", "清除筛选", self.filters.clear)
        self._stack.addWidget(self.empty)
        column.addWidget(ground, 1)
        self.bulk = BulkBar("个")
        self.bulk.clear_wanted.connect(lambda: self.model.set_checked(()))
        column.addWidget(self.bulk)
        foot = Bar("foot", Height.CONTROL)
        self.count = label("", bold=True)
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        foot.row.addWidget(self.count)
        foot.row.addWidget(self.note, 1)
        column.addWidget(foot)

    def add_act(self, text: str, act: Callable[[], object]) -> Button:
        """Add what can be done with the checked rows."""
        return self.bulk.add_act(text, act)

    # What is shown.

    def show_board(self, board: Board) -> None:
        """Show a season; the filter and the checks stay where it is the same one."""
        same = self._board is not None and self._board.campaign.id == board.campaign.id
        kept = self.filters.values if same else {}
        self._board = board
        self.filters.set_specs(_specs(board))
        self.filters.set_values(kept)
        still = {line.id for line in board.lines}
        self.model.set_checked({key for key in self.model.checked if same and key in still})
        self._list()

    def want(self, wanted: Mapping[str, object]) -> None:
        """Show the rows behind a number."""
        self.filters.set_values(wanted)
        self._list()

    def _list(self) -> None:
        board = self._board
        if board is None:
            return
        place = self.table.place()
        self.lines = chosen(board.lines, self.filters.values)
        self.source.set_rows([row_of(board, line) for line in self.lines], [line.id for line in self.lines])
        self._stack.setCurrentWidget(self.table if self.lines else self.empty)
        self.empty.set_sentence(NARROW.format(number=len(board.lines)))
        self.count.setText(f"符合条件 {len(self.lines):,} 个")
        steps = Counter(line.step for line in self.lines if line.standing in WALKING)
        parts = [
            f"待{step.title} {steps[step.key]:,}" for step in board.sheet.scheme.steps if steps[step.key]
        ]
        self.note.setText("　".join([*parts, f"全部 {len(board.lines):,} 个"]))
        rows = {line.id: row for row, line in enumerate(self.lines)}
        self.table.return_to(place, lambda key: rows.get(key) if isinstance(key, int) else None)
        if self.lines and self.table.current_row < 0:
            self.table.select_row(0)
        self._checked()

    @property
    def current(self) -> BoardLine | None:
        """The line that the keyboard is on."""
        row = self.table.current_row
        return self.lines[row] if 0 <= row < len(self.lines) else None

    @property
    def targets(self) -> Sequence[BoardLine]:
        """Those who are checked, in sight or not; else the one that the keyboard is on."""
        if self._board is not None and self.model.checked:
            return [line for line in self._board.lines if line.id in self.model.checked]
        return [self.current] if self.current is not None else []

    def _check_all(self) -> None:
        self.model.set_checked({*self.model.checked, *(line.id for line in self.lines)})

    def _checked(self) -> None:
        shown = {line.id for line in self.lines}
        self.bulk.show_count(len(self.model.checked), len(self.model.checked - shown))
        self.checks_changed.emit()

    def _tell(self, row: int, signal: object) -> None:
        if 0 <= row < len(self.lines):
            signal.emit(self.lines[row])  # type: ignore[attr-defined]  # a bound signal

    def clear_step(self) -> bool:
        """Esc: take the checks back, then the filter."""
        if self.model.checked:
            self.model.set_checked(())
            return True
        if self.filters.values:
            self.filters.clear()
            return True
        return False


def _specs(board: Board) -> tuple[FilterSpec, ...]:
    """What the lines of a season can be filtered by, with what occurs."""
    lines, scheme = board.lines, board.sheet.scheme
    walking = Counter(line.step for line in lines if line.standing in WALKING)
    standings = Counter(line.standing for line in lines)
    grades = Counter(line.grade for line in lines)
    proposals = Counter(line.proposal for line in lines)
    districts = Counter(line.district for line in lines)
    bodies = {line.body_id: line.body for line in lines if line.body_id is not None}
    per_body = Counter(line.body_id for line in lines)
    groups = Counter(line.group for line in lines)
    rules = {line.rule: line.rule_text for line in lines if line.rule is not None}
    per_rule = Counter(line.rule for line in lines)
    marks = {mark: sum(1 for line in lines if mark.holds(line)) for mark in Mark}
    steps = (*((step.key, step.title) for step in scheme.steps), ("", "已办完"))
    made = (
        FilterSpec(
            key="step",
            title="现在环节",
            options=tuple(Option(key, title, walking[key]) for key, title in steps if walking[key]),
        ),
        FilterSpec(
            key="standing",
            title="参加情况",
            options=tuple(
                Option(key, word, standings[key]) for key, word in STANDINGS.items() if standings[key]
            ),
        ),
        FilterSpec(
            key="mark",
            title="标记",
            options=tuple(Option(mark, mark.words, number) for mark, number in marks.items() if number),
        ),
        FilterSpec(
            key="grade",
            title="等次",
            options=tuple(Option(grade.key, grade.title, grades[grade.key]) for grade in scheme.grades),
        ),
        FilterSpec(
            key="proposal",
            title="建议等次",
            options=tuple(Option(grade.key, grade.title, proposals[grade.key]) for grade in scheme.grades),
        ),
        FilterSpec(
            key="district",
            title="区县",
            options=tuple(
                Option(code, board.districts.get(code or "", "未写明"), number)
                for code, number in sorted(districts.items(), key=lambda item: str(item[0] or "9"))
            ),
        ),
        FilterSpec(
            key="body",
            title="机构",
            options=tuple(
                Option(number, name, per_body[number])
                for number, name in sorted(bodies.items(), key=lambda item: item[1])
            ),
        ),
        FilterSpec(
            key="group",
            title="分组",
            options=tuple(Option(key, title, groups[key]) for key, title in board.groups.items()),
        ),
        FilterSpec(
            key="rule",
            title="例外的规则",
            options=tuple(Option(key, text, per_rule[key]) for key, text in rules.items()),
        ),
    )
    # What all of them have alike is no filter.
    return tuple(spec for spec in made if spec.options)
