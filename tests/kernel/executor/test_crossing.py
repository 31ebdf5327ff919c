"""Desks in each other's way: a real deadlock is met and both commands are carried out, once each."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Change, Command, Done
from suite.contract.problems import Refused
from suite.database.bulk import update_rows
from suite.kernel.audit.verify import verify
from suite.kernel.executor import crossing
from suite.kernel.executor.crossing import TRIES, again_when_crossed
from suite.tables import Subject
from suite.testing.factories import a_lawyer, make

LAWYER = "lawyers.lawyer"
SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
PATIENCE = 20


@dataclass(frozen=True, kw_only=True)
class Mark(Command):
    """Adds its letter to the names of subjects, one after the other."""

    permission: ClassVar[str] = "core:parameter:edit"
    title: ClassVar[str] = "试验"

    ids: tuple[int, ...]
    letter: str


@dataclass(frozen=True, kw_only=True)
class MarkOnce(Mark):
    """The same, with a handler that does something outside the database."""

    repeatable: ClassVar[bool] = False


class Crossing:
    """Both wait for each other after their first row, in their first try alone."""

    def __init__(self) -> None:
        self.tries: Counter[str] = Counter()
        self._barrier = threading.Barrier(2)

    def handle(self, command: Mark, work: Any) -> Done:
        self.tries[command.letter] += 1
        for place, number in enumerate(command.ids):
            if place and self.tries[command.letter] == 1:
                self._barrier.wait(PATIENCE)
            name = work.connection.scalar(
                text("SELECT name FROM core_subject WHERE id = :id"), {"id": number}
            )
            row = {"id": number, "name": f"{name}{command.letter}"}
            update_rows(work.connection, SUBJECTS, "id", [row])
        return Done(text=command.letter, changes=(Change(kind=LAWYER, ids=command.ids),))


def run_both(
    suite: Suite, admin: Actor, kind: type[Mark], ids: tuple[int, int]
) -> tuple[Crossing, list[Any]]:
    met, answers = Crossing(), []
    suite.executor._handlers[kind] = met.handle

    def run(letter: str, order: tuple[int, ...]) -> None:
        try:
            answers.append(suite.run(kind(ids=order, letter=letter), admin).text)
        except Refused as refused:
            answers.append(refused)

    threads = [
        threading.Thread(target=run, args=args) for args in (("甲", ids), ("乙", tuple(reversed(ids))))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
    return met, answers


def names(suite: Suite, ids: tuple[int, int]) -> list[str]:
    with suite.reading() as session:
        return [session.get_one(Subject, one).name for one in ids]


def test_both_of_two_desks_that_deadlocked_are_done(suite_on_postgresql: Suite, admin: Actor) -> None:
    suite = suite_on_postgresql
    one, two = make(suite, admin, LAWYER, a_lawyer(1), a_lawyer(2))
    before = names(suite, (one, two))
    met, answers = run_both(suite, admin, Mark, (one, two))
    assert sorted(answers) == sorted("甲乙")
    assert sorted(met.tries.values()) == [1, 2]
    for name, former in zip(names(suite, (one, two)), before, strict=True):
        assert sorted(name.removeprefix(former)) == sorted("甲乙"), "each is written once"
    with suite.reading() as session:
        assert not verify(session.connection()).problems


def test_what_cannot_be_repeated_is_refused_and_told(suite_on_postgresql: Suite, admin: Actor) -> None:
    one, two = make(suite_on_postgresql, admin, LAWYER, a_lawyer(1), a_lawyer(2))
    met, answers = run_both(suite_on_postgresql, admin, MarkOnce, (one, two))
    assert list(met.tries.values()) == [1, 1]
    [refused] = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.codes == {"database.unavailable"}


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (psycopg.errors.DeadlockDetected(), TRIES),
        (psycopg.errors.SerializationFailure(), TRIES),
        (psycopg.errors.LockNotAvailable(), 1),
        (psycopg.errors.AdminShutdown(), 1),
    ],
)
def test_the_tries_are_bounded(error: psycopg.Error, tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossing, "PAUSE", (0, 0))
    made: list[int] = []

    def transact() -> None:
        made.append(1)
        raise OperationalError("", None, error)

    with pytest.raises(OperationalError):
        again_when_crossed(transact)
    assert len(made) == tries
