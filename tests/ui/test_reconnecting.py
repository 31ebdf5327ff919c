"""The server dies under working desks and comes back: they resume, and no typed text is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine, text

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Done
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.kernel.audit.verify import verify
from suite.kernel.connection.rules import is_passing
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.settings import Settings
from suite.tables import Subject
from suite.testing.factories import a_lawyer, make
from suite.testing.fixtures import TODAY, few_places, opened
from suite.testing.servers import Server
from suite.ui import link
from suite.ui.assembly import Assembly
from suite.ui.desk import Desk
from suite.ui.kit.editors import TextEditor
from suite.ui.link import PAUSES, Link
from suite.ui.pages.record.page import RecordPage
from tests.ui.hands import type_text

LAWYER = "lawyers.lawyer"
LONG_MS = 60_000
KILLS = 25


@pytest.fixture(scope="module")
def server(stoppable_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Server:
    engine = create_engine(stoppable_server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE suite"))
    engine.dispose()
    settings = Settings(database=stoppable_server.url("suite"), home=tmp_path_factory.mktemp("home"))
    suite = build_suite(settings, today=TODAY)
    with few_places():
        suite.initialise()
    suite.engine.dispose()
    return stoppable_server


@pytest.fixture
def suite(server: Server, tmp_path: Path) -> Iterator[Suite]:
    with opened(server.url("suite"), tmp_path) as made:
        yield made


class Writer(threading.Thread):
    """A desk under load: one record after the other; remembers what was confirmed and what was refused."""

    def __init__(self, server: Server, home: Path, first: int) -> None:
        super().__init__()
        self.confirmed: list[int] = []
        self.refused: list[Problem] = []
        self.other: list[BaseException] = []
        self.end = threading.Event()
        self._first = first
        self._suite = build_suite(Settings(database=server.url("suite"), home=home), today=TODAY)
        self._suite.check_database()
        self._actor = self._suite.actor()

    def run(self) -> None:
        number = self._first
        while not self.end.wait(0.005):
            number += 1
            command = SaveRecords(kind=LAWYER, rows=(RowEdit(values=a_lawyer(number)),))
            try:
                done = self._suite.run(command, self._actor)
                self.confirmed += done.changes[0].ids
            except Refused as refused:
                self.refused += refused.problems
            except BaseException as error:
                self.other.append(error)
        self._suite.engine.dispose()


def test_desks_resume_and_forms_keep_their_text(
    server: Server, suite: Suite, tmp_path: Path, light: None, qtbot: QtBot
) -> None:
    [lawyer] = make(suite, suite.actor(), LAWYER, a_lawyer(1))
    assembly = Assembly.over(suite, suite.actor(), keeps=False)
    window, desk = assembly.window, assembly.desk
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    desk.listen()
    window.open_section("today")
    page = window.open_page("record", (LAWYER, lawyer))
    assert isinstance(page, RecordPage)
    qtbot.waitUntil(lambda: page.loaded is not None and not desk.busy, timeout=LONG_MS)
    form = page.view.pane.form if page.view.pane is not None else None
    assert form is not None
    editor = form.rows["office_address"].editor
    assert isinstance(editor, TextEditor)
    editor.line.setFocus()
    editor.line.selectAll()
    type_text(editor.line, "中山东路 188 号")
    writers = [Writer(server, tmp_path, 1000 * (n + 1)) for n in range(2)]
    for writer in writers:
        writer.start()
    try:
        qtbot.waitUntil(lambda: all(len(one.confirmed) >= 3 for one in writers), timeout=LONG_MS)
        server.stop(kill=True)
        # Told by the connection that listens, though nobody asked for anything.
        qtbot.waitUntil(lambda: desk.link.away, timeout=LONG_MS)
        assert assembly._reconnecting.banner is not None
        page.save()
        qtbot.waitUntil(lambda: not page.saving.busy, timeout=LONG_MS)
        assert page.has_unsaved()
        assert editor.line.text() == "中山东路 188 号"
        answers: list[object] = []
        desk.read(lambda session: session.get_one(Subject, lawyer).name, answers.append)
        with qtbot.waitSignal(desk.link.failed, timeout=LONG_MS):
            assembly._reconnecting.banner.buttons[0].click()
        assert "重连未成功" in assembly._reconnecting.banner.text.text()
        assert answers == []
        server.start()
        with qtbot.waitSignal(desk.link.back, timeout=LONG_MS):
            desk.link.retry()
        assert assembly._reconnecting.banner is None
        qtbot.waitUntil(lambda: len(answers) == 1, timeout=LONG_MS)
        before = [len(one.confirmed) for one in writers]
        qtbot.waitUntil(
            lambda: all(len(one.confirmed) > n for one, n in zip(writers, before, strict=True)),
            timeout=LONG_MS,
        )
    finally:
        for writer in writers:
            writer.end.set()
            writer.join(60)
    assert editor.line.text() == "中山东路 188 号"
    page.save()
    qtbot.waitUntil(lambda: not page.saving.busy and not desk.busy, timeout=LONG_MS)
    assert not page.has_unsaved()
    for writer in writers:
        assert writer.other == [], "nothing but refusals"
        assert all(problem.kind is ProblemKind.UNAVAILABLE for problem in writer.refused)
        assert all(is_passing(problem) for problem in writer.refused)
    with suite.reading() as session:
        kept = set(session.scalars(text("SELECT id FROM core_subject WHERE kind = 'lawyers.lawyer'")))
    assert {one for writer in writers for one in writer.confirmed} <= kept
    assembly.close()


@pytest.mark.long
def test_a_server_that_dies_again_and_again_loses_nothing_confirmed(
    server: Server, suite: Suite, tmp_path: Path
) -> None:
    chance = random.Random(20261126)
    writers = [Writer(server, tmp_path, 100_000 * (n + 1)) for n in range(4)]
    for writer in writers:
        writer.start()
    try:
        for _ in range(KILLS):
            before = [len(one.confirmed) for one in writers]
            while all(len(one.confirmed) == n for one, n in zip(writers, before, strict=True)):
                writers[0].end.wait(0.01)
            writers[0].end.wait(chance.uniform(0, 0.3))
            server.stop(kill=chance.random() < 0.7)
            server.start()
    finally:
        for writer in writers:
            writer.end.set()
            writer.join(60)
    for writer in writers:
        assert writer.other == [], "nothing but refusals"
        assert all(is_passing(problem) for problem in writer.refused), writer.refused
    with suite.reading() as session:
        kept = set(session.scalars(text("SELECT id FROM core_subject WHERE kind = 'lawyers.lawyer'")))
        assert not verify(session.connection()).problems
    assert {one for writer in writers for one in writer.confirmed} <= kept


def test_the_pauses_grow_and_one_loss_is_told_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "SPREAD", 0.0)
    from PySide6.QtCore import QObject

    holder = QObject()
    away = [True]

    def reach() -> Done:
        if away[0]:
            raise Refused([Problem(code="database.refused", text="")])
        return Done(text="")

    made = Link(reach, holder)
    lost: list[bool] = []
    waits: list[int] = []
    made.lost.connect(lambda: lost.append(True))
    made.failed.connect(lambda _number, _problem, seconds: waits.append(seconds))
    made.lose()
    made.lose()
    for _ in range(len(PAUSES) + 1):
        with qtbot.waitSignal(made.failed):
            made.retry()
    away[0] = False
    with qtbot.waitSignal(made.back):
        made.retry()
    assert lost == [True]
    assert waits == [*PAUSES[1:], PAUSES[-1], PAUSES[-1]]
    assert not made.away
    made.lose()
    assert made.tries == 0
    made.stop()


def test_a_file_that_has_gone_is_waited_for_and_not_made_anew(
    sqlite_database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(str(sqlite_database), tmp_path) as suite:
        desk = Desk(suite, suite.actor())
        away = sqlite_database.with_suffix(".away")
        sqlite_database.rename(away)
        desk.link.lose()
        with qtbot.waitSignal(desk.link.failed, timeout=LONG_MS) as told:
            desk.link.retry()
        assert told.args[1].code == "database.file"
        assert not sqlite_database.exists()
        refused: list[Exception] = []
        desk.run(SaveRecords(kind=LAWYER, rows=()), lambda _done: None, refused.append)
        qtbot.waitUntil(lambda: len(refused) == 1, timeout=LONG_MS)
        away.rename(sqlite_database)
        with qtbot.waitSignal(desk.link.back, timeout=LONG_MS):
            desk.link.retry()
        desk.close()
