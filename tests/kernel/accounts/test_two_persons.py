"""What takes two persons: asked by one, carried out when another one approves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, DisableUser, GrantRole
from suite.kernel.accounts.requests import ApproveRequest, ReturnRequest, request_lines
from suite.kernel.executor.second_person import put_together, taken_apart
from suite.kernel.registry.commands import RevealMany
from suite.tables import AuditEntry, AuditTransaction, Request
from suite.testing.factories import a_lawyer, make

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
    ids = make(suite_, admin, "lawyers.lawyer", *(a_lawyer(n, phone=p) for n, p in enumerate(PHONES, 1)))
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(GrantRole(login="clerk", role="core.section_staff", profession="lawyers"), admin)
    command = RevealMany(kind="lawyers.lawyer", subject_ids=tuple(ids), field="phone", reason="联系培训")
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
        [line] = request_lines(session, admin)
        assert (line.asked_by, line.state, line.mine) == ("clerk", "open", False)
        assert request_lines(session, nobody) == []
    approved = suite_.run(ApproveRequest(request=number, opinion="同意"), admin)
    assert tuple(approved.result["values"].values()) == PHONES
    assert looks(suite_) == 2
    assert refusal(suite_, ApproveRequest(request=number), admin) == {"request.decided"}
    with suite_.reading() as session:
        kept = session.get(Request, number)
        assert kept is not None
        assert (kept.asked_by, kept.decided_by, kept.state) == ("clerk", admin.login, "approved")
        # The decision and the looks are one transaction; refused tries stand apart.
        acts = session.scalars(
            select(AuditEntry.transaction_id)
            .join(AuditTransaction, AuditTransaction.id == AuditEntry.transaction_id)
            .where(AuditTransaction.command == "ApproveRequest", AuditEntry.action != "X")
            .distinct()
        ).all()
        assert len(acts) == 1


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


def test_two_logins_of_the_server(suite_on_postgresql: Suite, login_suite: Callable[..., Suite]) -> None:
    one, two = (login_suite("core.section_staff", profession="lawyers") for _ in range(2))
    other = login_suite("core.section_staff", profession="notary")
    ids = make(one, one.actor(), "lawyers.lawyer", a_lawyer(1, phone=PHONES[0]))
    command = RevealMany(kind="lawyers.lawyer", subject_ids=tuple(ids), field="phone", reason="联系培训")
    number = one.run(command, one.actor()).result["request"]
    # Neither does SQL by hand approve one's own, nor does a stranger see it.
    with writing(one.engine) as connection:
        own = connection.execute(
            text("UPDATE core_request SET state = 'approved', decided_by = session_user")
        )
        assert own.rowcount == 0
    assert refusal(other, ApproveRequest(request=number), other.actor()) == {"request.unknown"}
    done = two.run(ApproveRequest(request=number), two.actor())
    assert done.result["values"] == {ids[0]: PHONES[0]}
