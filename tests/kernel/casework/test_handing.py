"""Work handed over for some days: who works, who signs for whom, what is refused, and that it comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from desk import Desk, at
from files import PNG
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from suite.bootstrap import SHANGHAI, Suite
from suite.contract.commands import Actor, Command
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, DisableUser, GrantRole, RevokeRole
from suite.kernel.accounts.rules import area_of
from suite.kernel.accounts.sections import AddSection, AppointHead, PutInSection
from suite.kernel.casework.case_file import case_file
from suite.kernel.casework.commands import ApproveStep, HandOverCase, RecordPaperSignature, ReturnStep
from suite.kernel.casework.derive import step
from suite.kernel.casework.handing import Handed, acting, handed_over, works_for
from suite.kernel.casework.handing_over import DelegateSignature, EndHandOver, HandOverWork
from suite.kernel.casework.papers.commands import AttachFile
from suite.kernel.casework.waiting import returned_to, waiting_for
from suite.kernel.parameters.queries import parameters_on
from suite.tables import CaseEvent, Notice
from suite.testing.factories import make

pytestmark = pytest.mark.sqlite_first

ONE = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2026, 11, 1), dt.date(2026, 11, 12))


def codes(suite: Suite, command: Command, actor: Actor) -> frozenset[str]:
    with pytest.raises(Refused) as told:
        suite.run(command, actor)
    return told.value.codes


def events(suite: Suite, case_id: int) -> list[str]:
    with suite.reading() as session:
        rows = session.query(CaseEvent).filter_by(case_id=case_id).order_by(CaseEvent.id)
        return [row.title for row in rows]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), DAYS, DAYS, st.booleans())), DAYS)
def test_work_is_with_one_colleague_and_comes_back(rows: list[tuple[Any, ...]], today: dt.date) -> None:
    handed = [
        Handed(
            id=n, giver=giver, giver_name=giver, taker=taker, taker_name=taker,
            first_day=min(one, two), last_day=max(one, two), cases=cases, reason="",
        )
        for n, (giver, taker, one, two, cases) in enumerate(rows)
        if giver != taker
    ]  # fmt: skip
    now = acting(handed, today)
    assert set(now) == {item.giver for item in handed if item.cases and item.on(today)}
    assert all(item.on(today) and item.cases for item in now.values())
    workers = {login: works_for(handed, login, today) for login in "abcd"}
    for giver, item in now.items():
        assert (giver in workers[item.taker]) is (item.taker != giver)
    assert acting(handed, max([item.last_day for item in handed], default=today) + ONE) == {}


def test_all_open_work_is_handed_over_and_is_back(suite_: Suite) -> None:
    desk, today = Desk(suite_), suite_.today
    first, second = (desk.open(report_no=str(n)).result["case_id"] for n in range(2))
    last = today + 3 * ONE
    done = suite_.run(HandOverWork(to="second", until=last, reason="休假"), desk.clerk)
    assert done.result["cases"] == 2
    assert events(suite_, first)[-1].startswith("工作移交")
    with suite_.reading() as session:
        handed = handed_over(session, today)
        numbers = parameters_on(session, suite_.catalog, today)
        shown = case_file(session, desk.second, suite_.catalog, second, today=today, parameters=numbers)
        assert shown.handler == desk.clerk.login
        assert shown.handed is not None
        assert shown.handed.taker == "second"
        assert works_for(handed, "second", last) == (desk.clerk.login,)
        # Nobody does anything for it, and it is back.
        assert works_for(handed, "second", last + ONE) == ()
    again = HandOverWork(to="head", until=last, reason="出差")
    assert codes(suite_, again, desk.clerk) == {"hand_over.taken"}
    back = HandOverWork(to=desk.clerk.login, until=last, reason="休假")
    assert codes(suite_, back, desk.second) == {"hand_over.away"}
    assert codes(suite_, EndHandOver(hand_over=done.result["hand_over"]), desk.second) == {"not_permitted"}
    suite_.run(EndHandOver(hand_over=done.result["hand_over"]), desk.clerk)
    assert events(suite_, first)[-1].startswith("工作收回")
    with suite_.reading() as session:
        assert works_for(handed_over(session, today), "second", today) == ()


def test_what_is_refused(suite_on_sqlite: Suite) -> None:
    desk, suite = Desk(suite_on_sqlite), suite_on_sqlite
    desk.open()
    today = suite.today
    for login, profession, district in (("notary", "notary", None), ("far", "appraisal", "130104")):
        suite.run(AddUser(login=login, name=login), desk.clerk)
        role = GrantRole(login=login, role="core.section_staff", profession=profession, district=district)
        suite.run(role, desk.clerk)
        assert codes(suite, HandOverWork(to=login, until=today, reason="休假"), desk.clerk) == {
            "hand_over.blind"
        }
    for values, code in (
        ({"to": "nobody"}, "party.user"),
        ({"to": desk.clerk.login}, "hand_over.self"),
        ({"reason": " "}, "reason.required"),
        ({"until": today - ONE}, "hand_over.days"),
        ({"first_day": today - ONE}, "hand_over.days"),
        ({"until": today + 400 * ONE}, "hand_over.long"),
    ):
        command = HandOverWork(**{"to": "second", "until": today, "reason": "休假", **values})
        assert codes(suite, command, desk.clerk) == {code}, values
    strange = HandOverWork(to="head", until=today, reason="病假", giver=desk.clerk.login)
    assert codes(suite, strange, desk.second) == {"not_permitted"}
    nothing = DelegateSignature(to="head", until=today, reason="休假")
    assert codes(suite, nothing, desk.second) == {"delegate.nothing"}


def test_a_colleague_who_may_not_see_the_case_is_given_no_part_of_it(suite_: Suite) -> None:
    desk = Desk(suite_)
    suite_.run(AddUser(login="notary", name="公证科"), desk.clerk)
    suite_.run(GrantRole(login="notary", role="core.section_staff", profession="notary"), desk.clerk)
    case_id = desk.open().result["case_id"]
    over = HandOverCase(case_id=case_id, expected_version=1, to="notary", reason="分工调整")
    assert codes(suite_, over, desk.clerk) == {"party.blind"}
    desk.take(case_id, "AcceptComplaint")
    with pytest.raises(Refused) as told:
        desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "notary"))
    assert told.value.codes == {"party.blind"}
    assert "公证科" in told.value.problems[0].text


def test_a_signature_in_another_name_says_so(suite_: Suite) -> None:
    desk, today = Desk(suite_), suite_.today
    suite_.run(AddUser(login="deputy", name="何副科"), desk.clerk)
    asked = [
        desk.take(desk.open(report_no=str(n)).result["case_id"], "RefuseComplaint", refusal_ground="opinion")
        for n in range(2)
    ]
    suite_.run(DelegateSignature(to="deputy", until=today, reason="出差"), desk.head)
    deputy = suite_.actor("deputy")
    with suite_.reading() as session:
        assert len(waiting_for(session, deputy, suite_.catalog)) == 2
    done = suite_.run(ApproveStep(approval=asked[0].result["approval"]), deputy)
    assert done.result["state"] == "refusing"
    assert "科长同意（代周立群）：不予受理" in events(suite_, done.result["case_id"])
    suite_.run(ReturnStep(approval=asked[1].result["approval"], opinion="理由不清"), deputy)
    assert "退回（代周立群）：不予受理" in events(suite_, asked[1].result["case_id"])
    with suite_.reading() as session:
        (back,) = returned_to(session, desk.clerk, suite_.catalog, today)
    assert (back.case_id, back.reason) == (asked[1].result["case_id"], "理由不清")
    # What is held in another's name ends by itself, and is not passed on.
    late = at(suite_, today + ONE)
    assert not late.actor("deputy").may("appraisal:case:review")
    assert codes(suite_, DelegateSignature(to="second", until=today, reason="也出差"), deputy) == {
        "delegate.nothing"
    }


def test_who_does_the_work_is_told_what_comes_of_it(suite_: Suite) -> None:
    desk, today = Desk(suite_), suite_.today
    asked = desk.take(desk.open().result["case_id"], "RefuseComplaint", refusal_ground="opinion")
    suite_.run(HandOverWork(to="second", until=today, reason="休假"), desk.clerk)
    suite_.run(ReturnStep(approval=asked.result["approval"], opinion="理由不清"), desk.head)
    with suite_.reading() as session:
        rows = session.query(Notice).filter(Notice.kind == "core.case_signed").order_by(Notice.login)
        told = {row.login: row.text for row in rows}
    assert set(told) == {desk.clerk.login, "second"}
    assert told["second"].startswith("（代")


def test_nobody_signs_in_the_name_of_who_asked_or_signed(suite_on_sqlite: Suite) -> None:
    desk, suite = Desk(suite_on_sqlite), suite_on_sqlite
    suite.run(GrantRole(login="head", role="core.leader"), desk.clerk)
    suite.run(AddUser(login="deputy", name="何副科"), desk.clerk)
    case_id = desk.open().result["case_id"]
    command = step(
        suite.catalog, "RefuseComplaint", case_id=case_id, expected_version=1, refusal_ground="opinion"
    )
    asked = suite.run(command, suite.actor("head"))
    suite.run(DelegateSignature(to="deputy", until=suite.today, reason="出差"), desk.head)
    deputy = suite.actor("deputy")
    with suite.reading() as session:
        assert waiting_for(session, deputy, suite.catalog) == []
    sign = ApproveStep(approval=asked.result["approval"])
    assert codes(suite, sign, deputy) == {"approval.behalf"}


def test_a_signature_on_paper_has_its_scan(suite_: Suite) -> None:
    desk, today = Desk(suite_), suite_.today
    case_id = desk.open().result["case_id"]
    asked = desk.take(case_id, "RefuseComplaint", refusal_ground="opinion")
    number = asked.result["approval"]
    paper = RecordPaperSignature(approval=number, signer="周立群", signed_on=today, scan=77)
    assert codes(suite_, paper, desk.second) == {"approval.scan"}
    scan = suite_.run(AttachFile(case_id=case_id, file_name="审批表.png", content=PNG), desk.clerk).result[
        "attachment"
    ]
    for values, code in (
        ({"signer": " "}, "required"),
        ({"signed_on": today + ONE}, "case.future"),
        ({"signed_on": today - ONE}, "approval.early"),
        # Nobody of the house, one of another post, and who asked.
        ({"signer": "陈某某"}, "approval.place"),
        ({"signer": "赵敏"}, "approval.place"),
        ({"signer": desk.clerk.login}, "approval.own"),
    ):
        wrong = {"approval": number, "signer": "周立群", "signed_on": today, "scan": scan} | values
        assert codes(suite_, RecordPaperSignature(**wrong), desk.second) == {code}
    good = RecordPaperSignature(approval=number, signer="周立群", signed_on=today, scan=scan)
    assert codes(suite_, good, desk.leader) == {"not_permitted"}
    assert codes(suite_, good, desk.clerk) == {"approval.own"}
    done = suite_.run(good, desk.second)
    assert done.result["state"] == "refusing"
    assert f"科长同意（纸质审批表，周立群 {today}）：不予受理" in events(suite_, case_id)
    with suite_.reading() as session:
        last = session.query(CaseEvent).filter_by(case_id=case_id, command="RefuseComplaint").one()
        assert (last.by_login, last.approved_by) == (desk.clerk.login, "head")


def test_nobody_signs_two_places_of_a_form(suite_: Suite) -> None:
    desk, first = Desk(suite_), suite_.today - 3 * ONE
    suite_.run(GrantRole(login="head", role="core.leader"), desk.clerk)
    case_id = desk.open(on=first).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=first)
    desk.take(case_id, "StartInvestigation", on=first, officer=(desk.clerk.login, "second"))
    asked = desk.take(case_id, "ExtendComplaint", on=first, extension_reason="需专家评审")
    scan = suite_.run(AttachFile(case_id=case_id, file_name="审批表.png", content=PNG), desk.clerk)
    form = {"approval": asked.result["approval"], "scan": scan.result["attachment"]}

    def signed(who: str, on: dt.date) -> RecordPaperSignature:
        return RecordPaperSignature(**form, signer=who, signed_on=on)

    suite_.run(signed("周立群", first + ONE), desk.second)
    assert codes(suite_, signed("周立群", suite_.today), desk.second) == {"approval.twice"}
    sign = ApproveStep(approval=form["approval"])
    assert codes(suite_, sign, suite_.actor("head")) == {"approval.twice"}
    assert codes(suite_, signed("赵敏", first), desk.second) == {"approval.early"}
    suite_.run(signed("赵敏", first + 2 * ONE), desk.second)
    with suite_.reading() as session:
        last = session.query(CaseEvent).filter_by(case_id=case_id, command="ExtendComplaint").one()
        # It took effect on the day that the form says.
        assert (last.on_date, last.approved_by) == (first + 2 * ONE, "leader")


def test_a_signature_looks_whether_the_asker_still_may(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = desk.open().result["case_id"]
    command = step(
        suite_.catalog, "RefuseComplaint", case_id=case_id, expected_version=1, refusal_ground="opinion"
    )
    asked = suite_.run(command, desk.second)
    suite_.run(RevokeRole(login="second", role="core.section_staff"), desk.clerk)
    sign = ApproveStep(approval=asked.result["approval"])
    assert codes(suite_, sign, desk.head) == {"approval.asker"}
    suite_.run(DisableUser(login="second"), desk.clerk)
    assert codes(suite_, sign, desk.head) == {"approval.asker"}


def test_nobody_hands_over_for_another_what_he_may_not_see_himself(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    """Who manages users reads no profession by handing its clerk's work to himself; nor by SQL of his own."""
    today = dt.datetime.now(SHANGHAI).date()
    clerk, mate = (at(login_suite("core.section_staff", profession="appraisal"), today) for _ in range(2))
    head = at(login_suite("core.section_head", profession="appraisal"), today)
    chief = at(login_suite("core.administrator", "core.section_staff", profession="notary"), today)
    giver, me = clerk.actor().login, chief.actor()
    take = HandOverWork(to=me.login, until=today, reason="休假", giver=giver)
    with pytest.raises(Refused, match="另设科室负责人，或者给接办的人授予角色") as told:
        chief.run(take, me)
    assert told.value.codes == {"grant.beyond"}
    by_hand = (
        "INSERT INTO core_hand_over (giver, taker, section_id, first_day, last_day, cases, reason) "
        f"VALUES ('{giver}', '{{taker}}', NULL, '{today}', '{today}', true, '休假')"
    )
    with pytest.raises(ProgrammingError, match="自己没有的"), writing(chief.engine) as connection:
        connection.execute(text(by_hand.format(taker=me.login)))
    # His head may, who does not hold all that the clerk does, but what the taker will hold of it.
    boss = suite_on_postgresql.actor()
    suite_on_postgresql.run(AddSection(name="鉴定科", profession="appraisal"), boss)
    for login in (giver, head.actor().login):
        suite_on_postgresql.run(PutInSection(login=login, section="鉴定科"), boss)
    suite_on_postgresql.run(AppointHead(section="鉴定科", login=head.actor().login), boss)
    over = HandOverWork(to=mate.actor().login, until=today, reason="休假", giver=giver)
    assert head.run(over, head.actor()).result["cases"] == 0


