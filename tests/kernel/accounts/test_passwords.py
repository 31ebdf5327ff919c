"""Passwords: the policy, who sets whose, wrong ones, and what is kept of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, DisableUser, GrantRole, RevokeRole
from suite.kernel.accounts.passwords import ChangePassword, SetPassword, UnlockUser
from suite.kernel.accounts.rules import password_problems
from suite.kernel.audit.verify import verify
from suite.tables import AuditEntry, AuditTransaction

GOOD = "Zhaohe-2026"


@given(st.text(max_size=12), st.integers(1, 10), st.integers(1, 4))
def test_a_password_is_taken_exactly_when_it_is_long_and_mixed_enough(
    password: str, length: int, classes: int
) -> None:
    kinds = {
        "a" if c.islower() else "A" if c.isupper() else "1" if c.isdigit() else "-" if not c.isalnum() else ""
        for c in password
    } - {""}
    wanted = len(password) >= length and len(kinds) >= classes
    assert (not password_problems(password, "login-of-nobody", length=length, classes=classes)) is wanted


@pytest.fixture
def clerk(suite_: Suite, admin: Actor) -> Actor:
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(GrantRole(login="clerk", role="core.section_staff", profession="lawyers"), admin)
    if suite_.connected_as() is None:
        suite_.run(SetPassword(login=admin.login, password=GOOD), admin)
    suite_.run(SetPassword(login="clerk", password=GOOD), admin)
    return suite_.actor("clerk")


def refusal(suite: Suite, login: str, password: str) -> str:
    with pytest.raises(Refused) as refused:
        suite.authenticate(login, password)
    [code] = refused.value.codes
    return code


def test_wrong_ones_are_counted_and_lock(
    suite_on_sqlite: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = suite_on_sqlite
    assert not suite.asks_passwords()
    for login in ("clerk", "other"):
        suite.run(AddUser(login=login, name="赵敏"), admin)
    for login in (admin.login, "clerk"):
        suite.run(SetPassword(login=login, password=GOOD), admin)
    assert suite.asks_passwords()
    assert refusal(suite, "other", "") == "login.no_password"
    assert refusal(suite, "clerk", "wrong") == "login.wrong"
    assert suite.authenticate("clerk", GOOD).login == "clerk"
    assert [refusal(suite, "clerk", "wrong") for _ in range(5)] == ["login.wrong"] * 5
    assert refusal(suite, "clerk", GOOD) == "login.locked"
    real, _ = suite.clock()
    monkeypatch.setattr(suite, "clock", lambda: (real + dt.timedelta(minutes=16), suite.today))
    assert suite.authenticate("clerk", GOOD).login == "clerk"
    suite.run(DisableUser(login="clerk"), admin)
    assert refusal(suite, "clerk", GOOD) == "user.disabled"
    with suite.reading() as session:
        tried = session.scalars(select(AuditTransaction.actor).where(AuditTransaction.command == "NoteTry"))
        assert list(tried) == ["clerk"] * 9
        kept = session.scalars(select(AuditEntry.after).where(AuditEntry.action == "X")).all()
        codes = [tuple(json.loads(one or "")["codes"]) for one in kept]
        assert codes == [("login.wrong",)] * 5 + [("login.wrong", "login.lock_out"), ("login.locked",)]
        # Neither a password nor its hash stands where the trace is read.
        told = "".join(
            session.scalars(select(AuditEntry.after).where(AuditEntry.table_name == "core_password"))
        )
        assert "argon2" not in told
        assert GOOD not in told
        assert not verify(session.connection()).problems


def test_the_first_one_is_an_administrators(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    for login, role in (("clerk", "core.auditor"), ("second", "core.administrator")):
        suite.run(AddUser(login=login, name=login), admin)
        suite.run(GrantRole(login=login, role=role), admin)
    for command, actor in (
        (SetPassword(login="clerk", password=GOOD), admin),
        (ChangePassword(password=GOOD), suite.actor("clerk")),
    ):
        with pytest.raises(Refused) as refused:
            suite.run(command, actor)
        assert refused.value.codes == {"password.administrator_first"}
    assert not suite.asks_passwords()
    suite.run(ChangePassword(password=GOOD), admin)
    suite.run(ChangePassword(password=GOOD), suite.actor("clerk"))
    with pytest.raises(Refused) as refused:
        suite.run(SetPassword(login=admin.login, password=f"{GOOD}-2"), admin)
    assert refused.value.codes == {"password.own"}, "one's own is changed by who knows it"
    # The second administrator could not sign in: he does not count.
    revoke = RevokeRole(login=admin.login, role="core.administrator")
    with pytest.raises(Refused) as refused:
        suite.run(revoke, admin)
    assert refused.value.codes == {"administrator.last"}
    suite.run(SetPassword(login="second", password=GOOD), admin)
    suite.run(revoke, admin)


def test_ones_own_is_changed_by_who_knows_it_and_has_no_role(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    suite.run(AddUser(login="guest", name="赵敏"), admin)
    for login in (admin.login, "guest"):
        suite.run(SetPassword(login=login, password=GOOD), admin)
    guest, new = suite.actor("guest"), f"{GOOD}-2"
    for old in ("", "Not-The-One-1", "Not-The-One-2", "Not-The-One-3", new):
        with pytest.raises(Refused) as refused:
            suite.run(ChangePassword(password=new, old=old), guest)
        assert refused.value.codes == {"login.wrong"}
    # They were counted as at signing in.
    assert refusal(suite, "guest", GOOD) == "login.locked"
    with pytest.raises(Refused) as refused:
        suite.run(ChangePassword(password=new, old=GOOD), guest)
    assert refused.value.codes == {"login.locked"}
    suite.run(UnlockUser(login="guest"), admin)
    suite.run(ChangePassword(password=new, old=GOOD), guest)
    assert suite.authenticate("guest", new).login == "guest"
    assert new not in repr(ChangePassword(password=new, old=new))


def test_a_weak_one_is_refused_with_every_reason(suite_: Suite, admin: Actor, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        suite_.run(SetPassword(login="clerk", password="clerk"), admin)
    assert len(refused.value.problems) == 3
    assert GOOD not in repr(SetPassword(login="clerk", password=GOOD))


def test_nobody_sets_the_password_of_who_may_more(suite_: Suite, admin: Actor, clerk: Actor) -> None:
    suite_.run(AddUser(login="deputy", name="副手"), admin)
    suite_.run(GrantRole(login="deputy", role="core.administrator", profession="notary"), admin)
    with pytest.raises(Refused) as refused:
        suite_.run(SetPassword(login="clerk", password=GOOD), suite_.actor("deputy"))
    assert refused.value.codes == {"grant.beyond"}
    with pytest.raises(Refused) as refused:
        suite_.run(SetPassword(login="clerk", password=GOOD), clerk)
    assert refused.value.codes == {"not_permitted"}


def test_postgresql_is_given_a_verifier(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    desk = login_suite("core.administrator")
    clerk = login_suite("core.section_staff", profession="lawyers")
    login = clerk.connected_as()
    desk.run(SetPassword(login=login or "", password=GOOD), desk.actor())
    clerk.run(ChangePassword(password=f"{GOOD}-neu"), clerk.actor())
    guest = login_suite()
    guest.run(ChangePassword(password=GOOD), guest.actor())
    with suite_on_postgresql.reading() as session:
        kept = session.scalar(
            text("SELECT rolpassword FROM pg_authid WHERE rolname = :login"), {"login": login}
        )
        assert kept is not None
        assert kept.startswith("SCRAM-SHA-256$")
        acts = session.scalars(
            select(AuditTransaction.actor)
            .join(AuditEntry, AuditEntry.transaction_id == AuditTransaction.id)
            .where(AuditEntry.action == "P")
            .order_by(AuditEntry.id)
        )
        assert list(acts) == [desk.connected_as(), login, guest.connected_as()]
