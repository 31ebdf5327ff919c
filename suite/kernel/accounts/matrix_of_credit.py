"""The matrix of rights, its lines about credit: records, 双公示, what went to platforms."""

from __future__ import annotations

from collections.abc import Mapping

from suite.database.rights import MERGE, AllOf, AnyOf, AsParent, InScope, Right, Through

READ = InScope(action="credit:read")
KEEP = InScope(action="credit:keep")
# What a case or a grade means for credit is written by whoever takes the step or decides the grade.
FOLLOWED = AnyOf(
    (
        KEEP,
        *(InScope(action=f"case:{action}") for action in ("handle", "review", "approve")),
        *(InScope(action=f"assessment:{action}") for action in ("run", "decide")),
    )
)
SEEN = AnyOf((READ, FOLLOWED))
KEPT = AnyOf((FOLLOWED, InScope(action="credit:approve")))
OF_DECISION: Mapping[str, Right] = {
    "select": SEEN,
    "insert": AllOf((KEEP, AsParent(column="publicity_id", table="core_publicity"))),
    "update": KEEP,
}

#: Operation → right, table by table.
CREDIT: Mapping[str, Mapping[str, Right]] = {
    # A record may be merged into another.
    "core_credit_record": {
        "select": SEEN,
        "insert": AllOf((FOLLOWED, AsParent(column="subject_id", table="core_subject"))),
        "update": AnyOf((KEPT, InScope(action=MERGE, through=Through.SUBJECT))),
    },
    # What happened stays as it was written; who looks writes that he looked.
    "core_credit_event": {
        "select": SEEN,
        "insert": AnyOf((READ, KEPT)),
        "update": InScope(action=MERGE, through=Through.SUBJECT),
    },
    "core_publicity": {
        "select": SEEN,
        "insert": FOLLOWED,
        "update": AnyOf((KEPT, InScope(action=MERGE, through=Through.SUBJECT))),
    },
    "core_publicity_value": OF_DECISION,
    "core_publicity_send": OF_DECISION,
    # Which file sent it back stays as it was.
    "core_publicity_answer": {"select": SEEN, "insert": OF_DECISION["insert"]},
    # A difference is of a whole profession.
    "core_platform_export": {
        "select": InScope(action="credit:read", through=Through.PROFESSION),
        "insert": InScope(action="credit:keep", through=Through.PROFESSION),
        "update": InScope(action="credit:keep", through=Through.PROFESSION),
    },
    "core_platform_item": {
        "select": READ,
        "insert": KEEP,
        "update": InScope(action=MERGE, through=Through.SUBJECT),
    },
}

#: Table → the columns that an update changes; whom a row is about, a merge alone.
CREDIT_CHANGING: Mapping[str, tuple[str, ...]] = {
    "core_credit_record": (
        "visibility", "grade", "title", "content", "document_no", "organ", "decided_on", "rule_version",
        "display_from", "repairable_on", "display_until", "stage", "objection_until", "objection",
        "verified_by", "channel", "repaired_on", "repair_no", "ended_on", "reversed_on", "reversed_reason",
        "version",
    ),
    "core_credit_event": (),
    "core_publicity": (
        "subject_id", "name", "person", "document_no", "state", "due", "provisional", "reported_on",
        "published_on", "channel", "rejection", "display_until", "withdraw_due", "withdrawn_on",
        "withdraw_reason", "version",
    ),
    "core_publicity_value": ("value",),
    "core_publicity_send": ("outcome", "outcome_on", "place", "answer"),
    "core_publicity_answer": (),
    "core_platform_export": ("acknowledged_on", "reference"),
    "core_platform_item": (),
}  # fmt: skip