def test_an_area_is_not_handed_over(login_suite: Callable[..., Suite]) -> None:
    """A keeper's holiday opens nothing of the restricted area, only what else he reads."""
    today = dt.datetime.now(SHANGHAI).date()
    keeper = at(
        login_suite("core.section_staff", "appraisal.interference_keeper", profession="appraisal"), today
    )
    mate = at(login_suite("core.section_staff", profession="appraisal", district="130104"), today)
    keeper.run(HandOverWork(to=mate.actor().login, until=today, reason="休假"), keeper.actor())
    behalf = {item.permission for item in mate.actor().granted if item.behalf}
    assert behalf == {"appraisal:case:read"}
    with mate.reading() as session:
        for asked in ("case:read", "case:review"):
            places = set(session.scalars(text(f"SELECT core_scopes('{asked}', 'any')")))
            assert "appraisal.interference" not in places
        held = set(session.scalars(text("SELECT core_permissions('any')")))
    assert "appraisal:case:read" in held
    # What associations run is his by his own role.
    assert {area_of(key) for key in held} == {None, "appraisal.association"}
    only = at(login_suite("appraisal.interference_keeper", profession="appraisal"), today)
    delegate = DelegateSignature(to=mate.actor().login, until=today, reason="出差")
    assert codes(only, delegate, only.actor()) == {"delegate.nothing"}


