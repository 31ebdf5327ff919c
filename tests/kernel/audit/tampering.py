"""What somebody with the whole database in hand can do to the trace, drawn at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from suite.database.audit_sql import SEALED, AuditedTable, postgresql_row_json, sqlite_row_json
from suite.database.audit_triggers import drop_triggers
from suite.database.engine import is_sqlite
from suite.kernel.audit.chain import contents, link_hash
from suite.tables import ParameterValue

Draw = random.Random
ENTRIES, LINKS, TRANSACTIONS = "core_audit_entry", "core_audit_link", "core_audit_transaction"


def unguarded(connection: Connection) -> None:
    """Write without triggers until the transaction ends: it is to be rolled back."""
    if is_sqlite(connection):
        drop_triggers(connection)
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def _do(connection: Connection, statement: str, **values: object) -> None:
    """A statement that must touch something: what changes nothing is no tampering."""
    assert connection.execute(text(statement), values).rowcount > 0, statement


def _any(connection: Connection, draw: Draw, table: str, where: str = "1 = 1") -> Any:
    ids = connection.execute(text(f"SELECT id FROM {table} WHERE {where} ORDER BY id")).scalars().all()
    return draw.choice(ids)


def alter_entry(connection: Connection, draw: Draw, last: int) -> None:
    """Another value in one column of an entry."""
    column = draw.choice([name for name in SEALED if name != "id"])
    number = _any(connection, draw, ENTRIES)
    value = {"profession": "notary", "action": "Z", "district_code": "139999"}.get(column, "altered")
    _do(connection, f"UPDATE {ENTRIES} SET {column} = :value WHERE id = :id", value=value, id=number)


def move_entry(connection: Connection, draw: Draw, last: int) -> None:
    """An entry into another transaction."""
    number = _any(connection, draw, ENTRIES)
    _do(
        connection,
        f"UPDATE {ENTRIES} SET transaction_id = "
        "CASE WHEN transaction_id = :other THEN :other + 1 ELSE :other END WHERE id = :id",
        id=number,
        other=draw.randint(1, last - 1),
    )


def drop_entries(connection: Connection, draw: Draw, last: int) -> None:
    """One entry less."""
    _do(connection, f"DELETE FROM {ENTRIES} WHERE id = :id", id=_any(connection, draw, ENTRIES))


def swap_entries(connection: Connection, draw: Draw, last: int) -> None:
    """Two entries in each other's place."""
    one = _any(connection, draw, ENTRIES)
    other = _any(connection, draw, ENTRIES, f"id <> {one}")
    for former, now in ((one, -1), (other, one), (-1, other)):
        _do(connection, f"UPDATE {ENTRIES} SET id = :now WHERE id = :former", former=former, now=now)


def forge_entry(connection: Connection, draw: Draw, last: int) -> None:
    """One more entry of a sealed transaction."""
    _do(
        connection,
        f"INSERT INTO {ENTRIES} (transaction_id, table_name, row_key, action, after) "
        "VALUES (:tx, 'core_user', 'forged', 'R', '{}')",
        tx=draw.randint(1, last),
    )


def alter_transaction(connection: Connection, draw: Draw, last: int) -> None:
    """Another person, reason or moment of an act."""
    column = draw.choice(("actor", "command", "title", "reason"))
    number = draw.randint(1, last)
    _do(connection, f"UPDATE {TRANSACTIONS} SET {column} = 'altered' WHERE id = :id", id=number)


def drop_transaction(connection: Connection, draw: Draw, last: int) -> None:
    """An act with all its entries and its link."""
    number = draw.randint(1, last)
    for table, column in ((TRANSACTIONS, "id"), (ENTRIES, "transaction_id"), (LINKS, "transaction_id")):
        connection.execute(text(f"DELETE FROM {table} WHERE {column} = :id"), {"id": number})


def forge_transaction(connection: Connection, draw: Draw, last: int) -> None:
    """An act that no link seals."""
    _do(
        connection,
        f"INSERT INTO {TRANSACTIONS} (actor, at) VALUES ('nobody', '2026-01-01 08:00:00.000000')",
    )


def alter_link(connection: Connection, draw: Draw, last: int) -> None:
    """A link that says something else."""
    column, value = draw.choice((("hash", "0" * 64), ("entries", 4711), ("transaction_id", 4711)))
    _do(
        connection,
        f"UPDATE {LINKS} SET {column} = :value WHERE id = :id",
        value=value,
        id=draw.randint(1, last),
    )


def swap_links(connection: Connection, draw: Draw, last: int) -> None:
    """Two links in each other's place."""
    one, other = draw.sample(range(1, last + 1), 2)
    for former, now in ((one, -1), (other, one), (-1, other)):
        _do(connection, f"UPDATE {LINKS} SET id = :now WHERE id = :former", former=former, now=now)


def cut_tail(connection: Connection, draw: Draw, last: int) -> None:
    """Everything from a link on, cleanly."""
    first = draw.randint(1, last)
    gone = f"(SELECT transaction_id FROM {LINKS} WHERE id >= :first)"
    for table, column in ((ENTRIES, "transaction_id"), (TRANSACTIONS, "id")):
        connection.execute(text(f"DELETE FROM {table} WHERE {column} IN {gone}"), {"first": first})
    _do(connection, f"DELETE FROM {LINKS} WHERE id >= :first", first=first)


