"""桥西's full-time lawyers at the end of June, and why it is not what was reported: played at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.indicators.snapshots import TakeSnapshot
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.reports.commands import MakeReport, SubmitReport
from suite.kernel.reports.questions import Question
from suite.testing.factories import a_firm, a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.notices import NoticeBar
from suite.ui.kit.page import Page
from suite.ui.pages.indicators.page import IndicatorsPage
from suite.ui.pages.reports.asked import AskedPart
from suite.ui.pages.reports.made import ReportsMade
from suite.ui.pages.reports.notices import NoticesPart
from suite.ui.pages.reports.packs import PacksPart
from suite.ui.pages.reports.page import ReportsPage
from suite.ui.pages.snapshots.difference import DifferencePage
from suite.ui.pages.snapshots.rows import FrozenRowsPage

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"
BEGIN, JUNE = dt.date(2020, 1, 1), dt.date(2026, 6, 30)
QIAOXI = "130104"
Open = Callable[..., Page]


@pytest.fixture
def desk(suite_on_sqlite: Suite, admin: Actor) -> Iterator[Desk]:
    found = Desk(suite_on_sqlite, admin)
    yield found
    found.close()


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot, light: None) -> Open:
    def make_page(kind: type[Page], argument: object = None) -> Page:
        page = kind(desk) if kind is IndicatorsPage else kind(desk, argument)  # type: ignore[call-arg] # each its own
        qtbot.addWidget(page)
        page.resize(1300, 800)
        page.show()
        settle(qtbot, desk)
        return page

    return make_page


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: not desk.busy)


def world(suite: Suite, admin: Actor) -> list[int]:
    """Six lawyers in 桥西; after June was frozen, of four it is known otherwise."""
    firms = make(suite, admin, FIRMS, a_firm(1, district_code=QIAOXI), on=BEGIN)
    lawyers = make(
        suite,
        admin,
        LAWYERS,
        *(a_lawyer(n, body_id=firms[0], district_code=QIAOXI) for n in range(6)),
        on=BEGIN,
    )
    suite.run(TakeSnapshot(as_of=JUNE, name="半年报"), admin)
    late = dt.date(2026, 6, 1)
    for lawyer, values in zip(
        lawyers,
        (
            {"category": "part_time"},
            {"status": "cancelled"},
            {"district_code": "130102"},
            {"status": "suspended"},
        ),
        strict=False,
    ):
        row = RowEdit(values=values, subject_id=lawyer)
        suite.run(SaveRecords(kind=LAWYERS, rows=(row,), effective_on=late), admin)
    return lawyers


def test_four_names_explain_the_difference(
    opened: Open, desk: Desk, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot
) -> None:
    lawyers = world(suite_on_sqlite, admin)
    # The roster as of the end of June, full-time, in 桥西.
    reports = opened(ReportsPage, "asked")
    assert isinstance(reports, ReportsPage)
    asked = reports.front
    assert isinstance(asked, AskedPart)
    asked.put(
        Question(
            kind=LAWYERS,
            filters={"district_code": (QIAOXI,), "category": ("full_time",), "status": ("active",)},
            as_of=JUNE,
        )
    )
    settle(qtbot, desk)
    assert asked.answer is not None
    assert asked.answer.total == 2
    # What was reported, beside what is known now.
    page = opened(IndicatorsPage)
    assert isinstance(page, IndicatorsPage)
    (line,) = page.data.known
    page.set_day(JUNE)
    page.compare_with(line)
    settle(qtbot, desk)
    assert any(column.key == "former" for column in page.table.rows.columns)
    wanted: list[tuple[str, object]] = []
    page.open_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    page.differences.click()
    assert wanted == [("snapshot-diff", (line.id, JUNE.isoformat()))]
    # Four names, each a correction with its reason.
    difference = opened(DifferencePage, wanted[0][1])
    assert isinstance(difference, DifferencePage)
    assert difference.found is not None
    named = {row.id for change in difference.found.changes for row in change.rows if row.kind == LAWYERS}
    assert named == set(lawyers[:4])
    rows = [row for change in difference.found.changes for row in change.rows if row.kind == LAWYERS]
    assert all(row.corrected and row.why for row in rows)
    # What three narrow columns cut is told whole below them, of the row that is current.
    current = difference.current
    assert current is not None
    for place, row in enumerate(current.rows):
        difference.rows.select_row(place)
        qtbot.waitUntil(partial(_tells, difference.detail, row.name))
        told = difference.detail.text()
        assert difference.detail.wordWrap()
        assert all(words in told for words in (row.before, row.after, "；".join(row.why)))
    difference.rows.setFocus()
    difference.open_wanted.connect(lambda key, argument: wanted.append((key, argument)))
    qtbot.keyClick(difference.rows, Qt.Key.Key_Return)
    assert wanted[-1][0] == "record"
    # The frozen set itself, and its rows.
    page.show_snapshot(line)
    settle(qtbot, desk)
    assert page.select("11")
    page.dock.buttons[0].click()
    frozen = opened(FrozenRowsPage, (line.id, "lawyers.per_10k", 0, 0))
    assert isinstance(frozen, FrozenRowsPage)
    assert frozen.table.rows.rowCount() == 6


def test_what_a_frozen_set_lacks_stands_above_it(
    opened: Open, desk: Desk, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot
) -> None:
    world(suite_on_sqlite, admin)
    page = opened(IndicatorsPage)
    assert isinstance(page, IndicatorsPage)

    def told() -> list[str]:
        return [bar.notice.text for bar in page.findChildren(NoticeBar) if bar.isVisible()]

    assert told() == []
    (line,) = page.data.known
    assert any("冻结时无数据" in one.toolTip() for one in page.data.menu_of().actions())
    for _ in range(2):
        page.show_snapshot(line)
        settle(qtbot, desk)
        qtbot.waitUntil(lambda: len(told()) == 1)
        assert told()[0].startswith(f"《{line.title}》冻结时无数据：")
    page.set_day(desk.suite.today)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: told() == [])


def test_a_snapshot_is_taken_in_place(opened: Open, desk: Desk, qtbot: QtBot) -> None:
    page = opened(IndicatorsPage)
    assert isinstance(page, IndicatorsPage)
    page.freeze.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.act.click()
    settle(qtbot, desk)
    assert page.acts.strip is None
    assert len(page.data.known) == 1
    assert page.compared.isEnabled()


def test_reports_packs_and_notices(
    opened: Open, desk: Desk, suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, tmp_path: Path
) -> None:
    world(suite_on_sqlite, admin)
    done = suite_on_sqlite.run(MakeReport(period="2026-Q2", snapshot_id=1), admin)
    number = SubmitReport(
        report_id=done.result["report"], submitted_on=suite_on_sqlite.today, document_no="石司〔2026〕8号"
    )
    suite_on_sqlite.run(number, admin)
    page = opened(ReportsPage)
    assert isinstance(page, ReportsPage)
    made = page.front
    assert isinstance(made, ReportsMade)
    assert not made.submit.isEnabled()
    made.export_to(tmp_path / "r.xlsx")
    settle(qtbot, desk)
    assert (tmp_path / "r.xlsx").stat().st_size > 0
    # Whoever makes another one of the period is told that one went out.
    made.make.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    assert "石司〔2026〕8号" not in strip.note
    strip.form.rows["period"].editor.set_value("2026-Q2")
    strip.form.rows["period"].editor.edited.emit()
    assert "石司〔2026〕8号" in strip.note
    assert "更正说明" in strip.note
    strip.dropped.emit()
    made.correct.click()
    assert page.acts.strip is not None
    page.acts.strip.confirmed.emit("")
    settle(qtbot, desk)
    assert [line.kind for line in made.lines] == ["correction", "quarter"]
    page.tabs.set_current("packs")
    settle(qtbot, desk)
    packs = page.front
    assert isinstance(packs, PacksPart)
    packs.form.set_values({"title": "检查", "numbers": "11", "snapshot": "1", "kind": "", "cases": ""})
    packs.make_to(tmp_path / "p.zip")
    settle(qtbot, desk)
    assert packs.packed is not None
    assert (tmp_path / "p.zip").exists()
    page.tabs.set_current("notices")
    settle(qtbot, desk)
    notices = page.front
    assert isinstance(notices, NoticesPart)
    notices.make.click()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    assert page.step_back()


def _tells(label: QLabel, words: str) -> bool:
    return words in label.text()
