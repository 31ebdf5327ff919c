"""After a move every table that numbers its rows goes on above all that stood in it and all that are gone."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, create_engine, delete, insert, text

from suite.database.base import METADATA, table_of
from suite.database.bulk import allocate_ids
from suite.database.engine import is_sqlite
from suite.safekeeping import copying
from suite.tables import AuditEntry

ENTRIES = table_of(AuditEntry)
#: The highest number that stands in every table, and one that was given above it.
STANDS, GONE = 5_000, 5_007
#: Its rows are numbered by the link before them, never by the engine.
NUMBERED = frozenset({"core_audit_link"})
#: A value that no other row has, for a column of each type.
ANY: dict[type, Any] = {
    str: "x",
    int: 987_654,
    bool: True,
    bytes: b"x",
    float: 1.0,
    Decimal: Decimal(1),
    dt.date: dt.date(2099, 1, 1),
    dt.datetime: dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
}
#: Which way a database moves.
WAYS = (("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite"))


@contextmanager
def nothing_refuses(address: str) -> Iterator[Connection]:
    """A transaction without triggers, references and checks, that leaves nothing behind."""
    engine = create_engine(address)
    with engine.connect() as connection, connection.begin() as transaction:
        if is_sqlite(connection):
            triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for name in connection.execute(triggers).scalars().all():
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            checks = text(
                "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) "
                "FROM pg_constraint WHERE contype = 'c' AND conparentid = 0 AND conislocal "
                "AND connamespace = 'public'::regnamespace"
            )
            for statement in connection.execute(checks).scalars().all():
                connection.exec_driver_sql(statement)
        yield connection
        transaction.rollback()
    engine.dispose()


def a_row(table: Table, number: int | None = None) -> dict[str, Any]:
    """Values for a row of any table; without a number the engine gives one."""
    key = table.autoincrement_column
    assert key is not None
    values = {
        column.name: ANY[column.type.python_type]
        for column in table.columns
        if column is not key and (not column.nullable or column.unique)
    }
    if number is not None:  # apart from the row that comes after it
        values |= {name: "y" for name, value in values.items() if value == "x"}
        values |= {name: 123_456 for name, value in values.items() if value == ANY[int]}
        values[key.name] = number
    return values


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Names a database of an engine that was just made."""

    def made(engine: str) -> str:
        template = request.getfixturevalue(f"{engine}_template")
        if engine == "postgresql":
            return str(request.getfixturevalue("fresh_postgresql")(template))
        number = len(list(tmp_path.glob("*.db")))
        return f"sqlite:///{shutil.copyfile(template, tmp_path / f'{number}.db')}"

    return made


@pytest.mark.both_engines
@pytest.mark.parametrize(("here", "there"), WAYS)
def test_a_new_row_of_every_table_gets_a_fresh_number(
    here: str, there: str, place: Callable[[str], str]
) -> None:
    with nothing_refuses(place(here)) as source, nothing_refuses(place(there)) as target:
        names = set(source.dialect.get_table_names(source))
        tables = [table for table in METADATA.tables.values() if table.name in names]
        own = [table for table in tables if table.autoincrement_column is not None]
        assert len(own) > 60
        # What copying the rows leaves: the rows, and counters that say nothing of them.
        for table in own:
            source.execute(insert(table), a_row(table, STANDS))
            if table is not ENTRIES:
                dead = {"table_name": table.name, "row_key": str(GONE), "action": "D", "transaction_id": 1}
                source.execute(insert(ENTRIES), dead)
        for table in own:
            target.execute(delete(table).where(table.autoincrement_column >= STANDS))
            target.execute(insert(table), a_row(table, STANDS))
        if is_sqlite(target):
            target.exec_driver_sql("DELETE FROM sqlite_sequence")
        copying._number_on(source, target, tables)  # what a copy does of it, past the rows
        for table in own:
            if table.name in NUMBERED:
                continue
            key = table.autoincrement_column
            [allocated] = allocate_ids(target, table, 1) if key.name == "id" else [GONE + 1]
            given = target.scalar(insert(table).values(a_row(table)).returning(key))
            counted = not is_sqlite(target) or copying._counts(target, table)
            assert min(allocated, given) > (GONE if counted and table is not ENTRIES else STANDS), table.name
