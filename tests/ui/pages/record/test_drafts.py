"""Drafts: kept on this machine, offered after a crash, gone after a save."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from suite.ui.kit.fields import Choice
from suite.ui.kit.typed import Unread
from suite.ui.pages.record import draft_keeper
from suite.ui.pages.record.merging import Side
from suite.ui.pages.record.page import RecordPage
from tests.ui.pages.record.conftest import Office, let_go_of_draft, settle, type_into

Open = Callable[..., RecordPage]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_keeper, "WRITE_AFTER_MS", 20)


def drafts(office: Office) -> list[Path]:
    """The drafts on this machine."""
    return sorted((office.home / "drafts").glob("*.json"))


def crash(page: RecordPage, qtbot: QtBot) -> None:
    """The page goes without saving, discarding or closing: as when the program dies."""
    settle(qtbot, page)
    keeper = page.drafting.keeper
    assert keeper is not None
    assert keeper._file._lock is not None
    let_go_of_draft(page)
    keeper._timer.stop()
    page.drafting.keeper = None


def test_a_draft_is_offered_after_a_crash(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "specialties", "公司并购")
    type_into(page, "phone", "13912344520")
    type_into(page, "status_on", "2026-13")
    qtbot.waitUntil(lambda: "status_on" in _edits(office))
    assert "13912344520" not in drafts(office)[0].read_text("utf-8")
    crash(page, qtbot)
    again = open_page(office.ids["lawyer"])
    bar = again._bars["draft"]
    assert "2 处修改没有保存" in bar.notice.text
    assert again.view.pane.edits() == {}
    bar.buttons[0].click()
    settle(qtbot, again)
    assert again.view.pane.edits() == {"specialties": "公司并购", "status_on": Unread(text="2026-13")}
    type_into(again, "status_on", "2026-01-05")
    again.save()
    settle(qtbot, again)
    assert office.values(office.ids["lawyer"])["specialties"] == "公司并购"
    assert drafts(office) == []


def _edits(office: Office) -> dict[str, object]:
    found = drafts(office)
    return dict(json.loads(found[0].read_text("utf-8"))["edits"]) if found else {}


def test_a_draft_of_an_open_page_is_not_offered(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "specialties", "公司并购")
    qtbot.waitUntil(lambda: bool(drafts(office)))
    other = open_page(office.ids["lawyer"])
    assert "draft" not in other._bars


def test_a_draft_meets_what_was_saved_meanwhile(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "specialties", "公司并购")
    qtbot.waitUntil(lambda: bool(drafts(office)))
    crash(page, qtbot)
    office.change(office.ids["lawyer"], specialties="知识产权")
    again = open_page(office.ids["lawyer"])
    again._bars["draft"].buttons[0].click()
    view = again.view.conflict
    assert [(m.base, m.mine, m.theirs) for m in view.meetings] == [("建设工程", "公司并购", "知识产权")]
    view.choose("specialties", Side.MINE)
    view.merge.click()
    settle(qtbot, again)
    assert office.values(office.ids["lawyer"])["specialties"] == "公司并购"


def test_a_draft_of_a_new_record_brings_links_back(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(None)
    type_into(page, "name", "赵敏")
    editor = page.view.pane.form.rows["body_id"].editor
    editor.set_value(Choice(office.ids["firm2"], "河北澄一律师事务所"))
    editor.edited.emit()
    qtbot.waitUntil(lambda: "body_id" in _edits(office))
    crash(page, qtbot)
    again = open_page(None)
    again._bars["draft"].buttons[0].click()
    assert again.view.pane.edits() == {
        "name": "赵敏",
        "body_id": Choice(office.ids["firm2"], "河北澄一律师事务所"),
    }


def test_a_refused_or_broken_draft_goes(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "specialties", "公司并购")
    qtbot.waitUntil(lambda: bool(drafts(office)))
    crash(page, qtbot)
    again = open_page(office.ids["lawyer"])
    again._bars["draft"].buttons[1].click()
    settle(qtbot, again)
    assert drafts(office) == []
    type_into(again, "specialties", "公司并购")
    qtbot.waitUntil(lambda: bool(drafts(office)))
    crash(again, qtbot)
    drafts(office)[0].write_text("{", "utf-8")
    third = open_page(office.ids["lawyer"])
    assert "draft" not in third._bars
    assert drafts(office) == []


def test_undoing_the_edits_removes_the_draft(office: Office, open_page: Open, qtbot: QtBot) -> None:
    page = open_page(office.ids["lawyer"])
    type_into(page, "specialties", "公司并购")
    qtbot.waitUntil(lambda: bool(drafts(office)))
    page.revert()
    settle(qtbot, page)
    assert drafts(office) == []
