"""Plans and draws in the window: laid down, drawn, replayed, saved, crossed out, opened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.code_sets import packed
from suite.contract.commands import Actor
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.kernel.casework.draw_files import read_record
from suite.kernel.casework.draw_record import replay
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.testing.factories import make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.case.list_panes import ListPane
from suite.ui.pages.case.page import CasePage
from suite.ui.pages.plans.page import PlansPage

KIND = "appraisal.appraisal_institution"


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    for login in ("second", "third"):
        suite_on_sqlite.run(AddUser(login=login, name=login), admin)
        suite_on_sqlite.run(GrantRole(login=login, role="core.section_staff"), admin)
    rows = [
        {"name": f"河北第{n}司法鉴定中心", "main_no": f"1301002{n:02}", "district_code": "130102"}
        for n in range(4)
    ]
    make(suite_on_sqlite, admin, KIND, *rows)
    made = Desk(suite_on_sqlite, admin)
    yield made
    made.close()


def _settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy, timeout=20_000)


def _strip(page: PlansPage | CasePage) -> ActStrip:
    assert isinstance(page.acts.strip, ActStrip)
    return page.acts.strip


def _fill(strip: ActStrip, **values: object) -> None:
    for key, value in values.items():
        strip.form.rows[key].editor.set_value(value)


def test_from_the_plan_to_the_opened_inspection(
    desk: Desk, qtbot: QtBot, light: None, tmp_path: Path
) -> None:
    page = PlansPage(desk)
    qtbot.addWidget(page)
    page.show()
    _settle(qtbot, desk)
    assert "还没有检查计划" in page.empty.sentence.text()
    page.acts.ask_plan()
    strip = _strip(page)
    _fill(
        strip,
        name="下半年抽查",
        basis="年度计划",
        kind=KIND,
        rate=Decimal(25),
        inspectors=packed(["second", "third"]),
        per_subject=Decimal(2),
    )
    strata = strip.parts[0]
    strata.lines[0][0].set_value("key")  # a line that was begun must be whole
    strip.submit()
    assert "必填" in strata.problem.text()
    strata.lines[0][0].set_value(None)
    strip.submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    assert page.plan is not None, strip.problem.text()
    assert page.plan.line.title == "下半年抽查"
    assert page.detail.draw.isEnabled()

    page.acts.ask_draw()
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    drawn = page.detail.standing
    assert drawn is not None
    assert len(drawn.picks) == 1
    assert not page.detail.draw.isEnabled()
    told: list[str] = []
    page.happened.connect(told.append)
    page.acts.save_to(tmp_path / "记录.json")
    page.acts.save_to(tmp_path / "记录.xlsx")
    page.acts.save_to(tmp_path / "记录.txt")
    _settle(qtbot, desk)
    assert len(told) == 3
    assert replay(read_record(tmp_path / "记录.json")).agrees
    assert drawn.digest in (tmp_path / "记录.txt").read_text(encoding="utf-8")
    with desk.suite.reading() as session:
        noted = session.execute(
            text("SELECT after FROM core_audit_entry WHERE table_name = 'core_draw' AND action = 'E'")
        ).scalars()
        assert sorted(json.loads(entry)["file"] for entry in noted) == ["记录.json", "记录.txt", "记录.xlsx"]

    page.acts.ask_void()
    _fill(_strip(page), reason="名录库漏列")
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    assert page.detail.former.isVisibleTo(page.detail)
    page.acts.ask_draw()
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    page.acts.ask_open()
    assert isinstance(page.acts.strip, ConfirmStrip)
    page.acts.strip.confirmed.emit("")
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    drawn = page.detail.standing
    assert drawn is not None
    (pick,) = drawn.picks
    assert pick.case is not None
    assert not page.detail.open.isEnabled()
    opened: list[object] = []
    page.open_wanted.connect(lambda key, argument: opened.append((key, argument)))
    page.detail.picks.table.row_opened.emit(0, 0)
    assert opened == [("case", pick.case[0])]


def test_the_lists_of_an_inspection_are_filled_in_and_struck(
    desk: Desk, suite_on_sqlite: Suite, qtbot: QtBot, light: None
) -> None:
    with suite_on_sqlite.reading() as session:
        ids = list_ids(session, desk.actor, suite_on_sqlite.catalog, ListQuery(kind=KIND)).ids
    command = step(
        suite_on_sqlite.catalog, "OpenInspection", kind="appraisal.inspection", respondent=(ids[0],),
        officer=("admin", "second"), source="daily",
    )  # fmt: skip
    case_id = suite_on_sqlite.run(command, desk.actor).result["case_id"]
    page = CasePage(desk, case_id)
    qtbot.addWidget(page)
    page.show()
    _settle(qtbot, desk)
    page.acts.ask_step("StartInspection")
    _fill(_strip(page), place="办公场所")
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    page.acts.ask_step("RecordCheck")
    items, problems, _ = _strip(page).parts
    # One line for each item of the check list, none to be added.
    assert len(items.lines) == len(suite_on_sqlite.catalog.codes["appraisal.check_item"].codes)
    assert not items.more.isVisibleTo(items)
    items.lines[0][0].set_value("fails")
    items.lines[1][0].set_value("conforms")
    problems.more.click()
    assert len(problems.lines) == 2
    problems.lines[0][0].set_value("只有一名鉴定人签名")
    problems.lines[0][1].set_value("司法鉴定程序通则第十九条")
    problems.lines[0][2].set_value("general")
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    pane = page.matter.lists.panes["problems"]
    assert isinstance(pane, ListPane)
    assert page.matter.lists.panes["check_items"].source.row_count() == 2
    pane.table.select_row(0)
    assert pane.correct.isEnabled()
    pane.correct.click()
    _fill(_strip(page), done=suite_on_sqlite.today)
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    assert page.case is not None
    assert page.case.lists[1].rows[0].values["done"] == suite_on_sqlite.today
    pane.table.select_row(0)
    pane.strike.click()
    _fill(_strip(page), reason="与事实不符")
    _strip(page).submit()
    _settle(qtbot, desk)
    _settle(qtbot, desk)
    assert "与事实不符" in page.case.lists[1].rows[0].struck
    pane.table.select_row(0)
    assert not pane.strike.isEnabled()
