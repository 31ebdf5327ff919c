"""What the engine itself can say about a database, and putting its triggers back."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from suite.database.audit_triggers import install_triggers, missing_triggers
from suite.database.engine import is_sqlite, writing
from suite.database.rights_install import become_owner

MOST = 100


def damaged(connection: Connection) -> list[str]:
    """The engine's own words about damage; empty when it finds none.

    PostgreSQL checks its pages by itself when it reads them, so there is nothing to ask it.
    """
    if not is_sqlite(connection):
        return []
    told = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})").scalars()
    return [str(words) for words in told if words != "ok"]


def broken_references(connection: Connection) -> list[str]:
    """`table.constraint` or `table row → table` for what points to nothing."""
    if is_sqlite(connection):
        rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST)
        return [f"{table} 第 {row} 行指向不存在的 {parent}" for table, row, parent, _ in rows]
    names = connection.execute(
        text(
            "SELECT conrelid::regclass::text || '.' || conname FROM pg_constraint "
            "WHERE contype = 'f' AND NOT convalidated"
        )
    ).scalars()
    return [f"{name} 未经验证" for name in names]


def restore_triggers(engine: Engine) -> list[str]:
    """Put back the audit triggers that are absent or other than declared; gives their names.

    Raises NoOwner on PostgreSQL to a login that may not become the owner.

    In a transaction of its own: PostgreSQL changes no trigger of a table that was just written to.
    """
    with writing(engine) as connection:
        missing = missing_triggers(connection)
        if missing:
            if not is_sqlite(connection):
                become_owner(connection)
            install_triggers(connection)
    return missing
