"""The matrix of rights, its lines about cases, papers, inspections, seasons of assessment, and ledgers."""

from __future__ import annotations

from collections.abc import Mapping

from suite.database.audit_sql import SCOPE_COLUMNS
from suite.database.rights import (
    MERGE,
    AllOf,
    AnyOf,
    AsParent,
    Everybody,
    Held,
    InScope,
    MadeByRun,
    Own,
    Right,
    Says,
    Through,
)
from suite.kernel.accounts.matrix_of_rosters import EDIT, READ, WRITTEN_OF

# Whoever takes or approves a step writes it; opening stock that is taken back goes with its run.
OF_CASE = InScope(action="case:read")
IN_CASE, OF_DETAILS, NUMBERS = (
    AnyOf(
        tuple(InScope(action=f"case:{action}", through=where) for action in ("handle", "review", "approve"))
    )
    for where in (Through.ITSELF, Through.CASE, Through.PROFESSION)
)
# Entries of ledgers are numbered too.
NUMBERS = AnyOf((*NUMBERS.rights, InScope(action="ledger:edit", through=Through.PROFESSION)))
STOCK = AllOf((InScope(action="case:handle"), MadeByRun(column="case_id", case=True)))
CASE_ROWS: Mapping[str, Right] = {"select": OF_CASE, "insert": IN_CASE, "update": IN_CASE}
# What names who complains is opened by fewer than the case.
CONTENT_SEEN = AnyOf(
    (
        AllOf((Says(column="reader", value="case"), OF_CASE)),
        AllOf((Says(column="reader", value="complainant"), InScope(action="complainant:reveal"))),
    )
)

# A season is a whole profession's; who takes part in it lies where the record lies.
SEEN_SEASON, RUN_SEASON = (
    InScope(action=f"assessment:{action}", through=Through.PROFESSION) for action in ("read", "run")
)
DECIDED_SEASON = AnyOf((RUN_SEASON, InScope(action="assessment:decide", through=Through.PROFESSION)))
IN_SEASON = AnyOf(
    tuple(InScope(action=f"assessment:{action}") for action in ("run", "report", "score", "decide"))
)
OF_SEASON = InScope(action="assessment:read")
OWN_SCORE = AllOf((Own(column="by_login"), InScope(action="assessment:score")))
IN_LEDGER = InScope(action="ledger:edit")
OF_ENTRY = AllOf(
    (
        IN_LEDGER,
        AsParent(column="entry_id", table="core_ledger_entry", within=IN_LEDGER, columns=SCOPE_COLUMNS),
    )
)
SHEET_ROWS: Mapping[str, Right] = {"select": SEEN_SEASON, "insert": RUN_SEASON}

TELLING = InScope(action="case:handle")

