"""Indexes that are built once behind very many rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, Text, create_engine, inspect, text
from sqlalchemy.engine.reflection import ObjectScope
from sqlalchemy.pool import StaticPool

from suite.database.base import table_of
from suite.database.bulk import FEW, FEWEST_LOADED, insert_tuples, loading
from suite.database.engine import open_engine, writing
from suite.settings import database_url
from suite.tables import Licence

LICENCES = table_of(Licence)
COLUMNS = ("id", "subject_id", "title", "number", "opening_state", "state", "profession")


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        LICENCES.create(connection)
        yield connection
    engine.dispose()


def indexes(connection: Connection) -> set[str]:
    return set(
        connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
    )


def written(connection: Connection, first: int, count: int) -> set[str]:
    """Write so many licences; the indexes that stood meanwhile."""
    rows = ((number, 1, "x", f"{-number}", "a", "a", "x") for number in range(first, first + count))
    with loading(connection, {LICENCES: count}):
        insert_tuples(connection, LICENCES, COLUMNS, rows)
        return indexes(connection)


def test_where_more_rows_come_than_stand_the_indexes_are_built_behind_them(connection: Connection) -> None:
    declared = indexes(connection)
    assert declared
    assert written(connection, 1, FEWEST_LOADED) == set()
    assert indexes(connection) == declared
    # As many as stand, and fewer than are worth it: they stay.
    assert written(connection, 10_000, FEWEST_LOADED) == declared
    connection.execute(LICENCES.delete())
    assert written(connection, 20_000, FEWEST_LOADED - 1) == declared
    assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_an_index_of_few_rows_stays(connection: Connection) -> None:
    marks = Table("marks", MetaData(), Column("id", Integer, primary_key=True), Column("mark", Text))
    Index("few", marks.c.mark, sqlite_where=text("mark IS NOT NULL"), info=FEW)
    Index("all", marks.c.mark)
    marks.create(connection)
    declared = indexes(connection)
    with loading(connection, {marks: FEWEST_LOADED}):
        kept = indexes(connection)
        insert_tuples(connection, marks, ("id", "mark"), ((n, "x") for n in range(FEWEST_LOADED)))
    assert declared - kept == {'CREATE INDEX "all" ON marks (mark)'}
    assert indexes(connection) == declared
    assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_what_goes_wrong_meanwhile_leaves_the_indexes(connection: Connection) -> None:
    declared = indexes(connection)

    def broken_off() -> None:
        with loading(connection, {LICENCES: FEWEST_LOADED}):
            assert indexes(connection) == set()
            raise ZeroDivisionError

    point = connection.begin_nested()
    with pytest.raises(ZeroDivisionError):
        broken_off()
    point.rollback()
    assert indexes(connection) == declared


def test_a_connection_that_was_looked_over_loads_as_well(tmp_path: Path) -> None:
    """Reading what stands of temporary tables opens the place where they lie: it cannot be moved any more."""
    names = Table(
        "names", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text, index=True)
    )
    engine = open_engine(database_url(str(tmp_path / "suite.db")))
    with writing(engine) as connection:
        names.create(connection)
        inspect(connection).get_multi_foreign_keys(scope=ObjectScope.ANY)
        with loading(connection, {names: FEWEST_LOADED}):
            insert_tuples(connection, names, ("id", "name"), ((n, f"{n}") for n in range(FEWEST_LOADED)))
            assert indexes(connection) == set()
        assert len(indexes(connection)) == 1
    engine.dispose()
