"""The window put together: its pages, palette, memory, and pictures of it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.ui.assembly import Assembly
from suite.ui.finding import matched
from suite.ui.kit.palette_results import Hit
from suite.ui.pages.roster.page import RosterPage
from suite.ui.pages.today.page import TodayPage
from suite.ui.remembered import Remembered
from suite.ui.shot import page_names, shot
from tests.ui.pages.roster.conftest import LAWYER
from tests.ui.resting import rest

Wait = Callable[[Assembly], None]


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    """Let a window read what it needs."""

    def settle(assembly: Assembly) -> None:
        rest(qtbot, assembly.desk)

    return settle


@pytest.fixture
def assembly(
    light: None, suite: Suite, actor: Actor, off_thread: list[threading.Thread], qtbot: QtBot
) -> Iterator[Assembly]:
    """A window that keeps what it remembers in the suite's folder."""
    made = Assembly.over(suite, actor)
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    yield made
    made.desk.close()


def test_the_frame_stands_before_any_answer(assembly: Assembly, wait: Wait) -> None:
    assembly.open_first()
    assert assembly.desk.busy
    assembly.window.show()
    assert isinstance(assembly.window.current_page, TodayPage)
    # The kind of day comes with an answer, which may be quicker than showing the window is.
    assert assembly.window.status.day.text().startswith("2026-11-23 星期一")
    wait(assembly)
    assert assembly.window.status.connection.text() == "本机数据库"


