"""处罚影响: each other role of the person gets a task on the desk of the section that keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from penalty_desk import PenaltyDesk
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.two_persons import MERGING
from suite.kernel.casework.penalties.desk import penalty_items
from suite.kernel.casework.penalties.tasks import RaiseTasks, SettleTask, task_lines
from suite.kernel.registry.merging_commands import MergeSubjects
from suite.tables import Task
from suite.testing.factories import a_lawyer, leave_to_one, make, resident_number

FIRST = dt.date(2026, 8, 24)


def test_every_other_role_gets_a_task_that_its_section_settles(suite_: Suite) -> None:
    desk, person = PenaltyDesk(suite_), {"id_number": resident_number(3)}
    lawyer = desk.subject("lawyers.lawyer", **person)
    # Kept twice until somebody merged it: what was merged is nobody's to look at.
    twice = desk.subject("arbitration.arbitrator", **person)
    arbitrator = desk.subject("arbitration.arbitrator")
    merged = MergeSubjects(kind="arbitration.arbitrator", kept=arbitrator, gone=twice, reason="重复登记")
    leave_to_one(suite_, desk.clerk, MERGING)
    suite_.run(merged, desk.clerk)
    desk.subject("arbitration.arbitrator", "孙远", id_number=resident_number(5))
    case_id = desk.open("lawyers.penalty", lawyer)
    measures = {"article": "lawyers.L47", "gravity": "serious", "sanctions": ("suspension",), "months": 3}
    desk.heard(case_id, **measures)
    desk.lead(case_id, "DeliberatePenalty", "DecidePenalty", "ServePenalty", on=FIRST, **measures)
    desk.take(case_id, "EffectPenalty", effective_from=FIRST, effective_until=dt.date(2026, 11, 23))
    suite_.run(AddUser(login="arb", name="仲裁科"), desk.clerk)
    suite_.run(GrantRole(login="arb", role="core.section_staff", profession="arbitration"), desk.clerk)
    keeper = suite_.actor("arb")
    with suite_.reading() as session:
        # The lawyer's own record: the association has to follow.
        told = {
            line.subject_id: line for line in task_lines(session, desk.clerk, suite_.catalog, settled=False)
        }
        (mine,) = task_lines(session, keeper, suite_.catalog, settled=False)
        items = [item.title for item in penalty_items(session, keeper, suite_.catalog, suite_.today)]
    assert set(told) == {lawyer, arbitrator}
    assert mine.subject_id == arbitrator
    assert "停止执业 3 个月" in mine.text
    assert mine.document == "石司罚决字〔2026〕1号"
    assert "其他科室处罚影响待核查" in items
    settle = SettleTask(kind=mine.kind, task_id=mine.id, expected_version=mine.version, answer="已暂停选任")
    for wrong, code in (
        (SettleTask(**{**vars(settle), "answer": " "}), "task.answer"),
        (SettleTask(**{**vars(settle), "task_id": 999}), "task.unknown"),
        (SettleTask(**{**vars(settle), "expected_version": 9}), "task.stale"),
    ):
        with pytest.raises(Refused) as refusal:
            suite_.run(wrong, keeper)
        assert refusal.value.codes == {code}
    suite_.run(settle, keeper)
    with pytest.raises(Refused) as refusal:
        suite_.run(settle, keeper)
    assert refusal.value.codes == {"task.stale"}
    desk.take(case_id, "AnnulPenalty")
    with suite_.reading() as session:
        (again,) = task_lines(session, keeper, suite_.catalog, settled=False)
    assert "撤销" in again.title
    with pytest.raises(Refused) as refusal:
        suite_.run(
            RaiseTasks(kind="lawyers.lawyer", subject_id=lawyer, heading="x", text="x", document=""), keeper
        )
    assert refusal.value.codes == {"not_permitted"}
    with suite_.reading() as session:
        assert {row.by_login for row in session.query(Task)} == {desk.clerk.login}


def test_under_row_level_security_nobody_sees_whose_record_it_is(login_suite: Callable[..., Suite]) -> None:
    handler = login_suite("core.section_staff", profession="lawyers")
    keeper = login_suite("core.section_staff", profession="arbitration")
    person = {"id_number": resident_number(3)}
    (lawyer,) = make(handler, handler.actor(), "lawyers.lawyer", a_lawyer(1, name="王志强", **person))
    same = {"name": "王志强", "district_code": "130102", **person}
    make(keeper, keeper.actor(), "arbitration.arbitrator", same)
    asked = RaiseTasks(
        kind="lawyers.lawyer", subject_id=lawyer, heading="处罚影响", text="请核查", document="1号"
    )
    assert handler.run(asked, handler.actor()).result["tasks"] == 1
    with handler.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM core_task")) == 0
    with keeper.reading() as session:
        (line,) = task_lines(session, keeper.actor(), keeper.catalog, settled=False)
    settle = SettleTask(kind=line.kind, task_id=line.id, expected_version=line.version, answer="已核查")
    keeper.run(settle, keeper.actor())
    # What the server does for whoever handles a penalty it does of nobody else's records.
    with keeper.reading() as session:
        raised = text("SELECT core_raise_tasks(:about, 'x', 'x', 'x', current_date, false)")
        assert session.scalar(raised, {"about": lawyer}) is None
