"""操作留痕: everybody's acts listed, narrowed and told; verified and handed out; nothing for who may not."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.audit.activity import Act, ActivityQuery, activity_ids
from suite.kernel.exchange.trace_extract import ExtractRequest
from suite.kernel.registry.commands import RevealIdentity, RowEdit, SaveRecords
from suite.testing.factories import a_firm, a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.notices import NoticeBar, NoticeKind
from suite.ui.pages.activity.page import ActivityPage

LAWYERS = "lawyers.lawyer"
Open = Callable[..., ActivityPage]
AUDITOR = Actor(login="shen", name="沈静", granted=(Granted(permission="core:audit:read", scope=Scope()),))


@pytest.fixture
def lawyer(suite_on_sqlite: Suite, admin: Actor) -> int:
    """A lawyer whose firm changed, whose telephone was seen, and whom one may not save."""
    firms = make(suite_on_sqlite, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    [made] = make(suite_on_sqlite, admin, LAWYERS, a_lawyer(1, body_id=firms[0], phone="13800005207"))
    edit = RowEdit(values={"body_id": firms[1]}, subject_id=made)
    suite_on_sqlite.run(SaveRecords(kind=LAWYERS, rows=(edit,)), admin, reason="转所")
    suite_on_sqlite.run(RevealIdentity(kind=LAWYERS, subject_id=made, field="phone", reason="回访"), admin)
    with pytest.raises(Refused):
        suite_on_sqlite.run(SaveRecords(kind=LAWYERS, rows=(edit,)), replace(admin, granted=()))
    return made


@pytest.fixture
def open_page(suite_on_sqlite: Suite, qtbot: QtBot, light: None) -> Iterator[Open]:
    desks: list[Desk] = []

    def make_page(actor: Actor = AUDITOR) -> ActivityPage:
        desk = Desk(suite_on_sqlite, actor)
        desks.append(desk)
        page = ActivityPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        settle(qtbot, page)
        return page

    yield make_page
    for desk in desks:
        desk.close()


def settle(qtbot: QtBot, page: ActivityPage) -> None:
    """Wait until nothing is under way: one answer may ask for the next."""
    for _ in range(4):
        qtbot.waitUntil(lambda: not page.desk.busy, timeout=20_000)


def told(page: ActivityPage) -> list[str]:
    source = page.detail.table.rows.source
    return [str((source.cached_row(row) or ("",))[0]) for row in range(source.row_count())]


def shown(page: ActivityPage, column: int) -> list[object]:
    return [(page.source.cached_row(row) or (None,) * 6)[column] for row in range(page.source.row_count())]


def test_acts_are_listed_and_told_in_sentences(qtbot: QtBot, open_page: Open, lawyer: int) -> None:
    page = open_page()
    assert shown(page, 3)[:3] == ["保存档案", "查看完整信息", "保存档案"]
    assert shown(page, 4)[1:3] == ["回访", "转所"]
    assert page.table is not None
    page.table.select_row(2)
    qtbot.waitUntil(lambda: any("改为" in one for one in told(page)), timeout=20_000)
    [sentence] = [one for one in told(page) if "改为" in one and "执业机构" in one]
    assert "由「河北第1律师事务所」改为「河北第2律师事务所」" in sentence
    opened: list[object] = []
    page.open_wanted.connect(lambda key, argument: opened.append((key, argument)))
    page.detail.table.row_opened.emit(told(page).index(sentence), None)
    assert opened == [("record", (LAWYERS, lawyer))]


def test_filters_narrow_the_list(qtbot: QtBot, open_page: Open, lawyer: int) -> None:
    page = open_page()
    everything = page.source.row_count()
    for values, number in (
        ({"acts": [Act.REFUSED]}, 1),
        ({"acts": [Act.REVEALED, Act.REFUSED]}, 2),
        ({"commands": ["SaveRecords"]}, 4),
        ({"logins": ["nobody"]}, 0),
        ({"text": "转所"}, 1),
        ({"professions": ["notary"]}, 0),
        ({"days": (dt.date(1999, 1, 1), dt.date(1999, 12, 31))}, 0),
        ({"acts": [Act.BY_HAND]}, 0),
    ):
        page.filters.set_values(values)
        page.filters.filters_changed.emit(page.filters.values)
        settle(qtbot, page)
        assert page.source.row_count() == number, values
        assert page.empty.isVisible() is (number == 0)
    assert page.step_back()
    settle(qtbot, page)
    assert page.source.row_count() == everything


def test_verifying_tells_what_is_wrong(
    qtbot: QtBot, open_page: Open, suite_on_sqlite: Suite, admin: Actor, lawyer: int
) -> None:
    page = open_page(admin)
    page.acts.verify()
    settle(qtbot, page)
    bars = page.findChildren(NoticeBar)
    assert [bar.notice.kind for bar in bars] == [NoticeKind.OK]
    with writing(suite_on_sqlite.engine) as connection:
        connection.execute(text("UPDATE core_audit_transaction SET reason = '别的' WHERE reason = '转所'"))
    page.acts.verify()
    settle(qtbot, page)
    assert NoticeKind.BAD in [bar.notice.kind for bar in page.findChildren(NoticeBar)]


def test_sheet_and_extract_are_written_and_traced(
    qtbot: QtBot, open_page: Open, suite_on_sqlite: Suite, lawyer: int, tmp_path: Path
) -> None:
    page = open_page()
    page.acts.sheet_to(tmp_path / "日报.xlsx")
    settle(qtbot, page)
    assert load_workbook(tmp_path / "日报.xlsx").sheetnames == ["操作痕迹日报"]
    page.acts.ask_extract()
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    assert page.step_back()
    page.acts.extract_to(tmp_path / "摘录.zip", ExtractRequest(), "审计")
    settle(qtbot, page)
    assert "verify.py" in zipfile.ZipFile(tmp_path / "摘录.zip").namelist()
    with suite_on_sqlite.reading() as session:
        exports = activity_ids(session, AUDITOR, ActivityQuery(acts=(Act.EXPORTED,)))
    assert len(exports) == 2


def test_who_may_not_read_the_trace_is_told_so(open_page: Open, suite_on_sqlite: Suite) -> None:
    somewhere = Granted(permission="core:audit:read", scope=Scope(professions=frozenset({"lawyers"})))
    for granted in ((), (somewhere,)):
        nobody = replace(AUDITOR, granted=granted)
        page = open_page(nobody)
        assert page.table is None
        assert page.commands() == ()
        with suite_on_sqlite.reading() as session, pytest.raises(Refused):
            activity_ids(session, nobody, ActivityQuery())
