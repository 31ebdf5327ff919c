"""Indicator sets as data: a declared one is changed, a new one entered, by command and by workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.target_sheets import read_targets, save_targets
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.entering import SaveIndicatorSet, TargetRow
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.indicators.rules import State
from suite.kernel.indicators.sets import standing_sets

NEXT = SaveIndicatorSet(
    name="plan-2026-2030",
    title_text="下一个规划",
    source="试",
    first=dt.date(2026, 1, 1),
    last=dt.date(2030, 12, 31),
    targets=(
        TargetRow(indicator="lawyers.practising", no="1", value=Decimal(0), year=2030, level="市级"),
        TargetRow(indicator="lawyers.per_10k", no="T1", value=Decimal("8.5"), year=2030),
    ),
)


def test_a_new_set_gives_the_numbers_of_its_years(suite_: Suite, admin: Actor) -> None:
    suite_.run(NEXT, admin)
    with suite_.reading() as session:
        now = indicator_board(session, admin, suite_.catalog, Question(as_of=suite_.today))
        former = indicator_board(
            session, admin, suite_.catalog, Question(as_of=suite_.today, set="plan-2021-2025")
        )
        known = indicator_board(session, admin, suite_.catalog, Question(as_of=suite_.today, numbers=("1",)))
    assert now.set is not None
    assert now.set.name == "plan-2026-2030"
    numbers = {value.indicator.key: value.target.no for value in now.values if value.target}
    assert numbers == {"lawyers.practising": 1, "lawyers.per_10k": "T1"}
    assert [value.state for value in known.values] == [State.MET], "a value exactly on its target reaches it"
    assert set(now.sets) == {"plan-2021-2025", "plan-2026-2030"}
    assert {value.target.no for value in former.values if value.target} >= {1, 11, 30, "T9"}
    with pytest.raises(Refused) as refused, suite_.reading() as session:
        indicator_board(session, admin, suite_.catalog, Question(as_of=suite_.today, set="plan-x"))
    assert refused.value.codes == {"indicator_set.unknown"}


def test_faults_of_a_set_are_told_all_at_once(suite_on_sqlite: Suite, admin: Actor) -> None:
    one, other = NEXT.targets
    wrong = replace(
        NEXT,
        name="Plan 5",
        last=dt.date(2025, 1, 1),
        targets=(one, replace(one, no="1"), replace(other, value=Decimal(-1), year=1999, level="县级")),
    )
    with pytest.raises(Refused) as refused:
        suite_on_sqlite.run(wrong, admin)
    assert refused.value.codes >= {
        "indicator_set.name",
        "date.order",
        "indicator_set.twice",
        "indicator_set.no_twice",
        "indicator_set.value",
        "indicator_set.year",
        "indicator_set.level",
    }


def test_a_declared_set_is_changed_by_workbook(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    file = tmp_path / "指标体系.xlsx"
    with suite_.reading() as session:
        save_targets(session, suite_.catalog, "plan-2021-2025", file, admin, run=suite_.run)
        before = standing_sets(session, suite_.catalog)["plan-2021-2025"]
    book = load_workbook(file)
    page = book.active
    assert page is not None
    heads = {cell.value: cell.column for cell in page[1]}
    assert page.column_dimensions[page.cell(1, heads["指标代码"]).column_letter].hidden, "people read titles"
    rows = {page.cell(row, heads["指标代码"]).value: row for row in range(2, page.max_row + 1)}
    page.cell(rows["lawyers.per_10k"], heads["目标"], 4.5)
    page.cell(rows["lawyers.practising"], heads["序号"], "T2")
    page.cell(rows["lawyers.public"], heads["序号"], "T1")
    page.cell(rows["notary.online_share"], heads["序号"]).value = None
    book.save(file)
    item = before.set
    command = SaveIndicatorSet(
        name=item.name,
        title_text=item.title,
        source=item.source,
        first=item.first,
        last=item.last,
        targets=read_targets(file),
    )
    suite_.run(command, admin)
    with suite_.reading() as session:
        after = standing_sets(session, suite_.catalog)["plan-2021-2025"]
    assert set(before.targets) - set(after.targets) == {"notary.online_share"}
    assert after.targets["lawyers.per_10k"].value == Decimal("4.5")
    assert (after.targets["lawyers.practising"].no, after.targets["lawyers.public"].no) == ("T2", "T1")
    same = set(after.targets) - {"lawyers.per_10k", "lawyers.practising", "lawyers.public"}
    assert {key: after.targets[key] for key in same} == {key: before.targets[key] for key in same}
    with pytest.raises(Refused) as stale:
        suite_.run(command, admin)
    assert stale.value.codes == {"indicator_set.stale"}
