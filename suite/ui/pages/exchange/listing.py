"""The exchanges of a kind as table rows."""

from __future__ import annotations

from collections.abc import Mapping

from suite.bootstrap import SHANGHAI
from suite.contract.states import StateKind
from suite.kernel.exchange.exchanged import ExchangeLine
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.state import StateValue

OUT = "out"

COLUMNS = (
    Column(key="direction", title="方向", width=64),
    Column(key="partner", title="往来单位", width=190, stretch=True),
    Column(key="number", title="次序", width=80),
    Column(key="rows", title="行数", kind=ColumnKind.NUMBER, width=72),
    Column(key="taken", title="采纳", kind=ColumnKind.NUMBER, width=72),
    Column(key="same", title="无变化", kind=ColumnKind.NUMBER, width=72),
    Column(key="held", title="未采纳", kind=ColumnKind.NUMBER, width=72),
    Column(key="receipt", title="回执", kind=ColumnKind.STATE, width=150),
    Column(key="at", title="时间", width=138),
    Column(key="by", title="经办", width=96),
)


def direction_of(line: ExchangeLine) -> str:
    """The word for a direction."""
    return "报送" if line.direction == OUT else "接收"


def receipt_of(line: ExchangeLine) -> StateValue:
    """How far the receipt has come."""
    if line.receipt_at is not None:
        day = f"{line.receipt_at.astimezone(SHANGHAI):%Y-%m-%d}"
        return StateValue(StateKind.OK, f"{'已收取' if line.direction == OUT else '已出具'} {day}")
    return StateValue(StateKind.RUN, "等待对方" if line.direction == OUT else "待出具")


def cells(line: ExchangeLine, names: Mapping[str, str]) -> tuple[object, ...]:
    """The cells of one exchange; what is not known before the receipt stays empty."""
    known = line.direction != OUT or line.receipt_at is not None
    counts = (line.taken, line.same, line.held) if known else (None, None, None)
    return (
        direction_of(line),
        line.partner,
        f"第 {line.number} 次",
        line.rows,
        *counts,
        receipt_of(line),
        f"{line.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        names.get(line.by, line.by),
    )
