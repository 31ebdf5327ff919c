"""A real database with the villages, some firms and lawyers, and a page that has read what it needs."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.database.engine import ReadSession
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.settings import Settings
from suite.testing.fixtures import installed
from suite.ui.desk import Desk
from suite.ui.pages.roster.page import RosterPage
from suite.ui.remembered import Remembered
from tests.ui.resting import rest

TODAY = dt.date(2026, 11, 23)
LAWYER, FIRM, VILLAGE = "lawyers.lawyer", "lawyers.law_firm", "core.village"
SURNAMES = ("王志远", "魏思源", "吴天佑", "许丽娜", "安超志")


def open_suite(folder: Path) -> Suite:
    """A suite over the SQLite file of a folder."""
    settings = Settings(home=folder, database=str(folder / "suite.db"))
    return build_suite(settings, today=TODAY, plugins=installed())


def lawyer(number: int, **values: object) -> RowEdit:
    """An invented lawyer."""
    made = {
        "name": f"{SURNAMES[number % len(SURNAMES)]}",
        "main_no": f"1130120121{number:07d}",
        "category": "full_time" if number % 3 else "part_time",
        "district_code": ("130102", "130104")[number % 2],
        "first_practice_on": dt.date(2012, 1 + number % 12, 1),
        "status": "active",
        **values,
    }
    return RowEdit(values=made)


@pytest.fixture(scope="session")
def filled(whole_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled database that nobody writes to."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(whole_sqlite_template, folder / "suite.db")
    suite = open_suite(folder)
    suite.check_database()
    actor = suite.actor()
    firms = [
        RowEdit(
            values={
                "name": f"河北{name}律师事务所", "category": "sole", "district_code": "130102",
                "approved_on": dt.date(2005, 1, 1), "status": "active",
            }
        )
        for name in ("澄一", "衡正")
    ]  # fmt: skip
    made = suite.run(SaveRecords(kind=FIRM, rows=tuple(firms)), actor)
    bodies = made.changes[0].ids
    rows = tuple(lawyer(number, body_id=bodies[number % 2]) for number in range(60))
    suite.run(SaveRecords(kind=LAWYER, rows=rows), actor)
    suite.engine.dispose()
    return folder


@pytest.fixture
def suite(filled: Path, tmp_path: Path) -> Iterator[Suite]:
    """A copy of the filled database; every read on the GUI thread is an error."""
    shutil.copy(filled / "suite.db", tmp_path / "suite.db")
    suite = open_suite(tmp_path)
    suite.check_database()
    yield suite
    suite.engine.dispose()


@pytest.fixture
def actor(suite: Suite) -> Actor:
    """The first user, who may do everything."""
    return suite.actor()


@pytest.fixture
def off_thread(suite: Suite, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """From here on a read on the GUI thread fails; the threads that did read are listed."""
    readers: list[threading.Thread] = []
    plain = Suite.reading

    @contextmanager
    def watched(self: Suite) -> Iterator[ReadSession]:
        assert threading.current_thread() is not threading.main_thread(), "a query on the GUI thread"
        readers.append(threading.current_thread())
        with plain(self) as session:
            yield session

    monkeypatch.setattr(Suite, "reading", watched)
    return readers


@pytest.fixture
def desk(suite: Suite, actor: Actor, off_thread: list[threading.Thread], qtbot: QtBot) -> Iterator[Desk]:
    """The desk of a window."""
    desk = Desk(suite, actor)
    yield desk
    desk.close()
    desk.deleteLater()


Settle = Callable[[], None]


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Settle:
    """Wait until nothing is under way."""
    return partial(rest, qtbot, desk)


@pytest.fixture
def open_page(light: None, desk: Desk, settle: Settle, qtbot: QtBot) -> Callable[..., RosterPage]:
    """Open the page on a kind and let it read."""

    def open_it(kind: str = LAWYER, filters: object = (), size: tuple[int, int] = (1440, 800)) -> RosterPage:
        page = RosterPage(desk, (kind, filters), remembered=Remembered())
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        settle()
        return page

    return open_it
