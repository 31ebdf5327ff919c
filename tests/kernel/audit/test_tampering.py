"""Whatever is done to the trace behind the last witness is found, on both engines."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, text
from tampering import WAYS, recompute, unguarded

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor, Granted, Scope
from suite.database.engine import WRITE, writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.audit import seal
from suite.kernel.audit.verify import verify
from suite.kernel.audit.witness import Witness, contradicted, link_of, on_paper
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RevealIdentity, RowEdit, SaveRecords, SaveView
from suite.settings import Settings
from suite.testing.factories import a_lawyer, make, resident_number
from suite.testing.fixtures import TODAY

#: In a run of minutes, and in one of hours.
SHORT, LONG = len(WAYS) + 4, 5_000


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """A database with a short history and without the thousands of villages; the tests roll back."""
    home = tmp_path_factory.mktemp("tampering")
    url = str(home / "suite.db")
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_postgresql")()
    suite = build_suite(Settings(database=url, home=home), today=TODAY)
    suite.upgrade()
    _history(suite)
    yield suite
    suite.engine.dispose()


def _history(suite: Suite) -> None:
    permissions = [*suite.catalog.permissions]
    actor = Actor(
        login=suite.connected_as() or "admin",
        name="管理员",
        granted=tuple(Granted(permission=key, scope=Scope()) for key in permissions),
    )
    suite.run(AddUser(login=actor.login, name="系统管理员"), actor)
    suite.run(GrantRole(login=actor.login, role="core.administrator"), actor)
    with writing(suite.engine) as connection:
        number = seal.begin(
            connection,
            command=None,
            title="区划",
            reason=None,
            actor=actor.login,
            at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        )
        connection.exec_driver_sql(
            "INSERT INTO core_district (code, name, short_name, kind, standard, province_managed) "
            "VALUES ('130102', '长安区', '长安', 'district', true, false)"
        )
        seal.seal(connection, number)
        seal.close(connection)
    made = make(
        suite,
        actor,
        "lawyers.lawyer",
        *(a_lawyer(n, id_number=resident_number(11 + n), phone=f"1380000520{n}") for n in range(3)),
    )
    for n, subject_id in enumerate(made):
        edit = RowEdit(values={"phone": f"1390000520{n}"}, subject_id=subject_id)
        suite.run(SaveRecords(kind="lawyers.lawyer", rows=(edit,)), actor, reason="来电更正")
    suite.run(RevealIdentity(kind="lawyers.lawyer", subject_id=made[0], field="phone", reason="核对"), actor)
    for value in ("30", "40"):
        day = dt.date(2026, 1, int(value) // 10)
        suite.run(
            SetParameter(key="core.reveal_seconds", value=value, valid_from=day, source="局务会"), actor
        )
    suite.run(SaveView(kind="lawyers.lawyer", name="我的", query="{}"), actor)


def witness_of(connection: Connection) -> Witness:
    head = link_of(connection)
    assert head is not None
    return Witness(link=head.link, hash=head.hash, at="2026-11-23T08:00:00+00:00")


def found(
    suite: Suite, way: Callable[[Connection, random.Random, int], None], triggers: bool, seed: int
) -> set[str]:
    """The codes of what is found after a tampering, which is taken back."""
    with closing(suite.engine.connect().execution_options(**{WRITE: True})) as connection:
        transaction = connection.begin()
        witness = witness_of(connection)
        if not triggers:
            unguarded(connection)
        way(connection, random.Random(seed), witness.link)
        problems = [*verify(connection).problems, contradicted(connection, witness)]
        transaction.rollback()
    return {problem.code for problem in problems if problem is not None}


def _drawn(suite: Suite, number: int) -> list[tuple[str, int]]:
    """The tamperings that were not found."""
    draw = random.Random(7)
    missed = []
    for place in range(number):
        way, triggers = WAYS[place % len(WAYS)]
        seed = draw.randrange(2**32)
        if not found(suite, way, triggers, seed):
            missed.append((way.__name__, seed))
    return missed


def test_the_untouched_history_is_whole(small: Suite) -> None:
    assert found(small, lambda connection, draw, last: None, True, 0) == set()


def test_whatever_is_done_behind_the_witness_is_found(small: Suite) -> None:
    assert _drawn(small, SHORT) == []


@pytest.mark.long
def test_ten_thousand_tamperings_are_found(small: Suite) -> None:
    assert _drawn(small, LONG) == []


def test_only_witnesses_find_a_chain_that_was_computed_anew(small: Suite) -> None:
    with closing(small.engine.connect().execution_options(**{WRITE: True})) as connection:
        transaction = connection.begin()
        head = witness_of(connection)
        printed = " ".join(head.hash[place : place + 4] for place in range(0, 16, 4)).upper()
        assert on_paper(connection, printed) == (link_of(connection), None)
        recompute(connection, random.Random(1), head.link)
        paper, problem = on_paper(connection, printed)
        assert paper is None
        assert problem is not None
        assert problem.code == "audit.witness"
        transaction.rollback()


@pytest.mark.parametrize("typed", ["", "1a2b", "x" * 16, "0" * 65])
def test_a_head_that_is_none_is_refused_as_such(small: Suite, typed: str) -> None:
    with small.reading() as session:
        head, problem = on_paper(session.connection(), typed)
    assert head is None
    assert problem is not None
    assert problem.code == "audit.witness_form"


def test_a_desk_keeps_what_it_saw_and_tells_when_it_is_gone(
    suite_: Suite, admin: Actor, tmp_path: object
) -> None:
    seen = suite_.witnesses.of(suite_.address)
    assert seen is not None
    suite_.witnesses._looked.clear()
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    later = suite_.witnesses.of(suite_.address)
    assert later is not None
    assert later.link == seen.link + 1
    with suite_.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        connection.execute(text("DELETE FROM core_audit_link WHERE id = :id"), {"id": later.link})
    suite_.check_database()
    assert suite_.contradicted is not None
    # What was seen is kept until somebody says why, and that stays in the trace.
    assert suite_.witnesses.of(suite_.address) == later
    suite_.renew_witness(admin, "由 11 月 22 日的备份恢复")
    assert suite_.contradicted is None
    with suite_.reading() as session:
        told = session.execute(
            text("SELECT reason FROM core_audit_transaction WHERE command = 'RenewWitness'")
        ).scalar_one()
    assert told == "由 11 月 22 日的备份恢复"
