"""What the notaries' applications write into the rosters, as of before and after."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.testing.factories import make, resident_number
from tests.plugins.licence_desk import FIRST, TO_END, TO_GRANT, LicenceDesk

pytestmark = pytest.mark.sqlite_first

OFFICE, NOTARY, ASSISTANT = "notary.notary_office", "notary.notary", "notary.notary_assistant"
DAY = dt.timedelta(days=1)
BEFORE = FIRST - DAY
UP = ("AcceptApplication", "ReviewApplication", "ReportApplication", "PassApplication", "RecordGrant")


def an_office(number: int) -> dict[str, object]:
    return {
        "name": f"河北省石家庄市第{number}公证处",
        "main_no": None,
        "licence_no": f"13010{number}",
        "district_code": "130102",
        "category": "cooperative",
        "opened_on": dt.date(2010, 1, 1),
    }


def a_notary(name: str, body: int, **values: object) -> dict[str, object]:
    return {
        "name": name,
        "body_id": body,
        "category": "exam",
        "appointed_on": dt.date(2012, 5, 1),
        "first_practice_on": dt.date(2012, 6, 1),
        "entered_on": dt.date(2012, 6, 1),
        **values,
    }


@pytest.fixture
def desk(suite_on_sqlite: Suite) -> LicenceDesk:
    return LicenceDesk(suite_on_sqlite)


@pytest.fixture
def desk_(suite_: Suite) -> LicenceDesk:
    """On both engines."""
    return LicenceDesk(suite_)


def test_an_office_is_founded_changed_and_ends(desk: LicenceDesk) -> None:
    founded = desk.open(
        "notary.office_application",
        item="establish",
        applicant_name="河北省石家庄市华兴公证处",
        district_code="130104",
        form="cooperative",
        new_address="桥西区裕华西路 1 号",
        new_area="长安区、桥西区",
        head_name="何静",
        notaries=3,
        has_funds=True,
    )
    assert desk.play(founded, *TO_END, IssueCertificate={"licence_no": "1301009"}) == "done"
    office = desk.named(OFFICE, "河北省石家庄市华兴公证处")
    assert desk.on_roster(OFFICE, BEFORE) == set()
    assert desk.on_roster(OFFICE, FIRST) == {office}
    new = desk.record(OFFICE, office)
    assert (new["licence_no"], new["status"], new["district_code"]) == ("1301009", "active", "130104")

    changed = desk.later(40)
    moved = desk.open("notary.office_application", office=(office,), item="area", new_area="全市")
    desk.play(moved, *TO_END, IssueCertificate={"licence_no": "1301009"})
    assert desk.record(OFFICE, office)["practice_area"] == "全市"
    assert desk.record(OFFICE, office)["issued_on"] == changed

    last = desk.later(40)
    ended = desk.open("notary.office_application", office=(office,), item="close")
    desk.take(ended, "AcceptApplication")
    with pytest.raises(Refused) as refused:
        desk.take(ended, "ReviewApplication")
    assert [problem.code for problem in refused.value.problems] == ["notary.handed_over"]
    desk.take(ended, "CheckApplication", handed_over=True, handover="档案移交市公证处")
    desk.play(ended, "ReviewApplication", "ReportApplication", "RecordGrant")
    with pytest.raises(Refused) as refused:
        desk.take(ended, "IssueCertificate", licence_no="1301009")
    assert [problem.code for problem in refused.value.problems] == ["notary.certificate_due"]
    assert desk.play(ended, "RecordResult") == "done"
    assert desk.on_roster(OFFICE, last - DAY) == {office}
    assert desk.on_roster(OFFICE, last) == set()
    assert desk.decisions(office)[-1] == ("cancelled", last, "冀司许决〔2026〕12号")


def test_a_head_is_approved_and_the_former_one_is_head_no_more(desk: LicenceDesk) -> None:
    (office,) = make(desk.suite, desk.clerk, OFFICE, an_office(1))
    old, new = make(
        desk.suite, desk.clerk, NOTARY, a_notary("王建", office, is_head=True), a_notary("何静", office)
    )
    case_id = desk.open("notary.head_approval", office=(office,), candidate=(new,), elected_on=BEFORE)
    desk.play(
        case_id,
        "RequestMaterials",
        "ReceiveMaterials",
        "NameCandidate",
        "ApproveHead",
        NameCandidate={"candidate": (new,)},
        ApproveHead={"review_opinion": "符合条件"},
    )
    assert desk.clocks(case_id)["notary.office.head"].stopped == FIRST
    filed = {"decision_no": "石司公核〔2026〕1号", "decided_on": FIRST, "report_no": "石司〔2026〕30号"}
    assert desk.play(case_id, "FileHead", FileHead=filed) == "done"
    found = desk.record(OFFICE, office)
    assert (found["head_name"], found["head_approval_no"]) == ("何静", "石司公核〔2026〕1号")
    assert desk.record(NOTARY, new)["is_head"] is True
    assert desk.record(NOTARY, old)["is_head"] is False


def test_an_assistant_becomes_a_notary_moves_and_is_removed(desk_: LicenceDesk) -> None:
    desk = desk_
    office, other = make(desk.suite, desk.clerk, OFFICE, an_office(1), an_office(2))
    born = dt.date(1990, 4, 12)
    (assistant,) = make(
        desk.suite,
        desk.clerk,
        ASSISTANT,
        {
            "name": "吴敏",
            "id_number": resident_number(1, born),
            "birth_date": born,
            "body_id": office,
            "category": "intern",
            "district_code": "130102",
            "internship_from": dt.date(2024, 1, 1),
            "internship_to": dt.date(2025, 12, 31),
            "qualification_no": "A20221301040001",
        },
    )
    case_id = desk.open("notary.appointment", applicant=(assistant,), office=(office,), item="exam")
    desk.play(case_id, "AcceptApplication", "CheckApplication", CheckApplication={"not_barred": True})
    assert desk.play(case_id, *UP[1:]) == "granted"
    notary = desk.named(NOTARY, "吴敏")
    appointed = desk.record(NOTARY, notary)
    assert (appointed["status"], appointed["appointed_on"]) == ("appointed", FIRST)
    assert appointed["id_number"] == resident_number(1, born)
    assert desk.record(ASSISTANT, assistant)["status"] == "appointed"
    assert desk.on_roster(NOTARY, FIRST) == set()

    begins = desk.later(5)
    certified = {"licence_no": "1130120261100001"}
    assert desk.play(case_id, "IssueCertificate", IssueCertificate=certified) == "done"
    assert desk.on_roster(NOTARY, begins - DAY) == set()
    assert desk.on_roster(NOTARY, begins, body_id=(office,)) == {notary}
    assert desk.record(NOTARY, notary)["main_no"] == "1130120261100001"

    moved = desk.later(40)
    moving = desk.open(
        "notary.practice_application", notary=(notary,), office=(other,), item="transfer", settled=True
    )
    assert desk.play(moving, *TO_END) == "done"
    assert desk.on_roster(NOTARY, moved - DAY, body_id=(office,)) == {notary}
    assert desk.on_roster(NOTARY, moved, body_id=(other,)) == {notary}

    left = desk.later(40)
    leaving = desk.open("notary.removal", notary=(notary,), item="own_wish", evidence="辞职申请")
    assert desk.play(leaving, *UP, "RecordResult") == "done"
    removed = desk.record(NOTARY, notary)
    assert (removed["status"], removed["removal_reason"]) == ("removed", "own_wish")
    assert (removed["removed_on"], removed["body_id"]) == (left, None)
    assert desk.on_roster(NOTARY, left - DAY) == {notary}
    assert desk.on_roster(NOTARY, left) == set()


def test_a_proposal_to_deny_goes_up_and_ends_denied(desk: LicenceDesk) -> None:
    (office,) = make(desk.suite, desk.clerk, OFFICE, an_office(1))
    case_id = desk.open(
        "notary.appointment",
        applicant_name="郑强",
        district_code="130102",
        office=(office,),
        item="exam",
        birth_date=dt.date(2003, 1, 1),
    )
    steps = ("AcceptApplication", "ProposeDenial", "RecordDenial")
    assert desk.play(case_id, *steps, RecordDenial={"refusal_ground": "notary_conditions"}) == "denied"
    assert desk.on_roster(NOTARY, FIRST) == set()


def test_the_way_up_is_complete() -> None:
    assert set(TO_GRANT) <= set(UP)
