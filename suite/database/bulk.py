"""Many rows at once, past the ORM: an import writes 300,000 rows in one transaction.

Rows are dicts with every column of the statement. Values are adapted as SQLAlchemy's own types would
store them, so that rows written here and rows written by the ORM are the same. Errors are SQLAlchemy's.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, DateTime, Table, text

from suite.database.driver_errors import driver_cursor
from suite.database.engine import is_sqlite
from suite.database.types import UtcDateTime

Row = Mapping[str, Any]
#: So many rows go into one statement of PostgreSQL; its memory is that of the arrays.
ROWS_AT_ONCE = 5_000
#: So many values go into one statement of SQLite: every build takes them. A statement whose triggers write
#: pays for its own roll-back and its counters once, not for each row.
VALUES_AT_ONCE = 999
#: Fewer new rows are put into the indexes one by one.
FEWEST_LOADED = 1_000
#: In an index's `info`: it holds few of the rows, so that keeping it costs less than building it anew.
FEW = {"few": True}
_ARRAYS: dict[type, str] = {
    str: "text[]",
    bytes: "bytea[]",
    int: "bigint[]",
    float: "float8[]",
    bool: "boolean[]",
    Decimal: "numeric[]",
    dt.date: "date[]",
    dt.datetime: "timestamptz[]",
}


def allocate_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Numbers for new rows, known before they are written. SQLite has one writer, so counting on is safe.

    A table that a migration has rebuilt there says nothing in `sqlite_sequence`: its rows say it.
    """
    if is_sqlite(connection):
        last = connection.execute(
            text(
                "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = :name), 0), "
                f'coalesce((SELECT max(id) FROM "{table.name}"), 0))'
            ),
            {"name": table.name},
        ).scalar_one()
        return range(int(last) + 1, int(last) + 1 + count)
    return list(
        connection.execute(
            text(f"SELECT nextval('{table.name}_id_seq') FROM generate_series(1, :n)"), {"n": count}
        ).scalars()
    )


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns: many in a statement, as arrays on PostgreSQL.

    Not COPY: PostgreSQL refuses it to a login that row-level security binds.
    """
    if rows:
        insert_columns(connection, table, _columns(rows, list(rows[0])))


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given as their columns, all of one length: thousands without an object for each.

    A column of which no row says anything is left to the table, where that means the same.
    """
    said = {
        name: values
        for name, values in columns.items()
        if table.columns[name].server_default is not None or values.count(None) < len(values)
    }
    if said:  # else there are no rows
        insert_tuples(connection, table, list(said), _tuples(connection, table, said))


def insert_tuples(
    connection: Connection, table: Table, columns: Sequence[str], values: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows given as tuples of what the driver stores: texts and whole numbers need no adapting."""
    names = ", ".join(f'"{column}"' for column in columns)
    with driver_cursor(connection) as cursor:
        rows = iter(values)
        if is_sqlite(connection):
            insert, places = (
                f'INSERT INTO "{table.name}" ({names}) VALUES ',
                f"({', '.join('?' * len(columns))})",
            )
            many = VALUES_AT_ONCE // len(columns)
            full = insert + ", ".join([places] * many)
            while part := list(islice(rows, many)):
                if len(part) == many:
                    cursor.execute(full, list(chain.from_iterable(part)))
                else:
                    cursor.executemany(insert + places, part)
            return
        arrays = ", ".join(f"%s::{_array_type(table, column)}" for column in columns)
        statement = f'INSERT INTO "{table.name}" ({names}) SELECT * FROM unnest({arrays})'
        while part := list(islice(rows, ROWS_AT_ONCE)):
            cursor.execute(statement, [list(column) for column in zip(*part, strict=True)])


@contextmanager
def loading(connection: Connection, coming: Mapping[Table, int]) -> Iterator[None]:
    """Write very many rows: where more come than stand in a table, its indexes are built once, at the end.

    `coming`: about how many new rows each table gets.
    To put each row at its place in every index costs several times what the row itself does; sorted once
    they cost little. It is part of the transaction: what goes wrong meanwhile takes all of it back, and the
    indexes stand as they stood. Only SQLite: on PostgreSQL a login does not own the tables. What keeps rows
    unique stays, and nothing inside may need the others.
    """
    tables = [table for table, count in coming.items() if _many(connection, table, count)]
    taken = _indexes(connection, tables)
    for name, _ in taken:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, statement in taken:
        connection.exec_driver_sql(statement)


def _many(connection: Connection, table: Table, count: int) -> bool:
    """Whether so many new rows are worth it: more than stand in the table."""
    if not is_sqlite(connection) or count < FEWEST_LOADED:
        return False
    standing = text(f'SELECT count(*) FROM (SELECT 1 FROM "{table.name}" LIMIT :most)')
    return bool(connection.execute(standing, {"most": count}).scalar_one() < count)


def _indexes(connection: Connection, tables: Sequence[Table]) -> list[tuple[str, str]]:
    """Name and statement of the indexes that can be built anew."""
    stored = text("SELECT name, sql FROM sqlite_master WHERE tbl_name = :table AND sql LIKE 'CREATE INDEX %'")
    few = {index.name for table in tables for index in table.indexes if index.info.get("few")}
    return [
        (name, sql)
        for table in tables
        for name, sql in connection.execute(stored, {"table": table.name})
        if name not in few
    ]


def update_rows(connection: Connection, table: Table, key: str, rows: Iterable[Row]) -> None:
    """Update rows by one key column; rows may set different columns."""
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        columns = tuple(sorted(column for column in row if column != key))
        if columns:
            groups[columns].append(row)
    mark = "?" if is_sqlite(connection) else "%s"
    for columns, members in groups.items():
        ordered = [*columns, key]
        sets = ", ".join(f'"{column}" = {mark}' for column in columns)
        values = _tuples(connection, table, _columns(members, ordered))
        with driver_cursor(connection) as cursor:
            cursor.executemany(f'UPDATE "{table.name}" SET {sets} WHERE "{key}" = {mark}', values)


def delete_rows(connection: Connection, table: Table, key: str, values: Sequence[Any]) -> None:
    """Delete rows by one key column."""
    mark = "?" if is_sqlite(connection) else "%s"
    if values:
        with driver_cursor(connection) as cursor:
            cursor.executemany(
                f'DELETE FROM "{table.name}" WHERE "{key}" = {mark}', [(value,) for value in values]
            )


def _columns(rows: Sequence[Row], names: Sequence[str]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in names}


def _tuples(
    connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[Any, ...]]:
    """The rows of these columns as the driver stores them."""
    adapted = []
    for column, values in columns.items():
        adapt = _adapter(connection, table, column)
        if adapt is not None:
            values = [None if value is None else adapt(value) for value in values]
        adapted.append(values)
    return zip(*adapted, strict=True)


def _array_type(table: Table, column: str) -> str:
    return _ARRAYS[table.columns[column].type.python_type]


def _adapter(connection: Connection, table: Table, column: str) -> Callable[[Any], Any] | None:
    if not is_sqlite(connection):
        return None
    kind = table.columns[column].type
    if isinstance(kind, (UtcDateTime, DateTime)):
        return _stamp
    python = kind.python_type
    if python is dt.date:
        return dt.date.isoformat
    if python is Decimal:
        return float
    return int if python is bool else None


@lru_cache(maxsize=16)
def _stamp(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
