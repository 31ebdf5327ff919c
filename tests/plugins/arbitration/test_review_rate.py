"""Indicator 26: what the courts ruled about awards, by the register."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from plugins.arbitration.indicators import CLOSED
from plugins.arbitration.reviews.panel import RULINGS
from plugins.arbitration.reviews.rulings import PARTIAL
from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.comparing import What
from suite.kernel.indicators.differing import difference
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.snapshots import TakeSnapshot
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.parameters.commands import SetParameter

DAY = dt.date(2026, 10, 31)


def rate(suite: Suite, admin: Actor) -> IndicatorValue:
    with suite.reading() as session:
        question = Question(as_of=DAY, numbers=("26",), set="plan-2021-2025")
        return indicator_board(session, admin, suite.catalog, question).values[0]


def test_a_partial_setting_aside_counts_as_the_house_says(suite_: Suite, admin: Actor) -> None:
    for month in range(1, 11):
        closed = RecordFigure(series=CLOSED, period=f"2026-{month:02d}", value=Decimal(10), source="仲裁委")
        suite_.run(closed, admin)
    ruled = ("set_aside", "partly_set_aside", "partly_set_aside", "partly_set_aside", "refused", "remitted")
    common = {"day": dt.date(2026, 5, 6), "court": "石家庄市中级人民法院", "state": "effective"}
    rows = tuple(
        EntryEdit(values=common | {"title": f"石仲裁字〔2026〕{number}号", "ruling": ruling})
        for number, ruling in enumerate(ruled, 1)
    )
    suite_.run(SaveLedgerEntries(ledger=RULINGS, rows=rows), admin)
    found = rate(suite_, admin)
    assert [part.whole.numerator for part in found.parts] == [4, 1]
    assert found.whole.value == 4
    half = SetParameter(key=PARTIAL, value="0.5", valid_from=dt.date(2026, 1, 1), source="局长办公会")
    taken = suite_.run(TakeSnapshot(as_of=DAY, set="plan-2021-2025"), admin).result["snapshot"]
    suite_.run(half, admin)
    found = rate(suite_, admin)
    assert [part.whole.numerator for part in found.parts] == [Decimal("2.5"), 1]
    assert found.whole.value == Fraction(5, 2)
    assert "被撤销的裁决 2.50 件 ÷ 仲裁结案数 100 件" in found.formula
    assert next(one.position for one in found.switches if one.key == PARTIAL) == "计 0.5 件"
    with suite_.reading() as session:
        question = Question(as_of=DAY, set="plan-2021-2025")
        above, _ = rows_behind(session, admin, suite_.catalog, question, found.indicator.key)
        moved = difference(session, admin, suite_.catalog, taken, today=suite_.today).changes
    # Behind it stand the rulings themselves, each with what it counts, which sums up to what is divided.
    assert [line.counts for line in above.members] == [1, Decimal("0.5"), Decimal("0.5"), Decimal("0.5")]
    assert not any(line.told for line in above.members)
    # Only what counts otherwise is told as changed, in words, and no 不予执行.
    told = {(row.what, row.name, row.before, row.after) for one in moved for row in one.rows if row.id}
    assert told == {
        (What.CHANGED, f"石仲裁字〔2026〕{number}号", "计数：1", "计数：0.5") for number in (2, 3, 4)
    }
    # What was typed before there were choices counts nothing, and the parameter is named.
    with suite_.reading() as session:
        for stored in ("一半", "0.7"):
            question = Question(as_of=DAY, numbers=("26",), set="plan-2021-2025", positions={PARTIAL: stored})
            (value,) = indicator_board(session, admin, suite_.catalog, question).values
            why = f"参数“部分撤销的计数”的值“{stored}”不在可选之列，请在设置的参数中重新选择"
            assert (value.whole.value, value.notes[0]) == (None, why)
            with pytest.raises(Refused, match=stored):
                rows_behind(session, admin, suite_.catalog, question, value.indicator.key)
    with pytest.raises(Refused):
        suite_.run(replace(half, value="0.7", valid_from=dt.date(2026, 2, 1)), admin)
