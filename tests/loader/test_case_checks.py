"""Faults of lifecycles and kinds of case that the loader tells by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from plugins.appraisal import suite_declare
from plugins.appraisal.complaints import COMPLAINT, LIFECYCLE
from suite.areas import CORE_DECLARATIONS
from suite.contract.casework import ClockAct, Lifecycle, OnClock, State, Transition
from suite.contract.effects import Newcomer
from suite.contract.papers import DocumentTemplate
from suite.contract.states import StateKind
from suite.contract.usual_lists import EVIDENCE, INTERVIEWS, check_items
from suite.loader.catalog import Catalog
from suite.loader.checks import faults

KNOWN = Catalog([("core", "公共", CORE_DECLARATIONS)])


def _faults(changed: Any) -> list[str]:
    former = LIFECYCLE if isinstance(changed, Lifecycle) else COMPLAINT
    declared = tuple(changed if item is former else item for item in suite_declare())
    return faults("appraisal", declared, KNOWN)


def _with(command: str, **changes: Any) -> Lifecycle:
    """The lifecycle with one step declared otherwise."""
    transitions = tuple(
        replace(item, **changes) if item.command == command else item for item in LIFECYCLE.transitions
    )
    return replace(LIFECYCLE, transitions=transitions)


def test_the_declared_complaint_has_no_fault() -> None:
    assert _faults(LIFECYCLE) == []


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        (_with("AcceptComplaint", to="nowhere"), "nowhere"),
        (_with("AcceptComplaint", sources=("nowhere",)), "nowhere"),
        (_with("AcceptComplaint", permission="case:dance"), "case:dance"),
        (_with("AcceptComplaint", guards=("appraisal.none",)), "appraisal.none"),
        (_with("AcceptComplaint", fields=("none",)), "none"),
        (_with("AcceptComplaint", required=("source",)), "必填字段 source"),
        (_with("StartInvestigation", parties=("none",)), "角色 none"),
        (_with("DecideComplaint", approval="appraisal.none"), "appraisal.none"),
        (_with("OpenComplaint", approval="core.case.by_head"), "立案的步骤不能附审批"),
        (_with("OpenComplaint", to=None), "没有立案后的状态"),
        (_with("OpenComplaint", parties=("witness",)), "未列明"),
        (_with("RequestSupplement", clocks=(OnClock(act=ClockAct.START, limit="x.y"),)), "x.y"),
        (
            _with(
                "RequestSupplement",
                clocks=(OnClock(act=ClockAct.PAUSE, limit="appraisal.complaint.accept", reason="雨"),),
            ),
            "雨",
        ),
        (
            _with(
                "RequestSupplement",
                clocks=(OnClock(act=ClockAct.EXTEND, limit="appraisal.complaint.reply"),),
            ),
            "可以延长",
        ),
        (
            replace(
                LIFECYCLE,
                states=(*LIFECYCLE.states, State(key="lost", title="失", kind=StateKind.RUN, stage="失")),
            ),
            "没有步骤通向状态 lost",
        ),
        (_with("ReplyComplaint", to="decided"), "走不到终结"),
        (
            replace(
                LIFECYCLE,
                transitions=(*LIFECYCLE.transitions, Transition(
                    command="AcceptComplaint", title="受理", sources=("received",), to="accepted"
                )),
            ),
            "声明了 2 次",
        ),
        (_with("AcceptComplaint", effects=("appraisal.none",)), "appraisal.none"),
        (_with("DecideComplaint", effects=("appraisal.none",)), "影响名册的步骤不能附审批"),
        (
            _with(
                "AcceptComplaint",
                clocks=(OnClock(act=ClockAct.START, limit="appraisal.complaint.reply", since="source"),),
            ),
            "期限起算 source",
        ),
        (
            _with(
                "AcceptComplaint",
                clocks=(OnClock(act=ClockAct.START, limit="appraisal.complaint.reply", until="source"),),
            ),
            "期限截止 source",
        ),
        (_with("ReplyComplaint", needs_papers=("没有的",)), "没有的"),
        (_with("DecideComplaint", needs_service=("投诉处理决定书",)), "不由其他步骤带出"),
        (_with("OpenComplaint", needs_papers=("移送函",)), "立案的步骤之前没有文书"),
        (_with("AcceptComplaint", follows_service=True), "没有写明送达什么"),
        (_with("ReplyComplaint", follows_service=True), "不能另有必填"),
        (replace(COMPLAINT, area="appraisal.own", by_association=True), "只能写一个"),
        (replace(COMPLAINT, newcomer=Newcomer(name="none", district="report_no")), "字段 none"),
        (replace(COMPLAINT, newcomer=Newcomer(name="outcome", district="report_no")), "字段 outcome"),
        (replace(COMPLAINT, series="appraisal.none"), "编号序列"),
        (replace(COMPLAINT, respondent="officer"), "officer"),
        (replace(COMPLAINT, lifecycle="appraisal.none"), "没有流程"),
        (replace(COMPLAINT, same=("none",)), "none"),
        (replace(COMPLAINT, heads=None), "未声明 heads"),
        (_with("AcceptComplaint", lists=("none",)), "清单 none"),
        (replace(COMPLAINT, lists=(EVIDENCE, EVIDENCE)), "清单名"),
        (replace(COMPLAINT, lists=(replace(EVIDENCE, columns=()),)), "没有列"),
        (replace(COMPLAINT, lists=(replace(EVIDENCE, columns=EVIDENCE.columns * 2),)), "每格只能用一次"),
        (replace(COMPLAINT, lists=(check_items("core.none"),)), "core.none"),
        (replace(COMPLAINT, lists=(replace(INTERVIEWS, checklist=True),)), "须有 code 列"),
    ],
)  # fmt: skip
def test_each_fault_is_told(changed: Any, word: str) -> None:
    assert any(word in fault for fault in _faults(changed)), _faults(changed)


@pytest.mark.parametrize(
    ("template", "step", "word"),
    [
        ({}, {}, ""),
        ({"mark": "函"}, {}, "mark"),
        ({"number_field": "none"}, {}, "none 不存在"),
        ({"number_field": "received_on"}, {}, "不是文字"),
        ({}, {"required": ()}, "列入 required"),
    ],
)
def test_the_number_of_a_paper_is_a_field_that_its_step_asks_for(
    template: dict[str, Any], step: dict[str, Any], word: str
) -> None:
    paper = DocumentTemplate(
        key="appraisal.numbered", title="决定", to="respondent", mark="", number_field="supplement_items"
    )
    changed = _with("RequestSupplement", documents=(paper.title,), **step)
    declared = tuple(changed if item is LIFECYCLE else item for item in suite_declare())
    found = faults("appraisal", (*declared, replace(paper, **template)), KNOWN)
    told = [fault for fault in found if paper.key in fault or f"“{paper.title}”" in fault]
    assert [word in fault for fault in told] == ([True] if word else []), found
