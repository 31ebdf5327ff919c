"""Two windows on one database edit one record: what touches is asked, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.ui.desk import Desk
from suite.ui.pages.record.merging import Side
from suite.ui.pages.record.page import RecordPage
from tests.ui.pages.record.conftest import Office, open_suite, settle, type_into

Open = Callable[..., RecordPage]


@pytest.fixture
def other_desk(office: Office) -> Iterator[Desk]:
    """Another person's desk, in a program of its own."""
    office.suite.run(AddUser(login="zhou", name="周立群"), office.actor)
    office.suite.run(GrantRole(login="zhou", role="core.administrator"), office.actor)
    suite = open_suite(office.home)
    desk = Desk(suite, suite.actor("zhou"))
    yield desk
    desk.close()
    suite.engine.dispose()


def save(qtbot: QtBot, page: RecordPage) -> None:
    """Ctrl+S, and wait."""
    page.save()
    settle(qtbot, page)


def test_edits_that_do_not_touch_merge_by_themselves(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    mine = open_page(office.ids["lawyer"])
    theirs = open_page(office.ids["lawyer"], desk=other_desk)
    type_into(theirs, "office_address", "中山东路 188 号 12 层")
    save(qtbot, theirs)
    type_into(mine, "email", "wang@cyls.example")
    type_into(mine, "phone", "13912344520")
    save(qtbot, mine)
    assert mine.view.conflict is None
    now = office.values(office.ids["lawyer"])
    assert now["office_address"] == "中山东路 188 号 12 层"
    assert now["email"] == "wang@cyls.example"
    assert now["phone"] == "139****4520"
    assert mine.view.pane.form.rows["office_address"].stored == "中山东路 188 号 12 层"


def conflict(office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot) -> RecordPage:
    """A page whose save met another one's: two conflicts, one field each that only one side changed."""
    mine = open_page(office.ids["lawyer"])
    theirs = open_page(office.ids["lawyer"], desk=other_desk)
    type_into(mine, "specialties", "建设工程、公司并购")
    type_into(mine, "phone", "13912344520")
    type_into(mine, "email", "wang@cyls.example")
    type_into(theirs, "specialties", "建设工程、破产清算")
    type_into(theirs, "phone", "13812345208")
    type_into(theirs, "office_address", "中山东路 188 号 12 层")
    save(qtbot, theirs)
    save(qtbot, mine)
    return mine


def test_a_conflict_asks_only_for_what_both_changed(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    page = conflict(office, open_page, other_desk, qtbot)
    view = page.view.conflict
    assert view is not None
    asked = {m.key: (m.base, m.mine, m.theirs) for m in view.meetings if m.conflict}
    assert asked == {
        "specialties": ("建设工程", "建设工程、公司并购", "建设工程、破产清算"),
        "phone": ("138****5207", "139****4520", "138****5208"),
    }
    merged = {m.key: m.choice for m in view.meetings if not m.conflict}
    assert merged == {"email": Side.MINE, "office_address": Side.THEIRS}
    assert not view.merge.isEnabled()
    assert page.has_unsaved()
    assert page.view.pane.edits()["phone"] == "13912344520"


def test_the_merge_keeps_the_choices_and_logs_three_values(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    page = conflict(office, open_page, other_desk, qtbot)
    view = page.view.conflict
    # By keyboard: the first conflict has the focus, Enter takes it, Tab goes on to the next.
    assert page.focusWidget() is view.radios["specialties", Side.MINE]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    view.radios["phone", Side.THEIRS].setFocus()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert view.left.text() == ""
    QTest.keyClick(view.merge, Qt.Key.Key_Space)
    settle(qtbot, page)
    now = office.values(office.ids["lawyer"])
    assert now["specialties"] == "建设工程、公司并购"
    assert now["phone"] == "138****5208"
    assert now["email"] == "wang@cyls.example"
    assert now["office_address"] == "中山东路 188 号 12 层"
    assert page.view.conflict is None
    assert not page.has_unsaved()
    reason = page.loaded.trace[0].reason
    for part in ("周立群", "打开时“建设工程”", "本人“建设工程、公司并购”", "破产清算", "采用本人的"):
        assert part in reason
    assert "13912344520" not in reason


def test_taking_theirs_and_dropping_mine(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    page = conflict(office, open_page, other_desk, qtbot)
    page.view.conflict.drop_wanted.emit()
    settle(qtbot, page)
    assert page.view.pane.edits() == {}
    assert page.view.pane.form.rows["specialties"].stored == "建设工程、破产清算"
    assert office.values(office.ids["lawyer"])["email"] is None


def test_a_third_save_during_the_merge_asks_again(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    page = conflict(office, open_page, other_desk, qtbot)
    view = page.view.conflict
    view.choose("specialties", Side.MINE)
    view.choose("phone", Side.MINE)
    office.change(office.ids["lawyer"], specialties="知识产权")
    view.merge.click()
    settle(qtbot, page)
    again = page.view.conflict
    assert again is not None
    assert again is not view
    assert [m.key for m in again.meetings if m.conflict] == ["specialties"]
    again.choose("specialties", Side.MINE)
    again.merge.click()
    settle(qtbot, page)
    now = office.values(office.ids["lawyer"])
    assert (now["specialties"], now["phone"]) == ("建设工程、公司并购", "139****4520")


def test_a_refused_merge_leaves_the_text_in_the_form(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    mine = open_page(office.ids["lawyer"])
    theirs = open_page(office.ids["lawyer"], desk=other_desk)
    type_into(theirs, "specialties", "建设工程、破产清算")
    save(qtbot, theirs)
    type_into(mine, "specialties", "公司并购")
    type_into(mine, "email", "wang@")
    save(qtbot, mine)
    mine.view.conflict.choose("specialties", Side.MINE)
    mine.view.conflict.merge.click()
    settle(qtbot, mine)
    assert mine.view.conflict is None
    assert mine.view.pane.form.rows["email"].problem
    assert mine.view.pane.edits() == {"specialties": "公司并购", "email": "wang@"}


def test_a_registered_change_meets_another_one(
    office: Office, open_page: Open, other_desk: Desk, qtbot: QtBot
) -> None:
    mine = open_page(office.ids["lawyer"])
    type_into(mine, "email", "wang@cyls.example")
    mine.acts.ask_change("category")
    type_into(mine, "category", "兼职律师", form=mine.acts.strip.form)
    type_into(mine, "reason", "转为兼职", form=mine.acts.strip.form)
    office.change(office.ids["lawyer"], category="legal_aid")
    mine.acts.submit()
    settle(qtbot, mine)
    view = mine.view.conflict
    assert [m.key for m in view.meetings if m.conflict] == ["category"]
    view.choose("category", Side.MINE)
    view.merge.click()
    settle(qtbot, mine)
    assert office.values(office.ids["lawyer"])["category"] == "part_time"
    assert mine.acts.strip is None
    assert mine.view.pane.edits() == {"email": "wang@cyls.example"}
