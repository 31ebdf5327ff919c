"""The matrix of rights, its lines about exchange: imports, and what other databases and other rosters say."""

from __future__ import annotations

from collections.abc import Mapping

from suite.database.rights import (
    MERGE,
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    Everybody,
    Held,
    HeldSomewhere,
    InScope,
    MadeByRun,
    Own,
    Right,
    Through,
)
from suite.kernel.accounts.matrix_of_rosters import EDIT, REVEAL

IMPORT, EXPORT = "roster:import", "roster:export"
NAME_HOUSE = Held(permission="core:house:name", everywhere=True)
# A run knows no district: who has but some of them sees the own runs.
OWN_RUN = AllOf((Own(column="by_login"), InScope(action=IMPORT, through=Through.PROFESSION)))
OF_RUN = AnyOf((OWN_RUN, InScope(action=IMPORT)))
SEEN_RUN = AsParent(column="run_id", table="core_import_run", within=OF_RUN)
# Its rows are written by who makes it.
IN_OWN_RUN = AllOf(
    (
        InScope(action=IMPORT, through=Through.SUBJECT),
        AsParent(column="run_id", table="core_import_run", within=OWN_RUN),
    )
)
# What a run changed of numbers, for who may see them.
SECRET_OF_RUN = AllOf((SEEN_RUN, InScope(action=REVEAL, through=Through.SUBJECT)))
# What came in with a packet, for who takes in rosters; its secrets for who may see numbers.
TAKEN_IN = AsParent(
    column="exchange_id",
    table="core_roster_exchange",
    within=InScope(action=IMPORT, through=Through.PROFESSION),
)
OF_PACKET = AllOf((TAKEN_IN, InScope(action=IMPORT, through=Through.SUBJECT)))
OF_LAYOUT = InScope(action=IMPORT, through=Through.PROFESSION)
# Exchanged rosters are a profession's; what became of their rows is told to who made the exchange, and to
# who has the whole profession. Stable ids are those of single records.
EXCHANGES = AnyOf(tuple(InScope(action=action, through=Through.PROFESSION) for action in (IMPORT, EXPORT)))
OWN_EXCHANGE = AllOf((Own(column="by_login"), EXCHANGES))
OF_OWN_EXCHANGE = AsParent(
    column="exchange_id",
    table="core_roster_exchange",
    within=AnyOf((OWN_EXCHANGE, InScope(action=IMPORT))),
)
# What was left out lies nowhere: its numbers are told to who had the packet, and to who sees all of them.
LEFT_OUT_OF_PACKET = AsParent(
    column="exchange_id", table="core_roster_exchange", within=AnyOf((OWN_EXCHANGE, InScope(action=REVEAL)))
)
SECRET_OF_PACKET = AnyOf(
    (
        AllOf((TAKEN_IN, InScope(action=REVEAL, through=Through.SUBJECT))),
        AllOf((Blank(columns=("subject_id",)), TAKEN_IN, LEFT_OUT_OF_PACKET)),
    )
)
IDS = AnyOf(tuple(InScope(action=action, through=Through.SUBJECT) for action in (IMPORT, EXPORT)))
EXCHANGING = AnyOf((HeldSomewhere(action=IMPORT), HeldSomewhere(action=EXPORT)))
# What differs between rosters names people of every place.
KEPT_DECISION = AnyOf(
    (
        AllOf((Own(column="decided_by"), InScope(action=EDIT, through=Through.PROFESSION))),
        InScope(action=EDIT),
    )
)
# An import that is taken back takes its own records out.
TAKEN_BACK = AllOf((InScope(action=IMPORT, through=Through.SUBJECT), MadeByRun(column="subject_id")))

#: Operation → right, table by table.
EXCHANGE: Mapping[str, Mapping[str, Right]] = {
    "core_import_run": {"select": OF_RUN, "insert": OWN_RUN, "update": OF_RUN},
    # The record itself may be gone, after the run was taken back.
    "core_import_row": {
        "select": AnyOf((InScope(action=IMPORT, through=Through.SUBJECT), SEEN_RUN)),
        "insert": IN_OWN_RUN,
        "update": InScope(action=IMPORT, through=Through.SUBJECT),
    },
    # They are thrown away with the run, when their records may be gone already.
    "core_import_secret": {"select": SECRET_OF_RUN, "insert": SECRET_OF_RUN, "delete": SECRET_OF_RUN},
    "core_import_layout": {
        "select": OF_LAYOUT,
        "insert": OF_LAYOUT,
        "update": OF_LAYOUT,
        "delete": OF_LAYOUT,
    },
    "core_house": {"select": Everybody(), "insert": NAME_HOUSE, "update": NAME_HOUSE},
    "core_partner": {
        "select": AnyOf((EXCHANGING, NAME_HOUSE)),
        "insert": HeldSomewhere(action=IMPORT),
        "update": AnyOf((HeldSomewhere(action=IMPORT), NAME_HOUSE)),
    },
    "core_subject_uid": {
        "select": IDS,
        "insert": IDS,
        "update": InScope(action=MERGE, through=Through.SUBJECT),
        "delete": TAKEN_BACK,
    },
    "core_foreign_uid": {
        "select": IDS,
        "insert": InScope(action=IMPORT, through=Through.SUBJECT),
        "update": InScope(action=MERGE, through=Through.SUBJECT),
        "delete": TAKEN_BACK,
    },
    "core_roster_exchange": {
        "select": EXCHANGES,
        "insert": OWN_EXCHANGE,
        "update": InScope(action=IMPORT, through=Through.PROFESSION),
    },
    "core_roster_exchange_row": {
        # What a sender said last of a record is told to each who takes in its next packet.
        "select": AnyOf(
            (
                AsParent(
                    column="exchange_id",
                    table="core_roster_exchange",
                    within=AnyOf((OWN_EXCHANGE, InScope(action=IMPORT), InScope(action=EXPORT))),
                ),
                OF_PACKET,
            )
        ),
        "insert": OF_OWN_EXCHANGE,
        # What is taken back has not been said.
        "update": OF_OWN_EXCHANGE,
    },
    "core_roster_exchange_secret": {
        "select": SECRET_OF_PACKET,
        "insert": SECRET_OF_PACKET,
        "delete": SECRET_OF_PACKET,
    },
    "core_reconciled": {
        "select": KEPT_DECISION,
        "insert": AllOf((Own(column="decided_by"), InScope(action=EDIT, through=Through.PROFESSION))),
        "update": KEPT_DECISION,
    },
    # That it was done stays as it was written. It is said of a whole roster.
    "core_reconciliation": {
        "select": Everybody(),
        "insert": AllOf((Own(column="by_login"), InScope(action=EDIT))),
    },
}

#: Table → the columns that an update changes, where it is not every one that does not say whose a row is.
EXCHANGE_CHANGING: Mapping[str, tuple[str, ...]] = {
    "core_import_run": ("undone_at", "undone_by", "rows_undone", "rows_left"),
    "core_import_row": ("version",),
    "core_subject_uid": (),
    "core_foreign_uid": (),
    "core_roster_exchange_row": ("said",),
    "core_roster_exchange": (
        "partner_id",
        "receipt_at",
        "taken_back_at",
        "rows_taken",
        "rows_same",
        "rows_held",
    ),
}
