"""The form of a penalty in the window: sanctions chosen together, amounts, and what the article refuses."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.testing.factories import a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.case.page import CasePage


def _settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy, timeout=20_000)


def test_a_proposal_is_typed_refused_and_taken(
    suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None
) -> None:
    suite = suite_on_sqlite
    (lawyer,) = make(suite, admin, "lawyers.lawyer", a_lawyer())
    suite.run(AddUser(login="second", name="韩雪"), admin)
    suite.run(GrantRole(login="second", role="core.section_head"), admin)
    opened = suite.run(
        step(
            suite.catalog, "OpenDiscipline", kind="lawyers.discipline", respondent=(lawyer,), source="other",
            conduct="网上不实宣传",
        ),
        admin,
    )  # fmt: skip
    case_id = opened.result["case_id"]
    suite.run(step(suite.catalog, "FileDiscipline", case_id=case_id, expected_version=1), admin)
    officers = (admin.login, "second")
    suite.run(
        step(suite.catalog, "NotifyMember", case_id=case_id, expected_version=2, officer=officers), admin
    )
    desk = Desk(suite, admin)
    page = CasePage(desk, case_id)
    qtbot.addWidget(page)
    page.show()
    _settle(qtbot, desk)
    page.acts.ask_step("ProposeDiscipline")
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    typed = {
        "facts_found": "多次发布不实宣传", "article": "lawyers.D1", "gravity": "ordinary",
        "sanctions": "suspension", "months": "13",
    }  # fmt: skip
    for key, value in typed.items():
        strip.form.rows[key].editor.set_value(value)
    strip.submit()
    _settle(qtbot, desk)
    assert "1 至 12 个月" in strip.form.rows["months"].problem
    strip.form.rows["months"].editor.set_value("6")
    strip.submit()
    _settle(qtbot, desk)
    assert page.case is not None
    qtbot.waitUntil(lambda: page.case is not None and page.case.state.key == "proposed")
    assert page.case.values["sanctions"] == ("suspension",)
    paper_up(suite, admin, case_id, "HearMember", suite.today)
    suite.run(
        step(
            suite.catalog, "HearMember", case_id=case_id, expected_version=4, statement="无异议",
            hearing_on=dt.date(2026, 11, 20),
        ),
        admin,
    )  # fmt: skip
    page.refresh()
    qtbot.waitUntil(lambda: page.case is not None and page.case.state.key == "heard")
    page.acts.ask_step("DecideDiscipline")
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    # What was proposed stands in the form already.
    assert strip.value("sanctions") == "suspension"
    assert strip.value("months") == 6
    desk.close()
