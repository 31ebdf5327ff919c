"""The matrix of rights: which permission opens which table to whom, from what is declared.

Tables that carry a scope of their own, and the details tables of kinds, follow the rosters; every other
table has its line in the module of its room (`matrix_of_…`). What has none is nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Table

from suite.contract.commands import Side
from suite.contract.effects import BARRING
from suite.database.audit_sql import SCOPE_COLUMNS
from suite.database.base import METADATA, owner_of
from suite.database.rights import (
    MERGE,
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    InScope,
    MadeByRun,
    OfItsProfession,
    RecordedByRun,
    Right,
    RightsPlan,
    TableRights,
    Through,
)
from suite.kernel.accounts.matrix_of_cases import CASES, CASES_CHANGING, OF_DETAILS
from suite.kernel.accounts.matrix_of_credit import CREDIT, CREDIT_CHANGING
from suite.kernel.accounts.matrix_of_exchange import EXCHANGE, EXCHANGE_CHANGING, IMPORT, TAKEN_BACK
from suite.kernel.accounts.matrix_of_numbers import NUMBERS, NUMBERS_CHANGING
from suite.kernel.accounts.matrix_of_office import OFFICE, OFFICE_CHANGING
from suite.kernel.accounts.matrix_of_rosters import EDIT, READ, ROSTERS, ROSTERS_CHANGING, WRITTEN_OF
from suite.kernel.accounts.rules import SHARED, expand
from suite.kernel.accounts.seen import seen_views
from suite.loader.catalog import Catalog

#: What no command changes once a row stands: whose it is, and when it came.
FIXED = frozenset(
    {
        "id", "kind", "profession", "role", "person_id", "subject_id", "created_at", "login", "owner",
        "by_login", "asked_by", "asked_at", "command", "fields", "permission", "case_id", "created_by",
    }
)  # fmt: skip

#: What a row is part of, by the column that names it: only who reads that writes such a row. Its own place is
#: what the writer says, and would hang it onto what is hidden from him.
PARENTS: Mapping[str, str] = {
    "case_id": "core_case",
    "event_id": "core_case_event",
    "issued_id": "core_issued_document",
    "receipt_id": "core_attachment",
    "version_id": "core_scheme_version",
    "campaign_id": "core_campaign",
    "assessment_id": "core_assessment",
    "return_id": "core_return",
    "record_id": "core_credit_record",
    "publicity_id": "core_publicity",
    "export_id": "core_platform_export",
}

#: Operation → right, for the tables that do not follow the rosters.
HOUSE: Mapping[str, Mapping[str, Right]] = {
    **CASES,
    **CREDIT,
    **EXCHANGE,
    **NUMBERS,
    **OFFICE,
    **ROSTERS,
}

#: The tables that nobody has a right on, and why.
NOBODYS: Mapping[str, str] = {"core_password": "PostgreSQL keeps its logins' passwords by itself."}

#: Table → the columns that an update changes, where it is not every one that does not say whose a row is.
CHANGING: Mapping[str, tuple[str, ...]] = {
    **CASES_CHANGING,
    **CREDIT_CHANGING,
    **EXCHANGE_CHANGING,
    **NUMBERS_CHANGING,
    **OFFICE_CHANGING,
    **ROSTERS_CHANGING,
}


def rights_plan(catalog: Catalog) -> RightsPlan:
    """What the database is to enforce, from the declarations of the core and the plugins that are on."""
    details = {kind.details.name for kind in catalog.kinds.values()}
    of_cases = {kind.details.name for kind in catalog.case_kinds.values()}
    tables = [
        rights
        for name, table in sorted(METADATA.tables.items())
        if (rights := _rights_of(table, details, of_cases)) is not None
    ]
    roles = {
        key: frozenset(
            (owner, action)
            for granted in expand(
                role,
                profession=None,
                district=None,
                association=None,
                professions=catalog.professions,
                permissions=catalog.permissions,
            )
            for owner, _, action in [granted.permission.partition(":")]
        )
        for key, role in catalog.roles.items()
    }
    clashes = {(kind.key, other) for kind in catalog.kinds.values() for other in kind.clashes_with}
    bars = {
        (kind.key, kind.respondent)
        for kind in catalog.case_kinds.values()
        if kind.work in BARRING and kind.area is None
    }
    return RightsPlan(
        tables=tuple(tables),
        roles=roles,
        shared=SHARED,
        clashes=frozenset(clashes),
        details=tuple(sorted(details)),
        case_details=tuple(sorted(of_cases)),
        bars=frozenset(bars),
        views=seen_views(catalog.kinds.values()),
        associations=frozenset(key for key, role in catalog.roles.items() if role.side is Side.ASSOCIATION),
    )


def _rights_of(table: Table, details: set[str], of_cases: set[str]) -> TableRights | None:
    columns = tuple(column.name for column in table.columns)
    given: Mapping[str, Right] | None = HOUSE.get(table.name)
    if given is None and table.name in details:
        seen, kept = (InScope(action=action, through=Through.SUBJECT) for action in (READ, EDIT))
        given = {"select": seen, "insert": kept, "update": kept, "delete": TAKEN_BACK}
    if given is None and table.name in of_cases:
        seen = InScope(action="case:read", through=Through.CASE)
        gone = AllOf(
            (
                InScope(action="case:handle", through=Through.CASE),
                MadeByRun(column="case_id", case=True),
            )
        )
        given = {"select": seen, "insert": OF_DETAILS, "update": OF_DETAILS, "delete": gone}
    if given is None and table.name == "core_subject":
        given = {operation: InScope(action=EDIT) for operation in ("insert", "update")}
        # That it was made by an import, the server sees to as well.
        given |= {"select": InScope(action=READ), "delete": InScope(action=IMPORT)}
    if given is None and set(SCOPE_COLUMNS) <= set(columns) and "subject_id" in columns:
        # History is written of a subject that the writer may change, and moves with it.
        given = {
            "select": InScope(action=READ),
            "insert": WRITTEN_OF,
            "update": InScope(action=EDIT),
            "becomes": WRITTEN_OF,
            "delete": _forgotten(columns),
        }
    if given is None:
        return None
    given = _of_what_is_read(given, table)
    # A notice's kind says what is told, not of whose records.
    if {"kind", "profession"} <= set(columns) and table.name != "core_notice":
        given = _of_its_kind(given, merged=table.name == "core_subject")
    keys = {column.name for column in table.primary_key.columns}
    usual = tuple(name for name in columns if name not in keys | FIXED)
    changing = CHANGING.get(table.name, usual) if "update" in given else ()
    return TableRights(
        table=table.name,
        profession=owner_of(table.name) if table.name in details else None,
        columns=columns,
        select=given.get("select"),
        insert=given.get("insert"),
        update=given.get("update"),
        becomes=given.get("becomes"),
        delete=given.get("delete"),
        changing=changing,
        moving=tuple(name for name in _moved(table, details) if name not in changing),
    )


def _of_what_is_read(given: Mapping[str, Right], table: Table) -> Mapping[str, Right]:
    """The same rights, where new rows are part of what their writer reads."""
    if "insert" not in given or "profession" not in table.columns:
        return given
    read: list[Right] = []
    for column in table.columns:
        parent = PARENTS.get(column.name)
        if any(key.column.table.name == parent for key in column.foreign_keys):
            of = AsParent(column=column.name, table=str(parent))
            read.append(AnyOf((Blank(columns=(column.name,)), of)) if column.nullable else of)
    return {**given, "insert": AllOf((given["insert"], *read))} if read else given


def _of_its_kind(given: Mapping[str, Right], *, merged: bool) -> dict[str, Right]:
    """The same rights for rows whose kind is their profession's: no row is slipped into another's roster."""
    found = dict(given)
    if "insert" in given:
        found["insert"] = AllOf((given["insert"], OfItsProfession()))
    after = given.get("becomes", given.get("update"))
    if after is not None and merged:
        found["becomes"] = AllOf((after, OfItsProfession(merged=True)))
    return found


def _forgotten(columns: Collection[str]) -> Right:
    """Which history a taken back import takes along: that of its records, and what it recorded of others.

    An undone merge takes along what it made itself; that it did, the server sees to by the trace.
    """
    taken: tuple[Right, ...] = (MadeByRun(column="subject_id"),)
    if "recorded_at" in columns:
        taken += (RecordedByRun(),)
    return AnyOf((AllOf((InScope(action=IMPORT), AnyOf(taken))), InScope(action=MERGE)))


def _moved(table: Table, details: Collection[str]) -> tuple[str, ...]:
    """The columns that a merge sets: what refers to a record or a person, and that a record is merged."""
    if table.name in details or table.name == "core_identity":
        return ()
    found = tuple(
        column.name
        for column in table.columns
        if any(key.target_fullname in ("core_subject.id", "core_person.id") for key in column.foreign_keys)
        and column.info.get("merge") != "stays"
    )
    return (*found, "kind") if table.name == "core_subject" else found
