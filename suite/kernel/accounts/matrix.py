"""The matrix of rights: which permission opens which table to whom, from what is declared.

Tables that carry a scope of their own, and the details tables of kinds, follow the rosters; every other
table has its line here. What has none is nobody's.
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
    RightsPlan,
    SameSide,
    Says,
    TableRights,
    Through,
)
from suite.kernel.accounts.matrix_of_cases import (
    CASES,
    CASES_CHANGING,
    EDIT,
    OF_DETAILS,
    READ,
    WRITTEN_OF,
)
from suite.kernel.accounts.matrix_of_credit import CREDIT, CREDIT_CHANGING
from suite.kernel.accounts.rules import SHARED, expand
from suite.kernel.accounts.seen import seen_views
from suite.loader.catalog import Catalog

REVEAL, IMPORT = "identity:reveal", "roster:import"
EXPORT, COMPILE = "roster:export", "roster:compile"
MANAGE = Held(permission="core:user:manage")
# The trace tells of every place.
TRACE = Held(permission="core:audit:read", everywhere=True)
OF_HIS_SIDE = AllOf(
    (HeldAsNamed(column="permission", placed=True), SameSide(asker="asked_by", permission="permission"))
)
TO_DECIDE = AllOf((OfOthers(column="asked_by"), OF_HIS_SIDE))
STANDING_IN = AnyOf((MANAGE, AsParent(column="section_id", table="core_section", within=Own(column="head"))))
HANDING_OVER = AnyOf((Own(column="giver"), STANDING_IN))
KEEP_VIEW = AllOf((Own(column="owner"), Held(permission="core:view:save")))
NAME_HOUSE = Held(permission="core:house:name", everywhere=True)
MAINTAIN = Held(permission="core:database:maintain", everywhere=True)
EDIT_FIGURE = Held(permission="core:figure:edit", everywhere=True)
EDIT_SETS = Held(permission="core:indicator_set:edit", everywhere=True)
OF_RETURN = InScope(action="return:read")
IN_RETURN = AnyOf((InScope(action="return:submit"), InScope(action="return:review")))
NAMELESS_REPORTS = ("month", "quarter", "year")
MAKE_REPORT = Held(permission="core:report:make", everywhere=True)
TAKE_SNAPSHOT = Held(permission="core:snapshot:take", everywhere=True)
EDIT_CALENDAR = Held(permission="core:calendar:edit", everywhere=True)
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
SEEN_MERGE = AsParent(
    column="merge_id", table="core_merge", within=InScope(action=MERGE), columns=SCOPE_COLUMNS
)
OWN_MERGE = AsParent(
    column="merge_id",
    table="core_merge",
    within=AllOf((Own(column="by_login"), InScope(action=MERGE))),
    columns=SCOPE_COLUMNS,
)
ADDRESSED = AnyOf(
    (
        Own(column="login"),
        HeldAsNamed(column="permission", placed=True),
        AllOf((Marked(column="anywhere"), HeldAsNamed(column="permission"))),
    )
)
# Exchanged rosters are a profession's; what became of their rows is told to who made the exchange, and to
# who has the whole profession. Stable ids are those of single records.
EXCHANGES = AnyOf(tuple(InScope(action=action, through=Through.PROFESSION) for action in (IMPORT, EXPORT)))
OWN_EXCHANGE = AllOf((Own(column="by_login"), EXCHANGES))
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

#: Operation → right, for the tables that do not follow the rosters. `change` gives the columns of an update.
HOUSE: Mapping[str, Mapping[str, Right]] = {
    **CASES,
    **CREDIT,
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
    "core_question": {
        "select": AnyOf(
            (
                Own(column="owner"),
                AllOf((Marked(column="shared"), InScope(action=READ, through=Through.KIND))),
            )
        ),
        "insert": KEEP_VIEW,
        "update": KEEP_VIEW,
        "delete": KEEP_VIEW,
    },
    "core_district": {"select": Everybody(), "insert": Held(permission="core:places:edit", everywhere=True)},
    "core_calendar_year": {"select": Everybody(), "insert": EDIT_CALENDAR, "update": EDIT_CALENDAR},
    "core_calendar_day": {
        "select": Everybody(),
        "insert": EDIT_CALENDAR,
        "update": EDIT_CALENDAR,
        "delete": EDIT_CALENDAR,
    },
    "core_parameter": {
        "select": Everybody(),
        "insert": Held(permission="core:parameter:edit", everywhere=True),
        "update": Held(permission="core:parameter:edit", everywhere=True),
    },
    "core_section": {"select": Everybody(), "insert": MANAGE, "update": MANAGE},
    "core_section_kind": {"select": Everybody(), "insert": MANAGE, "delete": MANAGE},
    # A head names the own stand-in.
    "core_stand_in": {"select": Everybody(), "insert": STANDING_IN, "update": STANDING_IN},
    # Who does whose work is known to everybody; each hands over his own, a head that of the section.
    "core_hand_over": {"select": Everybody(), "insert": HANDING_OVER, "update": HANDING_OVER},
    "core_user": {"select": Everybody(), "insert": MANAGE, "update": MANAGE},
    "core_grant": {"select": AnyOf((Own(column="login"), MANAGE)), "insert": MANAGE, "delete": MANAGE},
    "core_saved_view": {
        "select": AnyOf(
            (
                Own(column="owner"),
                AllOf((Marked(column="shared"), InScope(action=READ, through=Through.KIND))),
            )
        ),
        "insert": KEEP_VIEW,
        "update": KEEP_VIEW,
        "delete": KEEP_VIEW,
    },
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
    # What was published stays as it was, but for the record that it is of.
    "core_roster_edition_row": {
        "select": InScope(action=READ),
        "insert": AllOf(
            (
                InScope(action=COMPILE),
                AsParent(column="edition_id", table="core_roster_edition", within=InScope(action=COMPILE)),
            )
        ),
        "update": InScope(action=MERGE),
        "becomes": AllOf((InScope(action=MERGE), InScope(action=MERGE, through=Through.SUBJECT))),
    },
    "core_backup": {"select": Everybody(), "insert": MAINTAIN, "update": MAINTAIN},
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
    },
    "core_foreign_uid": {
        "select": IDS,
        "insert": InScope(action=IMPORT, through=Through.SUBJECT),
        "update": InScope(action=MERGE, through=Through.SUBJECT),
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
        "insert": AsParent(
            column="exchange_id",
            table="core_roster_exchange",
            within=AnyOf((OWN_EXCHANGE, InScope(action=IMPORT))),
        ),
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
    # That it was done stays as it was written.
    "core_reconciliation": {
        "select": Everybody(),
        "insert": AllOf((Own(column="by_login"), InScope(action=EDIT, through=Through.PROFESSION))),
    },
    # Another one decides, once; that it is another one with the same permission where the request lies, of
    # the same side of the house, the server sees to as well. Who asked takes it back as long as nobody has
    # decided.
    "core_request": {
        "select": AnyOf((Own(column="asked_by"), OF_HIS_SIDE)),
        "insert": AllOf(
            (
                Own(column="asked_by"),
                HeldAsNamed(column="permission"),
                Says(column="state", value="open"),
                Blank(columns=("decided_by", "decided_at", "decision")),
            )
        ),
        "update": AllOf((AnyOf((Own(column="asked_by"), TO_DECIDE)), Says(column="state", value="open"))),
        "becomes": AllOf(
            (
                Own(column="decided_by"),
                AnyOf(
                    (
                        AllOf((Own(column="asked_by"), Says(column="state", value="withdrawn"))),
                        AllOf((TO_DECIDE, Says(column="state", value="returned"))),
                        AllOf((TO_DECIDE, Says(column="state", value="approved"))),
                    )
                ),
            )
        ),
    },
    # Whom a notice is for stands in it; who raises one does so in his own name.
    "core_notice": {
        # Who raised one may settle it, when what it tells of is taken back.
        "select": AnyOf((ADDRESSED, Own(column="by_login"))),
        "insert": Own(column="by_login"),
        "update": AnyOf((ADDRESSED, Own(column="by_login"))),
    },
    "core_notice_receipt": {
        "select": Own(column="login"),
        "insert": AllOf((Own(column="login"), AsParent(column="notice_id", table="core_notice"))),
        "update": Own(column="login"),
    },
    "core_audit_transaction": {"select": TRACE},
    "core_audit_entry": {"select": TRACE},
    "core_audit_link": {"select": TRACE},
    # Secret values of the past, to verify their digests: the administrators' alone.
    "core_audit_secret": {"select": Held(permission="core:audit:verify", everywhere=True)},
}

#: The tables that nobody has a right on, and why.
NOBODYS: Mapping[str, str] = {"core_password": "PostgreSQL keeps its logins' passwords by itself."}

#: Table → the columns that an update changes, where it is not every one that does not say whose a row is.
CHANGING: Mapping[str, tuple[str, ...]] = {
    **CASES_CHANGING,
    **CREDIT_CHANGING,
    "core_request": ("state", "decided_by", "decided_at", "decision"),
    "core_section": ("head",),
    "core_stand_in": ("first_day", "last_day"),
    "core_hand_over": ("first_day", "last_day"),
    "core_backup": ("proven_at",),
    "core_return": ("state", "first_on", "by_login", "version"),
    "core_return_cell": ("value", "known", "note"),
    "core_import_run": ("undone_at", "undone_by", "rows_undone", "rows_left"),
    "core_import_row": ("version",),
    "core_report": ("submitted_on", "document_no", "version"),
    "core_notice": ("settled_at",),
    "core_notice_receipt": ("done_at",),
    "core_merge": ("undone_at", "undone_by", "gone_person_id"),
    "core_roster_edition": ("announced_on", "document_no", "withdrawn_at", "withdraw_reason"),
    "core_roster_edition_row": (),
    "core_subject_uid": (),
    "core_foreign_uid": (),
    "core_roster_exchange": (
        "partner_id",
        "receipt_at",
        "taken_back_at",
        "rows_taken",
        "rows_same",
        "rows_held",
    ),
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
