"""Refused attempts that matter: who tried what without the right to, or against a rule, is traced."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from suite.contract.commands import Actor, Command
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.database.engine import Unconfirmed, writing
from suite.kernel.audit import seal

log = logging.getLogger(__name__)

#: A wrong value or another desk's faster save is no attempt at anything.
MATTERS = frozenset({ProblemKind.NOT_PERMITTED, ProblemKind.FORBIDDEN})
#: What an attempt can be about, and the field of a command that says so.
ABOUT = {"subject": "subject_id", "case": "case_id", "approval": "approval"}
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
    about: Mapping[str, int] | None = None,
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
                write_refusal(number, connection, actor.login, problems, about)
                seal.seal(connection, number)
            finally:
                seal.close(connection)
    except (DBAPIError, Unconfirmed) as error:
        log.warning("%s of %s was refused, which could not be traced: %s", command, actor.login, error)


def write_refusal(
    number: int,
    connection: Connection,
    login: str,
    problems: Iterable[Problem],
    about: Mapping[str, int] | None = None,
) -> None:
    """Write the entry of a refused attempt into a running transaction. It is kept with the login.

    `about` is what it was about, as `about_of` gives it.
    """
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
                **(about or {}),
            },
            ensure_ascii=False,
        ),
    )


def about_of(command: Command) -> dict[str, int]:
    """What a command is about: the record, the case, the step that waits for a signature; by number."""
    numbers = ((name, getattr(command, field, None)) for name, field in ABOUT.items())
    return {name: number for name, number in numbers if isinstance(number, int)}
