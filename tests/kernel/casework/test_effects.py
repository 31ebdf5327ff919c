"""What a step does to the rosters: in one transaction, by the registry's own commands, refused whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from desk import KIND, Desk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.case_facts import CaseFacts
from suite.contract.commands import Command
from suite.contract.effects import Effect, Newcomer
from suite.contract.problems import Refused
from suite.kernel.casework.current import standing_of
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.tables import Case, CaseEvent, CaseParty, LicenceEvent, Subject

pytestmark = pytest.mark.sqlite_first

INSTITUTION, LIFECYCLE = "appraisal.appraisal_institution", "appraisal.complaint_lifecycle"
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def desk(suite_: Suite) -> Desk:
    return Desk(suite_)


def _with_effect(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str, makes: Callable[[CaseFacts], Sequence[Command]]
) -> None:
    """Let a step of the complaint have an effect on the roster."""
    catalog = desk.suite.catalog
    lifecycle = catalog.lifecycles[LIFECYCLE]
    steps = tuple(
        replace(item, effects=("appraisal.test",)) if item.command == command else item
        for item in lifecycle.transitions
    )
    monkeypatch.setitem(catalog.lifecycles, LIFECYCLE, replace(lifecycle, transitions=steps))
    effect = Effect(key="appraisal.test", title="登记停业", makes=makes, joins="respondent")
    monkeypatch.setitem(catalog.effects, "appraisal.test", effect)


def _suspends(state: str) -> Callable[[CaseFacts], Sequence[Command]]:
    def makes(case: CaseFacts) -> Sequence[Command]:
        body = case.subject("respondent")
        assert body is not None
        assert body.licence_id is not None
        return (
            RecordLicenceEvent(
                kind=body.kind,
                licence_id=body.licence_id,
                state=state,
                on_date=case.on,
                document_no=case.number,
            ),
        )

    return makes


def test_an_effect_changes_the_roster_with_the_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_effect(desk, monkeypatch, "AcceptComplaint", _suspends("suspended"))
    opened = desk.open(on=DAY).result
    done = desk.take(opened["case_id"], "AcceptComplaint", on=DAY)
    assert {change.kind for change in done.changes} == {KIND, INSTITUTION}
    with desk.suite.reading() as session:
        assert session.get_one(Subject, desk.institution).status == "suspended"
        event = session.scalars(select(LicenceEvent)).one()
        assert (event.on_date, event.document_no) == (DAY, opened["number"])
        standing = standing_of(session, desk.suite.catalog, session.get_one(Case, opened["case_id"]))
        body = standing.facts(DAY, {}).subject("respondent")
        assert body is not None
        assert (body.status, body.since) == ("suspended", DAY)


def test_a_refused_effect_refuses_the_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_effect(desk, monkeypatch, "AcceptComplaint", _suspends("no_such_state"))
    case_id = desk.open().result["case_id"]
    with pytest.raises(Refused) as told:
        desk.take(case_id, "AcceptComplaint")
    (problem,) = told.value.problems
    assert problem.code == "state.unknown"
    assert problem.text.startswith("“受理”")
    assert "登记停业" in problem.text
    with desk.suite.reading() as session:
        assert session.get_one(Case, case_id).state == "received"
        assert [row.command for row in session.query(CaseEvent).filter_by(case_id=case_id)] == [
            "OpenComplaint"
        ]


def test_a_newcomer_becomes_a_record_and_joins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = desk.suite.catalog
    newcomer = Newcomer(name="report_no", district="transferred_from")
    monkeypatch.setitem(catalog.case_kinds, KIND, replace(catalog.case_kinds[KIND], newcomer=newcomer))

    def makes(case: CaseFacts) -> Sequence[Command]:
        row = RowEdit(
            values={"name": case.values["report_no"], "main_no": "130100777", "district_code": case.district}
        )
        return (SaveRecords(kind=INSTITUTION, rows=(row,), effective_on=case.on),)

    _with_effect(desk, monkeypatch, "AcceptComplaint", makes)
    for values, code in (({}, "party.few"), ({"report_no": "甲"}, "district.unknown")):
        with pytest.raises(Refused) as told:
            desk.open(respondent=(), **values)
        assert code in told.value.codes
    case_id = desk.open(respondent=(), report_no="河北新设鉴定中心", transferred_from="130104").result[
        "case_id"
    ]
    assert _parties(desk, case_id) == [("河北新设鉴定中心", False, False)]
    desk.take(case_id, "AcceptComplaint")
    assert _parties(desk, case_id) == [("河北新设鉴定中心", False, True), ("河北新设鉴定中心", True, False)]
    with desk.suite.reading() as session:
        assert session.get_one(Case, case_id).district_code == "130104"
        made = session.scalars(select(Subject).where(Subject.main_no == "130100777")).one()
        assert made.district_code == "130104"


def _parties(desk: Desk, case_id: int) -> list[tuple[str, bool, bool]]:
    """Name, whether on the roster, whether no longer a party: of who is complained about."""
    with desk.suite.reading() as session:
        rows = session.query(CaseParty).filter_by(case_id=case_id, role="respondent").order_by(CaseParty.id)
        return [(row.name, row.subject_id is not None, row.left_on is not None) for row in rows]


def test_other_cases_and_members_are_facts(desk: Desk) -> None:
    first, second = (desk.open(report_no=str(no)).result for no in range(2))
    member = _appraiser(desk)
    with desk.suite.reading() as session:
        case = session.get_one(Case, second["case_id"])
        facts = standing_of(session, desk.suite.catalog, case).facts(DAY, {})
        (other,) = facts.other_cases
        assert (other.work, other.number, other.subject_id) == (
            "complaint",
            first["number"],
            desk.institution,
        )
        assert [fact.id for fact in facts.members(desk.institution)] == [member]
        assert "id_number" not in facts.members(desk.institution)[0].values


def _appraiser(desk: Desk) -> int:
    values: dict[str, Any] = {
        "name": "孙建民",
        "main_no": "130100123001",
        "district_code": "130102",
        "body_id": desk.institution,
    }
    row = RowEdit(values=values)
    done = desk.suite.run(SaveRecords(kind="appraisal.appraiser", rows=(row,)), desk.clerk)
    number: int = done.result["ids"][0]
    return number


def test_a_new_record_may_share_anothers_person(desk: Desk) -> None:
    appraiser = _appraiser(desk)
    row = RowEdit(values={"name": "孙建民", "district_code": "130102"}, person_of=appraiser)
    done = desk.suite.run(SaveRecords(kind="arbitration.arbitrator", rows=(row,)), desk.clerk)
    with desk.suite.reading() as session:
        persons = {
            session.get_one(Subject, number).person_id for number in (appraiser, done.result["ids"][0])
        }
    assert len(persons) == 1
    for values, code in (({"name": "孙建国"}, "identity.other_name"), ({}, "identity.same_kind")):
        again = replace(row, values={**row.values, **values})
        with pytest.raises(Refused) as told:
            desk.suite.run(SaveRecords(kind="arbitration.arbitrator", rows=(again,)), desk.clerk)
        assert code in told.value.codes
