"""One person in several professions: a change from one of them reaches all of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused, Severity
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.executor import second_person
from suite.kernel.registry.commands import CorrectHistory, RowEdit, SaveRecords, VoidHistory
from suite.kernel.registry.current import current_records
from suite.kernel.registry.record_file import record_file
from suite.kernel.search.queries import find
from suite.tables import DatedValue, Licence, LicenceEvent, Person, Post, Subject
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

pytestmark = pytest.mark.as_login

LAWYER, ARBITRATOR = "lawyers.lawyer", "arbitration.arbitrator"


@pytest.fixture
def roles(suite_: Suite, admin: Actor) -> tuple[int, int]:
    person = {"id_number": resident_number(8), "phone": "13800000008"}
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(8, name="王五", **person))
    values = {"name": "王五", "main_no": "石仲聘2024000001", "district_code": "130104", **person}
    [arbitrator] = make(suite_, admin, ARBITRATOR, values)
    return lawyer, arbitrator


def save(suite: Suite, actor: Actor, kind: str, subject_id: int, **values: Any) -> None:
    row = RowEdit(subject_id=subject_id, values=values)
    suite.run(SaveRecords(kind=kind, rows=(row,)), actor)


def now(suite: Suite, kind: str, subject_id: int) -> tuple[int, dict[str, Any]]:
    with suite.reading() as session:
        record = current_records(session, suite.catalog.kinds[kind], [subject_id])[subject_id]
        return record.version, record.values


def test_an_edit_of_one_role_is_stale_when_the_other_changed_the_person(
    suite_: Suite, admin: Actor, roles: tuple[int, int]
) -> None:
    lawyer, arbitrator = roles
    seen, _ = now(suite_, ARBITRATOR, arbitrator)
    save(suite_, admin, LAWYER, lawyer, phone="13811111111")
    row = RowEdit(
        subject_id=arbitrator,
        expected_version=seen,
        base={"phone": "13800000008"},
        values={"phone": "13822222222"},
    )
    with pytest.raises(Refused) as refused:
        suite_.run(SaveRecords(kind=ARBITRATOR, rows=(row,)), admin)
    assert refused.value.codes == {"stale"}
    seen, _ = now(suite_, ARBITRATOR, arbitrator)
    save(suite_, admin, LAWYER, lawyer, remarks="只关律师")
    assert now(suite_, ARBITRATOR, arbitrator)[0] == seen


def test_a_name_follows_to_every_role(suite_: Suite, admin: Actor, roles: tuple[int, int]) -> None:
    lawyer, arbitrator = roles
    save(suite_, admin, LAWYER, lawyer, name="王伍一")
    assert now(suite_, ARBITRATOR, arbitrator)[1]["name"] == "王伍一"
    with suite_.reading() as session:
        dated = record_file(session, admin, suite_.catalog, arbitrator).dated
        assert [(line.field, line.value) for line in dated] == [("name", "王五"), ("name", "王伍一")]
        for words in ("王伍一", "王五"):
            found = find(session, admin, suite_.catalog, words, kinds=[ARBITRATOR])
            assert [hit.subject_id for hit in found] == [arbitrator]
        entry = next(
            line.id
            for line in record_file(session, admin, suite_.catalog, lawyer).dated
            if line.value == "王伍一"
        )
    correction = CorrectHistory(
        kind=LAWYER, entry="dated", entry_id=entry, reason="误录", values={"value": "王武"}
    )
    suite_.run(correction, admin)
    assert now(suite_, ARBITRATOR, arbitrator)[1]["name"] == "王武"


@pytest.mark.needs_admin
def test_a_name_that_stands_in_a_role_of_others_is_not_changed(
    suite_: Suite, admin: Actor, roles: tuple[int, int]
) -> None:
    lawyer, _ = roles
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(GrantRole(login="clerk", role="core.section_staff", profession="lawyers"), admin)
    clerk = suite_.actor("clerk")
    save(suite_, clerk, LAWYER, lawyer, phone="13811111111")
    with pytest.raises(Refused) as refused:
        save(suite_, clerk, LAWYER, lawyer, name="王伍")
    assert refused.value.codes == {"identity.other_role"}


def test_a_back_dated_former_name_leaves_the_persons_name(
    suite_: Suite, admin: Actor, roles: tuple[int, int]
) -> None:
    lawyer, arbitrator = roles
    for name, day in (("王新", dt.date(2024, 1, 1)), ("王旧", dt.date(2020, 1, 1))):
        row = RowEdit(subject_id=lawyer, values={"name": name})
        suite_.run(SaveRecords(kind=LAWYER, rows=(row,), effective_on=day), admin)
    assert now(suite_, ARBITRATOR, arbitrator)[1]["name"] == "王新"
    with suite_.reading() as session:
        person = session.get(Subject, lawyer)
        assert person is not None
        found = session.get(Person, person.person_id)
        assert found is not None
        assert found.name == "王新"


def test_one_record_in_two_rows_is_refused(suite_: Suite, admin: Actor, roles: tuple[int, int]) -> None:
    lawyer, _ = roles
    rows = tuple(
        RowEdit(subject_id=lawyer, values={"category": value}, place=place)
        for place, value in enumerate(("part_time", "government"))
    )
    with pytest.raises(Refused) as refused:
        suite_.run(SaveRecords(kind=LAWYER, rows=rows), admin)
    assert [(problem.code, problem.row) for problem in refused.value.problems] == [
        ("record.twice", 0),
        ("record.twice", 1),
    ]


def test_a_notary_who_practises_law_is_told_of_and_taken(suite_: Suite, admin: Actor) -> None:
    number = resident_number(31)
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(31, name="王五", id_number=number))
    notary = RowEdit(values={"name": "王五", "id_number": number})
    done = suite_.run(SaveRecords(kind="notary.notary", rows=(notary,)), admin)
    [told] = [problem for problem in done.warnings if problem.code == "role.clash"]
    assert (told.severity, told.article) == (Severity.WARNING, "公证法第二十三条")

    def saved(status: str) -> list[str | None]:
        row = RowEdit(subject_id=lawyer, values={"status": status})
        warnings = suite_.run(SaveRecords(kind=LAWYER, rows=(row,)), admin).warnings
        return [problem.article for problem in warnings if problem.code == "role.clash"]

    assert saved("cancelled") == []
    assert saved("active") == ["公证法第二十三条"]
    [free] = make(suite_, admin, ARBITRATOR, {"name": "王五", "id_number": number})
    assert free


def test_a_number_added_later_is_a_resident_number(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(32, phone="13800000032"))
    save(suite_, admin, LAWYER, lawyer, id_number=resident_number(32))
    assert now(suite_, LAWYER, lawyer)[1]["id_type"] == "resident"


def test_history_follows_its_subject_to_another_district(
    suite_: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(33, body_id=first))
    monkeypatch.setattr(second_person, "alone_here", lambda work: True)
    save(suite_, admin, LAWYER, lawyer, status="practice_paused", category="part_time")

    def districts() -> set[str | None]:
        with suite_.reading() as session:
            return {
                district
                for table in (Post, Licence, LicenceEvent, DatedValue)
                for district in session.scalars(select(table.district_code).where(table.subject_id == lawyer))
            }

    save(suite_, admin, LAWYER, lawyer, body_id=second)
    assert districts() == {"130104"}
    with suite_.reading() as session:
        post = max(record_file(session, admin, suite_.catalog, lawyer).posts, key=lambda line: line.id)
    suite_.run(VoidHistory(kind=LAWYER, entry="post", entry_id=post.id, reason="误录"), admin)
    assert districts() == {"130102"}
