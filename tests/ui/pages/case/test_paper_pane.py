"""Papers and files on the case page: issued, served, attached, struck out, filed, saved with their trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.cli.demo_steps import send_out
from suite.contract.commands import Actor
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.facts import owed_papers
from suite.testing.factories import make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.case.page import CasePage
from suite.ui.pages.case.paper_pane import issued_of


@pytest.fixture
def page(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None) -> Iterator[CasePage]:
    values = {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"}
    (institution,) = make(suite_on_sqlite, admin, "appraisal.appraisal_institution", values)
    command = step(
        suite_on_sqlite.catalog,
        "OpenComplaint",
        kind="appraisal.complaint",
        respondent=(institution,),
        source="letter",
        complainants=({"name": "李建国", "phone": "13912346612"},),
        allegations=({"head": "fee", "text": "加收费用"},),
    )
    suite_on_sqlite.run(command, admin)
    suite_on_sqlite.run(
        step(suite_on_sqlite.catalog, "AcceptComplaint", case_id=1, expected_version=1), admin
    )
    desk = Desk(suite_on_sqlite, admin)
    made = CasePage(desk, 1)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(lambda: not desk.busy and made.case is not None, timeout=60_000)
    yield made
    desk.close()


def _settle(qtbot: QtBot, page: CasePage) -> None:
    qtbot.waitUntil(lambda: not page.desk.busy, timeout=60_000)


def _submit(page: CasePage, qtbot: QtBot, **values: object) -> ActStrip:
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    for key, value in values.items():
        strip.form.rows[key].editor.set_value(value)
    strip.submit()
    _settle(qtbot, page)
    return strip


def test_papers_are_issued_served_and_saved(
    page: CasePage, suite_on_sqlite: Suite, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = page.papers
    assert [entry.title for entry in pane.entries] == ["投诉登记表", "投诉受理通知书"]  # type: ignore[union-attr]
    pane.table.select_row(1)
    assert not pane.buttons["serve"].isEnabled()
    assert "还没有签发" in pane.refusal("serve")
    pane.buttons["issue"].click()
    _submit(page, qtbot)
    issued = issued_of(pane.current)
    assert issued is not None
    assert issued.number == "石司鉴投受〔2026〕1号"
    assert not pane.buttons["issue"].isEnabled()

    pane.buttons["serve"].click()
    strip = _submit(page, qtbot, way="direct")
    assert strip.form.rows["receiver"].problem  # nobody signed for it
    _submit(page, qtbot, receiver="李建国")
    assert page.acts.strip is None
    issued = issued_of(pane.current)
    assert issued is not None
    assert issued.served is not None
    assert issued.served.way == "直接送达"

    # It tells who complains: a copy takes a reason and leaves a trace.
    out = tmp_path / "通知书.docx"
    with suite_on_sqlite.reading() as session:
        from suite.kernel.casework.papers.queries import issued_content

        found = issued_content(session, page.desk.actor, issued.id)
    page.paper_acts.offer_copy(found)
    assert isinstance(page.acts.strip, ActStrip)
    page.paper_acts.save_to(out, found)
    _settle(qtbot, page)
    assert not out.exists()
    page.paper_acts.save_to(out, found, "邮寄")
    _settle(qtbot, page)
    assert out.read_bytes() == found.content
    with suite_on_sqlite.reading() as session:
        entry = session.execute(
            text("SELECT after FROM core_audit_entry WHERE action = 'R' AND table_name = 'core_case'")
        ).scalar_one()
    assert "邮寄" in entry
    assert issued.sha256 in entry


def test_files_are_attached_struck_out_and_the_case_filed(
    page: CasePage, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = page.papers
    wrong = tmp_path / "程序.exe"
    wrong.write_bytes(b"MZ")
    page.paper_acts.attach_from(wrong)
    strip = _submit(page, qtbot)
    assert "认不出" in strip.problem.text()
    right = tmp_path / "照片.jpg"
    right.write_bytes(b"\xff\xd8\xff\xe0")
    page.paper_acts.attach_from(right)
    _submit(page, qtbot, note="现场照片")
    assert [file.note for file in (pane.shown.files if pane.shown else ())] == ["现场照片"]
    pane.table.select_row(2)
    pane.buttons["strike"].click()
    confirm = page.acts.strip
    assert isinstance(confirm, ConfirmStrip)
    confirm.confirmed.emit("传错")
    _settle(qtbot, page)
    assert pane.refusal("strike") == "已经划去"
    assert pane.refusal("file") == "办结以后才能归档"

    case = page.case
    assert case is not None
    close = step(
        suite_on_sqlite.catalog,
        "TerminateComplaint",
        case_id=1,
        expected_version=case.version,
        termination_ground="impossible",
    )
    from suite.kernel.accounts.commands import AddUser, GrantRole
    from suite.kernel.casework.commands import ApproveStep

    suite_on_sqlite.run(AddUser(login="head", name="周立群"), admin)
    suite_on_sqlite.run(GrantRole(login="head", role="core.section_head"), admin)
    asked = suite_on_sqlite.run(close, admin)
    suite_on_sqlite.run(ApproveStep(approval=asked.result["approval"]), suite_on_sqlite.actor("head"))
    page.refresh()
    _settle(qtbot, page)
    pane.buttons["file"].click()
    strip = _submit(page, qtbot, note="材料齐全")
    assert "“终止办理通知书”还没有签发或者送达" in strip.problem.text()
    page.acts.close()
    with suite_on_sqlite.reading() as session:
        owed = owed_papers(session, admin, suite_on_sqlite.catalog, 1)
    send_out(suite_on_sqlite, admin, 1, owed, suite_on_sqlite.today)
    page.refresh()
    _settle(qtbot, page)
    page.paper_acts.attach_from(right)
    _submit(page, qtbot, note="现场照片，重新拍摄")
    pane.buttons["file"].click()
    _submit(page, qtbot, note="材料齐全")
    assert page.acts.strip is None
    assert pane.shown is not None
    assert pane.shown.filings[0].pages >= 3
