"""With a login and psql: nothing is hung onto a record, a case or a season that the login does not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from suite.bootstrap import Suite
from suite.database.base import METADATA
from suite.database.engine import WRITE
from suite.database.rights import TableRights
from suite.kernel.accounts.matrix import rights_plan
from tests.database.rights_world import World, fill, rows_of
from tests.database.test_rights_cells import attempt

DENIED = "42501"
#: What may be named without being read: a number says nothing, and who reads the row reads no more of what it
#: names. A firm of another county, a record on a list, the entry that a score rests on; joining a person is
#: the matter of a guard, which looks once the row is there.
NAMED = {
    "core_draw_pick.subject_id", "core_import_case.run_id",
    "core_ledger_subject.subject_id", "core_platform_item.subject_id", "core_score.entry_id",
    "core_subject.body_id", "core_subject.person_id", "lawyers_organ_counsel.counsel_id",
    "lawyers_organ_counsel.firm_id", "lawyers_village_counsel.counsel_id", "lawyers_village_counsel.firm_id",
}  # fmt: skip
#: The same of what an update turns to another row. Whom a publicity is about is found after it was written.
MOVED = {
    "core_assessment.body_id", "core_assessment.run_id", "core_case.repeat_of", "core_draw_pick.case_id",
    "core_publicity.subject_id", "core_subject.body_id", "lawyers_organ_counsel.counsel_id",
    "lawyers_organ_counsel.firm_id", "lawyers_village_counsel.counsel_id", "lawyers_village_counsel.firm_id",
}  # fmt: skip


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
    assert {place for place, done in told if done != DENIED} == NAMED
    assert len(moved) > 5
    assert {place for place, done in moved if done not in (DENIED, 0)} == MOVED


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
            names = ", ".join(f'"{name}"' for name in given)
            places = ", ".join(f":{name}" for name in given)
            statement = f'INSERT INTO "{table.table}" ({names}) VALUES ({places})'
            yield f"{table.table}.{column.name}", attempt(connection, statement, given)
