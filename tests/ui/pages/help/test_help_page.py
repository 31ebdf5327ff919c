"""The help: every declared page can be read, F1 opens the one of the page in front, links lead on."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.ui.assembly import SETTINGS_PARTS, Assembly
from suite.ui.desk import Desk
from suite.ui.pages.help.page import HelpPage


def texts(suite: Suite) -> dict[str, str]:
    """Key → text of every help page."""
    found = {}
    for key, topic in suite.catalog.help.items():
        package, _, file = topic.text.partition(":")
        found[key] = resources.files(package).joinpath(file).read_text("utf-8")
    return found


def test_links_lead_to_pages_that_are_there(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot) -> None:
    assembly = Assembly.over(suite_on_sqlite, admin, keeps=False)
    qtbot.addWidget(assembly.window)
    pages = {spec.key for spec in assembly.specs()}
    for key, text in texts(suite_on_sqlite).items():
        assert text.startswith(f"# {suite_on_sqlite.catalog.help[key].title}\n"), key
        for scheme, target in re.findall(r"\]\((\w+):([\w.]+)\)", text):
            known = pages if scheme == "page" else suite_on_sqlite.catalog.help.keys()
            assert target in known, f"{key}: {scheme}:{target}"
    for topic in suite_on_sqlite.catalog.help.values():
        assert set(topic.pages) <= pages | {part for part, _ in SETTINGS_PARTS}
    assembly.desk.close()


@pytest.mark.parametrize(
    ("section", "title"), [("roster", "名册"), ("import", "导入导出"), ("settings", "系统管理员")]
)
def test_f1_opens_the_help_of_the_page_in_front(
    suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None, section: str, title: str
) -> None:
    assembly = Assembly.over(suite_on_sqlite, admin, keeps=False)
    qtbot.addWidget(assembly.window)
    assembly.window.open_section(section)
    assembly.open_help()
    page = assembly.window.current_page
    assert isinstance(page, HelpPage)
    assert suite_on_sqlite.catalog.help[page.shown].title == title
    assert page.text.toPlainText().startswith(title)
    qtbot.waitUntil(lambda: not assembly.desk.busy)
    assembly.close()


def test_a_link_opens_its_page(suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None) -> None:
    desk = Desk(suite_on_sqlite, admin)
    page = HelpPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.open_wanted) as asked:
        page.text.anchorClicked.emit(QUrl("page:import"))
    assert asked.args == ["import", None]
    page.text.anchorClicked.emit(QUrl("help:core.help.keys"))
    assert page.shown == "core.help.keys"
    desk.close()


@pytest.mark.parametrize("word", ["第一天", "导入", "投诉", "年度考核", "信用披露", "指标", "系统管理员"])
def test_each_of_the_works_has_a_page_that_is_named_after_it(
    suite_on_sqlite: Suite, admin: Actor, qtbot: QtBot, light: None, word: str
) -> None:
    """Found in the list that F1 shows, by the word."""
    desk = Desk(suite_on_sqlite, admin)
    page = HelpPage(desk)
    qtbot.addWidget(page)
    named = [key for key, topic in suite_on_sqlite.catalog.help.items() if word in topic.title]
    assert named
    page.select(named[0])
    assert word in page.text.toPlainText().splitlines()[0]
    desk.close()
