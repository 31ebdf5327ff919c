"""The bell: how many notices wait, and the list that drops from it, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.states import StateKind
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.registry.commands import SaveView
from suite.ui.assembly import Assembly
from suite.ui.pages.rights.page import RightsPage
from suite.ui.pages.settings import SettingsPage
from suite.ui.shell.notice_list import NoticeList, lines_of

KIND = "lawyers.lawyer"


def tell(suite: Suite, by: Actor, to: str, *notices: NewNotice) -> None:
    """Have a command of somebody raise notices."""
    suite.catalog.notices["x.x"] = NoticeKind(
        key="x.x",
        title="试验",
        state=StateKind.WARN,
        after=("SaveView",),
        raised=lambda command, done, work: notices,
    )
    suite.run(SaveView(kind=KIND, name="x", query="{}"), by)


@pytest.fixture
def desk(qtbot: QtBot, light: None, suite_on_sqlite: Suite, admin: Actor) -> Iterator[Assembly]:
    suite_on_sqlite.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_on_sqlite.run(GrantRole(login="clerk", role="core.administrator"), admin)
    places = NewNotice(text="导入名册时有 3 行未写入。", login="clerk", page="import", argument=(KIND,))
    tell(suite_on_sqlite, admin, "clerk", NewNotice(text="没有页面可打开。", login="clerk"), places)
    assembly = Assembly.over(suite_on_sqlite, suite_on_sqlite.actor("clerk"), keeps=False)
    qtbot.addWidget(assembly.window)
    assembly.window.resize(1366, 768)
    assembly.window.open_section("today")
    assembly.window.show()
    qtbot.waitExposed(assembly.window)
    settle(qtbot, assembly)
    yield assembly
    assembly.desk.close()


def settle(qtbot: QtBot, assembly: Assembly) -> None:
    qtbot.waitUntil(lambda: not assembly.desk.busy, timeout=10_000)


def spoken(assembly: Assembly) -> str:
    return assembly.window.menu_row.bell.accessibleName()


def listed(assembly: Assembly) -> NoticeList:
    (found,) = assembly.window.findChildren(NoticeList)
    return found


def test_by_keys_alone_one_opens_and_finishes(qtbot: QtBot, desk: Assembly) -> None:
    assert spoken(desk) == "提醒，3 条待看"
    desk.window.menu_row.bell.setFocus()
    QTest.keyClick(desk.window.menu_row.bell, Qt.Key.Key_Space)
    notices = listed(desk)
    assert notices.isVisible()
    assert notices.list.hasFocus()
    assert [item.opens for item in notices.items] == [True, False, True]
    QTest.keyClick(notices.list, Qt.Key.Key_Down)
    assert not notices.open_button.isEnabled()
    QTest.keyClick(notices.list, Qt.Key.Key_Delete)
    settle(qtbot, desk)
    assert [item.opens for item in notices.items] == [True, True]
    QTest.keyClick(notices.list, Qt.Key.Key_Up)
    QTest.keyClick(notices.list, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert not notices.isVisible()
    assert desk.window.current_page is not None
    assert desk.window.current_page.key == "import"
    assert spoken(desk) == "提醒，1 条待看"
    QTest.mouseClick(desk.window.menu_row.bell, Qt.MouseButton.LeftButton)
    notices.read_button.click()
    settle(qtbot, desk)
    assert spoken(desk) == "提醒，没有待看的"
    assert [item.read for item in notices.items] == [True, True]
    QTest.keyClick(notices.list, Qt.Key.Key_Escape)
    assert not notices.isVisible()
    assert desk.window.menu_row.bell.hasFocus()
    desk.open_notices()
    notices.list.setCurrentRow(1)
    notices.open_button.click()
    settle(qtbot, desk)
    front = desk.window.current_page
    assert isinstance(front, SettingsPage)
    assert isinstance(front.part, RightsPage)
    assert front.part.tabs.current == "why", "a change of one's rights opens what one may"


def test_what_another_desk_causes_is_there_at_the_next_question(
    qtbot: QtBot, desk: Assembly, suite_on_sqlite: Suite, admin: Actor
) -> None:
    tell(suite_on_sqlite, admin, "clerk", NewNotice(text="又一条。", login="clerk"))
    desk.noticing.ask()
    settle(qtbot, desk)
    assert spoken(desk) == "提醒，4 条待看"


def test_an_empty_list_says_so(qtbot: QtBot, desk: Assembly) -> None:
    desk.open_notices()
    notices = listed(desk)
    while notices.items:
        before = len(notices.items)
        notices.finish_button.click()
        settle(qtbot, desk)
        assert len(notices.items) == before - 1
    assert notices.empty.isVisible()
    assert not notices.finish_button.isVisible()


@pytest.mark.parametrize("width", [80, 200, 2000])
def test_a_number_is_never_broken(light: None, width: int) -> None:
    found = lines_of("导入名册时有 1,204 行未写入，请改正后重新导入。", width, QFont())
    assert len(found) == (1 if width == 2000 else 2)
    assert not found[0].endswith(("1", "1,", "1,2", "1,20"))
