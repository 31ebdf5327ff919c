"""A coverage in words: how page, command line and workbook say the same."""

from __future__ import annotations

from typing import Any

from suite.contract.coverage import Coverage
from suite.kernel.coverage.board import CoverageBoard, Unit
from suite.kernel.coverage.rules import Standing, Tally

STANDINGS = {
    Standing.COVERED: "已覆盖",
    Standing.EXPIRING: "即将到期",
    Standing.PAPER: "只有协议",
    Standing.UNCOVERED: "未覆盖",
}
#: How near a body that could serve is.
NEAR = ("同一乡镇", "同一区县", "其他区县")
HEADINGS = ("区县", "乡镇（层级）", "名称", "区划代码", "状态", "到期日期", "顾问", "律师事务所", "说明")


def words_of(coverage: Coverage) -> dict[Standing, str]:
    """The words for the standings that a unit of a coverage can have, from good to bad."""
    words = STANDINGS | {Standing.PAPER: coverage.paper}
    left_out = [
        *([] if coverage.has_paper else [Standing.PAPER]),
        *([] if coverage.soon is not None else [Standing.EXPIRING]),
    ]
    return {standing: text for standing, text in words.items() if standing not in left_out}


def per_cent(part: int, whole: int) -> str:
    """A share for the eye: two decimals; nothing to divide by is —."""
    return f"{100 * part / whole:.2f}%" if whole else "—"


def sentence(board: CoverageBoard) -> str:
    """The whole in one sentence."""
    whole = board.whole
    return (
        f"{board.coverage.title}（{board.ask.as_of}）：{board.coverage.of.title} {whole.total:,} 个，"
        f"有形覆盖 {whole.formal:,} 个（{per_cent(whole.formal, whole.total)}），"
        f"有效覆盖 {whole.effective:,} 个（{per_cent(whole.effective, whole.total)}）；"
        f"{parts(whole, board.coverage)}" + (f"；{gap_words(board)}" if board.coverage.least else "")
    )


def gap_words(board: CoverageBoard) -> str:
    """How many are missing: all of them, or no more than a lower bound where sizes are not known."""
    gap = sum(unit.gap for unit in board.units)
    if not board.unsized:
        return f"共差 {gap:,} 名"
    values = {switch.key: switch.value for switch in board.switches}
    least, per = values.get(board.coverage.least or ""), values.get(board.coverage.per or "")
    return (
        f"至少差 {gap:,} 名（其中 {board.unsized:,} 个没有{board.sized_by}，只按每个 {least} 名的下限计，"
        f"{board.sized_by}每 {per} 一名的需要数无数据）"
    )


def parts(tally: Tally, coverage: Coverage) -> str:
    """未覆盖 12 个，即将到期 3 个: what is not as it should be."""
    bad = (Standing.UNCOVERED, Standing.PAPER, Standing.EXPIRING)
    words = words_of(coverage)
    found = [f"{words[one]} {tally.of(one):,} 个" for one in bad if tally.of(one) and one in words]
    return "，".join(found) or "没有缺口"


def cells_of(board: CoverageBoard, unit: Unit) -> tuple[Any, ...]:
    """One unit under the `HEADINGS`."""
    return (
        board.district_names.get(unit.district or "", ""),
        board.group_titles.get(unit.group, ""),
        unit.name,
        unit.code,
        words_of(board.coverage)[unit.standing],
        unit.until or "",
        board.who(unit),
        board.firms(unit),
        unit.why,
    )