def test_under_row_level_security(login_suite: Callable[..., Suite]) -> None:
    """Logins that see nobody's grants hand over, sign for one another, and are asked about strangers."""
    # The server goes by its own day.
    today = dt.datetime.now(SHANGHAI).date()
    clerk, mate, head, far = (
        at(login_suite(f"core.section_{role}", profession="appraisal", district=district), today)
        for role, district in (("staff", None), ("staff", None), ("head", None), ("staff", "130104"))
    )
    me = clerk.actor()
    (institution,) = make(
        clerk,
        me,
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )
    opening = step(
        clerk.catalog,
        "OpenComplaint",
        kind="appraisal.complaint",
        respondent=(institution,),
        source="letter",
        complainants=({"name": "李建国", "phone": "13912346612"},),
        allegations=({"head": "fee", "text": "加收费用"},),
    )
    case_id = clerk.run(opening, me).result["case_id"]
    blind = HandOverWork(to=far.actor().login, until=today, reason="休假")
    assert codes(clerk, blind, me) == {"hand_over.blind"}
    done = clerk.run(HandOverWork(to=mate.actor().login, until=today, reason="休假"), me)
    assert done.result["cases"] == 1
    worker = mate.actor()
    refusal = step(
        mate.catalog, "RefuseComplaint", case_id=case_id, expected_version=1, refusal_ground="opinion"
    )
    asked = mate.run(refusal, worker)
    head.run(DelegateSignature(to=far.actor().login, until=today, reason="出差"), head.actor())
    signer = far.actor()
    with far.reading() as session:
        (waiting,) = waiting_for(session, signer, far.catalog)
    signed = far.run(ApproveStep(approval=waiting.approval), signer)
    assert signed.result["state"] == "refusing"
    assert asked.result["approval"] == waiting.approval
