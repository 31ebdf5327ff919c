"""The matrix of rights, its lines about rosters: people and their numbers, searching, merging, editions."""

from __future__ import annotations

from collections.abc import Mapping

from suite.database.audit_sql import SCOPE_COLUMNS
from suite.database.rights import (
    MERGE,
    AllOf,
    AsParent,
    Blank,
    HeldSomewhere,
    InScope,
    Own,
    Right,
    Through,
)

READ, EDIT, REVEAL = "roster:read", "roster:edit", "identity:reveal"
COMPILE = "roster:compile"
# History is written of a subject that the writer may change.
WRITTEN_OF = AllOf((InScope(action=EDIT), InScope(action=EDIT, through=Through.SUBJECT)))
SEEN_MERGE = AsParent(
    column="merge_id", table="core_merge", within=InScope(action=MERGE), columns=SCOPE_COLUMNS
)
OWN_MERGE = AsParent(
    column="merge_id",
    table="core_merge",
    within=AllOf((Own(column="by_login"), InScope(action=MERGE))),
    columns=SCOPE_COLUMNS,
)

#: Operation → right, table by table.
ROSTERS: Mapping[str, Mapping[str, Right]] = {
    "core_person": {
        "select": InScope(action=READ, through=Through.PERSON),
        "insert": HeldSomewhere(action=EDIT),
        "update": InScope(action=EDIT, through=Through.PERSON),
    },
    # Numbers in full: the masked ones stand with the person. Whoever says nothing any more may go.
    "core_identity": {
        "select": InScope(action=REVEAL, through=Through.PERSON),
        "insert": InScope(action=EDIT, through=Through.PERSON),
        "update": InScope(action=EDIT, through=Through.PERSON),
        "delete": AllOf(
            (InScope(action=EDIT, through=Through.PERSON), Blank(columns=("id_number", "phone")))
        ),
    },
    "core_search_scope": {
        "select": InScope(action=READ, few=True),
        "insert": InScope(action=EDIT, few=True),
    },
    "core_search_key": {
        "select": InScope(action=READ, through=Through.SEARCH),
        "insert": AllOf(
            (InScope(action=EDIT, through=Through.SEARCH), InScope(action=EDIT, through=Through.SUBJECT))
        ),
        "delete": InScope(action=EDIT, through=Through.SEARCH),
    },
    "core_merge": {
        "select": InScope(action=READ),
        "insert": AllOf((Own(column="by_login"), InScope(action=MERGE))),
        "update": InScope(action=MERGE),
    },
    "core_merge_row": {"select": SEEN_MERGE, "insert": OWN_MERGE},
    "core_roster_edition": {
        "select": InScope(action=READ, through=Through.PROFESSION),
        "insert": InScope(action=COMPILE),
        "update": InScope(action=COMPILE),
    },
    # What was published stays as it was.
    "core_roster_edition_row": {
        "select": InScope(action=READ),
        "insert": AllOf(
            (
                InScope(action=COMPILE),
                AsParent(column="edition_id", table="core_roster_edition", within=InScope(action=COMPILE)),
            )
        ),
    },
}

#: Table → the columns that an update changes, where it is not every one that does not say whose a row is.
ROSTERS_CHANGING: Mapping[str, tuple[str, ...]] = {
    "core_merge": ("undone_at", "undone_by", "gone_person_id"),
    "core_roster_edition": ("announced_on", "document_no", "withdrawn_at", "withdraw_reason"),
}
