"""Each condition of registrations, filings and appointments, with its article."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.arbitration.licences import guards
from plugins.arbitration.parameters import PARAMETERS
from suite.api import Guard
from tests.plugins.case_facts import case, subject

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
        guards.COMMISSION_STANDS,
        "第三条",
        {"values": {"item": "establish"}},
        {"values": {"item": "establish"}, "commission": HOUSE},
    ),
    (
        guards.COMMISSION_STANDS,
        "第三条",
        {"values": {"item": "renewal"}, "commission": HOUSE},
        {"values": {"item": "renewal"}, "commission": GONE},
    ),
    (
        guards.SEAT_FITS,
        "第十条",
        {"values": {"item": "establish", "seat_fits": True}},
        {"values": {"item": "establish"}},
    ),
    (
        guards.PAPERS_COMPLETE,
        "第三条",
        {"values": {"item": "establish", "papers": FOUNDING}},
        {"values": {"item": "establish", "papers": FOUNDING[1:]}},
    ),
    (
        guards.PAPERS_COMPLETE,
        "第六条",
        {"values": {"item": "deregister", "papers": ("decision", "consent", "liquidation", "certificate")}},
        {"values": {"item": "deregister", "papers": ("decision", "consent", "certificate")}},
    ),
    *(
        (
            guards.COMPOSITION_FITS,
            "第十二条",
            {"values": {"item": "members", **PEOPLE}},
            {"values": {"item": "members", **PEOPLE, **wrong}},
        )
        for wrong in (
            {"vice_chairs": 1},
            {"vice_chairs": 5, "expert_members": 12},
            {"members": 6},
            {"members": 12},
            {"expert_members": 7},
            {"expert_members": 13},
            {"chair_name": None},
        )
    ),
    (
        guards.FILING_COMPLETE,
        "第五条",
        {"values": {"item": "renewal", **PEOPLE, **TERM}},
        {"values": {"item": "renewal", **PEOPLE, **TERM, "term_to": None}},
    ),
    (
        guards.FILING_COMPLETE,
        "第五条",
        {"values": {"item": "residence", "new_address": "桥西区"}},
        {"values": {"item": "residence"}},
    ),
    (
        guards.ENOUGH_REPLACED,
        "2025年修订",
        {"values": {"item": "renewal", **PEOPLE, "replaced": 4}},
        {"values": {"item": "renewal", **PEOPLE, "replaced": 3}},
    ),
    (
        guards.TERM_FITS,
        "2025年修订",
        {"values": TERM},
        {"values": TERM | {"term_to": dt.date(2031, 9, 2)}},
    ),
    (
        guards.TERM_FITS,
        "2025年修订",
        {"values": {}},
        {"values": TERM | {"term_to": dt.date(2026, 9, 1)}},
    ),
    (
        guards.COMMISSION_OPEN,
        "第三条",
        {"values": {}, "commission": HOUSE},
        {"values": {}, "commission": GONE},
    ),
    (
        guards.ON_THE_PANEL,
        "第十三条",
        {"values": {"item": "appoint"}, "arbitrator": FORMER},
        {"values": {"item": "appoint"}, "arbitrator": OWN},
    ),
    (
        guards.ON_THE_PANEL,
        "第十三条",
        {"values": {"item": "reappoint"}, "arbitrator": FORMER},
        {"values": {"item": "remove"}, "arbitrator": FORMER},
    ),
    (
        guards.ELIGIBLE,
        "第十三条",
        {"values": {"item": "appoint", "eligibility": "lawyer", "eligibility_years": 8}},
        {"values": {"item": "appoint", "eligibility": "lawyer", "eligibility_years": 7}},
    ),
    (
        guards.ELIGIBLE,
        "第十三条",
        {"values": {"item": "appoint", "eligibility": "legal_scholar", "job_title": "associate"}},
        {"values": {"item": "appoint", "eligibility": "legal_scholar", "evidence": "同等水平证明"}},
    ),
    (
        guards.ELIGIBLE,
        "第十三条",
        {"values": {"item": "appoint", "eligibility": "trade_expert", "evidence": "同等水平证明"}},
        {"values": {"item": "appoint", "eligibility": "trade_expert", "job_title": "intermediate"}},
    ),
    (guards.ELIGIBLE, "第十三条", {"values": {"item": "resign"}}, {"values": {"item": "appoint"}}),
    (
        guards.MAY_SERVE,
        "2025年修订",
        {"values": {"item": "resign", "serving_post": "judge"}},
        {"values": {"item": "appoint", "serving_post": "judge"}},
    ),
    (
        guards.UNIT_AGREES,
        "2025年修订",
        {"values": {"item": "appoint", "serving_post": "official", "unit_approval": "石人〔2026〕1号"}},
        {"values": {"item": "appoint", "serving_post": "official"}},
    ),
)


CASES += (
    (
        guards.CERTIFICATE_DUE,
        "第七条",
        {"values": {"item": "establish"}, "state": "granted"},
        {"values": {"item": "deregister"}, "state": "granted"},
    ),
    (guards.NO_CERTIFICATE, "第四条", {"values": {"item": "deregister"}}, {"values": {"item": "establish"}}),
)


@pytest.mark.parametrize(("guard", "article", "good", "bad"), CASES)
def test_each_condition(guard: Guard, article: str, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert article in (guard.article or "")
    assert guard.holds(case(PARAMETERS, **good))
    assert not guard.holds(case(PARAMETERS, **bad))


def test_every_condition_is_tested() -> None:
    assert {guard.key for guard, *_ in CASES} == {guard.key for guard in guards.GUARDS}
