"""Who comes on the roster at a body that has ended is told of it: which body, how, since when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Problem, Refused
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.tables import Licence, Subject
from suite.testing.factories import a_firm, a_lawyer, make

pytestmark = pytest.mark.as_login

OFFICE, NOTARY = "notary.notary_office", "notary.notary"
FIRM, LAWYER = "lawyers.law_firm", "lawyers.lawyer"
COMMISSION, SECRETARY = "arbitration.arbitration_commission", "arbitration.case_secretary"
ENDED = dt.date(2024, 5, 6)


def told(
    suite: Suite, admin: Actor, kind: str, values: dict[str, Any], subject_id: int | None = None
) -> list[Problem]:
    """What saving a record tells of its body."""
    row = RowEdit(values=values, subject_id=subject_id)
    warnings = suite.run(SaveRecords(kind=kind, rows=(row,)), admin).warnings
    return [problem for problem in warnings if problem.code == "body.ended"]


def end(suite: Suite, admin: Actor, kind: str, body: int, state: str) -> None:
    with suite.reading() as session:
        licence = session.scalars(select(Licence.id).where(Licence.subject_id == body)).one()
    event = RecordLicenceEvent(kind=kind, licence_id=licence, state=state, on_date=ENDED)
    suite.run(event, admin)


@pytest.mark.both_engines
def test_a_body_ended_by_a_decision_is_told_with_its_day(suite_: Suite, admin: Actor) -> None:
    [office] = make(suite_, admin, OFFICE, {"name": "河北省某某公证处"})
    assert told(suite_, admin, NOTARY, {"name": "卓一", "body_id": office}) == []
    end(suite_, admin, OFFICE, office, "cancelled")
    [problem] = told(suite_, admin, NOTARY, {"name": "卓二", "body_id": office})
    assert problem.field == "body_id"
    assert all(word in problem.text for word in ("“河北省某某公证处”", f"自 {ENDED} 起", "已注销"))
    # Who has left the roster may have left it there, and another change of a record is none of its body.
    assert told(suite_, admin, NOTARY, {"name": "卓三", "body_id": office, "status": "removed"}) == []
    with suite_.reading() as session:
        known = session.scalars(select(Subject.id).where(Subject.name == "卓二")).one()
    assert told(suite_, admin, NOTARY, {"remarks": "核对过"}, known) == []


@pytest.mark.parametrize(
    ("kind", "status", "person", "closed"),
    [
        (OFFICE, "cancelled", NOTARY, True),
        (OFFICE, "suspended", NOTARY, False),
        (OFFICE, "planned", NOTARY, False),
        ("appraisal.appraisal_institution", "deregistered", "appraisal.appraiser", True),
        (COMMISSION, "deregistered", "arbitration.arbitrator", True),
        (COMMISSION, "deregistered", SECRETARY, True),
        (FIRM, "revoked", LAWYER, True),
        (FIRM, "revoked", "lawyers.branch_office", True),
    ],
)
def test_every_kind_with_a_body_is_told_of_its_end_as_the_body_says_it(
    suite_on_sqlite: Suite, admin: Actor, kind: str, status: str, person: str, closed: bool
) -> None:
    values = {"name": "河北省某某机构", "status": status, "status_on": ENDED}
    if kind == FIRM:
        values = a_firm(7, **values)
    elif kind.startswith("appraisal"):
        values |= {"main_no": "130100001"}
    [body] = make(suite_on_sqlite, admin, kind, values)
    named = a_lawyer(1) if person == LAWYER else {"name": "某某"}
    found = told(suite_on_sqlite, admin, person, {**named, "body_id": body})
    assert [str(ENDED) in problem.text for problem in found] == [True] * closed


def test_who_moves_is_told_too_unless_the_law_bars_it(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    [commission] = make(suite, admin, COMMISSION, {"name": "某某仲裁委员会", "status": "deregistered"})
    [secretary] = make(suite, admin, SECRETARY, {"name": "卓一"})
    [problem] = told(suite, admin, SECRETARY, {"body_id": commission}, secretary)
    # Nothing says since when.
    assert "“某某仲裁委员会”的状态是“" in problem.text
    [firm] = make(suite, admin, FIRM, a_firm(7, status="cancelled"))
    [lawyer] = make(suite, admin, LAWYER, a_lawyer(1))
    with pytest.raises(Refused) as refused:
        told(suite, admin, LAWYER, {"body_id": firm}, lawyer)
    assert refused.value.codes == {"lawyers.lawyer.firm_open"}
