"""The matrix of rights: which permission opens which table to whom, from what is declared.

Tables that carry a scope of their own, and the details tables of kinds, follow the rosters; every other
table has its line here. What has none is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table

from suite.database.audit_sql import SCOPE_COLUMNS
from suite.database.base import METADATA, owner_of
from suite.database.rights import (
    AllOf,
    AnyOf,
    Everybody,
    Held,
    HeldAsNamed,
    HeldSomewhere,
    InScope,
    Marked,
    OfOthers,
    Own,
    Right,
    RightsPlan,
    TableRights,
    Through,
)
from suite.kernel.accounts.rules import SHARED, expand
from suite.loader.catalog import Catalog

READ, EDIT, REVEAL, IMPORT = "roster:read", "roster:edit", "identity:reveal", "roster:import"
MANAGE = Held(permission="core:user:manage")
# The trace tells of every place.
TRACE = Held(permission="core:audit:read", everywhere=True)
KEEP_VIEW = AllOf((Own(column="owner"), Held(permission="core:view:save")))
OF_RUN = AnyOf((Own(column="by_login"), InScope(action=IMPORT)))

#: What no command changes once a row stands: whose it is, and when it came.
FIXED = frozenset(
    {
        "id", "kind", "profession", "role", "person_id", "subject_id", "created_at", "login", "owner",
        "by_login", "asked_by", "asked_at", "command", "fields", "permission",
    }
)  # fmt: skip

#: Operation → right, for the tables that do not follow the rosters. `change` gives the columns of an update.
HOUSE: Mapping[str, Mapping[str, Right]] = {
    "core_person": {
        "select": InScope(action=READ, through=Through.PERSON),
        "insert": HeldSomewhere(action=EDIT),
        "update": InScope(action=EDIT, through=Through.PERSON),
    },
    # Numbers in full: the masked ones stand with the person.
    "core_identity": {
        "select": InScope(action=REVEAL, through=Through.PERSON),
        "insert": InScope(action=EDIT, through=Through.PERSON),
        "update": InScope(action=EDIT, through=Through.PERSON),
    },
    "core_search_key": {
        "select": InScope(action=READ),
        "insert": AllOf((InScope(action=EDIT), InScope(action=EDIT, through=Through.SUBJECT))),
        "delete": InScope(action=EDIT),
    },
    "core_district": {"select": Everybody(), "insert": Held(permission="core:places:edit")},
    "core_calendar_day": {"select": Everybody(), "insert": Held(permission="core:calendar:edit")},
    "core_parameter": {
        "select": Everybody(),
        "insert": Held(permission="core:parameter:edit"),
        "update": Held(permission="core:parameter:edit"),
    },
    "core_section": {"select": Everybody(), "insert": MANAGE},
    "core_user": {"select": Everybody(), "insert": MANAGE, "update": MANAGE},
    "core_grant": {"select": AnyOf((Own(column="login"), MANAGE)), "insert": MANAGE, "delete": MANAGE},
    "core_saved_view": {
        "select": AnyOf((Own(column="owner"), Marked(column="shared"))),
        "insert": KEEP_VIEW,
        "update": KEEP_VIEW,
        "delete": KEEP_VIEW,
    },
    # A run knows no district: who has but some of them sees the own runs.
    "core_import_run": {
        "select": OF_RUN,
        "insert": AllOf((Own(column="by_login"), HeldSomewhere(action=IMPORT))),
    },
    "core_import_row": {
        "select": InScope(action=IMPORT, through=Through.SUBJECT),
        "insert": InScope(action=IMPORT, through=Through.SUBJECT),
    },
    # Another one decides; that it is another one with the same permission, the server sees to as well.
    "core_request": {
        "select": AnyOf((Own(column="asked_by"), HeldAsNamed(column="permission"))),
        "insert": AllOf((Own(column="asked_by"), HeldAsNamed(column="permission"))),
        "update": AllOf((OfOthers(column="asked_by"), HeldAsNamed(column="permission"))),
    },
    "core_audit_transaction": {"select": TRACE},
    "core_audit_entry": {"select": TRACE},
    "core_audit_link": {"select": TRACE},
    # Secret values of the past, to verify their digests: the administrators' alone.
    "core_audit_secret": {"select": Held(permission="core:audit:verify", everywhere=True)},
}


def rights_plan(catalog: Catalog) -> RightsPlan:
    """What the database is to enforce, from the declarations of the core and the plugins that are on."""
    details = {kind.details.name for kind in catalog.kinds.values()}
    tables = [
        rights
        for name, table in sorted(METADATA.tables.items())
        if (rights := _rights_of(table, details)) is not None
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
    return RightsPlan(
        tables=tuple(tables),
        roles=roles,
        shared=SHARED,
        clashes=frozenset(clashes),
        details=tuple(sorted(details)),
    )


def _rights_of(table: Table, details: set[str]) -> TableRights | None:
    columns = tuple(column.name for column in table.columns)
    given: Mapping[str, Right] | None = HOUSE.get(table.name)
    if given is None and table.name in details:
        seen, kept = (InScope(action=action, through=Through.SUBJECT) for action in (READ, EDIT))
        given = {"select": seen, "insert": kept, "update": kept}
    if given is None and table.name == "core_subject":
        given = {operation: InScope(action=EDIT) for operation in ("insert", "update")}
        given["select"] = InScope(action=READ)
    if given is None and set(SCOPE_COLUMNS) <= set(columns) and "subject_id" in columns:
        # History is written of a subject that the writer may change, and moves with it.
        given = {
            "select": InScope(action=READ),
            "insert": AllOf((InScope(action=EDIT), InScope(action=EDIT, through=Through.SUBJECT))),
            "update": InScope(action=EDIT),
        }
    if given is None:
        return None
    keys = {column.name for column in table.primary_key.columns}
    return TableRights(
        table=table.name,
        profession=owner_of(table.name) if table.name in details else None,
        columns=columns,
        select=given.get("select"),
        insert=given.get("insert"),
        update=given.get("update"),
        delete=given.get("delete"),
        changing=tuple(name for name in columns if name not in keys | FIXED) if "update" in given else (),
    )
