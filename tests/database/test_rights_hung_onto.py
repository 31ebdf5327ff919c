"""With a login and psql: nothing is hung onto a record, a case or a season that the login does not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from suite.bootstrap import Suite
from suite.database.base import METADATA
from suite.database.engine import WRITE
from suite.database.rights import TableRights
from suite.database.rights_links import links
from suite.kernel.accounts.matrix import rights_plan
from tests.database.rights_world import World, fill, rows_of
from tests.database.test_rights_cells import attempt

DENIED, DOUBLE = "42501", "23505"
#: An id that no row of the world has.
FRESH = 2_000_000


def test_nothing_is_hung_onto_what_is_hidden(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    suite = suite_on_postgresql
    plan = rights_plan(suite.catalog)
    desk = login_suite("core.section_staff", profession="lawyers", district="130102")
    fill(suite, [desk.connected_as() or ""])
    with suite.engine.connect() as connection:
        everything = {table.table: rows_of(connection, table.table) for table in plan.tables}
    world = World(suite, everything, desk.actor())
    with desk.engine.connect() as plain:
        connection = plain.execution_options(**{WRITE: True})
        connection.begin()
        told = [one for table in plan.tables for one in _hung(connection, table, world)]
        moved = [one for table in plan.tables for one in _moved(connection, table, world)]
        connection.rollback()
    assert len(told) > 20
    # Some rows stand once only: the double is refused before the guard is asked, which stands all the same.
    looked = {
        f"{table}.{one.column}"
        for (table, operation), found in links(plan).items()
        for one in found
        if operation == "INSERT"
    }
    assert [one for one in told if one[1] != DENIED and not (one[1] == DOUBLE and one[0] in looked)] == []
    assert len(moved) > 5
    assert [one for one in moved if one[1] not in (DENIED, 0)] == []


def _moved(connection: Connection, table: TableRights, world: World) -> Iterator[tuple[str, int | str]]:
    """Each column that an update may turn to a hidden row with rights of its own, and what became of it."""
    near = next((row for row in world.rows[table.table] if world.holds(table.update, row)), None)
    if near is None or table.update is None:
        return
    keys = [column.name for column in METADATA.tables[table.table].primary_key.columns]
    where = " AND ".join(f'"{name}" = :{name}_' for name in keys)
    for name in (*table.changing, *table.moving):
        for key in METADATA.tables[table.table].columns[name].foreign_keys:
            target = key.column.table.name
            if key.column.name != "id" or target not in world.tables:
                continue
            seen = world.tables[target].select
            far = next((row for row in world.rows[target] if not world.holds(seen, row)), None)
            if far is None:
                continue
            statement = f'UPDATE "{table.table}" SET "{name}" = :far WHERE {where}'
            given = {"far": far["id"], **{f"{one}_": near[one] for one in keys}}
            yield f"{table.table}.{name}", attempt(connection, statement, given)


def _hung(connection: Connection, table: TableRights, world: World) -> Iterator[tuple[str, int | str]]:
    """Each column that names a row with rights of its own, and what became of naming a hidden one."""
    near = next((row for row in world.rows[table.table] if world.holds(table.insert, row)), None)
    if near is None:
        return
    for column in METADATA.tables[table.table].columns:
        for target in {key.column.table.name for key in column.foreign_keys if key.column.name == "id"}:
            if near[column.name] is None or target not in world.tables:
                continue
            seen = world.tables[target].select
            far = next((row for row in world.rows[target] if not world.holds(seen, row)), None)
            if far is None:
                continue
            given = {**near, column.name: far["id"]}
            if "id" in given and column.name != "id":
                given["id"] = FRESH
            names = ", ".join(f'"{name}"' for name in given)
            places = ", ".join(f":{name}" for name in given)
            statement = f'INSERT INTO "{table.table}" ({names}) VALUES ({places})'
            yield f"{table.table}.{column.name}", attempt(connection, statement, given)
