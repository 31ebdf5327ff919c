"""Ctrl-C while a command writes: wherever it strikes, nothing is written and that is said."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from openpyxl import Workbook
from sqlalchemy import event, func, select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Done
from suite.database.engine import AuditState
from suite.kernel.audit.verify import verify
from suite.kernel.exchange.importing import ImportRows, accept
from suite.kernel.exchange.previewed import ImportRequest
from suite.kernel.executor.executor import Cancelled
from suite.tables import AuditTransaction, ImportRun, Subject
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number

LAWYER = "lawyers.lawyer"
#: So many statements begin a transaction; they are done with before anything can be stopped.
BEGINNING = 3


def strike(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGINT)


def written(suite: Suite) -> list[int | None]:
    with suite.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(table))
            for table in (AuditTransaction, ImportRun, Subject)
        ]


@pytest.fixture
def again(suite_: Suite, admin: Actor, tmp_path: Path) -> Callable[[], ImportRows]:
    """Gives the command that imports a new lawyer and a change, each time from a preview of its own."""
    make(suite_, admin, "lawyers.law_firm", a_firm(1))
    make(suite_, admin, LAWYER, a_lawyer(1, name="王志昂", id_number=resident_number(3)))
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "身份证号", "执业证号", "执业机构", "执业类别", "联系电话", "状态"])
    for place in (1, 2):
        numbers = (resident_number(2 * place + 1), practice_no(place))
        page.append([f"王志{'远昂平'[place]}", *numbers, "河北第1律师事务所", "兼职", "13800000001", "执业"])
    book.save(tmp_path / "a.xlsx")
    request = ImportRequest(kind=LAWYER, path=tmp_path / "a.xlsx")
    return lambda: accept(suite_.preview(request, admin))


@contextmanager
def at_statement(suite: Suite, place: int) -> Iterator[list[str]]:
    """Strike before one of the statements of a transaction; gives them all."""
    told: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        told.append(statement)
        if len(told) == place:
            strike()

    event.listen(suite.engine, "before_cursor_execute", count)
    try:
        yield told
    finally:
        event.remove(suite.engine, "before_cursor_execute", count)


@pytest.mark.both_engines
def test_at_every_statement_nothing_is_written(
    suite_: Suite, admin: Actor, again: Callable[[], ImportRows]
) -> None:
    before, place, done = written(suite_), 0, None
    while done is None:
        command, place = again(), place + 1
        with at_statement(suite_, place) as told, suppress(Cancelled):
            done = suite_.run(command, admin)
        if done is None:
            assert len(told) <= max(place + 1, BEGINNING), "the next one stops"
            assert written(suite_) == before
    assert place > 30
    assert place > len(told), "only past its last statement it is too late"
    assert written(suite_) != before
    with suite_.reading() as session:
        assert not verify(session.connection()).problems


def test_within_a_function_that_the_database_calls(
    suite_on_sqlite: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    digest = AuditState.digest

    def struck(self: AuditState, before: str | None, after: str | None) -> str:
        calls.append(1)
        strike()
        return digest(self, before, after)

    monkeypatch.setattr(AuditState, "digest", struck)
    suite_on_sqlite.engine.dispose()  # new connections get the function
    before = written(suite_on_sqlite)
    with pytest.raises(Cancelled):
        make(suite_on_sqlite, admin, LAWYER, a_lawyer(1, id_number=resident_number(3)))
    assert calls
    assert written(suite_on_sqlite) == before


@dataclass(frozen=True, kw_only=True)
class Wait(Command):
    """Waits in the server until it is stopped."""

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "试验"


def test_while_the_server_works(suite_on_postgresql: Suite, admin: Actor) -> None:
    def wait(command: Wait, work: Any) -> Done:
        striking = threading.Timer(0.3, strike)
        striking.start()
        work.connection.execute(text("SELECT pg_sleep(600)"))
        raise AssertionError("it sleeps for longer than anybody waits")

    suite_on_postgresql.executor._handlers[Wait] = wait
    before = written(suite_on_postgresql)
    with pytest.raises(Cancelled, match="已取消，未写入任何内容"):
        suite_on_postgresql.run(Wait(), admin)
    assert written(suite_on_postgresql) == before


def test_a_commit_that_has_begun_is_told_as_it_ends(suite_on_sqlite: Suite, admin: Actor) -> None:
    event.listen(suite_on_sqlite.engine, "commit", strike)
    [made] = make(suite_on_sqlite, admin, LAWYER, a_lawyer(1))
    with suite_on_sqlite.reading() as session:
        assert session.get(Subject, made) is not None


def test_outside_of_commands_python_hears_it_again(suite_on_sqlite: Suite, admin: Actor) -> None:
    make(suite_on_sqlite, admin, LAWYER, a_lawyer(1))
    with pytest.raises(KeyboardInterrupt):
        strike()
