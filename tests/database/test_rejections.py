"""A statement that is not taken is told apart from a database that is not there, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from suite.bootstrap import Suite
from suite.database.rejections import Rejection, outliving, rejection_of


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("SELECT nothing_there FROM core_subject", Rejection.COLUMN),
        ("SELECT 1 FROM nothing_there", Rejection.TABLE),
        ("SELECT nothing_there(1)", Rejection.FUNCTION),
        ("SELECT 1 FROM FROM", Rejection.STATEMENT),
    ],
)
def test_why_a_statement_is_not_taken(suite_: Suite, statement: str, found: Rejection) -> None:
    """What follows in the same transaction is answered."""
    with suite_.reading() as session:
        with pytest.raises(DBAPIError) as failed, outliving(session.connection()):
            session.execute(text(statement))
        assert rejection_of(failed.value) is found
        assert session.scalar(text("SELECT 7")) == 7


@pytest.mark.parametrize("statement", ["SELECT 1 / 0", "SELECT 'x' = 1", "SELECT 'x'::date"])
def test_values_that_do_not_fit(suite_on_postgresql: Suite, statement: str) -> None:
    with suite_on_postgresql.reading() as session, pytest.raises(DBAPIError) as failed:
        session.execute(text(statement))
    assert rejection_of(failed.value) is Rejection.VALUE


def test_other_failures_are_none(suite_on_postgresql: Suite) -> None:
    """The login may not read it, it took too long, it would write: nothing is wrong with the statement."""
    for before, statement in (
        ("SET LOCAL ROLE pg_monitor", "SELECT rolpassword FROM pg_authid"),
        ("SET LOCAL statement_timeout = 1", "SELECT pg_sleep(1)"),
        ("SELECT 1", "DELETE FROM core_subject"),
    ):
        with suite_on_postgresql.reading() as session:
            session.execute(text(before))
            with pytest.raises(DBAPIError) as failed:
                session.execute(text(statement))
        assert rejection_of(failed.value) is None, statement
    assert rejection_of(InvalidRequestError("")) is None
