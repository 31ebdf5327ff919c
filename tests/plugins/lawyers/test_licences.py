"""The lawyers' applications from the letter to the roster: licence, decision, post, state, as of any day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.tables import CaseClock, CaseParty, LicenceEvent, Post, Subject
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number, uscc
from tests.plugins.desk import desk_of
from tests.plugins.licensing import DECIDED, TODAY, Office

pytestmark = pytest.mark.sqlite_first

FIRM, LAWYER, TRAINEE = "lawyers.law_firm", "lawyers.lawyer", "lawyers.trainee_lawyer"
FIRMS, LAWYERS = "lawyers.firm_application", "lawyers.lawyer_application"
BEFORE = DECIDED - dt.timedelta(days=1)
CHECKED = {"bar": "none"}


@pytest.fixture
def office(suite_: Suite) -> Office:
    return Office(suite_)


def firms(office: Office, *rows: dict[str, Any]) -> list[int]:
    return make(office.suite, office.clerk, FIRM, *rows)


def lawyers(office: Office, *rows: dict[str, Any]) -> list[int]:
    return make(office.suite, office.clerk, LAWYER, *rows)


def subject(office: Office, number: int) -> Subject:
    with office.suite.reading() as session:
        return session.get_one(Subject, number)


def decisions(office: Office, number: int) -> list[tuple[str, dt.date, str | None, str | None]]:
    with office.suite.reading() as session:
        rows = session.scalars(select(LicenceEvent).where(LicenceEvent.subject_id == number))
        return [(row.state, row.on_date, row.document_no, row.decided_by) for row in rows]


def in_body(office: Office, body: int, on: dt.date) -> set[int]:
    """The lawyers of a firm as of a day."""
    query = ListQuery(kind=LAWYER, filters={"body_id": (body,)}, as_of=on)
    with office.suite.reading() as session:
        return set(list_ids(session, office.clerk, office.suite.catalog, query).ids)


def joined(office: Office, case_id: int, role: str) -> list[int | None]:
    with office.suite.reading() as session:
        rows = session.query(CaseParty).filter_by(case_id=case_id, role=role, left_on=None)
        return [row.subject_id for row in rows]


def test_a_firm_is_established_opened_wound_up_and_cancelled(office: Office) -> None:
    (old,) = firms(office, a_firm(1))
    founders = lawyers(
        office, *(a_lawyer(no, body_id=old, first_practice_on=dt.date(2015, 1, 1)) for no in range(1, 4))
    )
    case_id = office.open(
        FIRMS,
        item="establish",
        applicant_name="河北新正律师事务所",
        district_code="130104",
        form="general_partnership",
        assets=300_000,
        address="石家庄市桥西区中山路1号",
        founder=tuple(founders),
        head=(founders[0],),
    )
    office.granted(case_id, licence_no=uscc(77), certificate_serial_no="S001")
    (made,) = (number for number in joined(office, case_id, "applicant") if number)
    firm = subject(office, made)
    assert (firm.name, firm.status, firm.main_no, firm.district_code) == (
        "河北新正律师事务所",
        "licensed_preparing",
        uscc(77),
        "130104",
    )
    decision = ("licensed_preparing", DECIDED, "冀司许决〔2026〕12号", "河北省司法厅")
    assert decisions(office, made) == [decision]
    assert in_body(office, made, DECIDED) == set(founders)
    assert in_body(office, made, BEFORE) == set()
    assert in_body(office, old, BEFORE) == set(founders)

    notice = office.open("lawyers.firm_notice", item="open", applicant=(made,), changed_on=DECIDED, on=TODAY)
    office.take(notice, "FileChange")
    assert subject(office, made).status == "active"
    ending = {"item": "terminate", "ending_ground": "dissolved", "changed_on": TODAY, "on": TODAY}
    notice = office.open("lawyers.firm_notice", applicant=(made,), **ending)
    with pytest.raises(Refused) as told:
        office.take(office.open(FIRMS, item="cancel", applicant=(made,)), "AcceptApplication", DECIDED)
    assert told.value.codes >= {"lawyers.firm.liquidated"}
    office.take(notice, "FileChange")
    assert subject(office, made).status == "terminating"


def test_changes_of_a_firm(office: Office) -> None:
    first, second = firms(office, a_firm(1, name="河北甲律师事务所"), a_firm(2))
    head, member = lawyers(office, a_lawyer(1, body_id=first), a_lawyer(2, body_id=second))
    named = office.open(FIRMS, item="name", applicant=(first,), new_name="河北乙律师事务所")
    office.granted(named)
    changed = office.open(FIRMS, item="head", applicant=(first,), head=(head,))
    office.granted(changed)
    formed = office.open(FIRMS, item="form", applicant=(first,), form="sole")
    office.granted(formed)
    merged = office.open(FIRMS, item="merge", applicant=(first,), merged=(second,))
    office.granted(merged)
    query = ListQuery(kind=FIRM, filters={"head_name": ("钱志远",), "category": ("sole",)})
    with office.suite.reading() as session:
        assert list(list_ids(session, office.clerk, office.suite.catalog, query).ids) == [first]
    assert subject(office, first).name == "河北乙律师事务所"
    assert subject(office, second).status == "cancelled"
    assert in_body(office, first, DECIDED) == {head, member}
    assert in_body(office, second, BEFORE) == {member}


def test_a_branch_and_a_filing(office: Office) -> None:
    (parent,) = firms(office, a_firm(1, approved_on=dt.date(2015, 1, 1)))
    staff = lawyers(
        office,
        *(a_lawyer(no, body_id=parent, first_practice_on=dt.date(2015, 1, 1)) for no in range(1, 22)),
    )
    case_id = office.open(
        FIRMS, item="branch", applicant=(parent,), new_name="河北第1律师事务所晋州分所",
        district_code="130183", assets=300_000, founder=tuple(staff[:3]), head=(staff[0],),
    )  # fmt: skip
    office.granted(case_id, licence_no=uscc(78))
    (branch,) = joined(office, case_id, "created")
    assert branch is not None
    made = subject(office, branch)
    assert (made.kind, made.body_id, made.district_code) == ("lawyers.branch_office", parent, "130183")
    assert in_body(office, branch, DECIDED) == set(staff[:3])

    moved = office.open(
        "lawyers.firm_filing", item="residence", applicant=(parent,), changed_on=dt.date(2026, 10, 10),
        address="正定县府西街2号", district_code="130123",
    )  # fmt: skip
    office.take(moved, "FileChange")
    assert subject(office, parent).district_code == "130123"
    with office.suite.reading() as session:
        filing = session.scalars(select(CaseClock).where(CaseClock.limit_key == "lawyers.firm.filing")).one()
        # Fifteen days after 10 October, a Sunday, so the Monday; filed on 2 November, too late.
        assert (filing.start, filing.due, filing.stopped) == (
            dt.date(2026, 10, 10),
            dt.date(2026, 10, 26),
            dt.date(2026, 11, 2),
        )
    partners = office.open(
        "lawyers.firm_filing", item="partners", applicant=(parent,), changed_on=DECIDED, on=TODAY,
        joining=tuple(staff[3:5]),
    )  # fmt: skip
    office.take(partners, "FileChange")
    few = [item for item in desk_of(office.suite, office.clerk, "lawyers") if "合伙人" in item.title]
    assert few[0].ids == (parent,)


def test_a_trainee_becomes_a_lawyer_moves_pauses_and_leaves(office: Office) -> None:
    first, second = firms(office, a_firm(1), a_firm(2, district_code="130104"))
    (trainee,) = make(
        office.suite,
        office.clerk,
        TRAINEE,
        {
            "name": "王明",
            "main_no": "13012508100001",
            "district_code": "130102",
            "category": "full_time",
            "body_id": first,
            "status": "qualified",
            "started_on": dt.date(2025, 8, 1),
            "interview_result": "qualified",
            "qualification_no": "A20231301020001",
            "id_number": resident_number(1, dt.date(1998, 1, 2)),
        },
    )
    case_id = office.open(LAWYERS, item="first", applicant=(trainee,), firm=(first,), category="full_time")
    office.granted(case_id, CHECKED, practice_no=practice_no(5, 2026), certificate_serial_no="L1")
    (made,) = joined(office, case_id, "licensed")
    assert made is not None
    lawyer = subject(office, made)
    assert (lawyer.status, lawyer.body_id, lawyer.person_id) == (
        "active",
        first,
        subject(office, trainee).person_id,
    )
    assert decisions(office, made)[0][:2] == ("active", DECIDED)
    assert subject(office, trainee).status == "licensed"
    assert (in_body(office, first, DECIDED), in_body(office, first, BEFORE)) == ({made}, set())

    moving = office.open(LAWYERS, item="change", applicant=(made,), firm=(second,), on=DECIDED)
    for name, values in (
        ("AcceptApplication", {}),
        ("ReviewApplication", {"review_opinion": "同意", **CHECKED}),
        ("ReportApplication", {"report_no": "1"}),
        ("RecordGrant", {"decision_no": "13", "decided_on": TODAY, "decided_by": "河北省司法厅"}),
        ("IssueCertificate", {"issued_on": TODAY}),
    ):
        office.take(moving, name, **values)
    assert (in_body(office, first, TODAY), in_body(office, second, TODAY)) == (set(), {made})
    assert subject(office, made).district_code == "130104"
    with office.suite.reading() as session:
        posts = session.scalars(select(Post).where(Post.subject_id == made).order_by(Post.id)).all()
        assert [(post.body_id, post.from_date, post.to_date) for post in posts] == [
            (first, DECIDED, TODAY),
            (second, TODAY, None),
        ]

    (paused,) = lawyers(office, a_lawyer(9, status="practice_paused"))
    office.granted(office.open(LAWYERS, item="resume", applicant=(paused,), firm=(first,)), CHECKED)
    assert (subject(office, paused).status, subject(office, paused).body_id) == ("active", first)
    leaving = office.open(LAWYERS, item="cancel", applicant=(paused,), cancel_ground="request")
    office.granted(leaving, CHECKED)
    ended = subject(office, paused)
    assert (ended.status, ended.body_id) == ("cancelled", None)


def test_newcomers_public_lawyers_and_certificates(office: Office) -> None:
    (unit,) = make(
        office.suite, office.clerk, "lawyers.employer_unit", {"name": "市司法局", "district_code": "130102"}
    )
    case_id = office.open(
        LAWYERS, item="public", applicant_name="李芳", district_code="130102", category="government",
        legal_work_years=3, firm=(unit,),
    )  # fmt: skip
    office.granted(case_id, CHECKED, practice_no=practice_no(6, 2026, category=6, sex=1))
    (made,) = joined(office, case_id, "licensed")
    assert made is not None
    assert (subject(office, made).category, subject(office, made).body_id) == ("government", unit)
    lost = office.open("lawyers.certificate", item="lost", applicant=(made,), loss_notice="河北法制报11月1日")
    office.granted(lost, certificate_serial_no="N9")
    query = ListQuery(kind=LAWYER, filters={"certificate_custody": ("held",)})
    with office.suite.reading() as session:
        assert list(list_ids(session, office.clerk, office.suite.catalog, query).ids) == [made]


def test_the_law_stands_against_an_application(suite_on_sqlite: Suite) -> None:
    office = Office(suite_on_sqlite)
    (firm,) = firms(office, a_firm(1))
    lawyer, other = lawyers(office, a_lawyer(1, body_id=firm), a_lawyer(2, body_id=firm, status="suspended"))
    (new,) = firms(office, a_firm(2))
    for who, code in ((lawyer, None), (other, "lawyers.lawyer.not_suspended")):
        case_id = office.open(LAWYERS, item="change", applicant=(who,), firm=(new,))
        if code is None:
            office.take(case_id, "AcceptApplication", DECIDED.replace(day=4))
            continue
        with pytest.raises(Refused) as told:
            office.take(case_id, "AcceptApplication", DECIDED.replace(day=4))
        assert told.value.codes == {code}
        office.take(case_id, "DeclineApplication", DECIDED.replace(day=5), refusal_ground="barred")
        assert office.state(case_id) == "declined"
    with pytest.raises(Refused) as told:
        office.open(LAWYERS, item="change", applicant=(lawyer,))
    assert told.value.codes == {"lawyers.lawyer.told"}


def test_what_was_not_told_in_time_counts_as_accepted(suite_on_sqlite: Suite) -> None:
    office = Office(suite_on_sqlite)
    (firm, new), late = firms(office, a_firm(1), a_firm(2)), dt.date(2026, 11, 20)
    (lawyer,) = lawyers(office, a_lawyer(1, body_id=firm))
    case_id = office.open(LAWYERS, item="change", applicant=(lawyer,), firm=(new,))
    with pytest.raises(Refused) as told:
        office.take(case_id, "RequestMaterials", late, supplement_items="原所意见")
    assert told.value.codes == {"core.licensing.in_time"}
    office.take(case_id, "DeemAccepted", late)
    with office.suite.reading() as session:
        review = session.scalars(
            select(CaseClock).where(CaseClock.limit_key == "lawyers.lawyer.review")
        ).one()
        # Twenty working days from the day of receipt, Monday 2 November.
        assert (review.start, review.due) == (dt.date(2026, 11, 2), dt.date(2026, 11, 30))
    timely = office.open(LAWYERS, item="change", applicant=(lawyer,), firm=(new,))
    with pytest.raises(Refused) as told:
        office.take(timely, "DeemAccepted", dt.date(2026, 11, 9))
    assert told.value.codes == {"core.licensing.overdue"}
    office.take(timely, "RequestMaterials", dt.date(2026, 11, 9), supplement_items="原所意见")
    office.take(timely, "ReceiveMaterials", dt.date(2026, 11, 16))
    office.take(timely, "AcceptApplication", dt.date(2026, 11, 23))
    office.take(timely, "StartHearing", TODAY)
    with office.suite.reading() as session:
        paused = session.scalars(
            select(CaseClock).where(CaseClock.case_id == timely, CaseClock.stopped.is_(None))
        ).one()
        assert paused.due is None
