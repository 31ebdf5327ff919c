"""The tree of a coverage as rows: districts, their groups, and the units in them. Plain data."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator
from dataclasses import dataclass

from suite.contract.states import StateKind
from suite.kernel.coverage.board import Branch, CoverageBoard, Unit
from suite.kernel.coverage.rules import Standing, Tally
from suite.kernel.coverage.wording import per_cent, words_of
from suite.ui.kit.columns import BarValue, Column, ColumnKind
from suite.ui.kit.state import StateValue

#: A cell that has nothing to say in this row, as against one whose value is missing.
NOTHING = " "
#: So many units are shown at once without anybody having opened their branches.
OPENED_BY_ITSELF = 60
DISTRICT, GROUP, UNIT = 0, 1, 2
_STEP = "\u3000"
STATES = {
    Standing.COVERED: StateKind.OK,
    Standing.EXPIRING: StateKind.WARN,
    Standing.PAPER: StateKind.PAUSE,
    Standing.UNCOVERED: StateKind.BAD,
}


@dataclass(frozen=True, kw_only=True)
class Node:
    """One row: a branch with its tally or a unit. `units`: those under it that the filter shows."""

    key: Hashable
    level: int
    title: str
    tally: Tally | None = None
    unit: Unit | None = None
    units: tuple[Unit, ...] = ()
    opened: bool = False


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be shown: standings (none: all), and what the name of a unit or a branch contains."""

    standings: frozenset[Standing] = frozenset()
    text: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.standings and not self.text

    def fits(self, unit: Unit, *above: str) -> bool:
        """Whether a unit is shown; `above` are the titles of its branches."""
        if self.standings and unit.standing not in self.standings:
            return False
        return not self.text or any(self.text in words for words in (unit.name, unit.code, *above))


def nodes_of(board: CoverageBoard, wanted: Wanted, opened: Container[object]) -> list[Node]:
    """The rows in order. Few units that fit are shown at once; else what was opened is open."""
    kept = [
        (branch, [(group, _fitting(group, wanted, branch.title, group.title)) for group in branch.groups])
        for branch in board.tree
    ]
    total = sum(len(units) for _, groups in kept for _, units in groups)
    everything = not wanted.is_all and total <= OPENED_BY_ITSELF
    return list(_rows(kept, opened, everything=everything))


def _fitting(group: Branch, wanted: Wanted, *above: str) -> tuple[Unit, ...]:
    return tuple(unit for unit in group.units if wanted.fits(unit, *above))


def _rows(
    kept: list[tuple[Branch, list[tuple[Branch, tuple[Unit, ...]]]]],
    opened: Container[object],
    *,
    everything: bool,
) -> Iterator[Node]:
    for branch, groups in kept:
        shown = tuple(unit for _, units in groups for unit in units)
        if not shown:
            continue
        key = (DISTRICT, branch.key)
        is_open = everything or key in opened
        yield Node(
            key=key, level=DISTRICT, title=branch.title, tally=branch.tally, units=shown, opened=is_open
        )
        for group, units in groups if is_open else ():
            if not units:
                continue
            inner = (GROUP, branch.key, group.key)
            inner_open = everything or inner in opened
            yield Node(
                key=inner, level=GROUP, title=group.title, tally=group.tally, units=units, opened=inner_open
            )
            for unit in units if inner_open else ():
                yield Node(key=(UNIT, unit.id), level=UNIT, title=unit.name, unit=unit, units=(unit,))


def columns_of(board: CoverageBoard) -> tuple[Column, ...]:
    """The columns of a coverage's tree."""
    coverage = board.coverage
    ends = coverage.until is not None
    villages = coverage.of.kind == "core.village"
    few = coverage.least is not None
    return (
        Column(key="name", title="区县、乡镇、村（居）" if villages else "区县、层级、单位",
               kind=ColumnKind.LINK, width=210, stretch=True, least=180),
        Column(key="share", title="有效覆盖", kind=ColumnKind.BAR, width=84),
        Column(key="per_cent", title="比例", kind=ColumnKind.NUMBER, width=76),
        Column(key="total", title="总数", kind=ColumnKind.NUMBER, width=52),
        Column(key="uncovered", title="未覆盖", kind=ColumnKind.NUMBER, width=58),
        Column(key="paper", title=coverage.paper, kind=ColumnKind.NUMBER, width=70,
               hidden=not coverage.has_paper),
        Column(key="expiring", title="即将到期", kind=ColumnKind.NUMBER, width=70, hidden=not ends),
        Column(key="gap", title="缺口", kind=ColumnKind.NUMBER, width=58, hidden=not few),
        Column(key="state", title="状态", kind=ColumnKind.STATE, width=84),
        Column(key="until", title="到期日期", kind=ColumnKind.DATE, width=86, hidden=not ends),
        Column(key="who", title=coverage.people, width=240 if few else 96),
        Column(key="firm", title="律师事务所", width=190, hidden=True),
    )  # fmt: skip


def _who(board: CoverageBoard, unit: Unit) -> str:
    """Who serves a unit; where too few do, how many are missing."""
    if unit.gap or not unit.by:
        return unit.why
    return board.who(unit) or "—"


def cells_of(board: CoverageBoard, node: Node) -> tuple[object, ...]:
    """A row under the columns."""
    if node.unit is not None:
        unit = node.unit
        served = bool(unit.by)
        return (
            f"{_STEP * 3}{node.title}",
            BarValue(None, NOTHING),
            *(NOTHING,) * 5,
            unit.gap or NOTHING,
            StateValue(STATES[unit.standing], words_of(board.coverage)[unit.standing]),
            unit.until if served and unit.until is not None else NOTHING,
            _who(board, unit) or NOTHING,
            (board.firms(unit) or NOTHING) if served else NOTHING,
        )
    tally = node.tally or Tally()
    mark = "▾" if node.opened else "▸"
    share = tally.effective / tally.total if tally.total else None
    whole = share is not None and share >= 1
    return (
        f"{_STEP * node.level}{mark} {node.title}",
        BarValue(share, per_cent(tally.effective, tally.total), reached=whole),
        per_cent(tally.effective, tally.total),
        tally.total,
        tally.uncovered,
        tally.paper,
        tally.expiring,
        sum(unit.gap for unit in node.units),
        *(NOTHING,) * 4,
    )
