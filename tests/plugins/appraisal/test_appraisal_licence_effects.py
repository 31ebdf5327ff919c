"""What registrations write into the rosters of appraisal, as of before and after; clocks that stand still."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.clocking import pauses_of
from suite.testing.factories import make
from tests.plugins.licence_desk import FIRST, TO_END, LicenceDesk

pytestmark = pytest.mark.sqlite_first

HOUSE, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
BODY, PERSON, LOST = (
    f"appraisal.{name}" for name in ("institution_registration", "appraiser_registration", "conditions")
)
DAY = dt.timedelta(days=1)
BEFORE = FIRST - DAY
REVIEWED = {"review_result": "passed", "expert_opinion": "现场评审合格"}


@pytest.fixture
def desk(suite_on_sqlite: Suite) -> LicenceDesk:
    return LicenceDesk(suite_on_sqlite)


@pytest.fixture
def desk_(suite_: Suite) -> LicenceDesk:
    """On both engines."""
    return LicenceDesk(suite_)


def a_house(number: int, until: dt.date = FIRST + 60 * DAY, scope: str = "A02") -> dict[str, object]:
    return {
        "name": f"河北第{number}司法鉴定中心",
        "main_no": f"13001{number:04d}",
        "district_code": "130102",
        "scope": scope,
        "first_registered_on": dt.date(2016, 1, 1),
        "licensed_from": dt.date(2021, 1, 1),
        "licensed_to": until,
    }


def people(number: int, body: int, until: dt.date = FIRST + 900 * DAY) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "main_no": f"13010500{body % 10}00{place}",
            "body_id": body,
            "scope": "A02",
            "licensed_to": until,
        }
        for place, name in zip(range(number), ("周明", "吴芳", "郑强"), strict=False)
    ]


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_an_institution_is_registered_after_a_review_that_is_not_counted(desk: LicenceDesk) -> None:
    case_id = desk.open(
        BODY,
        item="establish",
        applicant_name="河北正和司法鉴定中心",
        district_code="130104",
        parent_type="university",
        funds=500_000,
        scope=("A02", "A04"),
        appraisers_per_item=3,
        cma_no="230312340001",
        head_name="王磊",
    )
    desk.play(case_id, "AcceptApplication", "CheckApplication", CheckApplication={"not_barred": True})
    with pytest.raises(Refused) as refused:
        desk.take(case_id, "ReviewApplication")
    assert codes(refused) == {"appraisal.reviewed"}
    desk.later(2)
    desk.take(case_id, "StartExpertReview", review_days=20)
    clock = desk.clocks(case_id)["appraisal.register.review"]
    assert clock.due is None
    desk.later(20)
    desk.take(case_id, "EndExpertReview", **REVIEWED)
    (pause,) = pauses_of(desk.clocks(case_id)["appraisal.register.review"].pauses)
    assert (pause.since, pause.until, pause.reason) == (FIRST + 2 * DAY, FIRST + 22 * DAY, "专家评审")
    desk.play(case_id, "ReviewApplication", "ReportApplication")
    desk.take(case_id, "RecordExtension", extension_reason="需补充论证")
    assert desk.clocks(case_id)["appraisal.register.decide"].extension == 10
    issued = desk.later(10)
    last = {"licence_no": "130010099"}
    assert desk.play(case_id, "RecordGrant", "IssueCertificate", IssueCertificate=last) == "done"
    house = desk.named(HOUSE, "河北正和司法鉴定中心")
    found = desk.record(HOUSE, house)
    assert (found["scope"], found["main_no"], found["status"]) == ("A02,A04", "130010099", "active")
    assert (found["licensed_from"], found["licensed_to"]) == (
        issued,
        issued.replace(year=issued.year + 5) - DAY,
    )
    assert desk.on_roster(HOUSE, issued - DAY) == set()
    assert desk.on_roster(HOUSE, issued) == {house}


def test_a_wider_scope_adds_to_what_is_licensed(desk: LicenceDesk) -> None:
    (house,) = make(desk.suite, desk.clerk, HOUSE, a_house(1))
    case_id = desk.open(BODY, applicant=(house,), item="scope", scope=("B01",), appraisers_per_item=3)
    desk.play(
        case_id, "AcceptApplication", "CheckApplication", "StartExpertReview", "EndExpertReview",
        *TO_END[1:],
        CheckApplication={"not_barred": True}, StartExpertReview={"review_days": 5}, EndExpertReview=REVIEWED,
    )  # fmt: skip
    assert desk.record(HOUSE, house)["scope"] == "A02,B01"
    assert desk.on_roster(HOUSE, BEFORE, scope=("B01",)) == set()
    assert desk.on_roster(HOUSE, FIRST, scope=("B01",)) == {house}


def test_article_50_a_renewal_in_time_follows_the_old_term(desk: LicenceDesk) -> None:
    ends, late = FIRST + 30 * DAY, FIRST + 29 * DAY
    house, other = make(desk.suite, desk.clerk, HOUSE, a_house(1, ends), a_house(2, late))
    refused_case = desk.open(BODY, applicant=(other,), item="renew")
    with pytest.raises(Refused) as refused:
        desk.take(refused_case, "AcceptApplication")
    assert codes(refused) == {"appraisal.renewed_in_time"}
    assert desk.play(desk.open(BODY, applicant=(house,), item="renew"), *TO_END) == "done"
    found = desk.record(HOUSE, house)
    assert found["licensed_from"] == ends + DAY
    assert found["licensed_to"] == (ends + DAY).replace(year=ends.year + 5) - DAY
    assert desk.decisions(house) == [("active", FIRST, "冀司许决〔2026〕12号")]


def test_article_50_silence_until_the_end_counts_as_renewed(desk: LicenceDesk) -> None:
    ends = FIRST + 40 * DAY
    (house,) = make(desk.suite, desk.clerk, HOUSE, a_house(1, ends))
    case_id = desk.open(BODY, applicant=(house,), item="renew")
    desk.play(case_id, "AcceptApplication", "ReviewApplication", "ReportApplication")
    desk.later(40)
    with pytest.raises(Refused) as refused:
        desk.take(case_id, "DeemRenewed")
    assert codes(refused) == {"appraisal.silence"}
    desk.later(1)
    assert desk.play(case_id, "DeemRenewed") == "done"
    assert desk.record(HOUSE, house)["licensed_from"] == ends + DAY


def test_an_appraiser_is_registered_after_the_test_moves_and_is_cancelled(desk_: LicenceDesk) -> None:
    desk = desk_
    house, other = make(desk.suite, desk.clerk, HOUSE, a_house(1), a_house(2))
    case_id = desk.open(
        PERSON,
        item="first",
        applicant_name="冯雪",
        district_code="130102",
        institution=(house,),
        employment="full_time",
        eligibility="degree",
        job_title="intermediate",
        field_years=6,
        scope=("A02",),
    )
    desk.play(
        case_id, "AcceptApplication", "CheckApplication", "StartExam", "EndExam", *TO_END[1:],
        CheckApplication={"not_barred": True}, StartExam={"review_days": 10},
        EndExam={**REVIEWED, "exam_on": FIRST}, IssueCertificate={"licence_no": "130010001001"},
    )  # fmt: skip
    person = desk.named(APPRAISER, "冯雪")
    assert desk.on_roster(APPRAISER, BEFORE) == set()
    assert desk.on_roster(APPRAISER, FIRST, body_id=(house,)) == {person}

    moved = desk.later(50)
    moving = desk.open(PERSON, applicant=(person,), institution=(other,), item="transfer")
    desk.play(
        moving, "AcceptApplication", "CheckApplication", *TO_END[1:], CheckApplication={"not_barred": True}
    )
    assert desk.on_roster(APPRAISER, moved - DAY, body_id=(house,)) == {person}
    assert desk.on_roster(APPRAISER, moved, body_id=(other,)) == {person}

    gone = desk.later(50)
    ending = desk.open(PERSON, applicant=(person,), item="cancel", cancel_ground="own_request")
    assert desk.play(ending, *TO_END[:-1], "RecordResult") == "done"
    assert desk.on_roster(APPRAISER, gone - DAY) == {person}
    assert desk.on_roster(APPRAISER, gone) == set()
    assert desk.decisions(person)[-1][0] == "cancelled"


def test_lost_conditions_are_made_good_or_end_the_licence(desk: LicenceDesk) -> None:
    house, other = make(desk.suite, desk.clerk, HOUSE, a_house(1), a_house(2))
    make(desk.suite, desk.clerk, APPRAISER, *people(3, house))
    told = {"ground": "appraisers", "lost_on": FIRST, "lacking": "法医临床只有两名鉴定人", "frozen": ("A02",)}
    cases = [desk.open(LOST, "OpenShortfall", applicant=(body,), **told) for body in (house, other)]
    assert desk.record(HOUSE, house)["status"] == "rectifying"
    assert desk.clocks(cases[0])["appraisal.conditions_lost"].start == FIRST
    assert desk.play(cases[0], "ConfirmRestored", ConfirmRestored={"restored_how": "新聘一名"}) == "restored"
    assert desk.record(HOUSE, house)["status"] == "active"
    with pytest.raises(Refused) as refused:
        desk.take(cases[1], "ConfirmRestored", restored_how="新聘一名")
    assert codes(refused) == {"appraisal.conditions_restored"}
    with pytest.raises(Refused) as refused:
        desk.take(cases[1], "ReportCancellation", report_no="石司〔2026〕40号")
    assert codes(refused) == {"appraisal.conditions_overdue"}
    ended = desk.later(200)
    decided = {"decision_no": "冀司鉴注〔2026〕3号", "decided_on": ended, "decided_by": "河北省司法厅"}
    state = desk.play(
        cases[1], "ReportCancellation", "RecordCancellation",
        ReportCancellation={"report_no": "石司〔2026〕40号"}, RecordCancellation=decided,
    )  # fmt: skip
    assert state == "cancelled"
    assert desk.on_roster(HOUSE, ended) == {house}
    assert desk.decisions(other) == [
        ("rectifying", FIRST, None), ("cancelled", ended, "冀司鉴注〔2026〕3号"),
    ]  # fmt: skip


def test_whose_institution_ended_joins_another(desk: LicenceDesk) -> None:
    gone, house = make(desk.suite, desk.clerk, HOUSE, {**a_house(1), "status": "cancelled"}, a_house(2))
    stays, moves, late = make(desk.suite, desk.clerk, APPRAISER, *people(3, gone))
    with pytest.raises(Refused) as refused:
        desk.open(LOST, "OpenShortfall", applicant=(stays,), ground="appraisers", lost_on=FIRST, lacking="无")
    assert codes(refused) == {"appraisal.is_institution"}
    cases = [desk.open(LOST, "OpenRejoin", applicant=(person,), lost_on=FIRST) for person in (moves, late)]
    moving = desk.open(PERSON, applicant=(moves,), institution=(house,), item="transfer")
    desk.play(
        moving, "AcceptApplication", "CheckApplication", *TO_END[1:], CheckApplication={"not_barred": True}
    )
    assert desk.play(cases[0], "ConfirmRestored", ConfirmRestored={"restored_how": "已转入"}) == "restored"
    ended = desk.later(200)
    decided = {"decision_no": "冀司鉴注〔2026〕4号", "decided_on": ended, "decided_by": "河北省司法厅"}
    desk.play(
        cases[1], "ReportCancellation", "RecordCancellation",
        ReportCancellation={"report_no": "石司〔2026〕41号"}, RecordCancellation=decided,
    )  # fmt: skip
    assert desk.on_roster(APPRAISER, ended) == {stays, moves}
