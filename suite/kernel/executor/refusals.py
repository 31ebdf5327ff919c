"""Refused attempts that matter: who tried what without the right to, or against a rule, is traced."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterable

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from suite.contract.commands import Actor, Command
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.database.engine import writing
from suite.kernel.audit import seal

log = logging.getLogger(__name__)

#: A wrong value or another desk's faster save is no attempt at anything.
MATTERS = frozenset({ProblemKind.NOT_PERMITTED, ProblemKind.FORBIDDEN})
#: Of the words of a refusal so much is kept.
LONGEST = 500


def mattering(problems: Iterable[Problem]) -> list[Problem]:
    """The problems for which an attempt is kept."""
    return [problem for problem in problems if problem.kind in MATTERS]


def note_refusal(
    engine: Engine,
    command: str,
    title: str,
    actor: Actor,
    refused: Refused,
    now: dt.datetime,
    *,
    subject_id: int | None = None,
) -> None:
    """Write the attempt in a transaction of its own, since its own was rolled back; once for each refusal.

    Where it cannot be written the log keeps it: who was refused must be told that, and nothing else.
    """
    problems = mattering(refused.problems)
    if not problems or refused.traced:
        return
    refused.traced = True
    try:
        with writing(engine) as connection:
            number = seal.begin(
                connection, command=command, title=title, reason=None, actor=actor.login, at=now
            )
            try:
                write_refusal(number, connection, actor.login, problems, subject_id)
                seal.seal(connection, number)
            finally:
                seal.close(connection)
    except DBAPIError as error:
        log.warning("%s of %s was refused, which could not be traced: %s", command, actor.login, error.orig)


def write_refusal(
    number: int,
    connection: Connection,
    login: str,
    problems: Iterable[Problem],
    subject_id: int | None = None,
) -> None:
    """Write the entry of a refused attempt into a running transaction. It is kept with the login."""
    told = list(problems)
    seal.note(
        connection,
        transaction_id=number,
        table="core_user",
        key=login,
        action="X",
        scope=(None, None, None),
        after=json.dumps(
            {
                "codes": [problem.code for problem in told],
                "words": "；".join(problem.text for problem in told)[:LONGEST],
                "subject": subject_id,
            },
            ensure_ascii=False,
        ),
    )


def subject_of(command: Command) -> int | None:
    """The record that a command is about, where it is about one."""
    number = getattr(command, "subject_id", None)
    return number if isinstance(number, int) else None
