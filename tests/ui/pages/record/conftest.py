"""A real database with two firms and lawyers, and record pages over it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite, build_suite
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.kernel.registry.record_file import record_file
from suite.settings import Settings
from suite.testing.fixtures import installed
from suite.ui.desk import Desk
from suite.ui.kit.editors import PickEditor, TextEditor
from suite.ui.kit.form import Form
from suite.ui.kit.masked import MaskedEditor
from suite.ui.pages.record.page import RecordPage
from tests.ui.hands import type_text

TODAY = dt.date(2026, 11, 23)
#: Invented, with right check characters.
FIRM_NUMBERS = ("31130000MD7363725N", "31130000MD5283553Q", "31130000MD3203388M")
LAWYERS = EntryPoint(name="lawyers", value="plugins.lawyers", group="suite.plugins")


def open_suite(home: Path, points: Sequence[EntryPoint] = (LAWYERS,)) -> Suite:
    """The program over the database in a folder."""
    settings = Settings(database=str(home / "suite.db"), home=home)
    suite = build_suite(settings, today=TODAY, plugins=installed(points))
    suite.check_database()
    return suite


class Office:
    """One database, the ids of what stands in it, and short ways to write."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.suite = open_suite(home)
        self.actor = self.suite.actor()
        self.ids: dict[str, int] = {}

    def save(self, kind: str, *, on: dt.date | None = None, reason: str = "", **values: Any) -> int:
        """Make a record."""
        command = SaveRecords(kind=kind, rows=(RowEdit(values=values),), effective_on=on)
        done = self.suite.run(command, self.actor, reason=reason)
        return int(done.result["ids"][0])

    def change(self, number: int, *, on: dt.date | None = None, reason: str = "", **values: Any) -> None:
        """Change a lawyer as another desk would."""
        row = RowEdit(subject_id=number, values=values)
        command = SaveRecords(kind="lawyers.lawyer", rows=(row,), effective_on=on)
        self.suite.run(command, self.actor, reason=reason)

    def values(self, number: int) -> dict[str, Any]:
        """What the database says now."""
        with self.suite.reading() as session:
            return dict(record_file(session, self.actor, self.suite.catalog, number).values)

    def licence_event(self, number: int, state: str, day: dt.date, document: str) -> None:
        """Record a decision on the lawyer's licence."""
        with self.suite.reading() as session:
            licence = record_file(session, self.actor, self.suite.catalog, number).licences[0].id
        self.suite.run(
            RecordLicenceEvent(
                kind="lawyers.lawyer", licence_id=licence, state=state, on_date=day, document_no=document
            ),
            self.actor,
        )


def _fill(home: Path) -> dict[str, int]:
    office = Office(home)
    ids = {}
    for number, name in enumerate(("河北太行律师事务所", "河北衡正律师事务所", "河北澄一律师事务所")):
        ids[f"firm{number}"] = office.save(
            "lawyers.law_firm",
            name=name,
            main_no=FIRM_NUMBERS[number],
            category="general_partnership",
            district_code="130102",
            approved_on=dt.date(2005, 3, 1),
        )
    ids["lawyer"] = office.save(
        "lawyers.lawyer",
        on=dt.date(2012, 6, 18),
        name="王志远",
        sex="male",
        birth_date=dt.date(1985, 4, 12),
        political_status="cpc",
        education="master",
        id_number="13010219850412241X",
        main_no="11301201210151826",
        body_id=ids["firm0"],
        category="full_time",
        first_practice_on=dt.date(2012, 6, 18),
        specialties="建设工程",
        phone="13812345207",
        office_address="长安区中山东路 188 号 9 层",
    )
    office.change(ids["lawyer"], on=dt.date(2018, 1, 20), reason="转所申请", body_id=ids["firm1"])
    office.change(ids["lawyer"], on=dt.date(2024, 3, 11), reason="转所申请", body_id=ids["firm2"])
    office.licence_event(ids["lawyer"], "suspended", dt.date(2017, 3, 1), "冀司停〔2017〕3号")
    office.licence_event(ids["lawyer"], "active", dt.date(2018, 1, 20), "冀司复〔2018〕1号")
    ids["other"] = office.save(
        "lawyers.lawyer",
        name="李晓梅",
        sex="female",
        birth_date=dt.date(1990, 7, 2),
        id_number="130104199007022423",
        main_no="11301201611411751",
        body_id=ids["firm2"],
        category="full_time",
        first_practice_on=dt.date(2016, 5, 9),
        phone="13912345208",
    )
    office.suite.engine.dispose()
    return ids


@pytest.fixture(scope="session")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The database, made once."""
    home = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, home / "suite.db")
    return home, _fill(home)


@pytest.fixture
def office(filled: tuple[Path, dict[str, int]], tmp_path: Path) -> Iterator[Office]:
    """A copy of the database of one's own."""
    source, ids = filled
    for file in source.glob("suite.db*"):
        shutil.copy(file, tmp_path / file.name)
    made = Office(tmp_path)
    made.ids = ids
    yield made
    made.suite.engine.dispose()


def settle(qtbot: QtBot, page: RecordPage) -> None:
    """Wait until nothing is under way, and what it led to neither."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not page.desk.busy)


def type_into(page: RecordPage, key: str, text: str, *, form: Form | None = None) -> None:
    """Replace a field's text as a person does."""
    if form is None:
        assert page.view.pane is not None
        form = page.view.pane.form
    editor = form.rows[key].editor
    if isinstance(editor, MaskedEditor):
        if not editor.line.isVisibleTo(editor):
            editor.retype.click()
        line = editor.line
    else:
        assert isinstance(editor, TextEditor | PickEditor)
        line = editor.line
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def let_go_of_draft(page: RecordPage) -> None:
    """What the end of the program does: its lock goes before its folder does."""
    keeper = page.drafting.keeper
    if keeper is not None and keeper._file._lock is not None:
        keeper._file._lock.unlock()


@pytest.fixture
def open_page(office: Office, qtbot: QtBot, light: None) -> Iterator[Callable[..., RecordPage]]:
    """Open a record page, loaded and shown; each on a desk of its own unless one is given."""
    desks: list[Desk] = []
    pages: list[RecordPage] = []

    def make(number: int | None, kind: str = "lawyers.lawyer", *, desk: Desk | None = None) -> RecordPage:
        if desk is None:
            desk = Desk(office.suite, office.actor)
            desks.append(desk)
        page = RecordPage(desk, kind, number)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1240, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        settle(qtbot, page)
        return page

    yield make
    for page in pages:
        if page.drafting.keeper is not None:
            page.drafting.keeper._timer.stop()
    for desk in desks:
        desk.close()
    for page in pages:
        let_go_of_draft(page)
