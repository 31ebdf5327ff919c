"""The frame of licensing makes whole graphs, whatever a profession leaves out or adds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suite.contract.casework import CaseKind, ClockAct, Lifecycle
from suite.contract.licensing import EXPERT_REVIEW, HEARING, Filing, Licensing
from suite.kernel.casework.declarations import DECLARATIONS as CASEWORK
from suite.loader.case_checks import CaseChecks
from suite.loader.catalog import Catalog

FULL = Licensing(
    key="x.full", title="全", notice="x.notice", review="x.review", decide="x.decide", certify="x.certify",
    interludes=(HEARING, EXPERT_REVIEW), extends=True,
)  # fmt: skip
FAR = Licensing(
    key="x.far", title="远", notice="x.notice", review="x.review", decide="x.decide", via="省厅",
    decider="部", amended=("a",), reporting=("core.licensing.in_time",), certificate=False,
    interludes=(replace(EXPERT_REVIEW, told=("days",), found=("result",)),),
)  # fmt: skip
SHORT = Licensing(key="x.short", title="短", notice="x.notice", review="x.review", interludes=())
FILED = Filing(key="x.filed", title="备案", notice="x.notice", filing="x.filing", article="某办法第一条")


@pytest.mark.parametrize("lifecycle", [frame.lifecycle() for frame in (FULL, FAR, SHORT, FILED)])
def test_every_graph_is_whole(lifecycle: Lifecycle) -> None:
    known = Catalog([("core", "公共", CASEWORK)])
    kinds: set[str] = {kind.key for kind in known.case_kinds.values() if isinstance(kind, CaseKind)}
    checks = CaseChecks.of("x", (), known, set(), set(), kinds)
    # Limits are the profession's own.
    assert [fault for fault in checks.faults(lifecycle) if "没有期限" not in fault] == []
    assert all(step.article for step in lifecycle.transitions)


@pytest.mark.parametrize(
    ("frame", "stopped"), [(FULL, "x.decide"), (SHORT, "x.review")], ids=["two clocks", "one clock"]
)
def test_the_decision_stops_the_clock_that_runs(frame: Licensing, stopped: str) -> None:
    grant = frame.lifecycle().by_command["RecordGrant"]
    assert [act.limit for act in grant.clocks if act.act is ClockAct.STOP] == [stopped]


def test_somebody_between_passes_it_on_and_the_clock_begins_anew() -> None:
    steps = FAR.lifecycle().by_command
    assert (steps["ReportApplication"].to, steps["PassApplication"].to) == ("via", "reported")
    assert [(act.act, act.limit) for act in steps["PassApplication"].clocks] == [
        (ClockAct.STOP, "x.review"), (ClockAct.START, "x.decide"),
    ]  # fmt: skip
    assert steps["RecordDenial"].sources == ("via", "reported")
    assert "via" in steps["WithdrawApplication"].sources


def test_what_fails_the_conditions_goes_up_as_a_proposal_to_deny() -> None:
    steps = FAR.lifecycle().by_command
    assert steps["ReviewApplication"].guards == ("core.licensing.in_time",)
    assert (steps["ProposeDenial"].guards, steps["ProposeDenial"].to) == ((), "via")
    assert "ProposeDenial" not in FULL.lifecycle().by_command


def test_where_no_certificate_is_issued_the_result_is_only_entered() -> None:
    steps = FAR.lifecycle().by_command
    assert "IssueCertificate" not in steps
    assert steps["RecordResult"].to == "done"


def test_an_interlude_asks_what_is_told_and_what_was_found() -> None:
    steps = FAR.lifecycle().by_command
    assert steps["StartExpertReview"].required == ("days",)
    assert steps["EndExpertReview"].required == ("result",)


def test_putting_right_moves_nothing_and_stands_behind_the_normal_steps() -> None:
    lifecycle = FAR.lifecycle()
    assert lifecycle.by_command["CheckApplication"].to is None
    assert lifecycle.steps_from("reported")[0].command == "RecordGrant"
