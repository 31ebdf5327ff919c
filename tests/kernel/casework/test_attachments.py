"""Files of a case: told by their content, kept once, struck out, opened by whom they are for."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from desk import Desk
from files import PDF, PNG, packed
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.database.engine import is_sqlite, writing
from suite.kernel.audit.verify import verify
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import AttachFile, StrikeAttachment
from suite.kernel.casework.papers.queries import case_files, file_content
from suite.kernel.documents.media import MOST_UNPACKED, content_problems, file_name_of, media_of
from suite.testing.factories import make

pytestmark = pytest.mark.sqlite_first


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (PNG, "png"),
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0jpeg", "jpg"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (packed("readme.txt"), None),
        (b"PK\x03\x04 damaged", None),
        (b"MZ\x90\x00", None),
        (b"<html></html>", None),
    ],
)
def test_what_a_file_is(content: bytes, key: str | None) -> None:
    media = media_of(content)
    assert (media.key if media else None) == key
    if media is not None:
        assert file_name_of("C:\\卷\\..\\询问<笔>录.exe", media) == f"询问笔录.{key}"


def test_files_are_kept_struck_out_and_traced(suite_: Suite) -> None:
    desk = Desk(suite_)
    case_id: int = desk.open().result["case_id"]
    with suite_.reading() as session:
        event = session.execute(text("SELECT max(id) FROM core_case_event")).scalar_one()
    done = suite_.run(
        AttachFile(case_id=case_id, file_name="照片.jpg", content=PNG, event_id=event), desk.clerk
    )
    with suite_.reading() as session:
        [line] = case_files(session, desk.clerk, case_id)
        found = file_content(session, desk.head, done.result["attachment"])
        entry = session.execute(
            text("SELECT after FROM core_audit_entry WHERE table_name = 'core_case_content'")
        ).scalar_one()
        assert verify(session.connection()).problems == ()
    assert (line.file_name, line.event_id, found.content) == ("照片.png", event, PNG)
    assert line.sha256 in entry
    assert '"content"' not in entry

    for wrong, code in (
        ({"content": PNG, "event_id": event}, "file.again"),
        ({"content": b""}, "file.empty"),
        ({"content": b"MZ"}, "file.unknown"),
        ({"content": packed("word/document.xml", "word/vbaProject.bin")}, "file.unsafe"),
        ({"content": PDF, "event_id": event + 1000}, "file.place"),
        ({"content": PDF, "line_id": 1}, "file.place"),
        ({"content": PDF + b" " * 21 * 1_048_576}, "file.large"),
    ):
        with pytest.raises(Refused) as told:
            suite_.run(AttachFile(case_id=case_id, file_name="x", **wrong), desk.clerk)
        assert code in told.value.codes

    strike = StrikeAttachment(attachment=done.result["attachment"], reason="传错")
    suite_.run(strike, desk.second)
    with pytest.raises(Refused) as told:
        suite_.run(strike, desk.second)
    assert told.value.codes == {"file.struck"}
    suite_.run(AttachFile(case_id=case_id, file_name="再传", content=PNG), desk.clerk)
    with suite_.reading() as session:
        assert [bool(item.struck_reason) for item in case_files(session, desk.clerk, case_id)] == [
            True,
            False,
        ]

    # What somebody changes past the suite is found by verifying, and is not opened.
    with writing(suite_.engine) as connection:
        if is_sqlite(connection):
            connection.execute(text("DROP TRIGGER audit_core_case_content_update"))
        connection.execute(text("UPDATE core_case_content SET content = :other"), {"other": PDF})
    with suite_.reading() as session:
        problems = verify(session.connection()).problems
        assert any("core_case_content" in problem.text for problem in problems)
        with pytest.raises(Refused) as told:
            file_content(session, desk.clerk, done.result["attachment"])
        assert told.value.codes == {"file.changed"}
        assert is_sqlite(session.connection()) or len(problems) == 1


def test_what_names_the_complainant_is_opened_by_fewer(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    case_id: int = desk.open().result["case_id"]
    letter = AttachFile(case_id=case_id, file_name="投诉信.pdf", content=PDF, names_complainant=True)
    done = suite_on_sqlite.run(letter, desk.clerk)
    with suite_on_sqlite.reading() as session:
        assert case_files(session, desk.leader, case_id)[0].secret
        assert file_content(session, desk.head, done.result["attachment"]).content == PDF
        with pytest.raises(Refused) as told:
            file_content(session, desk.leader, done.result["attachment"])
    assert told.value.codes == {"file.complainant"}


def test_files_under_row_level_security(login_suite: Callable[..., Suite]) -> None:
    clerk, leader, far = (
        login_suite(role, profession="appraisal", district=district)
        for role, district in (
            ("core.section_staff", "130102"),
            ("core.leader", "130102"),
            ("core.section_staff", "130104"),
        )
    )
    me = clerk.actor()
    values = {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"}
    (institution,) = make(clerk, me, "appraisal.appraisal_institution", values)
    lead = step(
        clerk.catalog,
        "RecordLead",
        kind="appraisal.complaint",
        respondent=(institution,),
        source="letter",
        allegations=({"head": "fee", "text": "加收费用"},),
    )
    case_id: int = clerk.run(lead, me).result["case_id"]
    open_, secret = (
        clerk.run(
            AttachFile(case_id=case_id, file_name="信", content=content, names_complainant=named), me
        ).result["attachment"]
        for content, named in ((PDF, False), (PNG, True))
    )
    with leader.reading() as session:
        assert file_content(session, leader.actor(), open_).content == PDF
        assert session.scalar(text("SELECT count(*) FROM core_case_content")) == 1
    with clerk.reading() as session:
        assert file_content(session, me, secret).content == PNG
    clerk.run(StrikeAttachment(attachment=open_, reason="传错"), me)
    with far.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM core_case_content")) == 0
        assert session.scalar(text("SELECT count(*) FROM core_attachment")) == 0


def test_a_document_that_unpacks_to_too_much_is_not_kept() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("word/document.xml", b"<w:t/>")
        package.writestr("word/media/image1.bmp", bytes(MOST_UNPACKED))
    found = content_problems(out.getvalue(), MOST_UNPACKED)
    assert [problem.code for problem in found] == ["file.unpacked"]
    assert content_problems(packed("word/document.xml"), MOST_UNPACKED) == []
