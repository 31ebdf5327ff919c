"""The dock of one indicator: value, reckoning, definition, the button to its rows, its districts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from suite.contract.declarations import RecordKind
from suite.contract.indicators import Cases, Direction, Entries, Members, parts_of, sides_of
from suite.kernel.indicators.board import BreakdownValue, IndicatorBoard, IndicatorValue
from suite.kernel.indicators.rules import State, shown
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.dock import SummaryDock
from suite.ui.kit.panes import rule
from suite.ui.kit.state import StateChip
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S4, S8, TextSize, TokenName, Width
from suite.ui.pages.indicators.district_bars import LONG_NAME, DistrictBar, DistrictBars
from suite.ui.pages.indicators.wording import (
    WISHES,
    compares_districts,
    number_of,
    pace_words,
    part_of,
    state_of,
    target_of,
)

#: More parts of a number than this are told as a number.
MOST_PARTS = 8


class IndicatorSummary(SummaryDock):
    """Follows the table's current row; `rows_wanted` carries an indicator and which side is to be opened."""

    rows_wanted = Signal(object, int)  # IndicatorValue, 0 above the line or 1 below it

    def __init__(self, kinds: Mapping[str, RecordKind], parent: QWidget | None = None) -> None:
        super().__init__("指标", parent, width=Width.BOARD_DOCK, small=Width.DOCK)
        self._kinds = kinds
        self.shown: IndicatorValue | None = None
        self.buttons: list[Button] = []

    def show_nothing(self, sentence: str) -> None:
        """No indicator is chosen."""
        self.clear()
        self.shown, self.buttons = None, []
        self.body.addWidget(label(sentence, tone="text2", wrap=True))

    def show_value(self, board: IndicatorBoard, value: IndicatorValue, owner: str) -> None:
        """One indicator; `owner` is its profession in words."""
        self.clear()
        self.shown, self.buttons = value, []
        indicator, target = value.indicator, value.target
        no = f"{target.no}　" if target else ""
        self.body.addWidget(label(f"{no}{value.title}", size=TextSize.SECTION, bold=True, wrap=True))
        facts = [
            *([f"{target.level}指标"] if target and target.level else []),
            *([str(target.nature)] if target and target.nature else []),
            WISHES[indicator.direction],
            owner,
        ]
        self.body.addWidget(label("　".join(facts), tone="text2", size=TextSize.CAPTION, wrap=True))
        self.body.addWidget(rule())
        self._add_figure(value)
        for part in value.parts:
            self.body.addWidget(label(part_of(value, part), size=TextSize.CAPTION))
        self.body.addWidget(label(value.formula, size=TextSize.CAPTION, wrap=True))
        self.body.addWidget(label(f"口径：{indicator.help}", tone="text2", size=TextSize.CAPTION, wrap=True))
        switches = "；".join(f"{switch.title}：{switch.position}" for switch in value.switches)
        version = f"口径第 {indicator.definition} 版"
        source = f"{target.article}　" if target else ""
        self.body.addWidget(
            label(f"{source}{version}　{switches}", tone="text2", size=TextSize.CAPTION, wrap=True)
        )
        for note in value.notes:
            tone: TokenName = "text2" if value.whole.value is not None else "warn"
            self.body.addWidget(label(f"{note}。", tone=tone, size=TextSize.CAPTION, wrap=True))
        self._add_buttons(value)
        self._add_breakdowns(value)
        self._add_districts(board, value)

    def _add_figure(self, value: IndicatorValue) -> None:
        row = QHBoxLayout()
        row.setSpacing(S8)
        number = number_of(value.unit, value.whole.value)
        row.addWidget(label(number, size=TextSize.FIGURE, bold=True))
        if value.unit != "%":
            unit = label(value.unit, tone="text2", size=TextSize.CAPTION)
            row.addWidget(unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        row.addWidget(StateChip(state_of(value)))
        self.body.addLayout(row)
        if value.target is not None:
            words = f"目标 {target_of(value)}（{value.target.year} 年）"
            if value.pace is not None:
                words += f"，时间进度 {pace_words(value)}"
            self.body.addWidget(label(words, tone="text2", size=TextSize.CAPTION))

    def _add_buttons(self, value: IndicatorValue) -> None:
        """One for each side that has something behind it."""
        part = parts_of(value.indicator.measure)[value.deciding]
        numbers = (value.whole.numerator, value.whole.denominator)
        for place, (side, number) in enumerate(zip(sides_of(part.measure), numbers, strict=True)):
            if number:
                if not isinstance(side, Members | Cases | Entries):
                    words = "查看分子的构成" if place == 0 else "查看分母的构成"
                elif isinstance(side, Members):
                    kind = self._kinds[side.kind]
                    words = f"查看 {shown(number)} {'名' if kind.has_person else kind.unit}{kind.title}"
                else:
                    words = f"查看 {shown(number)} {side.unit}{side.title}"
                look = Look.PRIMARY if place == 0 else Look.NORMAL
                button = Button(words, icon_name="table", look=look, tip=getattr(side, "title", ""))
                button.clicked.connect(lambda _=False, place=place: self.rows_wanted.emit(self.shown, place))
                self.buttons.append(button)
                self.body.addWidget(button)

    def _add_districts(self, board: IndicatorBoard, value: IndicatorValue) -> None:
        bars = bars_of(board, value)
        if not bars or value.citywide:  # then no district has a number of its own
            return
        compared = compares_districts(value.indicator) and value.target is not None
        self.body.addSpacing(S4)
        self.body.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(label("各县（市、区）", bold=True))
        head.addStretch()
        if compared:
            good = sum(bar.reached for bar in bars)
            short = sum(bar.length is not None for bar in bars) - good
            wanted = "目标" if value.pace is None else "进度"
            head.addWidget(
                label(f"{good} 个达到{wanted}，{short} 个未达到", tone="text2", size=TextSize.CAPTION)
            )
        self.body.addLayout(head)
        chart = DistrictBars()
        target = value.target
        if compared and target is not None:
            line, words = float(target.value), f"目标 {target_of(value)}"
            if value.pace is not None:
                line, words = float(value.pace), f"进度 {pace_words(value)}"
            chart.set_bars(bars, target=line, target_words=words)
        else:
            chart.set_bars(bars)
        self.body.addWidget(chart)

    def _add_breakdowns(self, value: IndicatorValue) -> None:
        """What the number is told apart by beside the districts: the highest parts."""
        for item in value.breakdowns:
            if not item.parts:
                continue
            self.body.addSpacing(S4)
            self.body.addWidget(rule())
            self.body.addWidget(label(f"各{item.title}", bold=True))
            chart = DistrictBars(of=item.title, names=LONG_NAME)
            chart.set_bars(part_bars(value, item))
            self.body.addWidget(chart)
            if len(item.parts) > MOST_PARTS:
                more = f"另有 {len(item.parts) - MOST_PARTS} 个{item.title}"
                self.body.addWidget(label(more, tone="text2", size=TextSize.CAPTION))


def part_bars(value: IndicatorValue, item: BreakdownValue) -> list[DistrictBar]:
    """The parts as bars; one whose figure is not recorded shows its count."""
    bars = []
    for part in item.parts[:MOST_PARTS]:
        reading = part.reading
        known = reading.value is not None
        number = number_of(value.unit, reading.value) if known else f"{shown(reading.numerator)} 件"
        behind = [shown(side) for side in (reading.numerator, reading.denominator) if side is not None]
        told = f"{part.name} {number}" + (f"（{' ÷ '.join(behind)}）" if len(behind) == 2 else "")
        length = None if reading.value is None else float(reading.value)
        bars.append(DistrictBar(part.name, length, number, told, part.state is not State.BEHIND))
    return bars


def bars_of(board: IndicatorBoard, value: IndicatorValue) -> list[DistrictBar]:
    """The districts, the best first and those without data last; what belongs to none goes by that name."""
    indicator = value.indicator
    compared = compares_districts(indicator)
    sign = 1 if indicator.direction is Direction.DOWN else -1
    ordered = sorted(
        value.by_district,
        key=lambda pair: (pair[1].value is None, sign * (pair[1].value or 0), pair[0] or "~"),
    )
    bars = []
    for code, reading in ordered:
        name = board.district_names.get(code, code) if code else "未填区县"
        number = number_of(value.unit, reading.value)
        reached = reading.value is not None and (not compared or value.reached_by(reading.value))
        behind = [shown(part) for part in (reading.numerator, reading.denominator) if part is not None]
        told = f"{name} {number}" + (f"（{' ÷ '.join(behind)}）" if len(behind) == 2 else "")
        length = None if reading.value is None else float(reading.value)
        bars.append(DistrictBar(name, length, number, told, reached))
    return bars