#: Operation → right, table by table.
CASES: Mapping[str, Mapping[str, Right]] = {
    "core_case": {
        **CASE_ROWS,
        "delete": AllOf((InScope(action="case:handle"), MadeByRun(column="id", case=True))),
    },
    # That a run made the case, the server sees to as well.
    "core_import_case": {"select": OF_CASE, "insert": InScope(action="case:handle")},
    # A party's record may be merged into another. A colleague who is one sees that much; and who takes an
    # import back may ask whether a record is one, without an answer about cases that are not for him.
    "core_case_party": {
        "select": AnyOf((OF_CASE, Own(column="login"))),
        "insert": IN_CASE,
        "update": AnyOf((IN_CASE, InScope(action=MERGE, through=Through.SUBJECT))),
        "delete": STOCK,
    },
    # What happened stays as it was written.
    "core_case_event": {"select": OF_CASE, "insert": IN_CASE, "delete": STOCK},
    "core_clock": {**CASE_ROWS, "delete": STOCK},
    "core_allegation": {**CASE_ROWS, "delete": STOCK},
    # What was found before stays as it was.
    "core_former_finding": {
        "select": OF_CASE,
        "insert": AllOf(
            (
                IN_CASE,
                AsParent(
                    column="allegation_id", table="core_allegation", within=IN_CASE, columns=SCOPE_COLUMNS
                ),
            )
        ),
    },
    "core_case_line": CASE_ROWS,
    # Who complains stays as it came: fewer may see it than may handle the case.
    "core_complainant": {
        "select": InScope(action="complainant:reveal"),
        "insert": InScope(action="case:handle"),
        "delete": STOCK,
    },
    "core_case_approval": CASE_ROWS,
    # Papers and files stay as they came; one that is struck out says so.
    "core_case_content": {"select": CONTENT_SEEN, "insert": IN_CASE},
    "core_attachment": CASE_ROWS,
    "core_issued_document": {"select": OF_CASE, "insert": IN_CASE},
    "core_document_service": {"select": OF_CASE, "insert": IN_CASE},
    "core_case_filing": {"select": OF_CASE, "insert": IN_CASE},
    "core_document_template": {
        "select": Everybody(),
        "insert": AnyOf(
            (
                InScope(action="case:review", through=Through.PROFESSION),
                Held(permission="core:template:edit", everywhere=True),
            )
        ),
    },
    # Plans are a profession's; whoever reads its cases reads who is to be inspected. A draw stays as it was
    # made, until it is voided by who reviews.
    "core_inspection_plan": {"select": OF_CASE, "insert": IN_CASE},
    "core_draw": {
        "select": OF_CASE,
        "insert": AllOf(
            (
                IN_CASE,
                Own(column="by_login"),
                AsParent(
                    column="plan_id", table="core_inspection_plan", within=IN_CASE, columns=SCOPE_COLUMNS
                ),
            )
        ),
        "update": InScope(action="case:review"),
    },
    "core_draw_pick": {
        "select": OF_CASE,
        "insert": AllOf(
            (
                IN_CASE,
                AsParent(column="draw_id", table="core_draw", within=IN_CASE, columns=SCOPE_COLUMNS),
            )
        ),
        "update": IN_CASE,
    },
    "core_recusal": {
        "select": OF_CASE,
        "insert": IN_CASE,
        "update": AnyOf((IN_CASE, InScope(action=MERGE, through=Through.SUBJECT))),
    },
    # What a penalty asks of another section is raised by a function of the server, of records out of scope.
    "core_task": {"select": InScope(action=READ), "insert": WRITTEN_OF, "update": InScope(action=EDIT)},
    # What was told to other organs, by who works on the whole city's cases; it stays as it was told.
    "core_cross_notice": {"select": OF_CASE, "insert": TELLING, "update": TELLING},
    "core_cross_notice_line": {
        "select": OF_CASE,
        "insert": AllOf(
            (
                TELLING,
                AsParent(
                    column="notice_id", table="core_cross_notice", within=TELLING, columns=SCOPE_COLUMNS
                ),
            )
        ),
    },
    "core_number_series": {"select": NUMBERS, "insert": NUMBERS, "update": NUMBERS},
    "core_scheme_version": SHEET_ROWS,
    "core_scheme_item": SHEET_ROWS,
    "core_scheme_grade": SHEET_ROWS,
    "core_campaign": {**SHEET_ROWS, "update": DECIDED_SEASON},
    "core_campaign_actor": SHEET_ROWS,
    "core_campaign_term": SHEET_ROWS,
    "core_assessment": {
        "select": OF_SEASON,
        "insert": InScope(action="assessment:run"),
        "update": AnyOf((IN_SEASON, InScope(action=MERGE))),
    },
    # A score is the scorer's own.
    "core_score": {"select": OF_SEASON, "insert": OWN_SCORE, "update": OWN_SCORE},
    "core_assessment_event": {"select": OF_SEASON, "insert": IN_SEASON},
    "core_survey_answer": {"select": OF_SEASON, "insert": OWN_SCORE},
    "core_objection": {
        "select": OF_SEASON,
        "insert": IN_SEASON,
        "update": IN_SEASON,
    },
    # What a grade leads to is carried out where the record lies.
    "core_grade_measure": {
        "select": OF_SEASON,
        "insert": IN_SEASON,
        "update": IN_SEASON,
    },
    # An entry is crossed out, never deleted; the records that it is about are named anew.
    "core_ledger_entry": {
        "select": InScope(action="ledger:read"),
        "insert": IN_LEDGER,
        "update": IN_LEDGER,
    },
    "core_ledger_subject": {
        "select": InScope(action="ledger:read"),
        "insert": OF_ENTRY,
        "update": InScope(action=MERGE, through=Through.SUBJECT),
        "delete": IN_LEDGER,
    },
    "core_ledger_file": {
        "select": InScope(action="ledger:read"),
        "insert": OF_ENTRY,
        "update": IN_LEDGER,
    },
    # Which version a run left is told anew where a later run is taken back.
    "core_import_entry": {"select": InScope(action="ledger:read"), "insert": OF_ENTRY, "update": IN_LEDGER},
}

#: Table → the columns that an update changes.
CASES_CHANGING: Mapping[str, tuple[str, ...]] = {
    "core_case": ("title", "state", "closed", "handler", "repeat_of", "version", "updated_at"),
    "core_case_party": ("left_on",),
    "core_clock": ("extension", "pauses", "due", "provisional", "stopped", "stopped_by"),
    "core_allegation": ("finding", "note", "found_on", "annulled_on", "annulled_by"),
    # Whose list it is and its number stay; cells are filled in, a line is crossed out.
    "core_case_line": (
        "code",
        "grade",
        "name",
        "text",
        "place",
        "holder",
        "article",
        "day",
        "until",
        "done",
        "figure",
        "flag",
        "struck_on",
        "struck_by",
        "struck_reason",
    ),
    "core_case_approval": (
        "step",
        "permission",
        "state",
        "decided_by",
        "decided_at",
        "signed",
        "version",
    ),
    "core_draw": ("voided_on", "voided_by", "void_reason"),
    "core_cross_notice": (
        "sent_on",
        "channel",
        "receipt_on",
        "receipt_by",
        "receipt_note",
        "version",
    ),
    "core_draw_pick": ("case_id",),
    "core_recusal": ("ended_on",),
    "core_number_series": ("last",),
    "core_import_entry": ("version",),
    "core_task": ("settled_at", "settled_by", "answer", "version", "district_code", "association"),
    "core_attachment": ("struck_by", "struck_at", "struck_reason"),
    "core_campaign": ("state", "noticed_on", "notice_until", "closed_on", "document_no", "version"),
    "core_assessment": (
        "district_code",
        "association",
        "body_id",
        "standing",
        "rule",
        "rule_text",
        "step",
        "total",
        "proposal",
        "proposed_by",
        "grade",
        "departure",
        "graded_by",
        "graded_on",
        "run_id",
        "version",
        # The form follows a lawyer who moved.
        "body_id",
        "district_code",
        "association",
    ),
    "core_grade_measure": ("settled_on", "settled_by", "outcome", "note", "version"),
    "core_score": ("replaced_at",),
    "core_ledger_subject": (),
    "core_ledger_file": ("struck_by", "struck_at", "struck_reason"),
    "core_objection": ("decided_on", "decided_by", "outcome", "reason"),
}
