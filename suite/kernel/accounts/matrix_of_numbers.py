"""The matrix of rights, its lines about numbers: figures and returns, targets, snapshots, reports."""

from __future__ import annotations

from collections.abc import Mapping

from suite.database.rights import (
    AllOf,
    AnyOf,
    AsParent,
    Everybody,
    Held,
    InScope,
    Own,
    Right,
    Says,
)
from suite.kernel.accounts.matrix_of_rosters import READ

EDIT_FIGURE = Held(permission="core:figure:edit", everywhere=True)
EDIT_SETS = Held(permission="core:indicator_set:edit", everywhere=True)
OF_RETURN = InScope(action="return:read")
IN_RETURN = AnyOf((InScope(action="return:submit"), InScope(action="return:review")))
NAMELESS_REPORTS = ("month", "quarter", "year")
MAKE_REPORT = Held(permission="core:report:make", everywhere=True)
TAKE_SNAPSHOT = Held(permission="core:snapshot:take", everywhere=True)

#: Operation → right, table by table.
NUMBERS: Mapping[str, Mapping[str, Right]] = {
    # A return that is handed in or sent back takes its figures along.
    "core_figure": {
        "select": Everybody(),
        "insert": AnyOf((EDIT_FIGURE, IN_RETURN)),
        "update": AnyOf((EDIT_FIGURE, IN_RETURN)),
        "delete": AnyOf((EDIT_FIGURE, IN_RETURN)),
    },
    "core_return": {"select": OF_RETURN, "insert": IN_RETURN, "update": IN_RETURN},
    "core_return_cell": {
        "select": OF_RETURN,
        "insert": IN_RETURN,
        "update": IN_RETURN,
        "delete": IN_RETURN,
    },
    "core_return_event": {"select": OF_RETURN, "insert": IN_RETURN},
    "core_target_set": {"select": Everybody(), "insert": EDIT_SETS, "update": EDIT_SETS},
    "core_set_target": {
        "select": Everybody(),
        "insert": EDIT_SETS,
        "update": EDIT_SETS,
        "delete": EDIT_SETS,
    },
    # That there is one, everybody may know; of what stands in it each sees his own scope.
    "core_snapshot": {
        "select": Everybody(),
        "insert": AllOf((Own(column="by_login"), TAKE_SNAPSHOT)),
    },
    "core_snapshot_part": {
        "select": AnyOf(
            (
                Says(column="what", value="head"),
                AllOf((Says(column="what", value="case"), InScope(action="case:read"))),
                AllOf((Says(column="what", value="ledger"), InScope(action="ledger:read"))),
                AllOf(
                    (
                        AnyOf((Says(column="what", value="value"), Says(column="what", value="roster"))),
                        InScope(action=READ),
                    )
                ),
            )
        ),
        "insert": AllOf(
            (
                TAKE_SNAPSHOT,
                AsParent(
                    column="snapshot_id",
                    table="core_snapshot",
                    within=Own(column="by_login"),
                    columns=("by_login",),
                ),
            )
        ),
    },
    # A correction says row by row whom it is about, of every profession.
    "core_report": {
        "select": AnyOf((*(Says(column="kind", value=kind) for kind in NAMELESS_REPORTS), MAKE_REPORT)),
        "insert": AllOf((Own(column="by_login"), MAKE_REPORT)),
        "update": MAKE_REPORT,
    },
}

#: Table → the columns that an update changes, where it is not every one that does not say whose a row is.
NUMBERS_CHANGING: Mapping[str, tuple[str, ...]] = {
    "core_return": ("state", "first_on", "by_login", "version"),
    "core_return_cell": ("value", "known", "note"),
    "core_report": ("submitted_on", "document_no", "version"),
}
