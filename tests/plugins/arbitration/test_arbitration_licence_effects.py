"""What registrations, filings and appointments write into the rosters of arbitration."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.testing.factories import make
from tests.plugins.licence_desk import FIRST, TO_END, TO_GRANT, LicenceDesk

pytestmark = pytest.mark.sqlite_first

HOUSE, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
REGISTRATION, FILING, PANEL = (f"arbitration.{name}" for name in ("registration", "filing", "panel"))
DAY = dt.timedelta(days=1)
BEFORE = FIRST - DAY
PEOPLE = {"chair_name": "周立", "vice_chairs": 2, "members": 9, "expert_members": 8}


@pytest.fixture
def desk(suite_on_sqlite: Suite) -> LicenceDesk:
    return LicenceDesk(suite_on_sqlite)


@pytest.fixture
def desk_(suite_: Suite) -> LicenceDesk:
    """On both engines."""
    return LicenceDesk(suite_)


def a_house() -> dict[str, object]:
    return {
        "name": "石家庄仲裁委员会",
        "district_code": "130102",
        "registration_no": "冀仲登001",
        "registered_on": dt.date(1996, 5, 1),
        "term_number": 7,
        "term_from": dt.date(2021, 1, 1),
        "term_to": dt.date(2026, 1, 1),
        "chair_name": "赵明",
        "address": "长安区",
    }


def test_a_commission_is_registered_and_ends(desk: LicenceDesk) -> None:
    case_id = desk.open(
        REGISTRATION,
        item="establish",
        applicant_name="某市仲裁委员会",
        district_code="130102",
        seat_fits=True,
        papers=("application", "founding", "charter", "funds", "residence", "members"),
        **PEOPLE,
    )
    desk.take(case_id, "AcceptApplication")
    with pytest.raises(Refused) as refused:
        desk.take(case_id, "ReviewApplication")
    assert [problem.code for problem in refused.value.problems] == ["arbitration.papers_complete"]
    founding = ("application", "founding", "charter", "funds", "residence", "members", "panel")
    desk.take(case_id, "CheckApplication", papers=founding)
    last = {"licence_no": "冀仲登002"}
    assert desk.play(case_id, *TO_END[1:], IssueCertificate=last) == "done"
    house = desk.named(HOUSE, "某市仲裁委员会")
    assert desk.record(HOUSE, house)["registration_no"] == "冀仲登002"
    assert desk.on_roster(HOUSE, BEFORE) == set()
    assert desk.on_roster(HOUSE, FIRST) == {house}

    ended = desk.later(60)
    papers = ("decision", "consent", "liquidation", "certificate")
    ending = desk.open(REGISTRATION, commission=(house,), item="deregister", papers=papers)
    assert desk.play(ending, *TO_GRANT, "RecordResult") == "done"
    assert desk.on_roster(HOUSE, ended - DAY) == {house}
    assert desk.on_roster(HOUSE, ended) == set()


def test_a_renewal_and_a_new_residence_are_filed_from_the_day_of_the_change(desk_: LicenceDesk) -> None:
    desk = desk_
    (house,) = make(desk.suite, desk.clerk, HOUSE, {**a_house(), "status": "term_expired"})
    changed = FIRST - 12 * DAY
    term = {"term_number": 8, "term_from": changed, "term_to": changed.replace(year=changed.year + 5)}
    case_id = desk.open(
        FILING, commission=(house,), item="renewal", changed_on=changed, replaced=3, **PEOPLE, **term
    )
    clock = desk.clocks(case_id)["arbitration.change.file"]
    assert (clock.start, clock.stopped) == (changed, FIRST)
    assert clock.due is not None
    assert clock.due < FIRST
    with pytest.raises(Refused) as refused:
        desk.take(case_id, "FileChange")
    assert [problem.code for problem in refused.value.problems] == ["arbitration.enough_replaced"]
    desk.take(case_id, "CheckApplication", replaced=4)
    assert desk.play(case_id, "FileChange") == "done"
    found = desk.record(HOUSE, house)
    assert (found["term_number"], found["chair_name"], found["status"]) == (8, "周立", "active")
    assert found["change_filed_on"] == FIRST
    assert desk.decisions(house)[-1][:2] == ("active", changed)
    assert desk.on_roster(HOUSE, changed, chair_name=("周立",)) == {house}
    assert desk.on_roster(HOUSE, changed - DAY, chair_name=("周立",)) == set()

    moved = desk.open(FILING, commission=(house,), item="residence", changed_on=FIRST, new_address="桥西区")
    desk.play(moved, "RequestMaterials", "ReceiveMaterials", "FileChange")
    assert desk.record(HOUSE, house)["address"] == "桥西区"


def test_an_arbitrator_is_appointed_and_struck_off(desk: LicenceDesk) -> None:
    (house,) = make(desk.suite, desk.clerk, HOUSE, a_house())
    case_id = desk.open(
        PANEL,
        item="appoint",
        applicant_name="孙教授",
        district_code="130102",
        commission=(house,),
        changed_on=BEFORE,
        eligibility="lawyer",
        eligibility_years=7,
        term_from=BEFORE,
        term_to=BEFORE.replace(year=BEFORE.year + 3),
        licence_no="石裁聘001",
    )
    with pytest.raises(Refused) as refused:
        desk.take(case_id, "FileChange")
    assert [problem.code for problem in refused.value.problems] == ["arbitration.eligible"]
    desk.take(case_id, "CheckApplication", eligibility_years=8)
    assert desk.play(case_id, "FileChange") == "done"
    person = desk.named(ARBITRATOR, "孙教授")
    assert desk.on_roster(ARBITRATOR, BEFORE, body_id=(house,)) == {person}
    assert desk.on_roster(ARBITRATOR, BEFORE - DAY) == set()

    struck = desk.later(30)
    leaving = desk.open(
        PANEL,
        arbitrator=(person,),
        commission=(house,),
        item="remove",
        changed_on=struck,
        end_reason="discipline",
    )
    desk.play(leaving, "FileChange")
    found = desk.record(ARBITRATOR, person)
    assert (found["status"], found["end_reason"], found["ended_on"]) == ("removed", "discipline", struck)
    assert desk.on_roster(ARBITRATOR, struck - DAY) == {person}
    assert desk.on_roster(ARBITRATOR, struck) == set()
    refused_filing = desk.open(
        PANEL, arbitrator=(person,), commission=(house,), item="resign", changed_on=struck
    )
    assert desk.play(refused_filing, "DeclineFiling") == "declined"
