"""The catalogue of penalties, and the tasks that penalties raise."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from suite.kernel.casework.penalties.tasks import RaiseTasks
from suite.testing.factories import a_lawyer, make, resident_number
from suite.ui.desk import Desk
from suite.ui.pages.settings.penalties import PenaltiesPage
from suite.ui.pages.tasks.page import TasksPage
from tests.ui.pages.settings.conftest import settled


def test_every_entry_is_listed_and_told_whole(qtbot: QtBot, desk: Desk) -> None:
    page = PenaltiesPage(desk)
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, desk)
    assert page.table.rows.rowCount() == len(desk.suite.catalog.penalties)
    page.filter.set_quietly("枉法裁决")
    page.filter.settled.emit("枉法裁决")
    assert [line.key for line in page.shown] == ["arbitration.E38"]
    assert "除名" in page.detail.text()
    assert "仲裁法第三十八条" in page.note.text()
    assert page.step_back()


def test_a_task_is_settled_with_what_was_done(qtbot: QtBot, desk: Desk) -> None:
    suite, actor = desk.suite, desk.actor
    (lawyer,) = make(suite, actor, "lawyers.lawyer", a_lawyer(1, name="王志强", id_number=resident_number(3)))
    make(suite, actor, "arbitration.arbitrator", {"name": "王志强", "id_number": resident_number(3)})
    asked = RaiseTasks(
        kind="lawyers.lawyer", subject_id=lawyer, heading="处罚影响", text="请核查", document="1号"
    )
    suite.run(asked, actor)
    page = TasksPage(desk)
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, desk)
    pane = page.front
    assert [line.name for line in pane.lines] == ["王志强"]
    with qtbot.waitSignal(page.open_wanted) as opened:
        pane.table.row_opened.emit(0, None)
    assert opened.args == ["record", ("arbitration.arbitrator", pane.lines[0].subject_id)]
    pane.begin("settle")
    assert pane.strip is not None
    pane.strip.submit()
    assert pane.strip.form.rows["answer"].problem, "an answer is asked for"
    pane.strip.form.rows["answer"].editor.set_value("已核查，不影响任职")
    assert page.has_unsaved()
    pane.strip.submit()
    settled(qtbot, desk)
    settled(qtbot, desk)
    assert pane.lines == []
    assert [tab.count for tab in page.tabs.tabs] == [0, 1]
