"""Every role × table × operation × place by raw SQL as that login, compared with the declaration.

The expectation is worked out here from the declared rights and the grants of each login, row by row; the
database is asked in a savepoint for each cell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.database.engine import writing
from suite.database.rights import (
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    Everybody,
    Held,
    HeldAsNamed,
    HeldSomewhere,
    InScope,
    MadeByRun,
    Marked,
    OfOthers,
    Own,
    RecordedByRun,
    Right,
    TableRights,
    Through,
    opens,
)
from suite.kernel.accounts.matrix import rights_plan
from suite.kernel.accounts.rules import holds_at, holds_somewhere, lies_within
from suite.kernel.casework.derive import step
from suite.kernel.registry.commands import RevealMany, RowEdit, SaveRecords, SaveView
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

BAR = "石家庄市律师协会"
#: Role and scope of each login.
LOGINS: tuple[tuple[str, dict[str, str]], ...] = (
    ("core.administrator", {}),
    ("core.administrator", {"profession": "notary", "district": "130104"}),
    ("core.section_staff", {"profession": "lawyers"}),
    ("core.section_staff", {"profession": "lawyers", "district": "130102"}),
    ("core.section_staff", {"profession": "appraisal", "district": "130104"}),
    ("core.section_head", {"profession": "appraisal"}),
    ("core.county_bureau", {"district": "130102"}),
    ("core.association", {"profession": "lawyers", "association": BAR}),
    ("core.inspector", {"profession": "notary"}),
    ("core.leader", {}),
    ("core.auditor", {}),
)
DENIED = "42501"
Row = Mapping[str, Any]


class World:
    """All rows as the superuser sees them, and what an actor should reach of them."""

    def __init__(self, suite: Suite, actor: Actor) -> None:
        self.actor = actor
        with suite.engine.connect() as connection:
            self.subjects = {row["id"]: row for row in rows_of(connection, "core_subject")}
            self.cases = {row["id"]: row for row in rows_of(connection, "core_case")}
            self.scopes = {row["id"]: row for row in rows_of(connection, "core_search_scope")}
            self.merges = rows_of(connection, "core_merge")
            self.runs = rows_of(connection, "core_import_run")
            self.imported = rows_of(connection, "core_import_row")
            parents = ("core_import_run", "core_merge", "core_roster_exchange")
            self.parents = {name: {row["id"]: row for row in rows_of(connection, name)} for name in parents}
        self.tables = {table.table: table for table in rights_plan(suite.catalog).tables}
        self.roles = {
            role: rights
            for role, rights in rights_plan(suite.catalog).roles.items()
            if role in {role for role, _ in LOGINS}
        }

    def _in(self, action: str, row: Row) -> bool:
        """Where the profession is the row's, the scope of the permission decides."""
        return any(
            scope.holds(row["profession"], row.get("district_code"), row.get("association"))
            for scope in self.actor.scopes(f"{row['profession']}:{action}")
        )

    def holds(self, right: Right | None, row: Row) -> bool:
        match right:
            case None:
                return False
            case InScope(action=action, through=Through.ITSELF) if "district_code" in row:
                return self._in(action, row)
            case InScope(action=action, through=Through.ITSELF):
                return any(
                    scope.districts is None
                    and scope.associations is None
                    and (scope.professions is None or row["profession"] in scope.professions)
                    for scope in self.actor.scopes(f"{row['profession']}:{action}")
                )
            case InScope(action=action, through=Through.SUBJECT):
                subject = self.subjects.get(row["subject_id"])
                return subject is not None and self._reads_and(action, subject)
            case InScope(action=action, through=Through.CASE):
                case = self.cases[row["case_id"]]
                return self.holds(self.tables["core_case"].select, case) and self._in(action, case)
            case InScope(action=action, through=Through.SEARCH):
                return self._reads_and(action, self.scopes[row["scope_id"]])
            case InScope(action=action, through=Through.PROFESSION):
                return self._in_profession(action, row["profession"])
            case InScope(action=action):
                person = row["person_id"] if "person_id" in row else row["id"]
                persons = {person} | {
                    merge["kept_person_id"]
                    for merge in self.merges
                    if merge["gone_person_id"] == person
                    and merge["undone_at"] is None
                    and merge["what"] != "split"
                    and self.holds(self.tables["core_merge"].select, merge)
                }
                return any(
                    self._reads_and(action, subject)
                    for subject in self.subjects.values()
                    if subject["person_id"] in persons
                )
            case Held():
                scopes = self.actor.scopes(right.permission)
                return Scope() in scopes if right.everywhere else bool(scopes)
            case HeldSomewhere():
                return any(
                    item.permission.endswith(f":{right.action}")
                    and (
                        item.scope.professions is None
                        or item.permission.split(":")[0] in item.scope.professions
                    )
                    for item in self.actor.granted
                )
            case Own():
                return bool(row[right.column] == self.actor.login)
            case OfOthers():
                return bool(row[right.column] != self.actor.login)
            case HeldAsNamed(column=column) if row[column] is None:
                return False
            case HeldAsNamed(column=column, placed=False):
                return holds_somewhere(self.actor, row[column])
            case HeldAsNamed(column=column):
                return holds_at(self.actor, row[column], row["district_code"], row["association"])
            case Marked():
                return bool(row[right.column])
            case Blank():
                return all(row[column] is None for column in right.columns)
            case AsParent():
                parent = self.parents[right.table].get(row[right.column])
                return parent is not None and self.holds(self.tables[right.table].select, parent)
            case MadeByRun():
                return any(
                    line["subject_id"] == row[right.column]
                    and line["result"] == "new"
                    and self.holds(self.tables["core_import_row"].select, line)
                    for line in self.imported
                )
            case RecordedByRun():
                return any(
                    run["at"] == row["recorded_at"] and self.holds(self.tables["core_import_run"].select, run)
                    for run in self.runs
                )
            case Everybody():
                return True
            case AnyOf():
                return any(self.holds(part, row) for part in right.rights)
            case AllOf():
                return all(self.holds(part, row) for part in right.rights)

    def _in_profession(self, action: str, profession: str) -> bool:
        return any(
            scope.professions is None or profession in scope.professions
            for scope in self.actor.scopes(f"{profession}:{action}")
        )

    def _reads_and(self, action: str, subject: Row) -> bool:
        return self._in("roster:read", subject) and self._in(action, subject)


