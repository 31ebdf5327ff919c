"""The list of units of a coverage as a workbook: the gaps, to be sent to a county or to firms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from suite.contract.commands import Actor, Command, Done
from suite.kernel.coverage.board import CoverageBoard, Unit
from suite.kernel.coverage.wording import HEADINGS, cells_of
from suite.kernel.exchange.export import LogExport
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.table_file import write_table


def export_units(
    board: CoverageBoard,
    units: Sequence[Unit],
    path: Path,
    actor: Actor,
    *,
    run: Callable[[Command, Actor], Done],
    conditions: str = "",
    reason: str = "",
) -> int:
    """Write the units to .xlsx or .csv, traced as an export of the agreements; returns how many.

    Raises Refused to who may not export their roster, before anything is written.
    """
    coverage = board.coverage
    content = f"{coverage.title}覆盖情况（{board.ask.as_of}）"
    log = LogExport(kind=coverage.by.kind, columns=HEADINGS, conditions=conditions, reason=reason)

    def write(place: Path, basis: Basis) -> int:
        basis.ids.extend(unit.id for unit in units)
        rows = (cells_of(board, unit) for unit in units)
        return write_table(place, HEADINGS, rows, sheet="覆盖情况", basis=basis)

    return export_file(path, log, actor, run=run, content=content, write=write)
