"""What takes two persons: asked by one, carried out when another one approves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, TwoPersons
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, DisableUser, GrantRole, RevokeRole
from suite.kernel.accounts.deciders import deciders
from suite.kernel.accounts.requests import ApproveRequest, ReturnRequest, WithdrawRequest, request_lines
from suite.kernel.accounts.sections import AddSection, AppointHead, NameStandIn, PutInSection
from suite.kernel.accounts.two_persons import DELETION, MERGING
from suite.kernel.audit.activity import ActivityQuery, activity_ids
from suite.kernel.exchange.mass_export import AllowExport
from suite.kernel.executor.second_person import put_together, taken_apart
from suite.kernel.registry.activity import act_detail
from suite.kernel.registry.commands import RevealMany, RowEdit, SaveRecords
from suite.kernel.registry.merging_commands import MergeSubjects, UndoMerge
from suite.kernel.registry.merging_queries import merge_preview
from suite.tables import AuditEntry, AuditTransaction, Notice, Request, Subject
from suite.testing.factories import a_lawyer, leave_to_one, make, resident_number

LAWYER = "lawyers.lawyer"
PHONES = ("13800000001", "13800000002")


@dataclass(frozen=True, kw_only=True)
class Sundry(Command):
    permission: ClassVar[str] = "core:view:save"
    title: ClassVar[str] = "杂项"

    ids: tuple[int, ...]
    day: dt.date | None = None
    words: dict[str, str] = field(default_factory=dict)


@given(
    st.builds(
        Sundry,
        ids=st.lists(st.integers()).map(tuple),
        day=st.none() | st.dates(),
        words=st.dictionaries(st.text(), st.text()),
    )
)
def test_a_command_comes_back_as_it_was(command: Sundry) -> None:
    assert put_together(Sundry, taken_apart(command)) == command


@pytest.fixture
def asked(suite_: Suite, admin: Actor) -> tuple[RevealMany, Actor]:
    """The command to look at two telephones, and the clerk who asks."""
    ids = make(suite_, admin, LAWYER, *(a_lawyer(n, phone=p) for n, p in enumerate(PHONES, 1)))
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(GrantRole(login="clerk", role="core.section_staff", profession="lawyers"), admin)
    command = RevealMany(kind=LAWYER, subject_ids=tuple(ids), field="phone", reason="联系培训")
    return command, suite_.actor("clerk")


def refusal(suite: Suite, command: Command, actor: Actor) -> frozenset[str]:
    with pytest.raises(Refused) as refused:
        suite.run(command, actor)
    return refused.value.codes


def looks(suite: Suite) -> int:
    with suite.reading() as session:
        return (
            session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "R")) or 0
        )


def test_it_is_carried_out_once_and_only_by_another_one(
    suite_: Suite, admin: Actor, asked: tuple[RevealMany, Actor]
) -> None:
    command, clerk = asked
    done = suite_.run(command, clerk)
    assert set(done.result) == {"request"}
    number = done.result["request"]
    assert looks(suite_) == 0
    assert refusal(suite_, ApproveRequest(request=number), clerk) == {"request.own"}
    nobody = Actor(
        login="x", name="x", granted=tuple(g for g in clerk.granted if g.permission.startswith("core:"))
    )
    assert refusal(suite_, ApproveRequest(request=number), nobody) == {"request.unknown"}
    with suite_.reading() as session:
        [line] = request_lines(session, admin, suite_.catalog, suite_.today)
        assert (line.asked_by, line.state, line.mine) == ("clerk", "open", False)
        assert line.asker == clerk.name
        assert line.effect is not None
        assert "（" in line.effect, "whose values they are"
        newest = activity_ids(session, admin, ActivityQuery())[:6]
        acts = [
            one for number in newest for one in act_detail(session, admin, suite_.catalog, number).sentences
        ]
        assert any("状态「待复核」" in one.text for one in acts)
        assert request_lines(session, nobody, suite_.catalog, suite_.today) == []
    approved = suite_.run(ApproveRequest(request=number, opinion="同意"), admin)
    assert approved.result == {}, "it is for the eyes of who asked"
    assert tuple(suite_.run(command, clerk).result["values"].values()) == PHONES
    assert looks(suite_) == 2
    wider = replace(command, subject_ids=(*command.subject_ids, command.subject_ids[0]))
    assert set(suite_.run(wider, clerk).result) == {"request"}, "another question is asked for anew"
    assert refusal(suite_, ApproveRequest(request=number), admin) == {"request.decided"}
    with suite_.reading() as session:
        kept = session.get(Request, number)
        assert kept is not None
        assert (kept.asked_by, kept.decided_by, kept.state) == ("clerk", admin.login, "approved")


def test_what_is_returned_or_whose_asker_left_is_not_carried_out(
    suite_: Suite, admin: Actor, asked: tuple[RevealMany, Actor]
) -> None:
    command, clerk = asked
    first, second = (suite_.run(command, clerk).result["request"] for _ in range(2))
    assert refusal(suite_, ReturnRequest(request=first, opinion=" "), admin) == {"reason.required"}
    suite_.run(ReturnRequest(request=first, opinion="范围过大"), admin)
    assert refusal(suite_, ApproveRequest(request=first), admin) == {"request.decided"}
    suite_.run(DisableUser(login="clerk"), admin)
    assert refusal(suite_, ApproveRequest(request=second), admin) == {"request.asker"}
    assert looks(suite_) == 0


def test_what_touches_a_person_of_two_professions_is_agreed_to_by_who_merges_in_both(
    suite_: Suite, admin: Actor, asked: tuple[RevealMany, Actor]
) -> None:
    _, clerk = asked
    number = resident_number(7)
    kept, gone = make(
        suite_, admin, LAWYER, a_lawyer(8, name="冀远", id_number=number), a_lawyer(9, name="冀远")
    )
    make(suite_, admin, "arbitration.arbitrator", {"name": "冀远", "id_number": number})
    merge = MergeSubjects(kind=LAWYER, kept=kept, gone=gone, reason="重复登记")

    def agreeing() -> str:
        with suite_.reading() as session:
            sides = (LAWYER, kept), (LAWYER, gone)
            return merge_preview(session, admin, suite_.catalog, *sides, {}, suite_.today).agreeing

    def waiting(actor: Actor) -> list[int]:
        with suite_.reading() as session:
            lines = request_lines(session, actor, suite_.catalog, suite_.today, waiting=True)
            return [line.id for line in lines]

    # Nobody but the asker merges in both: that is said before, and nothing is left waiting.
    with pytest.raises(Refused) as refused:
        suite_.run(merge, admin)
    assert refused.value.codes == {"request.nobody"}
    assert all(title in refused.value.problems[0].text for title in ("律师", "仲裁"))
    assert agreeing() == refused.value.problems[0].text
    suite_.run(AddUser(login="both", name="钱双"), admin)
    for profession in ("lawyers", "arbitration"):
        suite_.run(GrantRole(login="both", role="core.section_staff", profession=profession), admin)
    assert agreeing() == "须由另一人复核：钱双。"
    done = suite_.run(merge, admin)
    asking, both = done.result["request"], suite_.actor("both")
    assert any("钱双" in told.text for told in done.warnings)
    assert (waiting(clerk), waiting(both)) == ([], [asking])
    with suite_.reading() as session:
        about = select(Notice.login, Notice.permission).where(Notice.about == f"core.request:{asking}")
        assert [tuple(row) for row in session.execute(about)] == [("both", None)]
    assert refusal(suite_, ApproveRequest(request=asking), clerk) == {"request.unknown"}
    assert "merge" in suite_.run(ApproveRequest(request=asking), both).result
    # One of a single profession is still the clerk's to agree to.
    one, other = make(suite_, admin, LAWYER, a_lawyer(5, name="冀方"), a_lawyer(6, name="冀方"))
    plain = suite_.run(MergeSubjects(kind=LAWYER, kept=one, gone=other, reason="重复登记"), admin)
    assert waiting(clerk) == [plain.result["request"]]


def test_a_merge_waits_for_another_one_unless_the_house_leaves_it_to_one(
    suite_: Suite, admin: Actor, asked: tuple[RevealMany, Actor]
) -> None:
    command, clerk = asked
    kept, gone = command.subject_ids
    merge = MergeSubjects(kind=LAWYER, kept=kept, gone=gone, reason="重复登记")
    # What cannot be done is refused to who asks, and leaves no request behind.
    assert refusal(suite_, replace(merge, gone=kept), clerk) == {"merge.same"}
    assert "merge" in suite_.run(merge, clerk, dry_run=True).result, "a preview shows what it would do"
    done = suite_.run(merge, clerk)
    number = done.result["request"]
    assert "merge.differs" in {problem.code for problem in done.warnings}

    def standing() -> set[int]:
        with suite_.reading() as session:
            return set(session.scalars(select(Subject.id).where(Subject.kind == LAWYER)))

    assert standing() == {kept, gone}
    in_his_name = replace(
        clerk, login="other", granted=tuple(replace(one, behalf="clerk") for one in clerk.granted)
    )
    with suite_.reading() as session:
        [line] = request_lines(session, admin, suite_.catalog, suite_.today)
        assert line.effect
        assert "（保留 138****0001，并入 138****0002）" in line.effect, "that numbers differ is told, masked"
        assert not any(phone in line.effect for phone in PHONES)
        asking = select(AuditTransaction.reason).where(AuditTransaction.command == "MergeSubjects")
        assert session.scalars(asking).all() == ["重复登记"]
        his = request_lines(session, in_his_name, suite_.catalog, suite_.today)
        assert his == [], "nobody agrees in the name of who asked"
    assert refusal(suite_, ApproveRequest(request=number), in_his_name) == {"request.unknown"}
    approved = suite_.run(ApproveRequest(request=number), admin)
    assert standing() == {kept}
    undo = UndoMerge(kind=LAWYER, merge_id=approved.result["merge"], reason="误合")
    assert set(suite_.run(undo, clerk).result) == {"request"}
    leave_to_one(suite_, admin, MERGING)
    suite_.run(undo, clerk)
    assert standing() == {kept, gone}


def test_what_takes_two_is_declared(suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    rules = {name: command.two_persons for name, command in suite.executor.commands.items()}
    found = {name: rule for name, rule in rules.items() if rule is not None}
    assert {name for name, rule in found.items() if rule == MERGING} == {
        "MergeSubjects", "MergePersons", "SplitPerson", "UndoMerge",
    }  # fmt: skip
    assert {name for name, rule in found.items() if rule == DELETION} == {
        "VoidHistory", "StrikeLedgerEntry",
    }  # fmt: skip
    assert {name for name, rule in found.items() if rule == TwoPersons()} == {"RevealMany", "AllowExport"}
    assert {name for name, rule in found.items() if rule.signed} == {
        "DecidePenalty", "ReportPenalty", "ExemptPenalty",
    }  # fmt: skip
    assert all(suite.catalog.parameters[rule.switch].value is True for rule in found.values() if rule.switch)
    # Every kind of case that decides a penalty keeps it for signatures that its asker cannot give.
    steps = [
        (kind.key, step)
        for kind in suite.catalog.case_kinds.values()
        for step in suite.catalog.lifecycle_of(kind).transitions
        if step.command == "DecidePenalty"
    ]
    assert len(steps) >= 4
    assert all(step.two_persons and step.approval for _, step in steps)


def test_a_desk_of_one_is_not_locked_out(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    one, two = make(suite, admin, LAWYER, a_lawyer(1, phone=PHONES[0]), a_lawyer(2))
    look = RevealMany(kind=LAWYER, subject_ids=(one,), field="phone", reason="联系")
    assert suite.run(look, admin).result["values"] == {one: PHONES[0]}
    suite.run(MergeSubjects(kind=LAWYER, kept=one, gone=two, reason="重复"), admin)
    # Another one who has left is nobody to ask.
    suite.run(AddUser(login="clerk", name="赵敏"), admin)
    suite.run(DisableUser(login="clerk"), admin)
    assert suite.run(look, admin).result["values"] == {one: PHONES[0]}


SIDES = (("staff", "core.section_staff"), ("lvxie", "core.association"), ("lvxie2", "core.association"))


def test_each_side_of_the_house_agrees_to_what_its_own_people_ask(suite_: Suite, admin: Actor) -> None:
    for login, role in SIDES:
        suite_.run(AddUser(login=login, name=login), admin)
        suite_.run(GrantRole(login=login, role=role, profession="lawyers"), admin)
    section, one, other = (suite_.actor(login) for login, _ in SIDES)
    ask = AllowExport(kind=LAWYER, rows=20_000, reason="年度核对")
    bureaus, associations = (suite_.run(ask, who).result["request"] for who in (section, one))

    def waits_for(actor: Actor) -> list[int]:
        with suite_.reading() as session:
            lines = request_lines(session, actor, suite_.catalog, suite_.today, waiting=True)
            return [line.id for line in lines]

    assert (waits_for(admin), waits_for(section)) == ([bureaus], [])
    assert (waits_for(one), waits_for(other)) == ([], [associations])
    for number, actor in ((bureaus, one), (bureaus, other), (associations, admin), (associations, section)):
        assert refusal(suite_, ApproveRequest(request=number), actor) == {"request.unknown"}
        assert refusal(suite_, ReturnRequest(request=number, opinion="不必"), actor) == {"request.unknown"}
    suite_.run(ApproveRequest(request=associations), other)
    suite_.run(ApproveRequest(request=bureaus), admin)


def standing_in(suite: Suite, admin: Actor, head: str, member: str) -> None:
    """The member stands in for the head of a section from today on."""
    suite.run(AddSection(name="一科", profession="lawyers"), admin)
    for login in (head, member):
        suite.run(PutInSection(section="一科", login=login), admin)
    suite.run(AppointHead(section="一科", login=head), admin)
    days = {"first_day": suite.today, "last_day": suite.today + dt.timedelta(days=30)}
    suite.run(NameStandIn(section="一科", login=member, reason="出差", **days), admin)


def agreeing(suite: Suite, actor: Actor, permission: str) -> list[str]:
    with suite.reading() as session:
        return deciders(session, actor, suite.catalog, suite.today, permission, [])


def test_a_stand_in_agrees_to_what_others_ask_and_not_to_what_the_head_asks(
    suite_: Suite, admin: Actor
) -> None:
    for login in ("head", "member", "clerk"):
        suite_.run(AddUser(login=login, name=login), admin)
    for login in ("head", "clerk"):
        suite_.run(GrantRole(login=login, role="core.section_staff", profession="lawyers"), admin)
    standing_in(suite_, admin, "head", "member")
    head, member, clerk = (suite_.actor(login) for login in ("head", "member", "clerk"))
    ask = AllowExport(kind=LAWYER, rows=20_000, reason="年度核对")
    heads, clerks = (suite_.run(ask, who).result["request"] for who in (head, clerk))
    with suite_.reading() as session:
        waiting = request_lines(session, member, suite_.catalog, suite_.today, waiting=True)
    assert [line.id for line in waiting] == [clerks]
    assert refusal(suite_, ApproveRequest(request=heads), member) == {"request.unknown"}
    suite_.run(ApproveRequest(request=clerks), member)
    if suite_.engine.dialect.name == "sqlite":  # the server asks who is connected: see below
        permission = ask.permission_key()
        assert "member" not in agreeing(suite_, head, permission)
        assert {"head", "member"} <= set(agreeing(suite_, clerk, permission))
    suite_.run(ApproveRequest(request=heads), clerk)


def test_the_server_lets_no_stand_in_agree_to_what_the_head_asks(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    head, clerk = (login_suite("core.section_staff", profession="lawyers") for _ in range(2))
    member = login_suite()
    logins = [desk.connected_as() or "" for desk in (head, member, clerk)]
    standing_in(suite_on_postgresql, suite_on_postgresql.actor(), logins[0], logins[1])
    ask = AllowExport(kind=LAWYER, rows=20_000, reason="年度核对")
    heads, clerks = (desk.run(ask, desk.actor()).result["request"] for desk in (head, clerk))
    permission = ask.permission_key()
    assert logins[1] not in agreeing(head, head.actor(), permission)
    assert {logins[0], logins[1]} <= set(agreeing(clerk, clerk.actor(), permission))
    assert refusal(member, ApproveRequest(request=heads), member.actor()) == {"request.unknown"}
    with writing(member.engine) as connection:
        agree = "UPDATE core_request SET state = 'approved', decided_by = session_user WHERE id = :id"
        assert connection.execute(text(agree), {"id": heads}).rowcount == 0
    member.run(ApproveRequest(request=clerks), member.actor())


def test_two_logins_of_the_server(suite_on_postgresql: Suite, login_suite: Callable[..., Suite]) -> None:
    one = login_suite("core.section_staff", profession="lawyers")
    two = login_suite("core.section_head", profession="lawyers")
    other = login_suite("core.section_staff", profession="notary")
    ids = make(one, one.actor(), LAWYER, a_lawyer(1, phone=PHONES[0]))
    command = RevealMany(kind=LAWYER, subject_ids=tuple(ids), field="phone", reason="联系培训")
    number = one.run(command, one.actor()).result["request"]
    # Neither does SQL by hand approve one's own, nor does a stranger see it.
    for own in ("state = 'approved', decided_by = session_user", "state = 'withdrawn', decided_by = NULL"):
        with pytest.raises(DBAPIError) as denied, writing(one.engine) as connection:
            connection.execute(text(f"UPDATE core_request SET {own}"))
        assert getattr(denied.value.orig, "sqlstate", "") == "42501"
    back = "UPDATE core_request SET state = 'withdrawn', decided_by = session_user"
    with pytest.raises(DBAPIError) as denied, writing(two.engine) as connection:
        connection.execute(text(back))
    assert getattr(denied.value.orig, "sqlstate", "") == "42501"
    assert refusal(other, ApproveRequest(request=number), other.actor()) == {"request.unknown"}
    # Nor does the association's desk decide the section's request, or the section's that of the association.
    bar = login_suite("core.association", profession="lawyers")
    theirs = bar.run(AllowExport(kind=LAWYER, rows=20_000, reason="核对"), bar.actor()).result["request"]
    for desk, seen, others in ((two, number, theirs), (bar, theirs, number)):
        with desk.reading() as session:
            assert session.scalars(text("SELECT id FROM core_request")).all() == [seen]
        with writing(desk.engine) as connection:
            agree = "UPDATE core_request SET state = 'approved', decided_by = session_user WHERE id = :id"
            assert connection.execute(text(agree), {"id": others}).rowcount == 0
        assert refusal(desk, ApproveRequest(request=others), desk.actor()) == {"request.unknown"}
    two.run(ApproveRequest(request=number), two.actor())
    assert one.run(command, one.actor()).result["values"] == {ids[0]: PHONES[0]}
    one.run(
        WithdrawRequest(request=one.run(replace(command, reason="又一次"), one.actor()).result["request"]),
        one.actor(),
    )
    twin = make(one, one.actor(), LAWYER, a_lawyer(2))[0]
    merge = MergeSubjects(kind=LAWYER, kept=ids[0], gone=twin, reason="重复登记")
    number = one.run(merge, one.actor()).result["request"]
    # Whether the other may is told of what waits, and where one may it oneself.
    may = text("SELECT core_login_may(:who, 'roster:merge', :prof, NULL, NULL)")
    for desk, profession, told in ((two, "lawyers", True), (two, "notary", None), (other, "lawyers", None)):
        with desk.reading() as session:
            assert session.scalar(may, {"who": one.actor().login, "prof": profession}) is told
    admin = suite_on_postgresql.actor()
    login = one.actor().login
    suite_on_postgresql.run(RevokeRole(login=login, role="core.section_staff", profession="lawyers"), admin)
    assert refusal(two, ApproveRequest(request=number), two.actor()) == {"request.asker_rights"}
    suite_on_postgresql.run(GrantRole(login=login, role="core.section_staff", profession="lawyers"), admin)
    assert two.run(ApproveRequest(request=number), two.actor()).result["kept"] == ids[0]


def test_who_asked_takes_it_back_until_somebody_has_decided(
    suite_: Suite, admin: Actor, asked: tuple[RevealMany, Actor]
) -> None:
    command, clerk = asked
    number = suite_.run(command, clerk).result["request"]
    assert refusal(suite_, WithdrawRequest(request=number), admin) == {"request.unknown"}
    suite_.run(WithdrawRequest(request=number), clerk)
    assert refusal(suite_, ApproveRequest(request=number), admin) == {"request.withdrawn"}
    assert refusal(suite_, WithdrawRequest(request=number), clerk) == {"request.withdrawn"}
    assert set(suite_.run(command, clerk).result) == {"request"}, "what was taken back allows nothing"
    with suite_.reading() as session:
        kinds = ("core.request_waits", "core.request_decided")
        told = session.execute(select(Notice.kind, Notice.settled_at).where(Notice.kind.in_(kinds))).all()
        assert sorted(settled is None for _, settled in told) == [False, True], "it waits for nobody"
        later = session.scalars(select(Request.id).order_by(Request.id.desc())).first() or 0
    suite_.run(ReturnRequest(request=later, opinion="不必"), admin)
    assert refusal(suite_, WithdrawRequest(request=later), clerk) == {"request.decided"}


def test_what_was_asked_for_is_looked_at_again(
    suite_: Suite, admin: Actor, asked: tuple[RevealMany, Actor]
) -> None:
    command, clerk = asked
    kept, gone = command.subject_ids
    merge = MergeSubjects(kind=LAWYER, kept=kept, gone=gone, reason="重复登记")

    def ask() -> int:
        number: int = suite_.run(merge, clerk).result["request"]
        return number

    def rights(command: type[GrantRole | RevokeRole], district: str | None = None) -> None:
        role = "core.section_staff"
        suite_.run(command(login="clerk", role=role, profession="lawyers", district=district), admin)

    first, look = ask(), suite_.run(command, clerk).result["request"]
    suite_.run(
        SaveRecords(kind=LAWYER, rows=(RowEdit(subject_id=gone, values={"phone": "13900000000"}),)), admin
    )
    assert refusal(suite_, ApproveRequest(request=first), admin) == {"request.changed"}
    second = ask()
    # The right is gone; then it is there again, but where the records do not lie; then where they do.
    rights(RevokeRole)
    assert refusal(suite_, ApproveRequest(request=second), admin) == {"request.asker_rights"}
    assert refusal(suite_, ApproveRequest(request=look), admin) == {"request.asker_rights"}
    rights(GrantRole, "130104")
    assert refusal(suite_, ApproveRequest(request=second), admin) == {"request.asker_rights"}
    with suite_.reading() as session:
        here = session.scalar(select(Subject.district_code).where(Subject.id == gone))
        assert session.scalar(select(func.count()).where(Subject.kind == LAWYER)) == 2
    rights(GrantRole, here)
    suite_.run(ApproveRequest(request=second), admin)
    with suite_.reading() as session:
        assert session.scalar(select(func.count()).where(Subject.kind == LAWYER)) == 1
