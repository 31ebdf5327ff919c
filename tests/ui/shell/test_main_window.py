"""The window: tabs, rail, keys, menus, closing with unsaved edits."""

from __future__ import annotations

import pytest
from hands import type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_pages import RecordPage, RosterPage, sample_specs
from shiboken6 import isValid

from suite.contract.states import StateKind
from suite.ui.kit.editors import TextEditor
from suite.ui.kit.page import Page, PageCommand, PageSpec
from suite.ui.kit.palette import Palette
from suite.ui.kit.palette_results import Hit
from suite.ui.kit.state import StateValue
from suite.ui.kit.theme import theme
from suite.ui.shell.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, light: None) -> MainWindow:
    made = MainWindow(sample_specs())
    qtbot.addWidget(made, before_close_func=allow_closing)
    made.resize(1440, 900)
    made.open_section("desk")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def allow_closing(window: MainWindow) -> None:
    for doc in window.documents._list:
        if doc.page is not None:
            doc.page.discard()


def edit(page: Page) -> TextEditor:
    assert isinstance(page, RecordPage)
    editor = page.form.rows["address"].editor
    assert isinstance(editor, TextEditor)
    editor.line.setFocus()
    type_text(editor.line, "x")
    return editor


def titles(window: MainWindow) -> list[str]:
    return [window.documents.tabs.tabText(n) for n in range(window.documents.tabs.count())]


def test_the_rail_shows_what_there_is_and_nothing_else(window: MainWindow) -> None:
    assert [item.key for item in window.rail.items] == ["desk", "roster", "import", "settings"]
    menus = [action.text() for action in window.menu_row.menus.actions() if action.isVisible()]
    assert "办理(&B)" not in menus, "an empty menu does not exist"
    assert "帮助(&H)" not in menus
    window.show_sections(("desk",))
    assert [item.key for item in window.rail.items] == ["desk", "settings"]
    window.open_section("roster")
    assert window.documents.current_section == "roster", "within reach of its key all the same"
    window.show_sections(())
    assert len(window.rail.items) == 4


def test_a_window_without_pages_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="at least one page"):
        MainWindow([])


def test_pages_are_made_when_first_shown(qtbot: QtBot, light: None) -> None:
    made: list[object] = []

    def factory(argument: object) -> Page:
        made.append(argument)
        return Page("p", f"页{argument}")

    specs = [
        PageSpec(key="home", section="home", title="首页", icon="desk", factory=factory, rail=True),
        PageSpec(key="item", section="home", title="记录", icon="person", factory=factory),
    ]
    window = MainWindow(specs)
    qtbot.addWidget(window)
    window.documents.restore([("home", None, "首页"), ("item", 7, "七号")], front=1)
    assert titles(window) == ["首页", "页7"]
    assert made == [7], "only the page in front"
    window.documents.step(1)
    assert made == [7, None]
    assert titles(window) == ["页None", "页7"]
    window.open_page("item", 7)
    assert made == [7, None], "the same argument is the same tab"
    window.open_page("item", 8)
    assert window.documents.open_documents[-1] == ("item", 8, "页8")
    with pytest.raises(KeyError):
        window.open_page("gone")


def test_alt_digits_open_sections(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, ALT)
    assert isinstance(window.current_page, RosterPage)
    assert window.rail.current == "roster"
    QTest.keyClick(window, Qt.Key.Key_9, ALT)
    assert window.rail.current == "settings"
    QTest.keyClick(window, Qt.Key.Key_1, ALT)
    assert window.rail.current == "desk"


def test_a_record_marks_the_section_that_it_belongs_to(window: MainWindow) -> None:
    window.open_page("record", "王志远")
    assert window.rail.current == "roster"
    assert titles(window) == ["工作台", "王志远 · 律师"]


