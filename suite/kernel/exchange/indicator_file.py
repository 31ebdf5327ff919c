"""The numbers of a day as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from suite.contract.commands import Actor, Command, Done
from suite.kernel.exchange.form_files import LogIndicators
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.table_file import write_table
from suite.kernel.indicators.board import IndicatorBoard
from suite.kernel.indicators.rules import State, shown

HEADINGS = ("序号", "指标", "值", "单位", "目标", "状态", "算式")
STATES = {
    State.MET: "达标",
    State.ON_TRACK: "按进度",
    State.BEHIND: "未达标",
    State.NO_DATA: "无数据",
    None: "未设目标",
}


def cells_of(board: IndicatorBoard) -> list[tuple[Any, ...]]:
    """A row for each value, as `HEADINGS` name them."""
    return [
        (
            value.target.no if value.target else "",
            value.title,
            shown(value.whole.value),
            value.unit,
            value.target.value if value.target else "",
            STATES[value.state],
            value.formula,
        )
        for value in board.values
    ]


def save_board(
    board: IndicatorBoard, path: Path, actor: Actor, *, run: Callable[[Command, Actor], Done]
) -> int:
    """Write the values to .xlsx or .csv, traced; returns how many. Raises Refused."""
    said = f"截至 {board.as_of}，{board.place or '全市'}，{board.set.title if board.set else '没有指标体系'}"

    def write(partial: Path, basis: Basis) -> int:
        return write_table(partial, HEADINGS, cells_of(board), sheet="指标", basis=basis, wrapped=True)

    return export_file(path, LogIndicators(conditions=said), actor, run=run, content="指标", write=write)
