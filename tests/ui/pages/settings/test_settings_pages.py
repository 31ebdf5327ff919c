"""Parameters, plugins, checks and look over a real database."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.kernel.parameters.queries import parameter_lines, parameters_on
from suite.settings import load_settings
from suite.ui.backup_clock import BackupClock
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Look
from suite.ui.kit.state import StateValue
from suite.ui.kit.theme import Density, Mode, theme
from suite.ui.pages.settings import DoctorPage, ParametersPage, PluginsPage, SettingsPage
from suite.ui.pages.settings.backups import BackupsPage
from suite.ui.pages.settings.look import LookPage
from suite.ui.pages.settings.setting_strip import SettingStrip
from tests.ui.pages.settings.conftest import TODAY, settled

SECONDS = "core.reveal_seconds"


def shown(qtbot: QtBot, desk: Desk, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    settled(qtbot, desk)


def edit(page: ParametersPage, key: str) -> None:
    row = next(n for n in range(page.table.rows.rowCount()) if page.table.rows.key(n) == key)
    page.table.select_row(row)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)


def texts_of(widget: QWidget) -> set[str]:
    return {line.text() for line in widget.findChildren(QLineEdit)}


def value_of(desk: Desk, key: str, day: dt.date = TODAY) -> object:
    with desk.suite.reading() as session:
        return parameters_on(session, desk.suite.catalog, day)[key]


def test_every_parameter_is_listed_with_its_source_and_certainty(qtbot: QtBot, desk: Desk) -> None:
    page = ParametersPage(desk)
    shown(qtbot, desk, page)
    assert page.table.rows.rowCount() == len(desk.suite.catalog.parameters)
    titles = [tab.title for tab in page.tabs.tabs]
    assert titles[0] == "全部"
    assert titles[-1] == "待核实"
    page.tabs.set_current("?")
    words = {page.table.rows.value(row, 4) for row in range(page.table.rows.rowCount())}
    assert words == {StateValue(StateKind.WARN, "待核实")}


def test_a_parameter_is_set_from_a_day_on_with_its_document(qtbot: QtBot, desk: Desk) -> None:
    page = ParametersPage(desk)
    shown(qtbot, desk, page)
    edit(page, SECONDS)
    fields = page.strip.fields
    fields["value"].editor.set_value("90")
    fields["valid_from"].editor.set_value(TODAY - dt.timedelta(days=3))
    fields["source"].editor.set_value("石司办〔2026〕9号")
    assert page.has_unsaved()
    page.strip.save.click()
    settled(qtbot, desk)
    assert page.strip.isHidden()
    assert value_of(desk, SECONDS) == 90
    assert value_of(desk, SECONDS, TODAY - dt.timedelta(days=4)) == 60, "the past keeps its value"
    row = next(n for n in range(page.table.rows.rowCount()) if page.table.rows.key(n) == SECONDS)
    values = page.table.rows.row_values(row)
    assert values is not None
    assert values[2:] == (
        "90",
        "秒",
        StateValue(StateKind.OK, "已核实"),
        TODAY - dt.timedelta(days=3),
        "石司办〔2026〕9号",
    )


def test_what_is_chosen_is_shown_and_set_by_its_words(qtbot: QtBot, desk: Desk) -> None:
    page = ParametersPage(desk)
    shown(qtbot, desk, page)

    def told(key: str) -> object:
        row = next(n for n in range(page.table.rows.rowCount()) if page.table.rows.key(n) == key)
        values = page.table.rows.row_values(row)
        assert values is not None
        return values[2]

    for key, was, chosen, now in (
        ("arbitration.rate.source", "仲裁裁决司法审查台账", "figures", "录入的数字"),
        (
            "arbitration.disclosure.items",
            "章程、组成人员、仲裁员名册、仲裁规则、收费标准、年度报告",
            "charter,rules",
            "章程、仲裁规则",
        ),
    ):
        assert told(key) == was
        edit(page, key)
        assert was in page.strip.help.text()
        fields = page.strip.fields
        assert was in texts_of(fields["value"])
        fields["value"].editor.set_value(chosen)
        assert now in texts_of(fields["value"])
        fields["source"].editor.set_value("石司办〔2026〕9号")
        page.strip.save.click()
        settled(qtbot, desk)
        assert page.strip.isHidden()
        assert told(key) == now
        assert value_of(desk, key) == chosen


def test_no_parameter_is_edited_by_being_opened(qtbot: QtBot, desk: Desk) -> None:
    """Nor is a set that was stored before sets were put in order; taking one out of it is an edit."""
    strip = SettingStrip()
    qtbot.addWidget(strip)
    with desk.suite.reading() as session:
        lines = parameter_lines(session, desk.suite.catalog, TODAY)
    sets = [line for line in lines if line.several]
    assert sets
    former = [replace(line, value="、".join(reversed(str(line.default).split(",")))) for line in sets]
    for line in (*lines, *former):
        strip.begin(line, TODAY)
        assert not strip.has_edits(), line.key
        if line.several:
            strip.fields["value"].editor.set_value(str(line.default).split(",")[0])
            assert strip.has_edits()


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(qtbot: QtBot, desk: Desk) -> None:
    page = ParametersPage(desk)
    shown(qtbot, desk, page)
    edit(page, SECONDS)
    page.strip.save.click()
    assert page.strip.fields["source"].problem == "依据必填，请补齐"
    page.strip.fields["source"].editor.set_value("文件")
    page.strip.fields["value"].editor.set_value("很久")
    page.strip.save.click()
    settled(qtbot, desk)
    assert "应为整数" in page.strip.fields["value"].problem
    assert value_of(desk, SECONDS) == 60
    assert page.step_back()
    assert page.strip.isHidden()
    assert not page.has_unsaved()


def test_closing_saves_what_was_typed_or_stays_where_it_is_wrong(qtbot: QtBot, desk: Desk) -> None:
    page = ParametersPage(desk)
    shown(qtbot, desk, page)
    edit(page, SECONDS)
    page.strip.fields["value"].editor.set_value("45")
    with qtbot.assertNotEmitted(page.may_close):
        page.save_then_close()
        settled(qtbot, desk)
    page.strip.fields["source"].editor.set_value("文件")
    with qtbot.waitSignal(page.may_close):
        page.save_then_close()
    assert value_of(desk, SECONDS) == 45


def test_the_filter_finds_by_source_and_says_when_nothing_fits(qtbot: QtBot, desk: Desk) -> None:
    page = ParametersPage(desk)
    shown(qtbot, desk, page)
    page.filter.setText("统计用区划")
    page.filter.flush()
    assert page.table.rows.rowCount() == 1
    page.filter.setText("没有这样的参数")
    page.filter.flush()
    assert page.empty.isVisible()
    page.empty.button.click()
    assert page.table.rows.rowCount() == len(desk.suite.catalog.parameters)


def test_without_the_right_the_list_is_read_only_and_says_so(qtbot: QtBot, desk: Desk) -> None:
    reader = Desk(desk.suite, Actor(login="x", name="读者"))
    page = ParametersPage(reader)
    shown(qtbot, reader, page)
    edit(page, SECONDS)
    assert page.strip.isHidden()
    assert "没有设定参数的权限" in page.note.text()
    reader.close()


def test_a_parked_plugin_stands_first_with_cause_and_cure(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A module is read once in a process: tests after this one would miss tables that are forgotten.
    monkeypatch.setattr("suite.loader.plugins.forget_tables", lambda name: None)
    page = PluginsPage(desk)
    shown(qtbot, desk, page)
    before = page.table.rows.rowCount()
    desk.suite.plugins.park("notary", ("数据库中该插件的表是旧版。",), "请运行 suite db upgrade。")
    page.refresh()
    settled(qtbot, desk)
    assert page.table.rows.rowCount() == before
    first = page.table.rows.row_values(0)
    assert first is not None
    assert (first[0], first[3]) == ("公证", StateValue(StateKind.BAD, "已停用"))
    told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "原因　数据库中该插件的表是旧版。" in told
    assert "办法　请运行 suite db upgrade。" in told
    lawyers = next(row for row in range(before) if page.table.rows.key(row) == "lawyers")
    numbers = page.table.rows.row_values(lawyers)
    assert numbers is not None
    declared = desk.suite.plugins.loaded["lawyers"].declarations
    assert sum(int(str(number)) for number in (numbers[4], *numbers[6:11])) <= len(declared)
    assert numbers[4] == len(desk.suite.catalog.kinds_of("lawyers"))


def test_the_checks_are_run_on_a_worker_grave_ones_first(qtbot: QtBot, desk: Desk) -> None:
    page = DoctorPage(desk)
    shown(qtbot, desk, page)
    weights = {StateKind.BAD: 0, StateKind.WARN: 1, StateKind.NEUTRAL: 2}
    order = [weights.get(finding.state, 3) for finding in page.findings]
    assert order == sorted(order)
    assert {"database", "plugins", "fonts"} <= {finding.key for finding in page.findings}
    assert page.fact.text().startswith(page.findings[0].title)
    page.again.click()
    assert not page.again.isEnabled()
    settled(qtbot, desk)
    assert page.again.isEnabled()


def test_the_look_holds_at_once_and_is_kept(qtbot: QtBot, desk: Desk) -> None:
    page = LookPage(desk)
    shown(qtbot, desk, page)
    height = page.table.rowHeight(0)
    page.modes.buttons[Mode.DARK.value].click()
    page.scales.buttons["125"].click()
    page.densities.buttons[Density.ROOMY.value].click()
    assert theme().dark
    assert page.table.rowHeight(0) > height
    assert page.scales.buttons["125"].property("look") == Look.SET.value
    kept = json.loads(desk.suite.settings.file.read_text(encoding="utf-8"))
    assert (kept["theme"], kept["font_scale"], kept["row_density"]) == ("dark", 125, "roomy")


def test_settings_hold_their_parts_and_make_them_when_first_shown(qtbot: QtBot, desk: Desk) -> None:
    page = SettingsPage(desk, "rights")
    shown(qtbot, desk, page)
    assert set(page.parts) == {"rights"}
    page.tabs.setFocus()
    QTest.keyClick(page.tabs, Qt.Key.Key_Left)
    settled(qtbot, desk)
    part = page.part
    assert isinstance(part, ParametersPage)
    assert page.focus_filter()
    edit(part, SECONDS)
    part.strip.fields["value"].editor.set_value("30")
    assert page.has_unsaved()
    page.discard()
    assert not page.has_unsaved()


def test_a_desk_is_asked_to_back_up_and_does_it_when_it_is_due(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = desk.suite
    monkeypatch.setattr(suite, "settings", replace(suite.settings, home=tmp_path / "home"))
    folder = tmp_path / "copies"
    folder.mkdir()
    page = BackupsPage(desk)
    shown(qtbot, desk, page)
    assert "还没有" in page.standing.text()
    page.fields["folder"].editor.set_value("copies")
    page.fields["time"].editor.set_value("2点")
    page.fields["keep"].editor.set_value(Decimal(0))
    assert not page.keep()
    assert [key for key, field in page.fields.items() if field.problem] == ["folder", "time", "keep"]
    page.fields["folder"].editor.set_value(str(folder))
    page.fields["time"].editor.set_value("2：30")
    page.fields["keep"].editor.set_value(Decimal(3))
    page.save.click()
    settled(qtbot, desk)
    kept = load_settings()
    assert (kept.backup_folder, kept.backup_time, kept.backup_keep) == (str(folder), "02:30", 3)

    clock = BackupClock(desk)
    failures: list[str] = []
    clock.failed.connect(failures.append)
    clock.look()
    settled(qtbot, desk)
    [copy] = folder.iterdir()
    assert failures == []
    assert "上次验证可恢复" in page.standing.text()
    assert page.table.rows.value(0, 4) == str(copy)
    clock.look()
    assert not desk.busy  # once a day

    copy.unlink()
    folder.rmdir()
    page.now.click()
    settled(qtbot, desk)
    assert str(folder) in page.work.told
    assert str(folder) in page.standing.text()


def test_who_may_not_maintain_is_not_asked_to_back_up(qtbot: QtBot, desk: Desk) -> None:
    desk._actor = replace(desk.actor, granted=())
    page = BackupsPage(desk)
    shown(qtbot, desk, page)
    assert not page.keep()
    assert "权限" in page.save.toolTip()
    assert not page.now.isEnabled()
