"""A correction passes the checks that saving the same value would pass."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor, Command
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.registry.commands import (
    CorrectHistory,
    RecordLicenceEvent,
    RevealIdentity,
    RowEdit,
    SaveRecords,
    VoidHistory,
)
from suite.kernel.registry.record_file import RecordFile, record_file
from suite.settings import Settings
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.fixtures import TODAY, installed

pytestmark = pytest.mark.as_login

KIND = "lawyers.lawyer"


@pytest.fixture
def firms(suite_: Suite, admin: Actor) -> list[int]:
    return make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))


@pytest.fixture
def lawyer(suite_: Suite, admin: Actor, firms: list[int]) -> int:
    [made] = make(suite_, admin, KIND, a_lawyer(1, body_id=firms[0]))
    for values in ({"name": "王新"}, {"district_code": "130104"}, {"district_code": "130102"}):
        suite_.run(SaveRecords(kind=KIND, rows=(RowEdit(values=values, subject_id=made),)), admin)
    return made


def file_of(suite: Suite, admin: Actor, lawyer: int) -> RecordFile:
    with suite.reading() as session:
        return record_file(session, admin, suite.catalog, lawyer)


def newest(suite: Suite, admin: Actor, lawyer: int, field: str) -> int:
    return max(line.id for line in file_of(suite, admin, lawyer).dated if line.field == field)


def refusal(suite: Suite, actor: Actor, command: Command) -> frozenset[str]:
    with pytest.raises(Refused) as refused:
        suite.run(command, actor)
    return refused.value.codes


def correction(entry: str, entry_id: int, **values: Any) -> CorrectHistory:
    return CorrectHistory(kind=KIND, entry=entry, entry_id=entry_id, reason="录入有误", values=values)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "required"),
        ("name", None, "required"),
        ("name", "名" * 201, "value.too_long"),
        ("district_code", "999999", "district.unknown"),
    ],
)
def test_a_wrong_value_is_refused(
    suite_: Suite, admin: Actor, lawyer: int, field: str, value: Any, code: str
) -> None:
    entry = newest(suite_, admin, lawyer, field)
    assert refusal(suite_, admin, correction("dated", entry, value=value)) == {code}


def test_a_post_leads_to_a_body_of_its_kind(suite_: Suite, admin: Actor, lawyer: int) -> None:
    [post] = file_of(suite_, admin, lawyer).posts
    assert refusal(suite_, admin, correction("post", post.id, body_id=lawyer)) == {"link.kind"}
    assert refusal(suite_, admin, correction("post", post.id, body_id=10**9)) == {"link.unknown"}
    assert refusal(suite_, admin, correction("post", post.id, body_id=None)) == {"required"}
    assert refusal(suite_, admin, correction("post", post.id, body_id="甲所")) == {"value.type"}


@pytest.mark.needs_admin
def test_a_correction_gives_no_record_away(
    suite_: Suite, admin: Actor, firms: list[int], lawyer: int
) -> None:
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(
        GrantRole(login="clerk", role="core.section_staff", profession="lawyers", district="130102"), admin
    )
    clerk = suite_.actor("clerk")
    entry = newest(suite_, admin, lawyer, "district_code")
    assert refusal(suite_, clerk, correction("dated", entry, value="130104")) == {"out_of_scope"}
    void = VoidHistory(kind=KIND, entry="dated", entry_id=entry, reason="录入有误")
    assert refusal(suite_, clerk, void) == {"out_of_scope"}
    [post] = file_of(suite_, admin, lawyer).posts
    assert refusal(suite_, clerk, correction("post", post.id, body_id=firms[1])) == {"out_of_scope"}
    assert file_of(suite_, admin, lawyer).values["district_code"] == "130102"


def test_what_is_not_there_is_refused(suite_: Suite, admin: Actor, lawyer: int) -> None:
    licence = file_of(suite_, admin, lawyer).licences[0].id
    event = RecordLicenceEvent(
        kind=KIND, licence_id=licence, state="suspended", on_date=TODAY, document_no="字" * 101
    )
    assert refusal(suite_, admin, event) == {"value.too_long"}
    assert refusal(suite_, admin, correction("dated", 10**9, value="王")) == {"history.unknown"}
    assert refusal(suite_, admin, correction("poem", 1, value="王")) == {"history.entry"}
    unknown = CorrectHistory(kind="lawyers.nobody", entry="post", entry_id=1, reason="误", values={})
    assert refusal(suite_, admin, unknown) == {"kind.unknown"}
    look = RevealIdentity(kind="lawyers.nobody", subject_id=lawyer, field="phone", reason="核实")
    assert refusal(suite_, admin, look) == {"kind.unknown"}


def test_two_decisions_at_once_leave_the_later_one_in_force(suite_on_postgresql: Suite, admin: Actor) -> None:
    suite = suite_on_postgresql
    [lawyer] = make(suite, admin, KIND, a_lawyer(1))
    licence = file_of(suite, admin, lawyer).licences[0].id
    other = build_suite(
        Settings(database=suite.settings.database, home=suite.settings.home), today=TODAY, plugins=installed()
    )
    other.check_database()

    def decide(desk: Suite, state: str, day: dt.date) -> None:
        decision = RecordLicenceEvent(
            kind=KIND, licence_id=licence, state=state, on_date=day, document_no="冀司〔2026〕1号"
        )
        desk.run(decision, admin)

    try:
        for round_ in range(6):
            day = dt.date(2026, 1, 1) + dt.timedelta(days=10 * round_)
            desks = [
                threading.Thread(target=decide, args=(suite, "suspended", day)),
                threading.Thread(target=decide, args=(other, "active", day + dt.timedelta(days=1))),
            ]
            for desk in desks:
                desk.start()
            for desk in desks:
                desk.join()
            assert file_of(suite, admin, lawyer).values["status"] == "active"
            assert file_of(suite, admin, lawyer).version == 2 * round_ + 3
    finally:
        other.engine.dispose()
