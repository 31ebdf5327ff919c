"""Every role × table × operation × place by raw SQL as that login, compared with the declaration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.database.base import METADATA
from suite.database.engine import WRITE
from suite.database.rights import SeenView, TableRights, opens
from suite.database.rights_views import OF_DETAILS, OF_PERSON
from suite.kernel.accounts.matrix import rights_plan
from tests.database.rights_world import BAR, Row, World, fill, rows_of

#: Role and scope of each login; the first ones make the short form.
LOGINS: tuple[tuple[str, dict[str, str]], ...] = (
    ("core.section_staff", {"profession": "lawyers", "district": "130102"}),
    ("core.administrator", {"profession": "notary", "district": "130104"}),
    ("core.association", {"profession": "lawyers", "association": BAR}),
    ("core.administrator", {}),
    ("core.section_staff", {}),
    ("core.section_staff", {"profession": "lawyers"}),
    ("core.section_staff", {"profession": "lawyers", "district": "130102", "association": BAR}),
    ("core.section_staff", {"profession": "appraisal", "district": "130104"}),
    ("core.section_head", {"profession": "appraisal"}),
    ("core.county_bureau", {"district": "130102"}),
    ("core.county_bureau", {"profession": "notary", "district": "130104"}),
    ("core.association", {"profession": "notary", "association": BAR}),
    ("core.inspector", {}),
    ("core.inspector", {"profession": "notary"}),
    ("core.leader", {}),
    ("core.leader", {"profession": "lawyers"}),
    ("core.statistician", {}),
    ("core.statistician", {"profession": "appraisal"}),
    ("core.auditor", {}),
    ("core.auditor", {"profession": "lawyers"}),
    ("core.maintainer", {}),
)
SHORT, SAMPLES = 4, {False: 1, True: 8}
DENIED = "42501"


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)], ids=["short", "long"])
def test_every_cell_is_as_declared(
    suite_on_postgresql: Suite,
    login_suite: Callable[..., Suite],
    record_property: Callable[[str, object], None],
    whole: bool,
) -> None:
    suite = suite_on_postgresql
    plan = rights_plan(suite.catalog)
    desks = [
        (role, scope, login_suite(role, **scope)) for role, scope in (LOGINS if whole else LOGINS[:SHORT])
    ]
    fill(suite, [desk.connected_as() or "" for _, _, desk in desks])
    with suite.engine.connect() as connection:
        everything = {table.table: rows_of(connection, table.table) for table in plan.tables}
    assert [name for name, rows in everything.items() if not rows and name.startswith("core")] == []
    wrong: list[str] = []
    cells = 0
    for role, scope, desk in desks:
        world = World(suite, everything, desk.actor())
        with desk.engine.connect() as plain:
            connection = plain.execution_options(**{WRITE: True})
            connection.begin()
            for table in plan.tables:
                for told in _cells(connection, table, world, plan.roles[role], SAMPLES[whole]):
                    cells += 1
                    if told:
                        wrong.append(f"{role} {json.dumps(scope)} {told}")
            [subjects] = [table for table in plan.tables if table.table == "core_subject"]
            reached = sum(world.holds(subjects.select, row) for row in world.rows["core_subject"])
            wanted = reached if opens(subjects.select, plan.roles[role]) else DENIED
            for view in plan.views:
                for told in _seen(connection, view, wanted):
                    cells += 1
                    if told:
                        wrong.append(f"{role} {json.dumps(scope)} {told}")
            connection.rollback()
    record_property("cells", cells)
    print(f"{cells:,} cells, {len(desks)} logins, {len(plan.tables)} tables")  # noqa: T201 -- the figure is the answer
    assert not wrong, f"{len(wrong)} of {cells}:\n" + "\n".join(wrong[:40])
    assert cells > (10_000 if whole else 1_000)


def attempt(connection: Connection, statement: str, values: Mapping[str, Any]) -> int | str:
    """Rows touched, or the state of the refusal; nothing stays."""
    save = connection.begin_nested()
    try:
        return connection.execute(text(statement), values).rowcount
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", ""))
    finally:
        save.rollback()


def _cells(
    connection: Connection, table: TableRights, world: World, held: Any, samples: int
) -> Iterator[str | None]:
    """Each cell of a table: None where it is as declared, else what differs."""
    name, rows = table.table, world.rows[table.table]
    key = tuple(column.name for column in METADATA.tables[name].primary_key.columns)
    where = " AND ".join(f'"{column}" = :{column}' for column in key)
    granted = {operation: opens(right, held) for operation, right in table.operations().items()}
    seen = attempt(connection, f'SELECT * FROM "{name}"', {})
    expected = sum(world.holds(table.select, row) for row in rows)
    if isinstance(seen, str) or len(rows) < 20_000:
        wanted: int | str = expected if granted["SELECT"] else DENIED
        yield None if seen == wanted else f"SELECT {name}: {seen} for {wanted}"
    for row in _samples(table, rows, world, samples):
        values = {column: row[column] for column in key}
        reach = world.holds(table.select, row)
        if table.changing or not granted["UPDATE"]:
            column = table.changing[0] if table.changing else key[0]
            done = attempt(connection, f'UPDATE "{name}" SET "{column}" = "{column}" WHERE {where}', values)
            wanted = int(reach and world.holds(table.update, row)) if granted["UPDATE"] else DENIED
            becomes = table.becomes is None or world.holds(table.becomes, row)
            if wanted == 1 and (not becomes or world.guarded(name, "UPDATE", row)):
                wanted = DENIED
            yield None if done == wanted else f"UPDATE {name} {values}: {done} for {wanted}"
        done = attempt(connection, f'DELETE FROM "{name}" WHERE {where}', values)
        wanted = int(reach and world.holds(table.delete, row)) if granted["DELETE"] else DENIED
        if wanted == 1 and world.guarded(name, "DELETE", row):
            wanted = DENIED
        yield None if done in (wanted, "23503") else f"DELETE {name} {values}: {done} for {wanted}"
        yield _insert(connection, table, row, world, granted["INSERT"])


def _seen(connection: Connection, view: SeenView, wanted: int | str) -> Iterator[str | None]:
    """Each cell of a view: it shows what the policies of its tables let through, and nothing else."""
    name = view.name
    seen = attempt(connection, f'SELECT * FROM "{name}"', {})
    yield None if seen == wanted else f"SELECT {name}: {seen} for {wanted}"
    for statement in (f'UPDATE "{name}" SET kind = kind', f'DELETE FROM "{name}"'):
        yield None if isinstance(attempt(connection, statement, {}), str) else statement
    if wanted == DENIED:
        return
    shown = [
        *(f's."{column}" AS "{column}"' for column in view.subject),
        *(f'd."{column}" AS "{OF_DETAILS}{column}"' for column in view.details),
        *(f'p."{column}" AS "{OF_PERSON}{column}"' for column in view.person),
    ]
    joined = (
        f'SELECT {", ".join(shown)} FROM core_subject s LEFT JOIN "{view.table}" d ON d.subject_id = s.id '
        "LEFT JOIN core_person p ON p.id = s.person_id"
    )
    other = f'(TABLE "{name}" EXCEPT {joined}) UNION ALL ({joined} EXCEPT TABLE "{name}")'
    told = attempt(connection, other, {})
    yield None if told == 0 else f"{name}: {told} rows other than by policies"


def _insert(connection: Connection, table: TableRights, row: Row, world: World, granted: bool) -> str | None:
    given = dict(row)
    if table.table == "core_subject":
        given |= {"id": 10_000_000, "main_no": None, "person_id": None}
    columns = ", ".join(f'"{column}"' for column in given)
    places = ", ".join(f":{column}" for column in given)
    done = attempt(connection, f'INSERT INTO "{table.table}" ({columns}) VALUES ({places})', given)
    may = granted and world.holds(table.insert, given) and not world.guarded(table.table, "INSERT", given)
    refused = done == DENIED
    return None if refused != may else f"INSERT {table.table} {row.get('id')}: {done} for {may}"


def _samples(table: TableRights, rows: list[Row], world: World, most: int) -> list[Row]:
    """Some rows that the actor reaches and some that it does not; those made for it come last."""
    near = [row for row in reversed(rows) if world.holds(table.select, row)]
    far = [row for row in reversed(rows) if not world.holds(table.select, row)]
    return [*near[:most], *far[:most]]
