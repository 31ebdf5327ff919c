"""Errors of the drivers: one family for all of them, and no value of a row in their words.

PostgreSQL repeats the refused row in the DETAIL and the CONTEXT of its messages, and with it full resident
numbers, which have no place in a log. What is kept: the first line, the state and the constraint.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

#: The class of states whose first line already quotes the value.
DATA_EXCEPTION = "22"


@contextmanager
def driver_cursor(connection: Connection) -> Iterator[Any]:
    """A cursor of the driver itself, whose errors are raised as SQLAlchemy's own would be.

    Raises a subclass of DBAPIError in place of `sqlite3.Error` and `psycopg.Error`; a connection that was
    lost is given up. Other exceptions pass.
    """
    dialect = connection.dialect
    family = dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except family as error:
        lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
        without_values(error)
        raised = DBAPIError.instance(
            None, None, error, family, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        )
        if lost:
            connection.invalidate(raised)
        raise raised from error
    finally:
        cursor.close()


def hide_values(context: ExceptionContext) -> None:
    """Take the values of rows out of an error's words before anybody can log it (an engine's listener)."""
    error = context.original_exception
    if without_values(error) and context.sqlalchemy_exception is not None:
        kind = type(error)
        context.sqlalchemy_exception.args = (f"({kind.__module__}.{kind.__qualname__}) {error}",)


def without_values(error: BaseException) -> bool:
    """Shorten the words of an error of PostgreSQL; False for one that carries no state."""
    state = getattr(error, "sqlstate", None)
    if not state:
        return False
    diagnosis: Any = getattr(error, "diag", None)
    first = "" if state.startswith(DATA_EXCEPTION) else diagnosis.message_primary
    error.args = (" ".join(part for part in (first, state, diagnosis.constraint_name) if part),)
    return True
