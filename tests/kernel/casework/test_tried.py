"""What is kept of refused attempts on cases, of secret rows, and of records that a case holds back."""

from __future__ import annotations

import pytest
from desk import Desk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.audit.activity import entries_of
from suite.kernel.casework.commands import ApproveStep, RemarkCase
from suite.kernel.registry.activity import act_detail
from suite.tables import AuditEntry

pytestmark = pytest.mark.sqlite_first


def test_a_refused_attempt_names_the_case(suite_: Suite) -> None:
    desk = Desk(suite_)
    opened = desk.open()
    asked = desk.take(opened.result["case_id"], "RefuseComplaint", refusal_ground="opinion")
    with pytest.raises(Refused):
        suite_.run(ApproveStep(approval=asked.result["approval"]), desk.clerk)
    with pytest.raises(Refused):
        suite_.run(RemarkCase(case_id=opened.result["case_id"], note="x"), desk.leader)
    with suite_.reading() as session:
        tried = session.scalars(
            select(AuditEntry.transaction_id).where(AuditEntry.action == "X").order_by(AuditEntry.id)
        ).all()
        for number in tried:
            (entry,) = entries_of(session, desk.clerk, number)
            assert opened.result["number"] not in entry.after
            (sentence,) = act_detail(session, desk.clerk, suite_.catalog, number).sentences
            assert opened.result["number"] in sentence.text


def test_entries_of_secret_rows_say_where_they_lie(suite_: Suite) -> None:
    desk = Desk(suite_)
    desk.open()
    with suite_.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "core_complainant"))
        assert (entry.profession, entry.district_code) == ("appraisal", "130102")
        assert "李建国" not in (entry.after or "")
