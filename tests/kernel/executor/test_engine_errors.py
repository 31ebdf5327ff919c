"""What the engines refuse in the middle of a write: told in words, without secrets in the log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import Connection, event, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Done, Facts
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.database import engine as engine_module
from suite.database.bulk import update_rows
from suite.kernel.executor.executor import Bug
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.testing.factories import a_lawyer, make, resident_number
from suite.testing.fixtures import opened

LAWYER = "lawyers.lawyer"
SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
PATIENCE = 20


@dataclass(frozen=True, kw_only=True)
class Rename(Command):
    """Renames subjects."""

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "试验"

    ids: tuple[int, ...]
    name: str


def _rename(command: Rename, work: Any) -> Done:
    for number in command.ids:
        update_rows(work.connection, SUBJECTS, "id", [{"id": number, "name": command.name}])
    return Done(text="改名")


def renaming(suite: Suite) -> Suite:
    suite.executor._handlers[Rename] = _rename
    return suite


def saving(**values: object) -> SaveRecords:
    return SaveRecords(kind=LAWYER, rows=(RowEdit(values=values),))


def problem(suite: Suite, command: Command, actor: Actor) -> Problem:
    with pytest.raises(Refused) as refused:
        suite.run(command, actor)
    [found] = refused.value.problems
    return found


def beside(suite: Suite, first: Command, actor: Actor, then: Callable[[], Problem]) -> Problem:
    """What `then` meets while `first` has written and not yet committed."""
    wrote, go_on = threading.Event(), threading.Event()
    failed: list[BaseException] = []

    def hold(what: str, done: int, total: int) -> None:
        if what == "编制索引":
            wrote.set()
            go_on.wait(1)

    def run() -> None:
        try:
            suite.run(first, actor, progress=hold)
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert wrote.wait(PATIENCE), "the first never wrote"
        found = then()
    finally:
        go_on.set()
        thread.join(PATIENCE)
    assert not failed
    return found


def count(suite: Suite) -> int:
    with suite.reading() as session:
        return int(
            session.execute(
                text("SELECT count(*) FROM core_subject WHERE kind = 'lawyers.lawyer'")
            ).scalar_one()
        )


def test_two_desks_with_the_same_practice_number(suite_on_postgresql: Suite, admin: Actor) -> None:
    suite = suite_on_postgresql
    command = saving(**a_lawyer(1))
    found = beside(suite, command, admin, lambda: problem(suite, command, admin))
    assert (found.code, found.field, found.kind) == ("duplicate", "main_no", ProblemKind.INVALID)
    assert count(suite) == 1


def test_two_desks_with_the_same_resident_number_leave_none_in_the_log(
    suite_on_postgresql: Suite, admin: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    suite = suite_on_postgresql
    caplog.set_level(logging.DEBUG)
    number = resident_number(7)
    first, second = saving(**a_lawyer(1, id_number=number)), saving(**a_lawyer(2, id_number=number))
    met: list[Refused] = []

    def then() -> Problem:
        with pytest.raises(Refused) as refused:
            suite.run(second, admin)
        met.append(refused.value)
        return refused.value.problems[0]

    found = beside(suite, first, admin, then)
    assert (found.code, found.field) == ("duplicate", "id_number")
    logging.getLogger("test").exception("shown", exc_info=met[0])
    assert "23505" in caplog.text
    assert "uq_core_identity" in caplog.text
    assert number not in caplog.text


def test_a_row_that_another_desk_holds_is_waited_for_and_then_told(
    suite_on_postgresql: Suite, admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = suite_on_postgresql
    [lawyer] = make(suite, admin, LAWYER, a_lawyer(1))
    monkeypatch.setattr(engine_module, "LOCK_TIMEOUT_MS", 200)
    url = suite.engine.url.render_as_string(hide_password=False)
    with opened(url, tmp_path) as impatient, suite.engine.connect() as other:
        other = other.execution_options(**{engine_module.WRITE: True})
        with other.begin():
            other.execute(text("SELECT 1 FROM core_subject WHERE id = :id FOR UPDATE"), {"id": lawyer})
            found = problem(renaming(impatient), Rename(ids=(lawyer,), name="改名"), admin)
    assert (found.code, found.kind) == ("database.unavailable", ProblemKind.UNAVAILABLE)
    assert "占用" in found.text


END = "SELECT pg_terminate_backend(:pid, 10000)"


def test_a_connection_that_ends_in_the_middle_is_no_bug(
    suite_on_postgresql: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = renaming(suite_on_postgresql)
    [lawyer] = make(suite, admin, LAWYER, a_lawyer(1))

    def look(command: Command, actor: Actor, facts: Facts) -> list[Problem]:
        facts.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return []

    with monkeypatch.context() as patched:
        patched.setattr(suite.plugins, "check_command", look)
        found = problem(suite, Rename(ids=(lawyer,), name="改名"), admin)
    assert (found.code, found.kind) == ("database.broken", ProblemKind.UNAVAILABLE)
    assert suite.run(Rename(ids=(lawyer,), name="改名"), admin).text == "改名"


def test_a_connection_that_ends_at_the_commit_leaves_the_outcome_open(
    suite_on_postgresql: Suite, admin: Actor
) -> None:
    suite = renaming(suite_on_postgresql)
    [lawyer] = make(suite, admin, LAWYER, a_lawyer(1))
    ended: list[int] = []

    def end(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        if not ended and raw is not None:
            ended.append(raw.info.backend_pid)
            with suite.engine.connect() as other:
                other.execute(text(END), {"pid": ended[0]})
                other.rollback()

    event.listen(suite.engine, "commit", end)
    found = problem(suite, Rename(ids=(lawyer,), name="改名"), admin)
    assert found.code == "database.unconfirmed"
    assert suite.run(Rename(ids=(lawyer,), name="改名"), admin).text == "改名"


def test_a_full_disk_says_so_and_writes_nothing(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite

    def fill(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(suite.engine, "begin", fill)
    rows = tuple(RowEdit(values=a_lawyer(number)) for number in range(1, 400))
    found = problem(suite, SaveRecords(kind=LAWYER, rows=rows), admin)
    assert found.kind is ProblemKind.UNAVAILABLE
    assert "磁盘" in found.text
    assert count(suite) == 0


def test_a_locked_file_asks_to_wait(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "LOCK_TIMEOUT_MS", 100)
    file = str(suite_on_sqlite.engine.url.database)
    with opened(file, tmp_path) as impatient, engine_module.writing(suite_on_sqlite.engine):
        found = problem(impatient, saving(**a_lawyer(1)), admin)
    assert found.kind is ProblemKind.UNAVAILABLE
    assert "占用" in found.text


@pytest.mark.parametrize(
    ("name", "code"), [("名" * 4000, "value.too_long"), ("张\x00三", "value.unstorable")]
)
def test_a_value_that_the_database_cannot_hold_is_refused(
    suite_on_postgresql: Suite, admin: Actor, name: str, code: str
) -> None:
    suite = renaming(suite_on_postgresql)
    [lawyer] = make(suite, admin, LAWYER, a_lawyer(1))
    found = problem(suite, Rename(ids=(lawyer,), name=name), admin)
    assert (found.code, found.kind) == (code, ProblemKind.INVALID)


def test_a_broken_statement_is_a_bug_and_its_values_stay_out_of_the_log(
    suite_: Suite, admin: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    secret = resident_number(9)

    def handle(command: Rename, work: Any) -> Done:
        work.session.execute(text("INSERT INTO nowhere VALUES (:value)"), {"value": secret})
        return Done(text="")

    suite_.executor._handlers[Rename] = handle
    caplog.set_level(logging.INFO)
    with pytest.raises(Bug) as bug:
        suite_.run(Rename(ids=(), name=""), admin)
    assert bug.value.incident in caplog.text
    assert "nowhere" in caplog.text
    assert secret not in caplog.text
