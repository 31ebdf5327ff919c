"""A row of every table for several places, and what a login should reach of them by the declaration alone.

Nothing here knows the generated SQL: the expectation is worked out in Python, row by row, from the declared
rights, the roles and the grants.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Table, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.database.base import METADATA, owner_of
from suite.database.engine import writing
from suite.database.rights import (
    ASSOCIATION,
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
    OfItsProfession,
    OfOthers,
    Own,
    RecordedByRun,
    Right,
    SameSide,
    Says,
    Through,
)
from suite.database.rights_guards import CASE_PARTS
from suite.database.rights_handing import SIGNING
from suite.kernel.accounts.matrix import HOUSE, rights_plan
from suite.kernel.accounts.rules import (
    SHARED,
    area_of,
    expand,
    holds_at,
    holds_somewhere,
    lies_within,
    side_of,
)

Row = Mapping[str, Any]
BAR = "石家庄市律师协会"
MERGED = "core.merged"
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
#: kind, district and association of the places that have a row of everything.
PLACES = (
    ("lawyers.lawyer", "130102", BAR),
    ("lawyers.lawyer", "130104", None),
    ("notary.notary", "130104", None),
    ("appraisal.appraiser", "130104", None),
)
LOGINS_IN = (
    "by_login",
    "asked_by",
    "owner",
    "compiled_by",
    "confirmed_by",
    "decided_by",
    "giver",
    "head",
    "login",
)
SAID = {
    "taker": "nobody",
    "reader": "case",
    "state": "open",
    "what": "person",
    "action": "made",
    "result": "new",
    "command": "RevealMany",
}


def rows_of(connection: Connection, table: str) -> list[Row]:
    """A bounded part of a table as mappings."""
    return [dict(row._mapping) for row in connection.execute(text(f'SELECT * FROM "{table}" LIMIT 20000'))]


def fill(suite: Suite, logins: Iterable[str]) -> None:
    """Write a row of every table for each place, and one that names each login, past all guards."""
    numbers = iter(range(900_000, 1_000_000))
    with writing(suite.engine) as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for kind, district, association in PLACES:
            _fill_place(suite, connection, numbers, kind, district, association, "postgres")
        # What the association of the first place runs: cases, and nothing but cases.
        _fill_place(suite, connection, numbers, *PLACES[0], "postgres", area=ASSOCIATION)
        for login in logins:
            _fill_place(suite, connection, numbers, *PLACES[0], login)


def _fill_place(
    suite: Suite,
    connection: Connection,
    numbers: Any,
    kind: str,
    district: str,
    association: str | None,
    login: str,
    area: str = "",
) -> None:
    """The rows of one place refer to one another; of an area of rights there are cases only."""
    ids: dict[str, int] = {}
    planned = {table.table for table in rights_plan(suite.catalog).tables}
    owner = owner_of(kind.replace(".", "_"))
    place = {
        "kind": kind,
        "profession": f"{owner}.{area}" if area else owner,
        "district_code": district,
        "association": association,
        "permission": f"{owner}:identity:reveal",
        **dict.fromkeys(LOGINS_IN, login),
        **SAID,
    }
    details = {one.details.name: one.key for one in suite.catalog.kinds.values()}
    of_cases = {one.details.name for one in suite.catalog.case_kinds.values()}
    last = {*details, *of_cases}
    for table in sorted(METADATA.tables.values(), key=lambda one: (one.name in last, one.name)):
        if table.name not in planned or table.name in ("core_user", "core_grant", "core_district"):
            continue
        if table.name in last and owner_of(table.name) != owner:
            continue
        if area and table.name != "core_case" and "case_id" not in table.columns:
            continue
        if table.name in details:
            of = details[table.name]
            ids["core_subject"] = _put(
                connection, METADATA.tables["core_subject"], {**place, "kind": of}, ids, next(numbers)
            )
        number = next(numbers)
        ids[table.name] = _put(connection, table, place, ids, number)


def _put(connection: Connection, table: Table, place: Row, ids: Mapping[str, int], number: int) -> int:
    row = {column.name: _value(column, place, ids, number) for column in table.columns}
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(f":{name}" for name in row)
    connection.execute(text(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'), row)
    return number


REFERRING = {
    "case_id": "core_case",
    "subject_id": "core_subject",
    "kept_id": "core_subject",
    "gone_id": "core_subject",
    "kept_person_id": "core_person",
    "gone_person_id": "core_person",
    "scope_id": "core_search_scope",
    "entry_id": "core_audit_entry",
    "transaction_id": "core_audit_transaction",
}


def _value(column: Column[Any], place: Row, ids: Mapping[str, int], number: int) -> Any:
    if column.name in ("decided_by", "decided_at", "decision", "undone_at", "undone_by") and column.nullable:
        return None
    alone = (key for key in column.foreign_keys if key.constraint and len(key.constraint.columns) == 1)
    target = next((key.column.table.name for key in alone), REFERRING.get(column.name))
    if column.name == "id":
        return number
    if column.name in place:
        said = place[column.name]
        return said[: getattr(column.type, "length", None)] if isinstance(said, str) else said
    if target in ids:
        return ids[str(target)]
    if target in ("core_user", "core_district"):
        return "postgres" if target == "core_user" else "130102"
    if target is not None:
        return None if column.nullable else number
    if column.nullable and not column.primary_key:
        return None
    kind = column.type.python_type
    plain: dict[type, Any] = {
        str: f"x{number}"[-int(getattr(column.type, "length", None) or 9) :],
        bytes: b"x",
        int: number,
        bool: True,
        dt.date: dt.date(2100, 1, 1) + dt.timedelta(days=number - 900_000),
        # An import and what it recorded are of one moment; all else has its own.
        dt.datetime: NOW + dt.timedelta(seconds=0 if column.name in ("at", "recorded_at") else number),
        Decimal: Decimal(1),
        float: 1.0,
    }
    return plain[kind]


class World:
    """All rows as the superuser sees them, and what an actor should reach of them."""

    def __init__(self, suite: Suite, everything: Mapping[str, list[Row]], actor: Actor) -> None:
        self.actor = actor
        self.rows = everything
        self.catalog = suite.catalog
        plan = rights_plan(suite.catalog)
        self.subjects = {row["id"]: row for row in everything["core_subject"]}
        self.scopes = {row["id"]: row for row in everything["core_search_scope"]}
        self.byid = {
            name: {row["id"]: row for row in rows if "id" in row} for name, rows in everything.items()
        }
        self.tables = {table.table: table for table in plan.tables}
        self.roles = plan.roles
        self.made = {row["subject_id"]: [] for row in everything["core_import_row"]}
        for row in everything["core_import_row"]:
            if row["result"] == "new":
                self.made[row["subject_id"]].append(row)

    # The declared rights, one by one.

    def holds(self, right: Right | None, row: Row) -> bool:
        match right:
            case None:
                return False
            case InScope(action=action, through=Through.ITSELF):
                return self._itself(action, row)
            case InScope(action=action, through=Through.SUBJECT):
                subject = self.subjects.get(row["subject_id"])
                return subject is not None and self._reads_and(action, subject)
            case InScope(action=action, through=Through.CASE):
                case = self.byid["core_case"].get(row["case_id"])
                return (
                    case is not None
                    and self.holds(self.tables["core_case"].select, case)
                    and self._itself(action, case)
                )
            case InScope(action=action, through=Through.SEARCH):
                scope = self.scopes.get(row["scope_id"])
                return scope is not None and self._reads_and(action, scope)
            case InScope(action=action, through=Through.PROFESSION):
                return self._in_profession(action, row["profession"])
            case InScope(action=action, through=Through.KIND):
                return self._in_profession(action, row["kind"].split(".")[0])
            case InScope(action=action):
                return self._of_person(action, row["person_id"] if "person_id" in row else row["id"])
            case Held():
                scopes = self.actor.scopes(right.permission)
                return Scope() in scopes if right.everywhere else bool(scopes)
            case HeldSomewhere():
                return any(
                    item.permission.endswith(f":{right.action}")
                    and holds_somewhere(self.actor, item.permission)
                    for item in self.actor.granted
                )
            case Own():
                return bool(row[right.column] == self.actor.login)
            case OfOthers():
                return bool(row[right.column] != self.actor.login)
            case HeldAsNamed(column=column) if row[column] is None:
                return False
            case HeldAsNamed(placed=False):
                return holds_somewhere(self.actor, row[right.column])
            case HeldAsNamed():
                return holds_at(
                    self.actor, row[right.column], row.get("district_code"), row.get("association")
                )
            case SameSide():
                mine = side_of(self.actor.granted, row[right.permission])
                theirs = side_of(self._granted_to(row[right.asker]), row[right.permission])
                return mine is not None and theirs in (None, mine)
            case Says():
                return bool(row[right.column] == right.value)
            case OfItsProfession():
                # A case of an area of rights is of a kind of its profession.
                fits = row["kind"].split(".")[0] == row["profession"].split(".")[0]
                return fits or (right.merged and row["kind"] == MERGED)
            case Marked():
                return bool(row[right.column])
            case Blank():
                return all(row[column] is None for column in right.columns)
            case AsParent():
                parent = self.byid[right.table].get(row[right.column])
                return (
                    parent is not None
                    and self.holds(self.tables[right.table].select, parent)
                    and (right.within is None or self.holds(right.within, parent))
                )
            case MadeByRun(case=True):
                return any(
                    self.holds(self.tables["core_import_case"].select, line)
                    for line in self.rows["core_import_case"]
                    if line["case_id"] == row[right.column]
                )
            case MadeByRun():
                return any(
                    self.holds(self.tables["core_import_row"].select, line)
                    for line in self.made.get(row[right.column], ())
                )
            case RecordedByRun():
                return any(
                    run["at"] == row["recorded_at"] and self.holds(self.tables["core_import_run"].select, run)
                    for run in self.rows["core_import_run"]
                )
            case Everybody():
                return True
            case AnyOf():
                return any(self.holds(part, row) for part in right.rights)
            case AllOf():
                return all(self.holds(part, row) for part in right.rights)

    def _granted_to(self, login: str) -> list[Granted]:
        """What somebody holds by his grants."""
        return [
            item
            for grant in self.rows["core_grant"]
            if grant["login"] == login
            for item in expand(
                self.catalog.roles[grant["role"]],
                profession=grant["profession"],
                district=grant["district_code"],
                association=grant["association"],
                professions=self.catalog.professions,
                permissions=self.catalog.permissions,
            )
        ]

    def _itself(self, action: str, row: Row) -> bool:
        """Of a row without a place of its own only who has the whole profession has it."""
        profession = row["profession"]
        return any(
            (scope.professions is None or profession in scope.professions)
            and (
                scope.holds(profession, row["district_code"], row.get("association"))
                if "district_code" in row
                else scope.districts is None and scope.associations is None
            )
            for scope in self.actor.scopes(f"{profession}:{action}")
        )

    def _of_person(self, action: str, person: int) -> bool:
        persons = {person} | {
            merge["kept_person_id"]
            for merge in self.rows["core_merge"]
            if merge["gone_person_id"] == person
            and merge["undone_at"] is None
            and (merge["what"] != "split" or merge["by_login"] == self.actor.login)
            and self.holds(self.tables["core_merge"].select, merge)
        }
        return any(
            self._reads_and(action, subject)
            for subject in self.subjects.values()
            if subject["person_id"] in persons
        )

    def _in_profession(self, action: str, profession: str) -> bool:
        return any(
            scope.professions is None or profession in scope.professions
            for scope in self.actor.scopes(f"{profession}:{action}")
        )

    def _reads_and(self, action: str, subject: Row) -> bool:
        return self._itself("roster:read", subject) and self._itself(action, subject)

    # What the guards add to the policies.

    def gives(self, grant: Row, profession: str | None = None, *, signing: bool = False, **how: bool) -> bool:
        """Whether the actor has all that a grant gives, or all that whoever signs in its name gets of it.

        how: to whom he gives it, as `lies_within` takes it.
        """
        profession = grant["profession"] or profession
        wanted = []
        for owner, action in self.roles.get(grant["role"], ()):
            if profession is not None and owner not in (profession, "core"):
                continue
            key = f"{owner}:{action}"
            if signing and (action not in SIGNING or area_of(key) is not None):
                continue
            parts = (profession, grant["district_code"], grant["association"])
            sets = [None if one is None or key in SHARED else frozenset((one,)) for one in parts]
            scope = Scope(professions=sets[0], districts=sets[1], associations=sets[2])
            wanted.append(Granted(permission=key, scope=scope))
        return grant["role"] in self.roles and all(
            lies_within(item, self.actor.granted, **how) for item in wanted
        )

    def guarded(self, table: str, operation: str, row: Row) -> bool:
        """Whether a guard refuses what the policies allow."""
        grants = self.rows["core_grant"]
        if table == "core_grant":
            mine = operation != "DELETE" and row["login"] == self.actor.login
            return not (self.gives(row) and (not mine or self.gives(row, himself=True)))
        if table == "core_user":
            own = [grant for grant in grants if grant["login"] == row["login"]]
            return operation == "INSERT" or not all(self.gives(grant) for grant in own)
        if table in ("core_section", "core_stand_in") and operation != "DELETE":
            section = row if table == "core_section" else self.byid["core_section"][row["section_id"]]
            if (table == "core_section" and operation == "INSERT") or section["head"] == self.actor.login:
                return False
            heads = [grant for grant in grants if grant["login"] == section["head"]]
            return not all(self.gives(grant, section["profession"], passing=True) for grant in heads)
        if table == "core_hand_over" and operation == "INSERT" and row["giver"] != self.actor.login:
            user = next((one for one in self.rows["core_user"] if one["login"] == row["giver"]), None)
            section = user["section_id"] if user else None
            own = [grant for grant in grants if grant["login"] == row["giver"]]
            return section != row["section_id"] or not all(
                self.gives(grant, signing=True, passing=True) for grant in own
            )
        if table == "core_merge" and operation == "INSERT":
            return not self._merges(row)
        # Nothing of this world came in by an import, and so nothing of it leaves.
        of_case = table in CASE_PARTS or ("case_id" in row and table not in HOUSE)
        leaving = of_case or (table not in HOUSE and ("subject_id" in row or table == "core_subject"))
        return leaving and operation == "DELETE"

    def _merges(self, row: Row) -> bool:
        named = [
            subject
            for subject in self.subjects.values()
            if subject["id"] in (row["kept_id"], row["gone_id"])
            or subject["person_id"] in (row["kept_person_id"], row["gone_person_id"])
        ]
        standing = {subject["person_id"] for subject in named}
        persons = {row["kept_person_id"], row["gone_person_id"]} - {None}
        return (
            row["undone_at"] is None
            and persons <= standing
            and all(self._itself("roster:merge", subject) for subject in named)
        )
