"""Putting the audit triggers on a database, taking them off for a migration, and comparing them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from suite.database.audit_sql import (
    DEFINER,
    POSTGRESQL_FUNCTIONS,
    POSTGRESQL_SEAL_TRIGGER,
    SEARCH_PATH,
    TRACE,
    UNAUDITED,
    AuditedTable,
    audited_tables,
    postgresql_function,
    postgresql_triggers,
    sqlite_triggers,
)
from suite.database.base import CORE, owner_of
from suite.database.engine import is_sqlite, run_together


@dataclass(frozen=True, kw_only=True)
class StoredTrigger:
    """A trigger as an SQLite database holds it."""

    name: str
    table: str
    statement: str


def existing_tables(connection: Connection, owners: Collection[str] | None = None) -> list[AuditedTable]:
    """The declared audited tables that stand in this database; only these owners' where they are given."""
    names = set(connection.dialect.get_table_names(connection))
    return [
        table
        for table in audited_tables()
        if table.name in names and (owners is None or owner_of(table.name) in owners)
    ]


def drop_triggers(connection: Connection) -> list[StoredTrigger]:
    """Take the audit triggers off before a migration rebuilds tables (SQLite); gives what they were."""
    taken = text(
        "SELECT name, tbl_name, sql FROM sqlite_master "
        "WHERE type = 'trigger' AND (name LIKE 'audit\\_%' ESCAPE '\\' OR tbl_name IN :trace)"
    ).bindparams(bindparam("trace", sorted(TRACE), expanding=True))
    rows = connection.execute(taken).all()
    stored = [StoredTrigger(name=name, table=table, statement=sql) for name, table, sql in rows]
    for trigger in stored:
        connection.exec_driver_sql(f'DROP TRIGGER "{trigger.name}"')
    return stored


def install_triggers(
    connection: Connection,
    owners: Collection[str] | None = None,
    *,
    dropped: Sequence[StoredTrigger] = (),
) -> None:
    """Make the triggers of the audited tables what the declaration says.

    Only the tables of these owners, where they are given: an owner whose tables are older or newer than
    the program must keep the triggers that fit them. Those of undeclared tables (a parked plugin's) are
    put back as they stood, too; `dropped` are those that `drop_triggers` took off before.
    """
    tables = existing_tables(connection, owners)
    if is_sqlite(connection):
        stored = [*dropped, *drop_triggers(connection)]
        for table in tables:
            for statement in sqlite_triggers(table).values():
                connection.exec_driver_sql(statement)
        _put_back(connection, stored, {table.name for table in tables})
        return
    if owners is None or CORE in owners:
        install_functions(connection)
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_seal ON core_audit_transaction")
        _drop_strangers(connection)
        connection.exec_driver_sql(POSTGRESQL_SEAL_TRIGGER)
    standing = _standing_triggers(connection)
    for table in tables:
        wanted = postgresql_triggers(table)
        former = [
            f'DROP TRIGGER {name} ON "{table.name}"' for name in wanted if (table.name, name) in standing
        ]
        run_together(connection, [postgresql_function(table), *former, *wanted.values()])


def _standing_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Table and name of every trigger that somebody made (PostgreSQL)."""
    found = text(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
    )
    return {(row.relname, row.tgname) for row in connection.execute(found)}


def _drop_strangers(connection: Connection) -> None:
    """Take off every trigger that somebody put on the trace itself."""
    strange = text(
        "SELECT format('DROP TRIGGER %I ON public.%I', t.tgname, c.relname) FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relname = ANY (:trace)"
    )
    for statement in connection.execute(strange, {"trace": sorted(TRACE)}).scalars().all():
        connection.exec_driver_sql(statement)


def install_functions(connection: Connection) -> None:
    """Make the functions of PostgreSQL's trace that belong to no table; an upgrade is traced by them."""
    for statement in POSTGRESQL_FUNCTIONS.values():
        connection.exec_driver_sql(statement)


def _put_back(connection: Connection, stored: Sequence[StoredTrigger], done: Collection[str]) -> None:
    """Run the statements of triggers again whose tables are nobody's present declaration and still stand."""
    names = set(connection.dialect.get_table_names(connection))
    for trigger in stored:
        if trigger.table in names and trigger.table not in done and trigger.table not in UNAUDITED:
            connection.exec_driver_sql(trigger.statement)


def missing_triggers(connection: Connection) -> list[str]:
    """Triggers that are absent, disabled or other than declared: `table.trigger` for each.

    So is a trigger of somebody else on the trace itself, which could take out entries before they are sealed.
    Reads the catalogue of the database only, so that every start can afford it.
    """
    tables = existing_tables(connection)
    if is_sqlite(connection):
        stored = connection.execute(
            text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        found = {name: statement for name, _, statement in stored}
        return [
            f"{table.name}.{name}"
            for table in tables
            for name, statement in sqlite_triggers(table).items()
            if found.get(name) != statement
        ] + sorted(f"{place}.{name}" for name, place, _ in stored if place in TRACE)
    rows = connection.execute(
        text(
            "SELECT c.relname, t.tgname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND t.tgqual IS NULL"
        )
    )
    enabled = {tuple(row) for row in rows}
    wanted = {
        (table.name, name, statement.rsplit(" ", 1)[1].removesuffix("()"))
        for table in tables
        for name, statement in postgresql_triggers(table).items()
    } | {("core_audit_transaction", "audit_seal", "core_audit_seal")}
    strange = {item for item in enabled - wanted if item[0] in TRACE}
    return sorted(
        {f"{table}.{name}" for table, name, _ in (wanted - enabled) | strange} | _changed(connection, tables)
    )


def _changed(connection: Connection, tables: Sequence[AuditedTable]) -> set[str]:
    """PostgreSQL's functions of the trace that do something else, or with other rights, than declared."""
    standing = {
        row.proname: row
        for row in connection.execute(
            text(
                "SELECT proname, prosrc, prosecdef, coalesce(proconfig, '{}') AS settings FROM pg_proc "
                "WHERE proname LIKE 'core\\_audit\\_%'"
            )
        )
    }
    functions = {f"core_audit_{table.name}": (table.name, postgresql_function(table)) for table in tables}
    functions |= {name: (CORE, statement) for name, statement in POSTGRESQL_FUNCTIONS.items()}
    return {
        f"{place}.{name}"
        for name, (place, statement) in functions.items()
        if (row := standing.get(name)) is None
        or row.prosrc != statement.split("$$")[1]
        or row.prosecdef != (DEFINER in statement)
        or (f"search_path={SEARCH_PATH}" in row.settings) != (DEFINER in statement)
    }
