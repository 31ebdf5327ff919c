"""Notices, save bar, bulk bar, confirmation, progress, tabs, rail, steps, summary."""

from __future__ import annotations

import pytest
from hands import type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.contract.states import StateKind
from suite.ui.kit.bars import BulkBar, ConfirmStrip, ProgressStrip, SaveBar
from suite.ui.kit.dock import DockFacts, SummaryDock
from suite.ui.kit.notices import EmptyState, Notice, NoticeBar, NoticeKind
from suite.ui.kit.rail import Rail, RailItem
from suite.ui.kit.state import StateChip, StateValue
from suite.ui.kit.steps import StepBar
from suite.ui.kit.tabs import DocumentTabs, LineTabs, Tab
from suite.ui.kit.theme import theme


def click(widget: object, point: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point or QPoint())  # type: ignore[call-overload]


def test_notice_buttons_do_their_act(qtbot: QtBot, light: None) -> None:
    done: list[str] = []
    bar = NoticeBar(
        Notice(
            kind=NoticeKind.BAD, text="与数据库的连接已断开", buttons=(("重试", lambda: done.append("x")),)
        )
    )
    qtbot.addWidget(bar)
    bar.show()
    assert bar.accessibleName() == "与数据库的连接已断开"
    click(bar.buttons[0])
    assert done == ["x"]


def test_save_bar_counts_and_hides(qtbot: QtBot, light: None) -> None:
    bar = SaveBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_counts(2, 1)
    assert not bar.isHidden()
    assert bar.count.text() == "2 处修改未保存"
    assert bar.problems.text() == "1 处有误，改正后才能保存"
    assert not bar.jump.isHidden()
    with qtbot.waitSignal(bar.jump_wanted):
        click(bar.jump)
    bar.show_counts(0, 0)
    assert bar.isHidden()


def test_bulk_bar_tells_how_many_are_outside_the_filter(qtbot: QtBot, light: None) -> None:
    bar = BulkBar("家")
    qtbot.addWidget(bar)
    ran: list[int] = []
    button = bar.add_act("批量导出", lambda: ran.append(1), icon_name="export")
    bar.show_count(1204, 3)
    assert bar.count.text() == "已选 1,204 家"
    assert bar.outside.text() == "含当前筛选外 3 家"
    click(button)
    assert ran == [1]
    bar.show_count(2)
    assert bar.outside.text() == ""
    bar.show_count(0)
    assert bar.isHidden()


def test_confirmation_asks_for_a_reason_and_no_phrase(qtbot: QtBot, light: None) -> None:
    strip = ConfirmStrip("将注销 3 人的执业证，名册中保留记录", "注销 3 人")
    qtbot.addWidget(strip)
    strip.begin()
    with qtbot.assertNotEmitted(strip.confirmed):
        click(strip.act)
    assert strip.missing.isVisible()
    type_text(strip.reason, "本人申请")
    with qtbot.waitSignal(strip.confirmed) as sent:
        click(strip.act)
    assert sent.args == ["本人申请"]
    plain = ConfirmStrip("将撤回本次导入的 149 行", "撤回导入", needs_reason=False)
    qtbot.addWidget(plain)
    plain.begin()
    with qtbot.waitSignal(plain.confirmed) as sent:
        click(plain.act)
    assert sent.args == [""]


def test_progress_says_how_far_and_can_be_cancelled_once(qtbot: QtBot, light: None) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin("正在导入", total=45000)
    strip.advance(1200, 45000)
    assert strip.numbers.text() == "1,200 / 45,000"
    with qtbot.waitSignal(strip.cancel_wanted):
        click(strip.cancel)
    assert not strip.cancel.isEnabled()
    assert strip.cancel.toolTip()
    strip.finish()
    assert strip.isHidden()


def test_empty_state_leads_on(qtbot: QtBot, light: None) -> None:
    went: list[int] = []
    empty = EmptyState("还没有机构。可从工作簿导入，或逐个新增。", "导入", lambda: went.append(1))
    qtbot.addWidget(empty)
    click(empty.button)
    assert went == [1]
    assert EmptyState("本周没有到期事项。").button.isHidden()


def test_line_tabs_move_by_key_and_click(qtbot: QtBot, light: None) -> None:
    tabs = LineTabs()
    qtbot.addWidget(tabs)
    tabs.set_tabs([Tab(key=key, title=key * 2, count=1200) for key in "甲乙丙"])
    tabs.resize(600, 38)
    tabs.show()
    seen: list[object] = []
    tabs.current_changed.connect(seen.append)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    QTest.keyClick(tabs, Qt.Key.Key_End)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    click(tabs, QPoint(5, 15))
    assert seen == ["乙", "丙", "甲"]
    assert "1,200" in tabs.accessibleDescription()
    tabs.set_tabs([Tab(key="丙", title="丙"), Tab(key="丁", title="丁")])
    assert tabs.current == "丙"


