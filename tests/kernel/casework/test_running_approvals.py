"""The migration of approvals that were running when signatures began to be kept, and null to mean emptied."""

from __future__ import annotations

import datetime as dt
import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from desk import Desk
from files import PNG

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.database.migrate import rebuilding
from suite.kernel.accounts.commands import GrantRole
from suite.kernel.casework.commands import ApproveStep, RecordPaperSignature
from suite.kernel.casework.papers.commands import AttachFile
from suite.tables import CaseApproval

FOLDER = Path(__file__).parents[3] / "migrations" / "core"
DAY = dt.timedelta(days=1)


def _upgraded(suite: Suite, *before: str) -> None:
    """Run the migration over what the statements left, as an upgrade does."""
    (path,) = FOLDER.glob("*_let_running_approvals_say_who_signed_*.py")
    spec = spec_from_file_location("migration_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    with rebuilding(suite.engine) as connection:
        for statement in before:
            connection.exec_driver_sql(statement)
        with Operations.context(MigrationContext.configure(connection)):
            module.upgrade()


def _codes(suite: Suite, command: Any, actor: Any) -> set[str]:
    try:
        suite.run(command, actor)
    except Refused as refused:
        return set(refused.codes)
    return set()


def test_who_signed_before_signs_no_second_place(suite_: Suite) -> None:
    desk, first = Desk(suite_), suite_.today - 3 * DAY
    suite_.run(GrantRole(login="head", role="core.leader"), desk.clerk)
    case_id = desk.open(on=first).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=first)
    desk.take(case_id, "StartInvestigation", on=first, officer=(desk.clerk.login, "second"))
    asked = desk.take(case_id, "ExtendComplaint", on=first, extension_reason="需专家评审")
    scan = suite_.run(AttachFile(case_id=case_id, file_name="审批表.png", content=PNG), desk.clerk)
    form = {"approval": asked.result["approval"], "scan": scan.result["attachment"], "signer": "周立群"}
    suite_.run(RecordPaperSignature(**form, signed_on=first + DAY), desk.second)
    _upgraded(suite_, "UPDATE core_case_approval SET signed = NULL")
    with suite_.reading() as session:
        kept = session.get_one(CaseApproval, form["approval"]).signed
    assert json.loads(kept or "[]") == [["head", (first + DAY).isoformat()]]
    again = RecordPaperSignature(**form, signed_on=suite_.today)
    assert _codes(suite_, again, desk.second) == {"approval.twice"}
    assert _codes(suite_, ApproveStep(approval=form["approval"]), suite_.actor("head")) == {"approval.twice"}


def test_what_was_not_given_then_still_stays(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id = desk.open().result["case_id"]
    asked = desk.take(case_id, "RefuseComplaint", refusal_ground="opinion").result["approval"]
    with suite_.reading() as session:
        row = session.get_one(CaseApproval, asked)
        fields = {**json.loads(row.fields), "on": None}
    old = json.dumps(fields).replace("'", "''")
    _upgraded(suite_, f"UPDATE core_case_approval SET fields = '{old}'")
    with suite_.reading() as session:
        told = json.loads(session.get_one(CaseApproval, asked).fields)
    assert told == {key: value for key, value in fields.items() if value is not None}
    assert suite_.run(ApproveStep(approval=asked), desk.head).result["state"] == "refusing"
