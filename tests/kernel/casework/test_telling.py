"""Nothing that everybody reads who reads a case says who complains: names, papers, services, notes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from desk import Desk
from docx import Document
from files import PDF
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.commands import RemarkCase
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import (
    AttachFile,
    IssueDocument,
    ReissueDocument,
    ServeDocument,
)
from suite.kernel.casework.papers.queries import case_files, issued_content
from suite.kernel.casework.telling import telling_problems
from suite.testing.factories import make

pytestmark = pytest.mark.sqlite_first

ACCEPTED = "投诉受理通知书"
NAME, PHONE = "李建国", "13912346612"


def _fields(suite: Suite, command: Any, actor: Any) -> set[str]:
    with pytest.raises(Refused) as told:
        suite.run(command, actor)
    assert told.value.codes == {"complainant.told"}
    return {problem.field or "" for problem in told.value.problems}


def test_a_text_tells_by_a_name_or_a_number() -> None:
    texts = {"note": f"{NAME}来电", "request": "要求退费", "matter": f"回电 {PHONE}"}
    found = telling_problems(texts, [f" {NAME} ", PHONE, None, "", "退"])
    assert [problem.field for problem in found] == ["note", "matter"]


def _accepted(suite: Suite, desk: Desk) -> tuple[int, int]:
    case_id: int = desk.open().result["case_id"]
    desk.take(case_id, "AcceptComplaint")
    done = suite.run(IssueDocument(case_id=case_id, document=ACCEPTED), desk.clerk)
    return case_id, done.result["issued"]


def test_who_signs_for_a_complainants_paper_is_not_told(suite_: Suite) -> None:
    desk = Desk(suite_)
    _, issued = _accepted(suite_, desk)
    service = ServeDocument(issued=issued, way="direct", receiver=NAME, note=f"{NAME}亲收")
    assert _fields(suite_, service, desk.clerk) == {"note"}
    suite_.run(ServeDocument(issued=issued, way="direct", receiver=NAME), desk.clerk)
    with suite_.reading() as session:
        assert session.scalar(text("SELECT receiver FROM core_document_service")) == "投诉人"
        notes = session.scalars(text("SELECT note FROM core_case_event")).all()
    assert not any(NAME in note for note in notes)
    assert any("投诉人" in note for note in notes)


def test_a_letter_of_complaint_has_a_name_that_tells_nothing(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, Desk(suite_on_sqlite)
    case_id: int = desk.open().result["case_id"]
    letter = {"case_id": case_id, "content": PDF, "file_name": f"{NAME}投诉信.pdf"}
    assert _fields(suite, AttachFile(**letter), desk.clerk) == {"file_name"}
    noted = AttachFile(**letter, note=PHONE, names_complainant=True)
    assert _fields(suite, noted, desk.clerk) == {"note"}
    suite.run(AttachFile(**letter, note="来信", names_complainant=True), desk.clerk)
    with suite.reading() as session:
        [line] = case_files(session, desk.clerk, case_id)
    assert (line.file_name, line.note, line.secret) == ("投诉人材料.pdf", "来信", True)


def test_later_steps_and_remarks_do_not_tell_either(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, Desk(suite_on_sqlite)
    case_id: int = desk.open().result["case_id"]
    assert _fields(suite, RemarkCase(case_id=case_id, note=f"{NAME}来电"), desk.clerk) == {"note"}
    with pytest.raises(Refused) as told:
        desk.take(case_id, "RequestSupplement", supplement_items=f"{NAME}的身份证", note=PHONE)
    assert {problem.field for problem in told.value.problems} == {"supplement_items", "note"}
    with pytest.raises(Refused) as told:
        desk.open(request=f"退还{NAME}费用")
    assert told.value.codes == {"complainant.told"}


def test_a_paper_to_another_does_not_tell(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, Desk(suite_on_sqlite)
    case_id, _ = _accepted(suite, desk)
    desk.take(case_id, "StartInvestigation", officer=("second", "head"))
    document, out = Document(), BytesIO()
    document.add_table(rows=1, cols=1).cell(0, 0).text = f"{NAME}投诉你所"
    document.save(out)
    paper = {"case_id": case_id, "document": "答辩通知书"}
    edited = IssueDocument(**paper, content=out.getvalue())
    assert _fields(suite, edited, desk.clerk) == {"content"}
    assert _fields(suite, IssueDocument(**paper, recipient=NAME), desk.clerk) == {"recipient"}


def test_a_paper_issued_anew_is_to_the_same_complainant(suite_on_sqlite: Suite) -> None:
    suite, desk = suite_on_sqlite, Desk(suite_on_sqlite)
    _, issued = _accepted(suite, desk)
    again = suite.run(ReissueDocument(issued=issued, reason="错字"), desk.clerk).result["issued"]
    with suite.reading() as session:
        document = Document(BytesIO(issued_content(session, desk.clerk, again).content))
    assert f"{NAME}：" in [paragraph.text for paragraph in document.paragraphs]


def test_a_login_that_may_not_see_who_complains_is_asked_too(login_suite: Callable[..., Suite]) -> None:
    clerk = login_suite("core.section_staff", profession="appraisal")
    leader = login_suite("core.leader", profession="appraisal")
    me = clerk.actor()
    values = {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"}
    (institution,) = make(clerk, me, "appraisal.appraisal_institution", values)
    opening = step(
        clerk.catalog, "OpenComplaint", kind="appraisal.complaint", respondent=(institution,),
        source="letter", complainants=({"name": NAME, "phone": PHONE},),
        allegations=({"head": "fee", "text": "加收费用"},),
    )  # fmt: skip
    case_id: int = clerk.run(opening, me).result["case_id"]
    ask = text("SELECT core_tells_complainant(:of, :told)")
    given = {"of": case_id, "told": ["加收费用", f"回电 {PHONE}", NAME]}
    with leader.reading() as session, pytest.raises(ProgrammingError):
        session.scalar(text("SELECT name FROM core_complainant"))
    with leader.reading() as session:
        assert sorted(session.scalars(ask, given)) == [2, 3]
    far = login_suite("core.section_staff", profession="notary")
    with far.reading() as session:
        assert session.scalars(ask, given).all() == []
