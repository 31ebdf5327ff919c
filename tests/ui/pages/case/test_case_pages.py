"""A complaint in the window: registered, accepted, refused with its reason, signed, revealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.testing.factories import a_firm, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice
from suite.ui.kit.page import Page
from suite.ui.pages.case.page import CasePage
from suite.ui.pages.cases.page import CasesPage


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    for login, role in (("second", "core.section_staff"), ("head", "core.section_head")):
        suite_on_sqlite.run(AddUser(login=login, name=login), admin)
        suite_on_sqlite.run(GrantRole(login=login, role=role), admin)
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()


def _settle(qtbot: QtBot, page: Page, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy, timeout=20_000)


def _fill(strip: ActStrip, **values: object) -> None:
    for key, value in values.items():
        strip.form.rows[key].editor.set_value(value)


def _strip(page: CasesPage | CasePage) -> ActStrip:
    assert isinstance(page.acts.strip, ActStrip)
    return page.acts.strip


def test_a_complaint_is_taken_through_the_window(
    desk: Desk, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None, tmp_path: Path
) -> None:
    (institution,) = make(
        suite_on_sqlite,
        admin,
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )
    listed = CasesPage(desk)
    qtbot.addWidget(listed)
    listed.show()
    _settle(qtbot, listed, desk)
    assert not listed.table.isVisibleTo(listed)
    opened: list[object] = []
    listed.open_wanted.connect(lambda _key, argument: opened.append(argument))
    kinds = [(kind.key, transition.command) for kind, transition, _ in listed.openings]
    listed.ask_open(kinds.index(("appraisal.complaint", "OpenComplaint")))
    strip = _strip(listed)
    _fill(
        strip,
        respondent=Choice(institution, "河北正明司法鉴定中心"),
        complainant_name="李建国",
        complainant_phone="12",
        source="letter",
        head_1="fee",
        text_1="加收费用",
    )
    strip.submit()
    _settle(qtbot, listed, desk)
    assert strip.form.rows["complainant_name"].problem  # a bad telephone is told beside the complainant
    _fill(strip, complainant_phone="13912346612")
    strip.submit()
    _settle(qtbot, listed, desk)
    assert opened == [1]
    listed.refresh()
    _settle(qtbot, listed, desk)
    assert len(listed.lines) == 1
    assert not listed.export.isEnabled(), "columns differ from kind to kind"
    listed.kind.set_value(["appraisal.complaint"])
    listed.refresh()
    _settle(qtbot, listed, desk)
    assert listed.export.isEnabled()
    ledger = tmp_path / "台账.csv"
    listed.saving.write(ledger)
    _settle(qtbot, listed, desk)
    rows = ledger.read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "石司鉴投" in rows[1]
    assert "李建国" not in rows[1]
    assert [line.number for line in listed.lines] == ["石司鉴投〔2026〕1号"]

    page = CasePage(desk, 1)
    qtbot.addWidget(page)
    page.show()
    _settle(qtbot, page, desk)
    assert page.case is not None
    assert page.steps.buttons["AcceptComplaint"].isEnabled()
    page.acts.ask_step("AcceptComplaint")
    _strip(page).submit()
    _settle(qtbot, page, desk)
    assert page.case.state.key == "accepted"
    page.acts.ask_step("StartInvestigation")
    _fill(_strip(page), officer__1=admin.login, officer__2="second")
    _strip(page).submit()
    _settle(qtbot, page, desk)
    assert page.case.state.key == "investigating"
    decide = page.steps.buttons["DecideComplaint"]
    assert not decide.isEnabled()
    assert "逐项认定" in decide.toolTip()
    page.acts.ask_step("FindAllegations")
    _fill(_strip(page), finding_1="unfounded", why_1="票据齐全")
    _strip(page).submit()
    _settle(qtbot, page, desk)
    assert page.steps.buttons["DecideComplaint"].isEnabled()
    page.acts.ask_step("TerminateComplaint")
    _fill(_strip(page), termination_ground="impossible")
    _strip(page).submit()
    _settle(qtbot, page, desk)
    assert page.case.waiting is not None
    assert page.case.waiting.mine
    page.acts.ask_reveal()
    _fill(_strip(page), reason="电话核实")
    _strip(page).submit()
    _settle(qtbot, page, desk)
    assert "13912346612" in page.matter.revealed.text()

    other = Desk(suite_on_sqlite, suite_on_sqlite.actor("head"))
    signing = CasePage(other, 1)
    qtbot.addWidget(signing)
    signing.show()
    _settle(qtbot, signing, other)
    signing.acts.ask_sign()
    _strip(signing).submit()
    _settle(qtbot, signing, other)
    assert signing.case is not None
    assert signing.case.state.key == "terminated"
    other.close()


def test_what_is_applied_for_decides_what_is_asked(
    desk: Desk, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None
) -> None:
    (firm,) = make(suite_on_sqlite, admin, "lawyers.law_firm", a_firm(1))
    listed = CasesPage(desk)
    qtbot.addWidget(listed)
    listed.show()
    _settle(qtbot, listed, desk)
    page = suite_on_sqlite.catalog.case_kinds["lawyers.firm_application"]
    listed.acts.ask(page, suite_on_sqlite.catalog.lifecycle_of(page).openings[0])
    _settle(qtbot, listed, desk)
    strip = _strip(listed)
    assert "new_name" not in strip.form.rows
    strip.form.rows["item"].editor.set_value("establish")
    strip.edited.emit()
    qtbot.waitUntil(lambda: "founder__3" in strip.form.rows, timeout=20_000)
    places = strip.form.rows["district_code"].spec.choices
    assert ("130102", "长安区") in {(choice.value, choice.title) for choice in places}
    strip.form.rows["item"].editor.set_value("name")
    strip.edited.emit()
    qtbot.waitUntil(lambda: "founder__3" not in strip.form.rows, timeout=20_000)
    opened: list[object] = []
    listed.open_wanted.connect(lambda _page, key: opened.append(key))
    _fill(strip, applicant=Choice(str(firm), "河北第1律师事务所"), new_name="河北新名律师事务所")
    strip.submit()
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=20_000)
