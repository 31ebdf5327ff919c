"""A finding of an inspection becomes a penalty case in one action."""

from __future__ import annotations

from typing import Any

import pytest
from files import PNG
from penalty_desk import PenaltyDesk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.commands import LineGiven
from suite.kernel.casework.papers.commands import AttachFile
from suite.kernel.casework.penalties.raising import RaisePenalty
from suite.tables import Attachment, Case, LineOfCase

PROBLEMS = (
    LineGiven(list_key="problems", text="未公示收费标准。", article="第二十九条", grade="general"),
    LineGiven(list_key="problems", text="档案不全", article="第四十二条", grade="minor"),
)
PHOTOGRAPH = LineGiven(list_key="evidence", code="audiovisual", name="现场照片", place="大厅")


def inspected(desk: PenaltyDesk, body: int, *lines: LineGiven) -> int:
    """An inspection on site, with what was found."""
    from suite.kernel.casework.derive import step

    today = desk.suite.today
    opened = desk.suite.run(
        step(
            desk.suite.catalog, "OpenInspection", kind="appraisal.inspection", on=today, respondent=(body,),
            source="daily", officer=(desk.clerk.login, "second"),
        ),
        desk.clerk,
    )  # fmt: skip
    number: int = opened.result["case_id"]
    desk.take(number, "StartInspection", place="本所")
    if lines:
        desk.take(number, "RecordCheck", lines=lines)
    return number


def lines_of(suite: Suite, case_id: int) -> dict[tuple[str, int], LineOfCase]:
    with suite.reading() as session:
        rows = session.scalars(select(LineOfCase).where(LineOfCase.case_id == case_id)).all()
    return {(row.list_key, row.no): row for row in rows}


def test_party_articles_evidence_and_files_go_along(suite_: Suite) -> None:
    desk = PenaltyDesk(suite_)
    body = desk.subject("appraisal.appraisal_institution", "河北正明司法鉴定中心", main_no="130100123")
    today = suite_.today
    photograph = LineGiven(**{**vars(PHOTOGRAPH), "day": today})
    number = inspected(desk, body, *PROBLEMS, photograph)
    here = lines_of(suite_, number)
    for key, name in ((("problems", 1), "公示栏.png"), (("evidence", 1), "大厅.png")):
        suite_.run(AttachFile(case_id=number, file_name=name, content=PNG, line_id=here[key].id), desk.clerk)
    desk.take(number, "TransferToPenalty", result="penalty")
    with suite_.reading() as session:
        inspection = session.get_one(Case, number)
        penalty = session.scalars(select(Case).where(Case.kind == "appraisal.penalty")).one()
        kinds = suite_.catalog.case_kinds
        told: dict[str, Any] = {}
        for case in (inspection, penalty):
            table = kinds[case.kind].details
            told |= dict(session.execute(select(table).where(table.c.case_id == case.id)).one()._mapping)
        files = session.scalars(select(Attachment).where(Attachment.case_id == penalty.id)).all()
    assert (inspection.state, penalty.state, penalty.repeat_of) == ("case_filed", "lead", number)
    assert (told["penalty_no"], told["source_no"]) == (penalty.number, inspection.number)
    assert told["conduct"] == "未公示收费标准（第二十九条）；档案不全（第四十二条）"
    there = lines_of(suite_, penalty.id)
    assert [(row.code, row.place) for row in there.values()] == [
        ("record", inspection.number), ("record", inspection.number), ("audiovisual", "大厅"),
    ]  # fmt: skip
    assert [(file.file_name, file.line_id) for file in files] == [
        ("公示栏.png", there["evidence", 1].id), ("大厅.png", there["evidence", 3].id),
    ]  # fmt: skip


def test_a_case_that_was_opened_before_is_only_named(suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    desk = PenaltyDesk(suite)
    body = desk.subject("appraisal.appraisal_institution", "河北正明司法鉴定中心", main_no="130100123")
    nothing = inspected(desk, body)
    with pytest.raises(Refused) as told:
        desk.take(nothing, "TransferToPenalty", result="penalty")
    assert told.value.codes == {"core.inspection.found"}
    with suite.reading() as session:
        name = session.get_one(Case, nothing).number
    for wanted, code in ((name, "core.inspection.found"), ("没有的号", "case.unknown")):
        with pytest.raises(Refused) as told:
            suite.run(RaisePenalty(kind="appraisal.penalty", inspection=wanted, on=suite.today), desk.clerk)
        assert told.value.codes == {code}
    number = inspected(desk, body, *PROBLEMS)
    desk.take(number, "TransferToPenalty", result="penalty", penalty_no="石司鉴罚立〔2025〕7号")
    with suite.reading() as session:
        assert session.scalars(select(Case.id).where(Case.kind == "appraisal.penalty")).all() == []
