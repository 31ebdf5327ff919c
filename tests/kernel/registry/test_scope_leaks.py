"""What lies outside an actor's scope is refused without a word of its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.record_file import record_file
from suite.settings import Settings
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number
from suite.testing.fixtures import TODAY

KIND = "lawyers.lawyer"
SECRET = "孙志远外区"


@pytest.fixture
def firm(suite_: Suite, admin: Actor) -> int:
    [made] = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    return made


@pytest.fixture
def outside(suite_: Suite, admin: Actor, firm: int) -> int:
    values = a_lawyer(
        2, name=SECRET, district_code="130104", phone="13900000002", id_number=resident_number(21)
    )
    [made] = make(suite_, admin, KIND, {**values, "body_id": firm})
    # The district was given and does not follow the firm's.
    return made


@pytest.fixture
def clerk(suite_: Suite, admin: Actor) -> Actor:
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(
        GrantRole(login="clerk", role="core.section_staff", profession="lawyers", district="130102"), admin
    )
    return suite_.actor("clerk")


def refusal(suite: Suite, actor: Actor, row: RowEdit) -> Refused:
    with pytest.raises(Refused) as refused:
        suite.run(SaveRecords(kind=KIND, rows=(row,)), actor)
    return refused.value


def test_a_stale_answer_tells_nothing_of_a_record_elsewhere(
    suite_: Suite, outside: int, clerk: Actor
) -> None:
    told = refusal(
        suite_,
        clerk,
        RowEdit(
            subject_id=outside,
            expected_version=0,
            base={},
            values={"name": "某", "main_no": "1", "phone": "1"},
        ),
    )
    assert told.codes == {"out_of_scope"}
    assert [dict(problem.data) for problem in told.problems] == [{}]
    assert SECRET not in str(told)


def test_who_holds_a_number_is_named_only_to_who_may_read_the_holder(
    suite_: Suite, admin: Actor, outside: int, clerk: Actor
) -> None:
    row = RowEdit(values=a_lawyer(3, main_no=practice_no(2)))
    told = refusal(suite_, clerk, row)
    assert told.codes == {"duplicate"}
    assert SECRET not in str(told)
    assert SECRET in str(refusal(suite_, admin, row))


def test_a_link_of_the_wrong_kind_is_named_only_to_who_may_read_it(
    suite_: Suite, admin: Actor, outside: int, clerk: Actor
) -> None:
    row = RowEdit(values=a_lawyer(3, body_id=outside, district_code="130102"))
    told = refusal(suite_, clerk, row)
    assert told.codes == {"link.kind"}
    assert SECRET not in str(told)
    assert SECRET in str(refusal(suite_, admin, row))


@pytest.mark.parametrize("name", [SECRET, "王五"])
def test_a_person_elsewhere_is_not_named(
    suite_: Suite, admin: Actor, outside: int, clerk: Actor, name: str
) -> None:
    row = RowEdit(values=a_lawyer(3, name=name, id_number=resident_number(21)))
    told = refusal(suite_, clerk, row)
    assert told.codes == {"identity.elsewhere"}
    assert SECRET not in str(told)
    assert refusal(suite_, admin, row).codes <= {"identity.other_name", "identity.same_kind"}


def test_members_outside_the_scope_are_not_counted(
    suite_: Suite, admin: Actor, firm: int, outside: int, clerk: Actor
) -> None:
    make(suite_, admin, KIND, a_lawyer(4, body_id=firm))
    with suite_.reading() as session:
        assert record_file(session, clerk, suite_.catalog, firm).members == 1
        assert record_file(session, admin, suite_.catalog, firm).members == 2


def test_a_parked_record_is_named_only_to_who_reads_a_roster_there(
    suite_on_sqlite: Suite, sqlite_database: Path, admin: Actor
) -> None:
    suite = suite_on_sqlite
    [lawyer] = make(suite, admin, KIND, a_lawyer(2, name=SECRET, district_code="130104"))
    for login, role, district in (
        ("near", "core.section_staff", "130104"),
        ("far", "core.section_staff", "130102"),
    ):
        suite.run(AddUser(login=login, name=login), admin)
        suite.run(GrantRole(login=login, role=role, profession="lawyers", district=district), admin)
    parked = build_suite(
        Settings(database=str(sqlite_database), home=sqlite_database.parent), today=TODAY, points=[]
    )
    parked.check_database()
    said = {}
    try:
        for login in ("near", "far"):
            with parked.reading() as session, pytest.raises(Refused) as refused:
                record_file(session, suite.actor(login), parked.catalog, lawyer)
            said[login] = refused.value
    finally:
        parked.engine.dispose()
    assert said["near"].codes == {"record.parked"}
    assert said["far"].codes == {"out_of_scope"}
    assert SECRET not in str(said["far"])