def rows_of(connection: Connection, table: str) -> list[Row]:
    """A bounded part of a table as mappings."""
    return [dict(row._mapping) for row in connection.execute(text(f'SELECT * FROM "{table}" LIMIT 20000'))]


def attempt(connection: Connection, statement: str, values: Mapping[str, Any]) -> int | str:
    """Rows touched, or the state of the refusal; nothing stays."""
    save = connection.begin_nested()
    try:
        return connection.execute(text(statement), values).rowcount
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", ""))
    finally:
        save.rollback()


@pytest.fixture
def populated(suite_on_postgresql: Suite) -> Suite:
    """A small world: two professions, two districts, a person of both, and everything that hangs on them."""
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    firm, far = make(suite, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))
    number = resident_number(7)
    make(
        suite,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, body_id=firm, id_number=resident_number(3), phone="13800000001"),
        a_lawyer(2, body_id=far, district_code="130104", id_number=number, name="孙远"),
        a_lawyer(3, body_id=far, district_code="130104"),
    )
    make(
        suite,
        admin,
        "arbitration.arbitrator",
        {"name": "孙远", "id_number": number, "district_code": "130102"},
    )
    make(suite, admin, "notary.notary_office", {"name": "石家庄市第一公证处", "district_code": "130104"})
    (house,) = make(
        suite,
        admin,
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130104"},
    )
    opened = suite.run(
        step(
            suite.catalog,
            "OpenComplaint",
            kind="appraisal.complaint",
            respondent=(house,),
            source="letter",
            complainants=({"name": "李建国", "phone": "13912346612"},),
            allegations=({"head": "fee", "text": "加收费用"},),
        ),
        admin,
    )
    suite.run(
        step(
            suite.catalog,
            "RefuseComplaint",
            case_id=opened.result["case_id"],
            expected_version=1,
            refusal_ground="opinion",
        ),
        admin,
    )
    lawyers = [row for row in _subjects(suite) if row["kind"] == "lawyers.lawyer"]
    suite.run(
        SaveRecords(
            kind="lawyers.lawyer",
            rows=tuple(
                RowEdit(subject_id=row["id"], values={"status": "suspended", "name": f"{row['name']}新"})
                for row in lawyers
            ),
        ),
        admin,
    )
    suite.run(
        RevealMany(kind="lawyers.lawyer", subject_ids=(lawyers[0]["id"],), field="phone", reason="核对"),
        admin,
    )
    suite.run(SaveView(kind="lawyers.lawyer", name="公开", query="{}", shared=True), admin)
    suite.run(SaveView(kind="lawyers.lawyer", name="自用", query="{}"), admin)
    return suite


