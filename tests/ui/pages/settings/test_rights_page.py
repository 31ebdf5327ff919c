"""账户与权限: users, sections, requests and why, by the window's own acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.sections import AddSection, AppointHead
from suite.kernel.registry.commands import RevealMany
from suite.testing.factories import a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.pages.rights.page import RightsPage
from suite.ui.pages.rights.pane import ActPane
from suite.ui.pages.rights.why import WhyPane

SECTION, GOOD = "律师工作管理科", "Zhaohe-2026"


@pytest.fixture
def suite(suite_on_sqlite: Suite) -> Suite:
    """A section with a head who edits lawyers, a member, and one lawyer."""
    admin = suite_on_sqlite.actor()
    suite_on_sqlite.run(AddSection(name=SECTION, profession="lawyers"), admin)
    for login in ("head", "member"):
        suite_on_sqlite.run(AddUser(login=login, name=login, section=SECTION), admin)
    suite_on_sqlite.run(GrantRole(login="head", role="core.section_staff", profession="lawyers"), admin)
    suite_on_sqlite.run(AppointHead(section=SECTION, login="head"), admin)
    make(suite_on_sqlite, admin, "lawyers.lawyer", a_lawyer(1, name="王志远", phone="13800000001"))
    return suite_on_sqlite


@pytest.fixture
def page(suite: Suite, qtbot: QtBot, light: None) -> Iterator[Callable[[str, str], RightsPage]]:
    """The page as a login sees it, on one of its panes."""
    desks: list[Desk] = []

    def make_page(login: str, pane: str) -> RightsPage:
        desk = Desk(suite, suite.actor(login))
        desks.append(desk)
        made = RightsPage(desk, begin=pane)
        qtbot.addWidget(made)
        made.resize(1200, 700)
        made.show()
        _settle(qtbot, made)
        return made

    yield make_page
    for desk in desks:
        desk.close()
    QCoreApplication.processEvents()


def _settle(qtbot: QtBot, page: RightsPage) -> None:
    qtbot.waitUntil(lambda: not page._desk.busy, timeout=20_000)
    QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: not page._desk.busy, timeout=20_000)


def _act(qtbot: QtBot, page: RightsPage, key: str, row: int, **typed: object) -> ActPane:
    """Choose a row, open an act, type, send."""
    pane = page.front
    assert isinstance(pane, ActPane)
    pane.table.select_row(row)
    pane.tell()
    pane.buttons[key].click()
    assert pane.strip is not None, pane.buttons[key].toolTip()
    for name, value in typed.items():
        pane.strip.form.rows[name].editor.set_value(value)
    pane.strip.submit()
    _settle(qtbot, page)
    return pane


def _row(pane: ActPane, login: str) -> int:
    return next(row for row, line in enumerate(pane.lines) if getattr(line, "login", None) == login)


def test_a_user_is_added_granted_given_a_password_and_disabled(
    suite: Suite, page: Callable[[str, str], RightsPage], qtbot: QtBot
) -> None:
    shown = page("admin", "users")
    pane = _act(qtbot, shown, "add", 0, login="zhang", name="张敏", section=SECTION)
    assert pane.strip is None
    row = _row(pane, "zhang")
    _act(qtbot, shown, "grant", row, role="core.county_bureau", district="130102")
    assert "长安区" in str(pane.cells(pane.lines[row])[-1])
    _act(qtbot, shown, "grant", row, role="core.county_bureau", district="130102")
    assert pane.strip is not None, "the refusal stands in the strip, with what was typed"
    assert pane.strip.form.rows["role"].problem
    _act(qtbot, shown, "password", row, password=GOOD, again="other")
    assert pane.strip is not None
    assert pane.strip.form.rows["again"].problem
    _act(qtbot, shown, "password", row, password=GOOD, again=GOOD)
    assert pane.strip is not None
    assert "系统管理员" in pane.strip.form.rows["password"].problem, "the first is an administrator's"
    _act(qtbot, shown, "password", _row(pane, "admin"), password=GOOD, again=GOOD)
    _act(qtbot, shown, "password", row, password=GOOD, again=GOOD)
    assert pane.lines[row].password is True
    _act(qtbot, shown, "disable", row)
    assert not pane.lines[row].active
    pane.table.select_row(row)
    pane.tell()
    assert not pane.buttons["disable"].isEnabled()
    _act(qtbot, shown, "enable", row)
    _act(qtbot, shown, "revoke", row, grant="0")
    assert pane.lines[row].roles == ()


def test_a_head_names_the_own_stand_in_and_nothing_else(
    suite: Suite, page: Callable[[str, str], RightsPage], qtbot: QtBot
) -> None:
    shown = page("head", "")
    pane = shown.front
    assert isinstance(pane, ActPane)
    assert pane.NAME == "科室", "who manages no users begins at the sections"
    pane.table.select_row(0)
    pane.tell()
    assert {key for key, button in pane.buttons.items() if button.isEnabled()} == {"stand_in"}
    ahead = suite.today + dt.timedelta(days=5)
    _act(qtbot, shown, "stand_in", 0, login="member", reason="出差", last_day=ahead)
    assert suite.actor("member").may("lawyers:roster:edit")
    assert pane.lines[0].stand_ins[0].last_day == ahead
    _act(qtbot, shown, "end", 0, stand_in=str(pane.lines[0].stand_ins[0].id))
    assert not suite.actor("member").may("lawyers:roster:edit")
    shown.show_pane("users")
    assert not isinstance(shown.front, ActPane)


def test_everybody_sets_the_own_password(
    suite: Suite, page: Callable[[str, str], RightsPage], qtbot: QtBot
) -> None:
    shown = page("admin", "own")
    pane = _act(qtbot, shown, "password", 0, password=GOOD, again=GOOD)
    assert pane.strip is None
    assert [line.password for line in pane.lines] == [True]
    new = {"password": f"{GOOD}-2", "again": f"{GOOD}-2"}
    shown = page("head", "own")
    pane = _act(qtbot, shown, "password", 0, password=GOOD, again=GOOD)
    assert pane.strip is None, "there is no old one to be asked for"
    pane = _act(qtbot, shown, "password", 0, old="Not-The-One-1", **new)
    assert pane.strip is not None
    assert "不对" in pane.strip.form.rows["old"].problem
    pane = _act(qtbot, shown, "password", 0, old=GOOD, **new)
    assert [line.login for line in pane.lines] == ["head"]
    assert suite.authenticate("head", f"{GOOD}-2").login == "head"


def test_a_request_is_decided_by_another_one(
    suite: Suite, page: Callable[[str, str], RightsPage], qtbot: QtBot
) -> None:
    ask = RevealMany(kind="lawyers.lawyer", subject_ids=_lawyers(suite), field="phone", reason="联系培训")
    suite.run(ask, suite.actor("head"))
    mine = page("head", "requests").front
    assert isinstance(mine, ActPane)
    mine.table.select_row(0)
    mine.tell()
    assert not mine.buttons["approve"].isEnabled()
    shown = page("admin", "requests")
    front = shown.front
    assert isinstance(front, ActPane)
    front.buttons["approve"].click()
    assert front.strip is not None
    assert "提请人本人" in front.strip.note, "what shows secrets is not carried out by who agrees"
    assert "王志远" in front.strip.note, "what is agreed to stands where it is agreed to"
    assert "王志远" in front.told.text()
    pane = _act(qtbot, shown, "approve", 0, opinion="同意")
    assert [line.state for line in pane.lines] == ["approved"]


def _lawyers(suite: Suite) -> tuple[int, ...]:
    from suite.kernel.registry.queries import ListQuery, list_ids

    with suite.reading() as session:
        query = ListQuery(kind="lawyers.lawyer")
        return tuple(list_ids(session, suite.actor(), suite.catalog, query).ids)


def test_why_and_why_not_are_said_of_a_record(
    suite: Suite, page: Callable[[str, str], RightsPage], qtbot: QtBot
) -> None:
    county = GrantRole(login="member", role="core.county_bureau", profession="lawyers", district="130104")
    suite.run(county, suite.actor())
    shown = page("admin", "why")
    pane = shown.front
    assert isinstance(pane, WhyPane)
    said = {}
    for login, record in (("head", "王志远"), ("member", "王志远"), ("member", ""), ("member", "没有这人")):
        for key, value in (("login", login), ("permission", "lawyers:roster:read"), ("record", record)):
            pane.form.rows[key].editor.set_value(value)
        pane.answer = None
        pane.answer_it()
        _settle(qtbot, shown)
        said[login, record] = pane.answer
    assert said["head", "王志远"] is not None
    assert said["head", "王志远"].may
    refused = said["member", "王志远"]
    assert refused is not None
    assert not refused.may
    assert any("130104" in sentence for sentence in refused.sentences)
    assert said["member", ""] is not None
    assert said["member", ""].may
    assert said["member", "没有这人"] is None
    assert pane.problem.text()
