"""Indicators in the words, states and cells of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from suite.contract.indicators import Count, Direction, Indicator, Nature, Target
from suite.contract.states import StateKind
from suite.kernel.indicators.board import IndicatorBoard, IndicatorValue, PartValue
from suite.kernel.indicators.rules import State, shown
from suite.ui.kit.columns import Align, BarValue, Column, ColumnKind
from suite.ui.kit.state import StateValue

STATES = {
    State.MET: StateValue(StateKind.OK, "达标"),
    State.ON_TRACK: StateValue(StateKind.RUN, "按进度"),
    State.BEHIND: StateValue(StateKind.BAD, "未达标"),
    State.NO_DATA: StateValue(StateKind.NEUTRAL, "无数据"),
}
NO_TARGET = StateValue(StateKind.ENDED, "未设目标")
SIGNS = {Direction.UP: "≥", Direction.DOWN: "≤", Direction.EQUAL: "≈"}
WISHES = {Direction.UP: "越高越好", Direction.DOWN: "越低越好", Direction.EQUAL: "保持在目标上下"}

COLUMNS = (
    Column(key="no", title="序", width=44, align=Align.RIGHT),
    Column(key="title", title="指标", width=300, stretch=True, least=200),
    Column(key="level", title="级别", width=56),
    Column(key="nature", title="性质", width=68),
    Column(key="target", title="目标", width=104, align=Align.RIGHT),
    Column(key="value", title="现值", width=88, align=Align.RIGHT),
    Column(key="bar", title="完成（竖线为目标）", kind=ColumnKind.BAR, width=150),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=92),
)


def compared_columns(title: str) -> tuple[Column, ...]:
    """The columns with a second value, of the set `title`, and the change."""
    beside = (
        Column(key="former", title=title, width=104, align=Align.RIGHT),
        Column(key="change", title="增减", width=80, align=Align.RIGHT),
    )
    place = next(place for place, column in enumerate(COLUMNS) if column.key == "value") + 1
    return (*COLUMNS[:place], *beside, *(c for c in COLUMNS[place:] if c.key != "bar"))


def compared_row(value: IndicatorValue, former: IndicatorValue | None) -> Sequence[object]:
    """The cells of one indicator, in the order of `compared_columns`."""
    cells = dict(zip((column.key for column in COLUMNS), row_of(value), strict=True))
    was, now = (former.whole.value if former else None), value.whole.value
    cells["former"] = number_of(value.unit, was)
    cells["change"] = "—" if was is None or now is None else change_words(now - was)
    return tuple(cells[column.key] for column in compared_columns(""))


def change_words(change: Fraction) -> str:
    """↑ 0.31, ↓ 2, or 0; less than can be seen in two decimals says so."""
    if change == 0:
        return "0"
    words = shown(abs(change))
    return f"{'↑' if change > 0 else '↓'} {words if words != '0.00' else '<0.01'}"


def state_of(value: IndicatorValue) -> StateValue:
    """The state as it is drawn."""
    return STATES[value.state] if value.state is not None else NO_TARGET


def number_of(unit: str, value: Fraction | None) -> str:
    """A value with its per cent sign, otherwise bare: its unit stands beside it."""
    return shown(value) + ("%" if unit == "%" and value is not None else "")


def target_of(value: IndicatorValue) -> str:
    """A target as the set writes it, with its sign and unit: `≥7.5 人`."""
    if value.target is None:
        return ""
    return f"{SIGNS[value.indicator.direction]}{with_unit(value.target.value, value.unit)}"


def pace_words(value: IndicatorValue) -> str:
    """What a number is to have come to by now, with its sign and unit: `≥82.50 件`."""
    unit = "%" if value.unit == "%" else f" {value.unit.split('/')[0]}"
    return f"{SIGNS[value.indicator.direction]}{shown(value.pace)}{unit}"


def with_unit(number: Decimal, unit: str) -> str:
    """A target's number with its unit."""
    return f"{number.normalize():,f}" + ("%" if unit == "%" else f" {unit.split('/')[0]}")


def part_of(value: IndicatorValue, part: PartValue) -> str:
    """A part with its number and, where it has one of its own, its target: 优良率　14%（目标 ≥15%）."""
    unit = part.unit or value.indicator.unit
    number = f"{part.title}　{number_of(unit, part.whole.value)}"
    if part.whole.value is not None and unit != "%":
        number += f" {unit.split('/')[0]}"
    if part.target is None:
        return number
    return f"{number}（目标 {SIGNS[value.indicator.direction]}{with_unit(part.target, unit)}）"


def share_of(value: Fraction | None, target: Target | None) -> float | None:
    """How far a value is on the way to its target: 1 on it."""
    if value is None or target is None or target.value == 0:
        return None
    return float(value / Fraction(target.value))


def compares_districts(indicator: Indicator) -> bool:
    """Whether a district's number may be held against the target: a count's target is the whole city's."""
    return not isinstance(indicator.measure, Count)


def row_of(value: IndicatorValue) -> Sequence[object]:
    """The cells of one indicator, in the order of `COLUMNS`."""
    target = value.target
    share = share_of(value.whole.value, target)
    why = value.notes[0] if value.notes and value.whole.value is None else ""
    words = f"为目标的 {share:.0%}" if share is not None else why or ("分母为 0" if target else "")
    return (
        "" if target is None else str(target.no),
        value.title,
        target.level if target else None,
        target.nature if target else None,
        target_of(value),
        number_of(value.unit, value.whole.value),
        BarValue(share, words, reached=value.state is State.MET),
        state_of(value),
    )


def is_binding(value: IndicatorValue) -> bool:
    """约束性."""
    return value.target is not None and value.target.nature is Nature.BINDING


def basis_of(board: IndicatorBoard) -> str:
    """Where the targets come from, and whether their year is over."""
    place = f"只计{board.place}。" if board.place else ""
    if board.set is None:
        return f"{place}没有指标体系，只列现值"
    over = f"，{board.set.last.year} 年已过，现值为延续监测" if board.as_of > board.set.last else ""
    return f"{place}目标依据：{board.set.source}《{board.set.title}》{over}"
