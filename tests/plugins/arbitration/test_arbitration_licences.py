"""Each condition of registrations, filings and appointments, with its article."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from case_facts import case, subject

from plugins.arbitration.licences import guards
from plugins.arbitration.parameters import PARAMETERS
from suite.api import Guard

HOUSE = subject(1, "arbitration.arbitration_commission")
GONE = subject(2, "arbitration.arbitration_commission", "deregistered")
OWN = subject(10, "arbitration.arbitrator", body_id=1)
FORMER = subject(11, "arbitration.arbitrator", "expired", body_id=1)

FOUNDING = ("application", "founding", "charter", "funds", "residence", "members", "panel")
PEOPLE = {"chair_name": "周某", "vice_chairs": 2, "members": 9, "expert_members": 8}
TERM = {"term_number": 3, "term_from": dt.date(2026, 9, 1), "term_to": dt.date(2031, 9, 1), "replaced": 4}

CASES: tuple[tuple[Guard, str, dict[str, Any], dict[str, Any]], ...] = (
    # guard, its article, what holds, what does not
    (
        guards.COMMISSION_STANDS, "第三条",
        {"values": {"matter": "establish"}}, {"values": {"matter": "establish"}, "commission": HOUSE},
    ),
    (
        guards.COMMISSION_STANDS, "第三条",
        {"values": {"matter": "renewal"}, "commission": HOUSE},
        {"values": {"matter": "renewal"}, "commission": GONE},
    ),
    (
        guards.SEAT_FITS, "第十条",
        {"values": {"matter": "establish", "seat_fits": True}}, {"values": {"matter": "establish"}},
    ),
    (
        guards.PAPERS_COMPLETE, "第三条",
        {"values": {"matter": "establish", "papers": FOUNDING}},
        {"values": {"matter": "establish", "papers": FOUNDING[1:]}},
    ),
    (
        guards.PAPERS_COMPLETE, "第六条",
        {"values": {"matter": "deregister", "papers": ("decision", "consent", "liquidation", "certificate")}},
        {"values": {"matter": "deregister", "papers": ("decision", "consent", "certificate")}},
    ),
    *(
        (
            guards.COMPOSITION_FITS, "第十二条",
            {"values": {"matter": "members", **PEOPLE}}, {"values": {"matter": "members", **PEOPLE, **wrong}},
        )
        for wrong in (
            {"vice_chairs": 1}, {"vice_chairs": 5, "expert_members": 12}, {"members": 6}, {"members": 12},
            {"expert_members": 7}, {"expert_members": 13}, {"chair_name": None},
        )
    ),
    (
        guards.FILING_COMPLETE, "第五条",
        {"values": {"matter": "renewal", **PEOPLE, **TERM}},
        {"values": {"matter": "renewal", **PEOPLE, **TERM, "term_to": None}},
    ),
    (
        guards.FILING_COMPLETE, "第五条",
        {"values": {"matter": "residence", "new_address": "桥西区"}}, {"values": {"matter": "residence"}},
    ),
    (
        guards.ENOUGH_REPLACED, "2025年修订",
        {"values": {"matter": "renewal", **PEOPLE, "replaced": 4}},
        {"values": {"matter": "renewal", **PEOPLE, "replaced": 3}},
    ),
    (
        guards.TERM_FITS, "2025年修订",
        {"values": TERM}, {"values": TERM | {"term_to": dt.date(2031, 9, 2)}},
    ),
    (
        guards.TERM_FITS, "2025年修订",
        {"values": {}}, {"values": TERM | {"term_to": dt.date(2026, 9, 1)}},
    ),
    (guards.COMMISSION_OPEN, "第三条", {"values": {}, "commission": HOUSE}, {"values": {}, "commission": GONE}),
    (
        guards.ON_THE_PANEL, "第十三条",
        {"values": {"matter": "appoint"}, "arbitrator": FORMER}, {"values": {"matter": "appoint"}, "arbitrator": OWN},
    ),
    (
        guards.ON_THE_PANEL, "第十三条",
        {"values": {"matter": "reappoint"}, "arbitrator": FORMER},
        {"values": {"matter": "remove"}, "arbitrator": FORMER},
    ),
    (
        guards.ELIGIBLE, "第十三条",
        {"values": {"matter": "appoint", "eligibility": "lawyer", "eligibility_years": 8}},
        {"values": {"matter": "appoint", "eligibility": "lawyer", "eligibility_years": 7}},
    ),
    (
        guards.ELIGIBLE, "第十三条",
        {"values": {"matter": "appoint", "eligibility": "legal_scholar", "job_title": "associate"}},
        {"values": {"matter": "appoint", "eligibility": "legal_scholar", "evidence": "同等水平证明"}},
    ),
    (
        guards.ELIGIBLE, "第十三条",
        {"values": {"matter": "appoint", "eligibility": "trade_expert", "evidence": "同等水平证明"}},
        {"values": {"matter": "appoint", "eligibility": "trade_expert", "job_title": "intermediate"}},
    ),
    (guards.ELIGIBLE, "第十三条", {"values": {"matter": "resign"}}, {"values": {"matter": "appoint"}}),
    (
        guards.MAY_SERVE, "2025年修订",
        {"values": {"matter": "resign", "serving_post": "judge"}},
        {"values": {"matter": "appoint", "serving_post": "judge"}},
    ),
    (
        guards.UNIT_AGREES, "2025年修订",
        {"values": {"matter": "appoint", "serving_post": "official", "unit_approval": "石人〔2026〕1号"}},
        {"values": {"matter": "appoint", "serving_post": "official"}},
    ),
)  # fmt: skip


@pytest.mark.parametrize(("guard", "article", "good", "bad"), CASES)
def test_each_condition(guard: Guard, article: str, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert article in (guard.article or "")
    assert guard.holds(case(PARAMETERS, **good))
    assert not guard.holds(case(PARAMETERS, **bad))


def test_every_condition_is_tested() -> None:
    assert {guard.key for guard, *_ in CASES} == {guard.key for guard in guards.GUARDS}
