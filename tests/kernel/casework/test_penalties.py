"""Penalty cases: their courses in every field, what refuses a step, what a decision does to the rosters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from penalty_desk import FIELDS, PenaltyDesk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.tables import CaseClock, LicenceEvent

FIRST, DECIDED = dt.date(2026, 8, 24), dt.date(2026, 9, 1)


def refused(desk: PenaltyDesk, case_id: int, name: str, **values: Any) -> frozenset[str]:
    before = desk.state(case_id)
    with pytest.raises(Refused) as told:
        desk.take(case_id, name, **values)
    assert desk.state(case_id) == before
    assert all(not problem.text.isascii() for problem in told.value.problems)
    return told.value.codes


def clocks(suite: Suite, case_id: int) -> dict[str, CaseClock]:
    with suite.reading() as session:
        return {row.limit_key: row for row in session.query(CaseClock).filter_by(case_id=case_id)}


def test_each_field_punishes_by_its_own_catalogue(suite_: Suite) -> None:
    desk = PenaltyDesk(suite_)
    for owner, field in FIELDS.items():
        own = "city" in field
        measures = field["city" if own else "province"]
        subject = desk.subject(field["kind"])
        case_id = desk.open(f"{owner}.penalty", subject)
        desk.heard(case_id, **measures)
        desk.lead(case_id, "DeliberatePenalty", on=FIRST)
        if own:
            assert refused(desk, case_id, "ReportPenalty") == {"penalty.own"}
            desk.lead(case_id, "DecidePenalty", on=DECIDED, **measures)
        else:
            decide = {**measures, "decision_no": "石司罚决字〔2026〕9号"}
            assert refused(desk, case_id, "DecidePenalty", **decide) == {"penalty.decider"}
            desk.lead(case_id, "ReportPenalty", "RecordProvinceDecision", on=DECIDED, **measures)
        desk.lead(case_id, "ServePenalty", on=DECIDED)
        begins = dt.date(2026, 8, 25)
        days: dict[str, Any] = {"effective_from": begins}
        if "months" in measures:
            days["effective_until"] = dt.date(2026, 11, 24)
            assert refused(desk, case_id, "EffectPenalty", effective_from=begins) == {"core.penalty.days"}
        desk.take(case_id, "EffectPenalty", on=DECIDED, **days)
        assert desk.status(subject) == field["suspended" if "months" in measures else "revoked"]
        with suite_.reading() as session:
            (event,) = session.scalars(select(LicenceEvent).where(LicenceEvent.subject_id == subject))
            assert (event.on_date, event.document_no) == (begins, "石司罚决字〔2026〕1号")
            assert event.decided_by == ("市司法局" if own else "省司法厅")
        if "months" in measures:
            assert refused(desk, case_id, "ClosePenalty") == {"core.penalty.suspension_settled"}
            assert refused(desk, case_id, "EndSuspension") == {"core.penalty.suspension_over"}
        desk.take(case_id, "AnnulPenalty")
        assert (desk.state(case_id), desk.status(subject)) == ("annulled", "active")
        assert clocks(suite_, case_id)["core.penalty.withdraw"].stopped is None