def recompute(connection: Connection, draw: Draw, last: int) -> None:
    """An alteration of the trace, and every link computed anew over it."""
    change = draw.choice((alter_entry, drop_entries, forge_entry, alter_transaction, move_entry))
    change(connection, draw, last)
    seal_anew(connection)


def recompute_with_the_row(connection: Connection, draw: Draw, last: int) -> None:
    """A parameter that was always another, in its row, its entries and the chain."""
    value = str(draw.randint(1000, 9999))
    _do(connection, "UPDATE core_parameter SET value = :value", value=value)
    table = AuditedTable.of(ParameterValue.metadata.tables[ParameterValue.__tablename__])
    row = (sqlite_row_json if is_sqlite(connection) else postgresql_row_json)(table, "t")
    _do(
        connection,
        f"UPDATE {ENTRIES} SET after = (SELECT {row} FROM core_parameter t "
        f"WHERE CAST(t.id AS TEXT) = {ENTRIES}.row_key) WHERE table_name = 'core_parameter'",
    )
    seal_anew(connection)


def seal_anew(connection: Connection) -> None:
    """Compute every link over what stands now."""
    found = {content.transaction_id: content for content in contents(connection)}
    former = ""
    for number, transaction in connection.execute(
        text(f"SELECT id, transaction_id FROM {LINKS} ORDER BY id")
    ).all():
        former = link_hash(former, found[transaction].digest)
        connection.execute(
            text(f"UPDATE {LINKS} SET hash = :hash, entries = :entries WHERE id = :id"),
            {"hash": former, "entries": found[transaction].entries, "id": number},
        )


def write_past_the_triggers(connection: Connection, draw: Draw, last: int) -> None:
    """A row that was changed, removed or made without a trace."""
    statement = draw.choice(
        (
            "UPDATE core_parameter SET value = '4711'",
            "UPDATE core_user SET name = name || '改'",
            "DELETE FROM core_grant",
            "DELETE FROM core_saved_view",
            "INSERT INTO core_section (id, name) VALUES (4711, '假科室')",
            "UPDATE core_saved_view SET shared = NOT shared",
            "UPDATE core_identity SET phone = '13700000000'",
            "UPDATE core_identity SET id_number = NULL",
        )
    )
    _do(connection, statement)


def alter_secret(connection: Connection, draw: Draw, last: int) -> None:
    """A secret value of the past that is another or gone."""
    statement = draw.choice(
        (
            "UPDATE core_audit_secret SET after = '{}'",
            "UPDATE core_audit_secret SET salt = 'salt'",
            "DELETE FROM core_audit_secret",
        )
    )
    _do(connection, statement)


def silence_a_trigger(connection: Connection, draw: Draw, last: int) -> None:
    """A trigger that is gone, off, or does nothing."""
    if draw.random() < 0.2:
        on_the_trace(connection)
        return
    table = draw.choice(("core_subject", "core_user", "core_grant", "core_parameter", "core_identity"))
    event = draw.choice(("insert", "update", "delete"))
    if not is_sqlite(connection):
        connection.exec_driver_sql(
            draw.choice(
                (
                    f"ALTER TABLE {table} DISABLE TRIGGER audit_{event}",
                    f"DROP TRIGGER audit_{event} ON {table}",
                    f"CREATE OR REPLACE FUNCTION core_audit_{table}() RETURNS trigger LANGUAGE plpgsql "
                    "AS $$ BEGIN RETURN NULL; END $$",
                )
            )
        )
        return
    connection.exec_driver_sql(f'DROP TRIGGER "audit_{table}_{event}"')
    if draw.random() < 0.5:
        connection.exec_driver_sql(
            f'CREATE TRIGGER "audit_{table}_{event}" AFTER {event} ON {table} BEGIN SELECT 1; END'
        )


def on_the_trace(connection: Connection) -> None:
    """A trigger of somebody else that takes looks out of the trace before they are sealed."""
    if is_sqlite(connection):
        connection.exec_driver_sql(
            f"CREATE TRIGGER quiet AFTER INSERT ON {ENTRIES} WHEN NEW.action = 'R' "
            f"BEGIN DELETE FROM {ENTRIES} WHERE id = NEW.id; END"
        )
        return
    connection.exec_driver_sql(
        "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER quiet BEFORE INSERT ON {ENTRIES} FOR EACH ROW EXECUTE FUNCTION quiet()"
    )


#: Every way, and whether the triggers stay on meanwhile.
WAYS: tuple[tuple[Callable[[Connection, Draw, int], None], bool], ...] = (
    (alter_entry, True),
    (move_entry, True),
    (drop_entries, True),
    (swap_entries, True),
    (forge_entry, True),
    (alter_transaction, True),
    (drop_transaction, True),
    (forge_transaction, False),
    (alter_link, True),
    (swap_links, True),
    (cut_tail, True),
    (recompute, True),
    (recompute_with_the_row, False),
    (write_past_the_triggers, False),
    (alter_secret, True),
    (silence_a_trigger, True),
)
