"""The files of a line of a case's list: attached to it, shown beside it, struck out."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.casework.commands import AddCaseLines, LineGiven
from suite.kernel.casework.derive import step
from suite.testing.factories import a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.pages.case.list_panes import ListPane
from suite.ui.pages.case.page import CasePage


def _settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy, timeout=60_000)


def _told(pane: ListPane) -> object:
    """What the column of files says of the first line."""
    return (pane.source.cached_row(0) or (None,))[-1]


def test_a_photograph_is_attached_to_a_line_and_struck_out(
    suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None, tmp_path: Path
) -> None:
    suite = suite_on_sqlite
    (lawyer,) = make(suite, admin, "lawyers.lawyer", a_lawyer())
    opened = step(
        suite.catalog, "OpenDiscipline", kind="lawyers.discipline", respondent=(lawyer,), source="other",
        conduct="网上不实宣传",
    )  # fmt: skip
    number = suite.run(opened, admin).result["case_id"]
    line = LineGiven(list_key="evidence", code="audiovisual", name="网页截图", day=suite.today)
    suite.run(AddCaseLines(case_id=number, lines=(line,)), admin)
    desk = Desk(suite, admin)
    page = CasePage(desk, number)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    _settle(qtbot, desk)
    pane = page.matter.lists.panes["evidence"]
    assert not pane.attach.isEnabled()
    pane.table.select_row(0)
    assert pane.attach.isEnabled()
    assert _told(pane) is None
    row = next(item.rows[0] for item in page.case.lists if item.rows) if page.case else None
    assert row is not None
    picture = tmp_path / "截图.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    page.paper_acts.attach_from(picture, row.id, "，附于证据第 1 条")
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    strip.form.rows["note"].editor.set_value("首页")
    strip.submit()
    _settle(qtbot, desk)
    (file,) = page.papers.shown.files if page.papers.shown else ()
    assert (file.line_id, file.place) == (row.id, "证据第 1 条")
    pane.table.select_row(0)
    assert _told(pane) == 1
    save, strike = pane.files.files[file.id]
    assert save.text() == "截图.jpg（首页）"
    assert strike is not None
    strike.click()
    confirm = page.acts.strip
    assert isinstance(confirm, ConfirmStrip)
    confirm.confirmed.emit("截错")
    _settle(qtbot, desk)
    pane.table.select_row(0)
    assert _told(pane) is None
    save, strike = pane.files.files[file.id]
    assert "已划去：截错" in save.text()
    assert strike is None
    desk.close()