def test_ctrl_tab_and_ctrl_w(window: MainWindow) -> None:
    window.open_section("roster")
    window.open_page("record", "王志远")
    QTest.keyClick(window, Qt.Key.Key_Tab, CONTROL)
    assert window.rail.current == "desk"
    QTest.keyClick(window, Qt.Key.Key_W, CONTROL)
    assert len(titles(window)) == 3, "the home page stays"
    QTest.keyClick(window, Qt.Key.Key_Tab, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_W, CONTROL)
    assert titles(window) == ["工作台", "名册 · 律师"]
    assert isinstance(window.current_page, RosterPage)


def test_tabs_can_be_moved_and_stay_with_their_pages(window: MainWindow) -> None:
    roster = window.open_section("roster")
    record = window.open_page("record", "王志远")
    window.documents.tabs.moveTab(2, 1)
    assert [key for key, _, _ in window.documents.open_documents] == ["desk", "record", "roster"]
    assert window.current_page is record
    window.documents.tabs.setCurrentIndex(2)
    assert window.current_page is roster


def test_f5_and_ctrl_f_go_to_the_page(window: MainWindow) -> None:
    page = window.open_section("roster")
    assert isinstance(page, RosterPage)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert page.refreshed == 1
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert page.filters.quick.hasFocus()


def test_f6_goes_round_filter_table_dock_status(window: MainWindow) -> None:
    page = window.open_section("roster")
    assert isinstance(page, RosterPage)
    page.filters.quick.setFocus()
    stations = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F6)
        now = QApplication.focusWidget()
        assert now is not None
        ring = (page.filters.quick, page.table, page.dock, window.status)
        stations.append(next(n for n, w in enumerate(ring) if w is now or w.isAncestorOf(now)))
    assert stations == [1, 2, 3, 0]
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.status.hasFocus()


def test_each_page_keeps_its_place_of_the_keyboard(window: MainWindow) -> None:
    page = window.open_section("roster")
    assert isinstance(page, RosterPage)
    assert page.table.hasFocus(), "work begins in the table"
    page.filters.quick.setFocus()
    window.open_page("record", "王志远")
    assert not page.filters.quick.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Tab, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert page.filters.quick.hasFocus()


def test_escape_takes_one_step_back(window: MainWindow) -> None:
    steps: list[int] = []
    page = window.open_section("roster")
    assert isinstance(page, RosterPage)
    page.step_back = lambda: bool(steps.append(1)) or True  # type: ignore[method-assign]
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert steps == [1]


def test_unsaved_edits_are_asked_about_in_place(window: MainWindow) -> None:
    page = window.open_page("record", "王志远")
    edit(page)
    assert "未保存" in window.documents.tabs.accessibleTabName(1)
    QTest.keyClick(window, Qt.Key.Key_W, CONTROL)
    assert page.asks_before_closing
    assert QApplication.activeModalWidget() is None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not page.asks_before_closing
    assert len(titles(window)) == 2
    assert page.has_unsaved(), "Esc goes back to editing"


@pytest.mark.parametrize(("button", "saved"), [(0, 1), (1, 0)])
def test_save_and_discard_close_the_tab(window: MainWindow, button: int, saved: int) -> None:
    page = window.open_page("record", "王志远")
    assert isinstance(page, RecordPage)
    edit(page)
    window.documents.close_current()
    bar = page._close_bar
    assert bar is not None
    assert [b.text() for b in bar.buttons] == ["保存并关闭", "放弃修改", "返回编辑"]
    QTest.mouseClick(bar.buttons[button], Qt.MouseButton.LeftButton)
    assert len(page.saved) == saved
    assert titles(window) == ["工作台"]


def test_a_refused_save_keeps_the_tab(window: MainWindow) -> None:
    page = window.open_page("record", "王志远")
    assert isinstance(page, RecordPage)
    editor = edit(page)
    phone = page.form.rows["phone"].editor
    assert isinstance(phone, TextEditor)
    phone.line.clear()
    window.documents.close_current()
    assert page._close_bar is not None
    QTest.mouseClick(page._close_bar.buttons[0], Qt.MouseButton.LeftButton)
    assert len(titles(window)) == 2
    assert editor.line.text().startswith("x"), "what was typed is still there"