def test_an_item_of_the_desk_opens_its_list(
    assembly: Assembly, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = TodayItem(
        title="桥西区律师", note="请核对", state=StateKind.WARN, count=30, kind=LAWYER,
        filters=(("district_code", "130104"),),
    )  # fmt: skip
    monkeypatch.setattr(assembly.suite.plugins, "today", lambda actor, facts: [item])
    assembly.open_first()
    wait(assembly)
    page = assembly.window.current_page
    assert isinstance(page, TodayPage)
    assert page.pane.title.text() == "待办 1 件"
    page.table.row_opened.emit(1, 0)  # below the head of its group
    wait(assembly)
    opened = assembly.window.current_page
    assert isinstance(opened, RosterPage)
    assert opened.listing.total == 30


def test_a_desk_without_matters_says_so(assembly: Assembly, wait: Wait) -> None:
    assembly.open_first()
    wait(assembly)
    page = assembly.window.current_page
    assert isinstance(page, TodayPage)
    assert page._empty is not None
    assert page._empty.sentence.text() == "本周没有到期事项。"
    assert page.recent_note.text() == "打开过的档案和办件会列在这里。"


def test_the_palette_finds_people_by_initials(assembly: Assembly, wait: Wait) -> None:
    found: list[Hit] = []
    assembly._search("wzy", "person", found.extend)
    wait(assembly)
    assert {hit.title for hit in found} == {"王志远"}
    assert found[0].match == ((0, 3),)
    assert "律师事务所" in found[0].note


def test_the_palette_has_no_scope_without_something_behind_it(assembly: Assembly) -> None:
    assembly.window.open_palette()
    palette = assembly.window._palette
    assert palette is not None
    assert [tab.title for tab in palette.scopes.tabs] == ["全部", "人员", "机构", "办件", "命令"]


def test_the_palette_offers_every_kind_and_the_look(assembly: Assembly) -> None:
    titles = {hit.title for hit in assembly.window._command_hits()}
    assert {"律师名册", "新增律师", "导入律师", "深色", "字号 125%", "参数", "转到名册"} <= titles


def test_a_page_that_cannot_be_made_leaves_the_window_whole(
    assembly: Assembly, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(TodayPage, "refresh", lambda self: 1 // 0)
    assembly.open_first()
    page = assembly.window.current_page
    assert page is not None
    assert page.title == "未能打开"
    assert "cannot be made" in caplog.text
    assert isinstance(assembly.window.open_section("roster"), RosterPage)


def test_a_part_of_the_settings_opens_by_name(assembly: Assembly, wait: Wait) -> None:
    from suite.ui.pages.help.page import HelpPage
    from suite.ui.pages.settings import PluginsPage, SettingsPage

    assembly.open_first()
    assembly.open_settings("plugins")
    wait(assembly)
    page = assembly.window.current_page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.part, PluginsPage)
    assert page.part_key == "plugins"
    assembly.open_settings("calendar")
    wait(assembly)
    assembly.open_help()
    wait(assembly)
    shown = assembly.window.current_page
    assert isinstance(shown, HelpPage)
    assert shown.shown == "core.help.clocks"


def test_matched_parts_of_a_name() -> None:
    assert matched("王志远", "志") == ((1, 1),)
    assert matched("王志远", "zy") == ((1, 2),)
    assert matched("王志远", "wangzh") == ((0, 2),)
    assert matched("单丹", "shand") == ((0, 2),)
    assert matched("王志远", "113") == ()


def test_tabs_come_back_without_their_pages(
    assembly: Assembly, suite: Suite, actor: Actor, wait: Wait, qtbot: QtBot
) -> None:
    assembly.open_first()
    assembly.window.open_page("roster", (LAWYER, (("district_code", "130104"),)))
    wait(assembly)
    assembly.window.close()
    again = Assembly.over(suite, actor)
    qtbot.addWidget(again.window)
    again.open_first()
    wait(again)
    page = again.window.current_page
    assert isinstance(page, RosterPage)
    assert page.listing.total == 30
    again.desk.close()


def test_kept_tabs_that_cannot_be_are_left_out(assembly: Assembly, wait: Wait) -> None:
    assembly.remembered.put("tabs", [["gone", 1, "没有了"], ["roster", None, "名册"], ["import"]])
    assembly.remembered.put("front", 7)
    assembly.read_front()
    assembly.open_first()
    wait(assembly)
    assert [key for key, _, _ in assembly.window.documents.open_documents] == ["today", "roster"]
    assert isinstance(assembly.window.current_page, TodayPage)


def test_an_opened_record_is_remembered_and_has_neighbours(assembly: Assembly, wait: Wait) -> None:
    from suite.ui.pages.record.page import RecordPage

    assembly.open_first()
    assembly.window.show()
    roster = assembly.window.open_page("roster", (LAWYER, ()))
    wait(assembly)
    assert isinstance(roster, RosterPage)
    wanted = roster.listing.ids[3]
    roster.open_wanted.emit("record", (LAWYER, wanted))
    wait(assembly)
    record = assembly.window.current_page
    assert isinstance(record, RecordPage)
    assert record.neighbours.ids == tuple(roster.listing.ids)
    assert assembly.remembered.get("recent")[0]["id"] == wanted
    home = assembly.window.open_section("today")
    assert isinstance(home, TodayPage)
    wait(assembly)
    assert [line.value for line in home.recent.lines] == [(LAWYER, wanted)]


def test_a_tab_may_be_closed_while_it_reads(assembly: Assembly, wait: Wait) -> None:
    assembly.open_first()
    assembly.window.show()
    for district in ("130102", "130104", "130105"):
        page = assembly.window.open_page("roster", (LAWYER, (("district_code", district),)))
        assert isinstance(page, RosterPage)
        page.filters.buttons["body_id"].toggle_panel()
        assert assembly.desk.busy
        assembly.window.documents.close_current()
    wait(assembly)
    assert isinstance(assembly.window.current_page, TodayPage)


def test_what_is_remembered_survives_a_broken_file(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "window.json"
    kept = Remembered(file)
    kept.put("tabs", [["roster", None, "名册"]])
    kept.flush()
    assert Remembered(file).get("tabs") == [["roster", None, "名册"]]
    file.write_text("{broken", encoding="utf-8")
    assert Remembered(file).get("tabs") is None


def test_cycles_are_collected_on_this_thread_only(assembly: Assembly) -> None:
    assert not gc.isenabled()


def test_a_picture_is_painted_after_all_reads(
    light: None, suite: Suite, actor: Actor, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "roster.png"
    shot(suite, actor, f"roster:{LAWYER}", out, size=(1366, 768), theme="dark", select="王志远")
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1366, 768)
    assert picture.pixelColor(picture.width() // 2, 10).lightness() < 60
    with pytest.raises(Refused, match="没有页面"):
        shot(suite, actor, "nothing", out)
    with pytest.raises(Refused, match="显示比例"):
        shot(suite, actor, "today", out, scale=3)
    assert (f"roster:{LAWYER}", "律师名册") in page_names(suite)
