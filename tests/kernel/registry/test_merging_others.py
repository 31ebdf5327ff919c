"""What a merge means for others: editions, tasks, a firm's people, unique details, and what came since."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.database.base import METADATA
from suite.database.engine import writing
from suite.kernel.audit import seal
from suite.kernel.casework.penalties.tasks import RaiseTasks
from suite.kernel.exchange.editions import CompileEdition, check_editions, difference_of, lines_of
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.kernel.registry.integrity import check
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, UndoMerge
from suite.kernel.registry.merging_tombstone import led_from
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.tables import Identity, Post, Subject, Task
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.testing.fixtures import TODAY

FIRM, LAWYER, TRAINEE = "lawyers.law_firm", "lawyers.lawyer", "lawyers.trainee_lawyer"
BEGIN = dt.date(2020, 1, 1)
HERE, THERE = "130102", "130104"
pytestmark = pytest.mark.both_engines


def merge(suite: Suite, actor: Actor, kept: int, gone: int, kind: str = LAWYER) -> int:
    done = suite.run(MergeSubjects(kind=kind, kept=kept, gone=gone, reason="重复登记"), actor)
    return int(done.result["merge"])


def save(suite: Suite, actor: Actor, subject_id: int, kind: str = LAWYER, **values: object) -> None:
    suite.run(SaveRecords(kind=kind, rows=(RowEdit(subject_id=subject_id, values=values),)), actor)


def said(suite: Suite, subject_id: int, key: str, kind: str = LAWYER) -> object:
    with suite.reading() as session:
        return current_records(session, suite.catalog.kinds[kind], [subject_id])[subject_id].values[key]


def test_an_edition_stays_with_who_was_published(suite_: Suite, admin: Actor) -> None:
    gone, other = make(suite_, admin, FIRM, a_firm(1), a_firm(3), on=BEGIN)
    first = suite_.run(CompileEdition(kind=FIRM, as_of=TODAY), admin).result["edition"]
    [kept] = make(suite_, admin, FIRM, a_firm(2), on=BEGIN)
    merge(suite_, admin, kept, gone, FIRM)
    second = suite_.run(CompileEdition(kind=FIRM, as_of=TODAY), admin).result["edition"]
    with suite_.reading() as session:
        assert check_editions(session).problems == ()
        lines = lines_of(session, admin, suite_.catalog, first)
        assert {line.subject_id for line in lines} == {gone, other}
        led = led_from(session, gone)
        assert led is not None
        assert led.kept_id == kept
        told = difference_of(session, admin, suite_.catalog, second)
        assert (told.joined, told.left) == ((), ())
        assert [change.line.subject_id for change in told.changed] == [kept]


def test_a_unique_detail_of_the_gone_is_the_kept_ones_to_take(suite_: Suite, admin: Actor) -> None:
    kept, gone = make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(1, name="王志远", certificate_serial_no="冀A0001"),
        a_lawyer(2, name="王志远", certificate_serial_no="冀A0002"),
    )
    undo = UndoMerge(kind=LAWYER, merge_id=merge(suite_, admin, kept, gone))
    save(suite_, admin, kept, certificate_serial_no="冀A0002")
    with pytest.raises(Refused) as refused:
        suite_.run(undo, admin)
    assert refused.value.codes == {"duplicate"}
    save(suite_, admin, kept, certificate_serial_no="冀A0001")
    suite_.run(undo, admin)
    assert [said(suite_, one, "certificate_serial_no") for one in (kept, gone)] == ["冀A0001", "冀A0002"]


def test_a_task_goes_where_its_record_lies_now(suite_: Suite, admin: Actor) -> None:
    gone, kept = make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(1, name="王志远", district_code=HERE),
        a_lawyer(2, name="王志远", district_code=THERE),
    )
    asked = RaiseTasks(kind=LAWYER, subject_id=gone, heading="核查", text="请核查", document="决", own=True)
    suite_.run(asked, admin)

    def lies() -> list[tuple[int, str | None]]:
        with suite_.reading() as session:
            return [(row[0], row[1]) for row in session.execute(select(Task.subject_id, Task.district_code))]

    number = merge(suite_, admin, kept, gone)
    assert lies() == [(kept, THERE)]
    suite_.run(UndoMerge(kind=LAWYER, merge_id=number), admin)
    assert lies() == [(gone, HERE)]


def test_the_people_of_a_firm_follow_the_kept_firms_district(suite_: Suite, admin: Actor) -> None:
    suite_.today_override = TODAY
    gone, kept = make(
        suite_, admin, FIRM, a_firm(1, district_code=HERE), a_firm(2, district_code=THERE), on=BEGIN
    )
    placed = {key: value for key, value in a_lawyer(1, body_id=gone).items() if key != "district_code"}
    [lawyer] = make(suite_, admin, LAWYER, placed, on=BEGIN)
    [by_hand] = make(suite_, admin, LAWYER, a_lawyer(2, body_id=gone, district_code="130107"), on=BEGIN)
    assert said(suite_, lawyer, "district_code") == HERE
    undo = UndoMerge(kind=FIRM, merge_id=merge(suite_, admin, kept, gone, FIRM))

    def there(day: dt.date | None) -> set[int]:
        with suite_.reading() as session:
            query = ListQuery(kind=LAWYER, as_of=day, filters={"district_code": (THERE,)})
            return set(list_ids(session, admin, suite_.catalog, query).ids)

    days = (None, TODAY, dt.date(2021, 1, 1))
    assert [there(day) for day in days] == [{lawyer}] * 3
    assert said(suite_, by_hand, "district_code") == "130107"
    with suite_.reading() as session:
        posts = session.scalars(select(Post.district_code).where(Post.subject_id == lawyer)).all()
    assert posts == [THERE]
    suite_.run(undo, admin)
    assert [there(day) for day in days] == [set()] * 3
    assert said(suite_, lawyer, "district_code") == HERE
    undo = UndoMerge(kind=FIRM, merge_id=merge(suite_, admin, kept, gone, FIRM))
    save(suite_, admin, lawyer, district_code="130107")
    told = suite_.run(undo, admin)
    assert said(suite_, lawyer, "district_code") == "130107"
    assert [problem.code for problem in told.warnings].count("merge.changed_since") == 1


def test_what_was_written_since_stays_and_the_gone_one_has_its_own_again(suite_: Suite, admin: Actor) -> None:
    kept, gone = make(
        suite_,
        admin,
        LAWYER,
        a_lawyer(2, name="王志远"),
        a_lawyer(1, name="王志远", email="old@b.example", id_number=resident_number(3), phone="13800000001"),
    )
    undo = UndoMerge(kind=LAWYER, merge_id=merge(suite_, admin, kept, gone))
    save(suite_, admin, kept, email="new@b.example", phone="13800000002")
    told = suite_.run(undo, admin)
    assert [said(suite_, one, "email") for one in (kept, gone)] == ["new@b.example", "old@b.example"]
    # What the trace does not tell goes back, and is listed.
    assert [said(suite_, one, "phone") for one in (kept, gone)] == [None, "13800000002"]
    [warned] = [problem.text for problem in told.warnings if problem.code == "merge.changed_since"]
    assert "联系电话" in warned


def test_a_number_goes_with_its_type_where_no_field_says_it(suite_: Suite, admin: Actor) -> None:
    [kept] = make(suite_, admin, TRAINEE, {"name": "王志远", "district_code": HERE})
    number = resident_number(3)
    arbitrator = {"name": "王志远", "main_no": "石仲聘2024000001", "district_code": HERE, "id_number": number}
    [gone] = make(suite_, admin, "arbitration.arbitrator", arbitrator)
    suite_.run(MergePersons(kind=TRAINEE, kept=kept, gone=gone, reason="同一人"), admin)
    with suite_.reading() as session:
        query = select(Identity.id_type).join(Subject, Subject.person_id == Identity.person_id)
        assert session.scalar(query.where(Subject.id == kept)) == "resident"


def test_the_check_finds_links_to_what_was_merged(suite_: Suite, admin: Actor) -> None:
    gone, kept = make(suite_, admin, FIRM, a_firm(1), a_firm(2), on=BEGIN)
    [lawyer] = make(suite_, admin, LAWYER, a_lawyer(1, body_id=gone), on=BEGIN)
    merge(suite_, admin, kept, gone, FIRM)

    def found() -> list[str]:
        with suite_.reading() as session:
            parts = check(session, suite_.catalog, lambda what, done, total: None)
        return [problem.code for part in parts if part.part == "merges" for problem in part.problems]

    assert found() == []
    subjects = METADATA.tables[Subject.__tablename__]
    with writing(suite_.engine) as connection:
        number = seal.begin(
            connection, command="Strange", title="", reason="", actor="admin", at=dt.datetime.now(dt.UTC)
        )
        connection.execute(update(subjects).where(subjects.c.id == lawyer).values(body_id=gone))
        seal.seal(connection, number)
        seal.close(connection)
    assert found() == ["merge.left"]
