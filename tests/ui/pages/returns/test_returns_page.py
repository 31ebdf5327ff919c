"""The page 填报, as a county uses it: filled in beforehand, a leap explained, handed in, corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.kernel.returns.rules import ReturnState
from suite.kernel.returns.submitting import ReturnGiven, SubmitReturns
from suite.testing.factories import a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.pages.returns.page import ReturnsPage
from tests.ui.resting import rest

FORM, HOME = "lawyers.monthly", "130102"
NUMBERS = (
    "criminal_matters", "civil_matters", "administrative_matters", "non_litigation_matters",
    "arbitration_matters", "counsel_clients", "consultations", "public_hours", "fees",
)  # fmt: skip


@pytest.fixture
def desk(suite_on_sqlite: Suite, qtbot: QtBot) -> Iterator[Desk]:
    suite, admin = suite_on_sqlite, suite_on_sqlite.actor()
    make(suite, admin, "lawyers.lawyer", a_lawyer(1, district_code=HOME, first_practice_on="2015-01-01"))
    known = {"lawyers.lawyers_reported": Decimal(1), "lawyers.firms_reported": Decimal(0)}
    values = known | {f"lawyers.{key}": Decimal(50) for key in NUMBERS}
    # The roster of a past month is what its history says.
    notes = dict.fromkeys(known, "上月")
    given = ReturnGiven(district=HOME, values=values, notes=notes)
    suite.run(SubmitReturns(form=FORM, period="2026-09", rows=(given,)), admin)
    desk = Desk(suite, admin)
    yield desk
    desk.close()
    desk.deleteLater()


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    return partial(rest, qtbot, desk)


@pytest.fixture
def page(light: None, desk: Desk, settle: Callable[[], None], qtbot: QtBot) -> ReturnsPage:
    page = ReturnsPage(desk, (FORM, "2026-10"))
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    settle()
    return page


def type_in(page: ReturnsPage, key: str, value: int) -> None:
    editor = page.pane.editors[f"lawyers.{key}"]
    editor.set_value(Decimal(value))
    editor.edited.emit()


def test_a_month_is_filled_in_explained_handed_in_and_corrected(
    page: ReturnsPage, settle: Callable[[], None], tmp_path: Path
) -> None:
    assert page.who == HOME
    sheet = page.pane.sheet
    assert sheet is not None
    known = {line.series.key: line.known for line in sheet.cells if line.known is not None}
    values, _ = page.pane.given()
    assert values == known, "what the suite knows is filled in"
    for key in NUMBERS:
        type_in(page, key, 50)
    type_in(page, "civil_matters", 70)
    assert page.has_unsaved()
    page.pane.ask("submit")
    settle()
    assert page.pane.judge().keys() == {"lawyers.civil_matters"}, "a leap of 40 per cent asks for a reason"
    note = page.pane.notes["lawyers.civil_matters"]
    note.set_value("集中立案")
    note.edited.emit()
    assert page.pane.judge() == {}
    page.pane.ask("submit")
    settle()
    sheet = page.pane.sheet
    assert sheet is not None
    assert (sheet.state, page.has_unsaved()) == (ReturnState.SUBMITTED, False)
    assert not page.pane.editors, "what was handed in is read"
    page.pane.ask("correct")
    type_in(page, "civil_matters", 72)
    page.pane.ask("correct")
    assert page.pane.message.text(), "a correction wants its reason"
    page.pane.reason.set_value("漏计二件")
    page.pane.ask("correct")
    settle()
    sheet = page.pane.sheet
    assert sheet is not None
    moved = {event.cell: (event.before, event.after) for event in sheet.events if event.what == "correct"}
    assert moved["lawyers.civil_matters"] == (70, 72)
    page.acts.export_to(tmp_path / "十月.xlsx")
    settle()
    assert (tmp_path / "十月.xlsx").exists()


def test_what_is_typed_is_not_lost_by_choosing_another(page: ReturnsPage, settle: Callable[[], None]) -> None:
    type_in(page, "fees", 12)
    page.table.select_row(1)
    settle()
    assert page.who == HOME
    assert page.pane.message.text()
    assert page.step_back()
    page.table.select_row(2)
    settle()
    assert page.who != HOME
    assert [command.text for command in page.commands()][:2] == ["暂存", "报送"]
