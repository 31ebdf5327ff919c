"""Lines of a case's lists: typed, numbered, filled in or struck out, and never deleted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from desk import DAY, Desk

from plugins.appraisal.complaints import COMPLAINT
from suite.bootstrap import Suite
from suite.contract.case_facts import Cell
from suite.contract.casework import (
    CaseList,
    LineColumn,
    Transition,
)
from suite.contract.problems import Refused
from suite.contract.usual_lists import CODE_LISTS, EVIDENCE, FINDINGS, check_items
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.commands import AddCaseLines, CorrectCaseLine, LineGiven, StrikeCaseLine
from suite.kernel.casework.line_rules import blank_cells, line_problems, step_line_problems
from suite.kernel.casework.lines import facts_with

pytestmark = pytest.mark.sqlite_first

CODES = {item.key: item for item in CODE_LISTS}
FIGURES = CaseList(
    key="figures", title="数额", columns=(LineColumn(cell=Cell.FIGURE, title="数额", required=True),)
)
KIND = replace(COMPLAINT, lists=(EVIDENCE, FINDINGS, check_items("core.evidence_kind"), FIGURES))
LETTER = LineGiven(list_key="evidence", code="documentary", name="委托书", day=DAY, place="当事人提交")
STEP = Transition(command="RecordEvidence", title="取证", sources=("a",), to=None, lists=("evidence",))


def _codes(*lines: LineGiven, present: dict[str, int] | None = None) -> set[str]:
    return {problem.code for problem in line_problems(KIND, lines, CODES, present or {})}


def test_a_line_says_what_its_list_asks_for() -> None:
    assert _codes(LETTER) == set()
    assert _codes(replace(LETTER, list_key="none")) == {"line.list"}
    assert _codes(replace(LETTER, code="hearsay")) == {"code.unknown"}
    assert _codes(replace(LETTER, name=" ")) == {"required"}
    assert _codes(replace(LETTER, name="长" * 301)) == {"text.long"}
    assert _codes(replace(LETTER, figure=Decimal(1))) == {"line.cell"}
    assert _codes(LineGiven(list_key="figures", figure=Decimal(10) ** 15)) == {"line.figure"}
    assert _codes(LETTER, LETTER, present={"evidence": 499}) == {"line.many"}


def test_a_step_takes_lines_of_its_lists_only_and_asks_for_those_it_must_have() -> None:
    def told(step: Transition, *lines: LineGiven) -> set[str]:
        return {problem.code for problem in step_line_problems(KIND, step, lines, CODES, {})}

    assert told(STEP, LETTER) == told(STEP) == set()
    assert told(replace(STEP, required=("evidence",))) == {"line.none"}
    assert told(replace(STEP, lists=()), LETTER) == {"line.list"}


def test_guards_see_the_lines_that_the_step_brings() -> None:
    facts = facts_with(KIND, {}, (LETTER, LETTER))
    assert [(line.no, line.code, line.day) for line in facts["evidence"]] == [
        (1, "documentary", DAY),
        (2, "documentary", DAY),
    ]
    assert facts["problems"] == ()


def test_only_what_was_empty_is_filled_in() -> None:
    assert blank_cells(LETTER, {Cell.HOLDER: "李明"})
    assert blank_cells(LETTER, {Cell.NAME: "委托书"})
    assert not blank_cells(LETTER, {Cell.NAME: "委托合同"})


def test_lines_are_added_filled_corrected_and_struck(suite_: Suite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(suite_.catalog.case_kinds, KIND.key, KIND)
    desk = Desk(suite_)
    case_id = desk.open().result["case_id"]

    def run(command: Any, code: str = "") -> Any:
        if not code:
            return suite_.run(command, desk.clerk)
        with pytest.raises(Refused) as told:
            suite_.run(command, desk.clerk)
        assert told.value.codes == {code}
        return None

    run(AddCaseLines(case_id=case_id, lines=()), "line.none")
    done = run(AddCaseLines(case_id=case_id, lines=(LETTER, replace(LETTER, name="鉴定意见书"))))
    assert done.result["lines"] == {"evidence": [1, 2]}
    by = LineGiven(list_key="evidence", holder="李明")
    run(CorrectCaseLine(case_id=case_id, no=1, line=by))
    run(CorrectCaseLine(case_id=case_id, no=1, line=by), "line.same")
    other = LineGiven(list_key="evidence", name="委托合同")
    run(CorrectCaseLine(case_id=case_id, no=1, line=other), "reason.required")
    assert run(CorrectCaseLine(case_id=case_id, no=1, line=other, reason="写错")).result["no"] == 3
    run(CorrectCaseLine(case_id=case_id, no=1, line=other, reason="写错"), "line.struck")
    run(StrikeCaseLine(case_id=case_id, list_key="evidence", no=2, reason=" "), "reason.required")
    run(StrikeCaseLine(case_id=case_id, list_key="evidence", no=2, reason="与本案无关"))
    run(StrikeCaseLine(case_id=case_id, list_key="evidence", no=9, reason="无"), "line.unknown")
    with suite_.reading() as session:
        numbers = {key: item.value for key, item in suite_.catalog.parameters.items()}
        found = case_file(
            session, desk.clerk, suite_.catalog, case_id, today=suite_.today, parameters=numbers
        )
    rows = found.lists[0].rows
    assert [(row.no, bool(row.struck), row.replaces) for row in rows] == [
        (1, True, None), (2, True, None), (3, False, 1),
    ]  # fmt: skip
    assert rows[2].words[:5] == ("书证", "委托合同", DAY.isoformat(), "当事人提交", "李明")
    assert ("证据", "第 1、2 条") in [pair for event in found.events for pair in event.given]
    desk.take(case_id, "TransferComplaint", transferred_to="市卫生健康委员会")
    desk.take(case_id, "NotifyTransfer")
    run(AddCaseLines(case_id=case_id, lines=(LETTER,)), "case.closed")
    assert found.lists[1].rows == ()
    assert rows[2].values["day"] == DAY