def _subjects(suite: Suite) -> list[Row]:
    with suite.engine.connect() as connection:
        return rows_of(connection, "core_subject")


def key_of(table: TableRights, suite: Suite) -> tuple[str, ...]:
    from suite.database.base import METADATA

    return tuple(column.name for column in METADATA.tables[table.table].primary_key.columns)


def test_every_cell_is_as_declared(populated: Suite, login_suite: Callable[..., Suite]) -> None:
    plan = rights_plan(populated.catalog)
    desks = [(role, scope, login_suite(role, **scope)) for role, scope in LOGINS]
    with populated.engine.connect() as connection:
        everything = {table.table: rows_of(connection, table.table) for table in plan.tables}
    wrong: list[str] = []
    cells = 0
    for role, scope, desk in desks:
        world = World(populated, desk.actor())
        held = plan.roles[role]
        with writing(desk.engine) as connection:
            for table in plan.tables:
                for told in _cells(connection, table, everything[table.table], world, held, populated):
                    cells += 1
                    if told:
                        wrong.append(f"{role} {json.dumps(scope)} {told}")
            connection.rollback()
    assert not wrong, f"{len(wrong)} of {cells}:\n" + "\n".join(wrong[:40])
    assert cells > 1_000


def _cells(
    connection: Connection, table: TableRights, rows: list[Row], world: World, held: Any, suite: Suite
) -> Any:
    """Each cell of a table: None where it is as declared, else what differs."""
    name, key = table.table, key_of(table, suite)
    where = " AND ".join(f'"{column}" = :{column}' for column in key)
    granted = {operation: opens(right, held) for operation, right in table.operations().items()}
    seen = attempt(connection, f'SELECT * FROM "{name}"', {})
    expected = sum(world.holds(table.select, row) for row in rows)
    if isinstance(seen, str) or len(rows) < 20_000:
        yield (
            None
            if seen == (expected if granted["SELECT"] else DENIED)
            else f"SELECT {name}: {seen} for {expected}"
        )
    for row in _samples(table, rows, world):
        values = {column: row[column] for column in key}
        reach = world.holds(table.select, row)
        if table.changing or not granted["UPDATE"]:
            column = table.changing[0] if table.changing else key[0]
            done = attempt(connection, f'UPDATE "{name}" SET "{column}" = "{column}" WHERE {where}', values)
            wanted = int(reach and world.holds(table.update, row)) if granted["UPDATE"] else DENIED
            yield None if done == wanted else f"UPDATE {name} {values}: {done} for {wanted}"
        done = attempt(connection, f'DELETE FROM "{name}" WHERE {where}', values)
        wanted = int(reach and world.holds(table.delete, row)) if granted["DELETE"] else DENIED
        if name == "core_subject" and wanted == 1:
            # None of these was imported, and so none leaves.
            wanted = DENIED
        yield None if done == wanted else f"DELETE {name} {values}: {done} for {wanted}"
        yield _insert(connection, table, row, world, granted["INSERT"])


def _insert(connection: Connection, table: TableRights, row: Row, world: World, granted: bool) -> str | None:
    given = dict(row)
    if table.table == "core_subject":
        given |= {"id": 10_000_000, "main_no": None, "person_id": None}
    columns = ", ".join(f'"{column}"' for column in given)
    places = ", ".join(f":{column}" for column in given)
    done = attempt(connection, f'INSERT INTO "{table.table}" ({columns}) VALUES ({places})', given)
    may = granted and world.holds(table.insert, row)
    if table.table == "core_grant" and may:
        may = _gives(row, world)
    refused = done == DENIED
    return None if refused != may else f"INSERT {table.table}: {done} for {may}"


def _gives(row: Row, world: World) -> bool:
    wanted = [
        Granted(permission=f"{profession}:{action}", scope=Scope())
        for profession, action in world.roles[row["role"]]
    ]
    return all(lies_within(item, world.actor.granted) for item in wanted)


def _samples(table: TableRights, rows: list[Row], world: World) -> list[Row]:
    """Up to three rows that the actor reaches and three that it does not."""
    near = [row for row in rows if world.holds(table.select, row)]
    far = [row for row in rows if not world.holds(table.select, row)]
    if table.table == "core_grant":
        near, far = ([row for row in part if not _narrow(row)] for part in (near, far))
    return [*near[:3], *far[:3]]


def _narrow(row: Row) -> bool:
    return any(row[column] is not None for column in ("profession", "district_code", "association"))
