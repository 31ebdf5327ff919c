"""The page 指标: what it lists, what it says where there is no number, and that a number opens its rows."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from suite.contract.commands import Actor
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.registry.places import shipped
from suite.testing.factories import a_lawyer, make
from suite.ui.desk import Desk
from suite.ui.kit.columns import BarValue, cell_text
from suite.ui.kit.theme import Mode, theme
from suite.ui.pages.indicators.district_bars import DistrictBars
from suite.ui.pages.indicators.page import IndicatorsPage
from suite.ui.pages.roster.page import RosterPage
from suite.ui.remembered import Remembered
from tests.ui.resting import rest

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five lawyers in two districts, one of them since this year, and the census."""
    from suite.testing.fixtures import opened

    file = Path(shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("numbers") / "suite.db"))
    with opened(str(file), file.parent) as suite:
        admin = suite.actor()
        rows = [
            a_lawyer(n, district_code=("130102", "130104")[n == 1], first_practice_on="2015-01-01")
            for n in range(1, 5)
        ]
        make(suite, admin, "lawyers.lawyer", *rows, on=dt.date(2015, 1, 1))
        make(suite, admin, "lawyers.lawyer", a_lawyer(9, first_practice_on="2026-03-01"))
        for row in shipped("districts"):
            suite.run(
                RecordFigure(
                    series=POPULATION.series,
                    period="2020",
                    district_code=row["code"],
                    value=Decimal(row["population_2020"]) / 10_000,
                    source="人口普查",
                ),
                admin,
            )
    return file


@pytest.fixture
def desk(filled: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    from suite.testing.fixtures import opened

    with opened(str(shutil.copyfile(filled, tmp_path / "suite.db")), tmp_path) as suite:
        desk = Desk(suite, suite.actor())
        yield desk
        desk.close()
        desk.deleteLater()


Open = Callable[..., IndicatorsPage]


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    return partial(rest, qtbot, desk)


@pytest.fixture
def open_page(light: None, desk: Desk, settle: Callable[[], None], qtbot: QtBot) -> Open:
    def open_it(size: tuple[int, int] = (1300, 800)) -> IndicatorsPage:
        page = IndicatorsPage(desk)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        settle()
        return page

    return open_it


def cells(page: IndicatorsPage, no: str) -> dict[str, object]:
    assert page.select(no), no
    row = page.source.cached_row(page.table.current_row)
    assert row is not None
    return dict(zip((column.key for column in page.table.rows.columns), row, strict=True))


def words(page: IndicatorsPage) -> str:
    return "\n".join(label.text() for label in page.dock.findChildren(QLabel))


def test_each_number_stands_beside_its_target_and_state(open_page: Open) -> None:
    page = open_page()
    found = cells(page, "11")
    assert [cell_text(found[key]) for key in ("title", "level", "nature", "target", "value", "state")] == [
        "每万人拥有律师数", "市级", "预期性", "≥7.5 人", "0.00", "未达标",
    ]  # fmt: skip
    assert isinstance(found["bar"], BarValue)
    assert found["bar"].share == pytest.approx(5 / 1123.5086 / 7.5)
    assert "执业律师 5 人 ÷ 常住人口 1,123.51 万人" in words(page)
    assert "每万人律师数含公职、公司律师：是" in words(page)
    assert "常住人口取 2020（人口普查）" in words(page)
    [chart] = page.dock.findChildren(DistrictBars)
    assert [bar.name for bar in chart.bars[:2]] == ["长安区", "桥西区"]
    assert len(chart.bars) == 24
    assert "目标 ≥7.5 人" in chart.accessibleDescription()


def test_of_a_number_that_the_city_alone_has_no_districts_are_shown(open_page: Open) -> None:
    page = open_page()
    page.select("11")
    assert page.board is not None
    value = next(value for value in page.board.values if value.target and value.target.no == 11)
    page.dock.show_value(page.board, replace(value, citywide=True), "")
    assert page.dock.findChildren(DistrictBars) == []
    assert "个达到" not in words(page)


def test_what_is_not_known_is_a_dash_with_its_reason(open_page: Open) -> None:
    page = open_page()
    found = cells(page, "26")
    assert (found["value"], cell_text(found["state"])) == ("—", "无数据")
    assert cell_text(found["bar"]) == "“仲裁结案数”没有数字"
    assert page.dock.buttons == []
    page.tabs.current_changed.emit("no_data")
    assert {cell_text(page.source.cached_row(row)[7]) for row in range(page.source.row_count())} == {"无数据"}  # type: ignore[index]  # rows are there
    assert page.board is not None
    expected = tuple(value for value in page.board.values if value.target and value.target.no == 26)
    page.board = replace(page.board, values=expected)
    page.tabs.current_changed.emit("binding")
    assert page.source.row_count() == 0
    assert "没有这一类指标" in "".join(label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize(("day", "counted"), [(None, 5), (dt.date(2025, 12, 31), 4)])
def test_the_button_opens_exactly_the_rows_that_are_counted(
    open_page: Open,
    desk: Desk,
    settle: Callable[[], None],
    qtbot: QtBot,
    day: dt.date | None,
    counted: int,
) -> None:
    page = open_page()
    if day is not None:
        page.set_day(day)
        settle()
        assert page.data.text() == f"截至 {day}"
    page.select("T1")
    assert page.dock.buttons[0].text() == f"查看 {counted} 名律师"
    page.focus_start()
    with qtbot.waitSignal(page.open_wanted) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    key, argument = asked.args
    assert key == "roster"
    roster = RosterPage(desk, argument, remembered=Remembered())
    qtbot.addWidget(roster)
    roster.resize(1300, 800)
    roster.show()
    settle()
    assert len(roster.listing.ids) == counted
    assert roster.as_of == day
    assert roster.filters.words() == "指标：执业律师数：执业律师"


def test_a_command_elsewhere_brings_the_numbers_up_to_date(
    open_page: Open, desk: Desk, settle: Callable[[], None]
) -> None:
    page = open_page()
    assert cells(page, "T1")["value"] == "5"
    make(desk.suite, desk.actor, "lawyers.lawyer", a_lawyer(10))
    page.refresh()
    settle()
    assert cells(page, "T1")["value"] == "6"


def test_who_may_read_nothing_is_told_so(
    light: None, desk: Desk, settle: Callable[[], None], qtbot: QtBot
) -> None:
    nobody = Desk(desk.suite, Actor(login="n", name="n"))
    page = IndicatorsPage(nobody)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.board is not None)
    assert "没有您可以查看的指标" in "".join(label.text() for label in page.findChildren(QLabel))
    nobody.close()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_nothing_is_clipped(open_page: Open, tmp_path: Path, mode: Mode) -> None:
    theme().apply(mode=mode)
    page = open_page((1236, 640))
    for value in page.listed:
        if value.target is not None:
            page.select(str(value.target.no))
        for button in page.dock.buttons:
            assert button.fontMetrics().horizontalAdvance(button.text()) < page.dock.width() - 60
    assert page.grab().save(str(tmp_path / "indicators.png"))