@pytest.mark.qt_log_ignore("does not support")
def test_tabs_without_room_are_offered_behind_an_ellipsis(qtbot: QtBot, light: None) -> None:
    tabs = LineTabs()
    qtbot.addWidget(tabs)
    tabs.set_tabs([Tab(key=n, title=f"司法鉴定人{n}") for n in range(8)])
    tabs.resize(320, 38)
    tabs.show()
    for x in range(319, 100, -6):
        click(tabs, QPoint(x, 15))
        if not tabs.rest.isEmpty():
            break
    last = tabs.rest.actions()[-1]
    assert last.text() == "司法鉴定人7"
    tabs.rest.close()
    last.trigger()
    assert tabs.current == 7
    # The current one is in sight now, and so is none of those that gave it room.
    tabs.offer_rest()
    assert "司法鉴定人7" not in [action.text() for action in tabs.rest.actions()]
    tabs.rest.close()


def test_document_tabs_close_by_cross_and_middle_button(qtbot: QtBot, light: None) -> None:
    tabs = DocumentTabs()
    qtbot.addWidget(tabs)
    for number, (closable, unsaved) in enumerate([(False, False), (True, False), (True, True)]):
        tabs.addTab(f"页{number}")
        tabs.set_document(number, icon="desk", closable=closable, unsaved=unsaved)
    tabs.resize(700, 32)
    tabs.show()
    closed: list[int] = []
    tabs.close_wanted.connect(closed.append)
    for number in range(3):
        QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(number).center())
    assert closed == [1, 2]
    edge = tabs.tabRect(1)
    click(tabs, QPoint(edge.right() - 14, edge.center().y()))
    assert closed == [1, 2, 1]
    edge = tabs.tabRect(2)
    click(tabs, QPoint(edge.right() - 14, edge.center().y()))
    assert closed == [1, 2, 1], "the dot is no cross"
    assert "未保存" in tabs.accessibleTabName(2)


def test_rail_opens_by_click_and_key(qtbot: QtBot, light: None) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_items(
        [
            RailItem(key="desk", title="工作台", icon="desk"),
            RailItem(key="roster", title="名册", icon="roster", count=4),
            RailItem(key="settings", title="设置", icon="settings", at_bottom=True),
        ]
    )
    rail.resize(136, 500)
    rail.show()
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    click(rail, QPoint(40, 70))
    click(rail, QPoint(40, 480))
    rail.set_current("desk")
    QTest.keyClick(rail, Qt.Key.Key_Down)
    QTest.keyClick(rail, Qt.Key.Key_Return)
    assert chosen == ["roster", "settings", "roster"]
    rail.set_narrow(True)
    assert rail.width() == 52


def test_steps_go_back_to_what_is_done_only(qtbot: QtBot, light: None) -> None:
    steps = StepBar(["选择文件", "核对列", "核对数据", "导入"])
    qtbot.addWidget(steps)
    steps.set_current(2)
    steps.resize(steps.sizeHint())
    steps.show()
    assert steps.accessibleName() == "第 3 步，共 4 步：核对数据"
    back: list[int] = []
    steps.back_wanted.connect(back.append)
    click(steps, QPoint(10, 20))
    QTest.keyClick(steps, Qt.Key.Key_Left)
    QTest.keyClick(steps, Qt.Key.Key_Return)
    QTest.keyClick(steps, Qt.Key.Key_Right)
    QTest.keyClick(steps, Qt.Key.Key_Right)
    QTest.keyClick(steps, Qt.Key.Key_Return)
    assert back == [0, 1]


def test_dock_folds_for_large_type_in_a_small_window(qtbot: QtBot, light: None) -> None:
    dock = SummaryDock()
    qtbot.addWidget(dock)
    dock.show()
    dock.body.addWidget(DockFacts([("手机", "138****5207"), ("类别", "")]))
    dock.fit(1440)
    assert (dock.isHidden(), dock.width()) == (False, 320)
    dock.fit(1366)
    assert dock.width() == 288
    theme().apply(scale=125)
    dock.fit(1300)
    assert dock.isHidden()
    theme().apply(scale=100)
    dock.fit(1300)
    assert not dock.isHidden()
    with qtbot.waitSignal(dock.closed):
        click(dock.close_button)
    dock.fit(1440)
    assert dock.isHidden(), "closed by the user stays closed"
    dock.set_closed(False)
    assert not dock.isHidden()


def test_a_chip_reads_its_word(qtbot: QtBot, light: None) -> None:
    chip = StateChip(StateValue(StateKind.OK, "正常执业"))
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.set_state(StateValue(StateKind.PAUSE, "申请暂停执业"))
    assert chip.accessibleName() == "申请暂停执业"
    assert chip.sizeHint().width() > before


def test_no_sentence_leaves_one_character_on_its_last_line(qtbot: QtBot, light: None) -> None:
    """Whatever the width, the lines are no more than they must be, and about equally long."""
    empty = EmptyState("两份数没有不同：没有条目增减，没有数字更正，口径也没有改过。")
    qtbot.addWidget(empty)
    empty.show()
    qtbot.waitExposed(empty)
    widths = range(260, 700, 20)
    for width in widths:
        empty.resize(width, 400)
        lines = lines_of(empty.sentence, empty.sentence.contentsRect().width())
        assert len(lines) == len(lines_of(empty.sentence, empty.sentence.width())), width
        assert lines[-1] * 2 > max(lines), width
    empty.resize(widths[0], 400)
    assert empty.minimumSizeHint().width() < widths[0], "it can be made narrower again"


def lines_of(shown: QLabel, width: int) -> list[float]:
    """How long the lines are that a text has in a width."""
    layout = QTextLayout(shown.text(), shown.font())
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(line.naturalTextWidth())
    layout.endLayout()
    return found
