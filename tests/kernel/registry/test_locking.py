"""What a desk holds until commit stops who would change the same record, and nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor, Command
from suite.contract.problems import Refused
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.merging_commands import MergePersons, MergeSubjects, UndoMerge
from suite.settings import Settings
from suite.tables import Identity, Subject
from suite.testing.factories import a_firm, a_lawyer, make, resident_number
from suite.testing.fixtures import TODAY, installed


def test_a_firm_is_edited_while_its_lawyers_are_being_imported(
    suite_on_postgresql: Suite, admin: Actor
) -> None:
    suite = suite_on_postgresql
    [firm] = make(suite, admin, "lawyers.law_firm", a_firm(1))
    other = build_suite(
        Settings(database=suite.settings.database, home=suite.settings.home), today=TODAY, plugins=installed()
    )
    other.check_database()
    rename = SaveRecords(
        kind="lawyers.law_firm", rows=(RowEdit(subject_id=firm, values={"name": "河北改名律师事务所"}),)
    )
    seen: list[str] = []

    def meanwhile(what: str, done: int, total: int) -> None:
        if what == "编制索引" and not seen:
            try:
                seen.append(other.run(rename, admin).text)
            except Refused as refused:
                seen.append(str(refused))

    try:
        lawyers = (RowEdit(values=a_lawyer(1, body_id=firm)),)
        suite.run(SaveRecords(kind="lawyers.lawyer", rows=lawyers), admin, progress=meanwhile)
    finally:
        other.engine.dispose()
    assert seen == ["变更 1 家"]


def while_it_commits(suite: Suite, admin: Actor, first: Command, second: Callable[[], Any]) -> str:
    """What came of a second act that began before the first was committed."""
    inside, go, told = threading.Event(), threading.Event(), []

    def waits(*_: object) -> None:
        inside.set()
        go.wait(60)

    def follows() -> None:
        try:
            second()
            told.append("done")
        except Refused as refused:
            told.append(",".join(sorted(refused.codes)))

    one = threading.Thread(target=lambda: suite.executor.run(first, admin, deliver=waits))
    two = threading.Thread(target=follows)
    one.start()
    assert inside.wait(60)
    two.start()
    # Long enough to come to where it has to wait; were it slower, it would only find the first one done.
    two.join(1)
    go.set()
    one.join(60)
    two.join(60)
    return told[0]


def test_nobody_comes_to_a_firm_that_is_being_merged(suite_on_postgresql: Suite, admin: Actor) -> None:
    suite = suite_on_postgresql
    gone, kept = make(suite, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    merge = MergeSubjects(kind="lawyers.law_firm", kept=kept, gone=gone, reason="重复登记")
    comes = SaveRecords(kind="lawyers.lawyer", rows=(RowEdit(values=a_lawyer(1, body_id=gone)),))
    assert while_it_commits(suite, admin, merge, lambda: suite.run(comes, admin)) == "link.merged"


def test_who_joins_a_person_that_is_being_merged_joins_the_one_that_stands(
    suite_on_postgresql: Suite, admin: Actor
) -> None:
    suite, number = suite_on_postgresql, resident_number(3)
    [kept] = make(suite, admin, "lawyers.trainee_lawyer", {"name": "王志远", "district_code": "130102"})
    arbitrator = {"name": "王志远", "id_number": number, "district_code": "130102"}
    [gone] = make(suite, admin, "arbitration.arbitrator", arbitrator)
    merge = MergePersons(kind="lawyers.trainee_lawyer", kept=kept, gone=gone, reason="同一人")
    make(suite, admin, "lawyers.law_firm", a_firm(1))
    row = RowEdit(values=a_lawyer(1, name="王志远", id_number=number))
    joins = SaveRecords(kind="lawyers.lawyer", rows=(row,))
    assert while_it_commits(suite, admin, merge, lambda: suite.run(joins, admin)) == "done"
    with suite.reading() as session:
        persons = select(func.count(Subject.person_id.distinct())).where(Subject.person_id.is_not(None))
        assert session.scalar(persons) == 1
        numbers = select(func.count()).select_from(Identity).where(Identity.id_number == number)
        assert session.scalar(numbers) == 1


def test_one_of_two_who_take_back_the_same_merge_is_refused(suite_on_postgresql: Suite, admin: Actor) -> None:
    suite = suite_on_postgresql
    [kept] = make(suite, admin, "lawyers.trainee_lawyer", {"name": "王志远", "district_code": "130102"})
    [gone] = make(suite, admin, "arbitration.arbitrator", {"name": "王志远", "district_code": "130102"})
    merge = MergePersons(kind="lawyers.trainee_lawyer", kept=kept, gone=gone, reason="同一人")
    number = suite.run(merge, admin).result["merge"]
    undo = UndoMerge(kind="lawyers.trainee_lawyer", merge_id=number)
    assert while_it_commits(suite, admin, undo, lambda: suite.run(undo, admin)) == "merge.undone"
