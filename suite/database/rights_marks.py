"""What the rights of a PostgreSQL were generated from: a mark for each owner of tables, beside its version.

A release may declare other rights, views or triggers without a migration, so that versions alone do not tell.
The mark is the digest of all statements that an owner's declarations give; a desk compares it at its start
with the one that it works out itself. Each owner has its own, so that a desk without some plugin says
nothing of that plugin's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import Connection, text

from suite.database.audit_sql import (
    POSTGRESQL_FUNCTIONS,
    audited_tables,
    postgresql_function,
    postgresql_triggers,
)
from suite.database.base import CORE, owner_of
from suite.database.engine import run_together
from suite.database.rights import RightsPlan
from suite.database.rights_functions import functions, triggers
from suite.database.rights_sql import grant_statements, policies
from suite.database.rights_views import view_statement

#: The table that keeps an owner's version, and with it the mark.
VERSIONS = "alembic_version_"
STANDING = text(
    "SELECT relname, obj_description(oid, 'pg_class') AS mark FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'alembic\\_version\\_%'"
)


def _owner(key: str) -> str:
    """Whose a declared key or an area of rights is: `lawyers.lawyer`, `lawyers.association` → `lawyers`."""
    return key.partition(".")[0]


def _part(plan: RightsPlan, owner: str) -> RightsPlan:
    """The plan as far as one owner says it, over the core's tables: the same whatever else is on."""
    return replace(
        plan,
        tables=tuple(table for table in plan.tables if owner_of(table.table) in (CORE, owner)),
        roles={
            key: frozenset(pair for pair in pairs if _owner(pair[0]) == owner)
            for key, pairs in plan.roles.items()
            if _owner(key) in (CORE, owner)
        },
        shared=frozenset(key for key in plan.shared if _owner(key.partition(":")[0]) == owner),
        clashes=frozenset(pair for pair in plan.clashes if _owner(pair[0]) == owner),
        details=tuple(table for table in plan.details if owner_of(table) == owner),
        case_details=tuple(table for table in plan.case_details if owner_of(table) == owner),
        bars=frozenset(bar for bar in plan.bars if _owner(bar[0]) == owner),
        views=tuple(view for view in plan.views if owner_of(view.table) == owner),
    )


def _statements(plan: RightsPlan, owner: str) -> Iterator[str]:
    part = _part(plan, owner)
    for table in part.tables:
        if owner_of(table.table) == owner:
            yield from policies(table).values()
            yield from grant_statements(part, table)
    yield from (function.statement for function in functions(part))
    yield from (one.statement for one in triggers(part) if owner_of(one.table) == owner)
    yield from (view_statement(view) for view in part.views)
    if owner == CORE:
        yield from POSTGRESQL_FUNCTIONS.values()
    for audited in audited_tables():
        if owner_of(audited.name) == owner:
            yield postgresql_function(audited)
            yield from postgresql_triggers(audited).values()


@lru_cache(maxsize=64)
def mark_of(plan: RightsPlan, owner: str) -> str:
    """The mark of what is generated from an owner's declarations."""
    return sha256("\n".join(_statements(plan, owner)).encode()).hexdigest()[:32]


def put_marks(connection: Connection, plan: RightsPlan) -> None:
    """Write the marks of every owner whose version stands, as the owner of the database.

    What the plan does not know, of a plugin that this desk has not, lost its rights with it: it gets no mark,
    so that a desk that has the plugin tells of it.
    """
    owners = {owner_of(table.table) for table in plan.tables}
    standing = [(row.relname, row.relname.removeprefix(VERSIONS)) for row in connection.execute(STANDING)]
    marks = {name: f"'{mark_of(plan, owner)}'" if owner in owners else "NULL" for name, owner in standing}
    run_together(connection, [f'COMMENT ON TABLE "{name}" IS {mark}' for name, mark in marks.items()])


def unlike(connection: Connection, plan: RightsPlan, owners: Collection[str]) -> list[str]:
    """Of these owners those whose rights were generated from other declarations than the plan's."""
    standing = {row.relname.removeprefix(VERSIONS): row.mark for row in connection.execute(STANDING)}
    ruled = {owner_of(table.table) for table in plan.tables}
    return [
        owner
        for owner in owners
        if owner in standing and owner in ruled and standing[owner] != mark_of(plan, owner)
    ]