def test_closing_the_window_asks_page_by_page(qtbot: QtBot, window: MainWindow) -> None:
    first, second = window.open_page("record", "甲"), window.open_page("record", "乙")
    edit(first)
    edit(second)
    gone: list[bool] = []
    window.closing.connect(lambda: gone.append(True))
    assert not window.close()
    assert window.current_page is first
    assert first._close_bar is not None
    QTest.mouseClick(first._close_bar.buttons[1], Qt.MouseButton.LeftButton)
    assert window.isVisible()
    assert window.current_page is second
    assert second._close_bar is not None
    QTest.mouseClick(second._close_bar.buttons[0], Qt.MouseButton.LeftButton)
    assert gone == [True]
    assert not window.isVisible()


def test_page_commands_come_and_go_with_the_page(qtbot: QtBot, window: MainWindow) -> None:
    def texts() -> list[str]:
        return [action.text() for action in window.menus.menu("file").actions()]

    page = window.open_page("record", "王志远")
    assert isinstance(page, RecordPage)
    assert "保存(&S)" in texts()
    edit(page)
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert len(page.saved) == 1
    window.open_section("desk")
    assert "保存(&S)" not in texts()
    assert "退出(&Q)" in texts()


def test_a_refused_command_is_grey_and_says_why(qtbot: QtBot, light: None) -> None:
    refused = PageCommand(menu="act", text="归档", run=list, key="F9", refusal="案件尚未办结，结案后可归档")
    home = PageSpec(
        key="home",
        section="home",
        title="首页",
        icon="desk",
        factory=lambda _: Page("home", "首页"),
        rail=True,
    )
    window = MainWindow([home], commands=[refused])
    qtbot.addWidget(window)
    action = window.menus.menu("act").actions()[0]
    assert not action.isEnabled()
    assert action.toolTip() == "案件尚未办结，结案后可归档"


def test_view_menu_switches_the_look(qtbot: QtBot, window: MainWindow) -> None:
    actions = {action.text(): action for action in window.menus.menu("view").actions()}
    with qtbot.waitSignal(window.look_changed):
        actions["深色"].trigger()
    assert theme().dark
    actions["字号 125%"].trigger()
    assert theme().scale == 125
    assert window.status.scale.text() == "显示 125%"
    actions["紧凑行高"].trigger()
    assert theme().density == "compact"


def test_ctrl_k_opens_the_palette_and_commands_run(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = window.findChild(Palette)
    assert palette is not None
    assert palette.isVisible()
    type_text(palette.line, ">roster")
    palette.line.flush()
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert isinstance(window.current_page, RosterPage)
    window.open_palette()
    with qtbot.waitSignal(window.hit_chosen) as sent:
        palette.chosen.emit(Hit(group="person", title="王志远", value=("person", 5)), True)
    assert sent.args[0].value == ("person", 5)
    assert sent.args[1] is True


def test_small_windows_get_the_narrow_rail(qtbot: QtBot, window: MainWindow) -> None:
    assert window.rail.width() == 136
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.rail.width() == 52)


def test_status_row_tells_all_in_words(window: MainWindow) -> None:
    window.status.set_connection(StateValue(StateKind.OK, "已连接市局业务库"))
    page = window.open_section("roster")
    page.happened.emit("查询用时 38 毫秒")
    said = window.status.accessibleName()
    assert said.startswith("已连接市局业务库，查询用时 38 毫秒，Enter 打开")
    page.set_hints("F9 办理")
    assert window.status.hints.text() == "F9 办理"
    window.open_section("desk")
    page.set_hints("不在前面")
    assert window.status.hints.text() == ""


def test_counts_show_what_waits_for_me(window: MainWindow) -> None:
    page = window.open_section("roster")
    page.count_changed.emit(14)
    assert next(item for item in window.rail.items if item.key == "roster").count == 14


def test_a_closed_page_is_really_gone(qtbot: QtBot, window: MainWindow) -> None:
    page = window.open_page("record", "王志远")
    window.documents.close_current()
    qtbot.waitUntil(lambda: not isValid(page))
    theme().apply(scale=110)
    assert titles(window) == ["工作台"]
