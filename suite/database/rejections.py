"""Statements that a database does not take: why, as a type, and how to go on after one.

Conditions are declared by plugins; one may name what is not there, or compare what cannot be compared.
That the database was away or the login may not read is something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, NotSupportedError, ProgrammingError

from suite.database.causes import cause_of
from suite.database.engine import is_sqlite


class Rejection(StrEnum):
    """Why a statement was not taken."""

    COLUMN = "column"
    TABLE = "table"
    FUNCTION = "function"
    VALUE = "value"
    STATEMENT = "statement"

    @property
    def words(self) -> str:
        """The cause in words."""
        return _WORDS[self]


_WORDS = {
    Rejection.COLUMN: "没有所指的栏目",
    Rejection.TABLE: "没有所指的表",
    Rejection.FUNCTION: "没有所用的函数，或两种类型不能这样比较",
    Rejection.VALUE: "值的类型或格式不符",
    Rejection.STATEMENT: "语句不成立",
}
#: States of PostgreSQL, by their beginning, the longer ones first.
_STATES = (
    ("42703", Rejection.COLUMN),
    ("42P01", Rejection.TABLE),
    ("42883", Rejection.FUNCTION),
    ("42804", Rejection.VALUE),
    ("22", Rejection.VALUE),
    ("0A", Rejection.STATEMENT),
    ("42", Rejection.STATEMENT),
    ("54", Rejection.STATEMENT),
)
NOT_PERMITTED = "42501"
#: How SQLite, which has no states, begins what it says.
_SAYINGS = (
    ("no such column", Rejection.COLUMN),
    ("no such table", Rejection.TABLE),
    ("no such function", Rejection.FUNCTION),
    ("wrong number of arguments to function", Rejection.FUNCTION),
)
_OF_SQLITE = frozenset({"SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_RANGE", "SQLITE_TOOBIG"})


def rejection_of(error: BaseException) -> Rejection | None:
    """Why the database did not take a statement; None for any other failure: it was away, asked to stop, or
    the login may not read."""
    if not isinstance(error, DBAPIError) or cause_of(error) is not None:
        return None
    state: str | None = getattr(error.orig, "sqlstate", None)
    name: str | None = getattr(error.orig, "sqlite_errorname", None)
    if state is not None:
        found = (cause for begins, cause in _STATES if state.startswith(begins) and state != NOT_PERMITTED)
        return next(found, None)
    if name is not None:
        said = str(error.orig)
        found = (cause for begins, cause in _SAYINGS if said.startswith(begins))
        return next(found, Rejection.STATEMENT) if name in _OF_SQLITE else None
    # The driver itself does not know how to send a value.
    of_the_driver = isinstance(error, DataError | InterfaceError | NotSupportedError | ProgrammingError)
    return Rejection.VALUE if of_the_driver else None


@contextmanager
def outliving(connection: Connection) -> Iterator[None]:
    """The transaction goes on after a statement in here that is not taken.

    PostgreSQL gives up all of a transaction but what came before a savepoint; SQLite gives up nothing.
    """
    if is_sqlite(connection):
        yield
        return
    with connection.begin_nested():
        yield
