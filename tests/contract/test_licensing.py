"""The frame of licensing makes whole graphs, whatever a profession leaves out or adds."""

from __future__ import annotations

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
SHORT = Licensing(key="x.short", title="短", notice="x.notice", review="x.review", interludes=())
FILED = Filing(key="x.filed", title="备案", notice="x.notice", filing="x.filing", article="某办法第一条")


@pytest.mark.parametrize("lifecycle", [frame.lifecycle() for frame in (FULL, SHORT, FILED)])
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
