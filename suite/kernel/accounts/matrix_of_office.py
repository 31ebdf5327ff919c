"""The matrix of rights, its lines about the office itself: users, sections, requests, notices, the trace.

Also what each keeps for himself, places, calendar and parameters, and backups.
"""

from __future__ import annotations

from collections.abc import Mapping

from suite.database.rights import (
    AllOf,
    AnyOf,
    AsParent,
    Blank,
    Everybody,
    Held,
    HeldAsNamed,
    InScope,
    Marked,
    OfOthers,
    Own,
    Right,
    SameSide,
    Says,
    Through,
)
from suite.kernel.accounts.matrix_of_rosters import READ

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
MAINTAIN = Held(permission="core:database:maintain", everywhere=True)
EDIT_CALENDAR = Held(permission="core:calendar:edit", everywhere=True)
ADDRESSED = AnyOf(
    (
        Own(column="login"),
        HeldAsNamed(column="permission", placed=True),
        AllOf((Marked(column="anywhere"), HeldAsNamed(column="permission"))),
    )
)
#: What each keeps for himself, and may show to others who read what it is of.
KEPT_VIEW: Mapping[str, Right] = {
    "select": AnyOf(
        (
            Own(column="owner"),
            AllOf((Marked(column="shared"), InScope(action=READ, through=Through.KIND))),
        )
    ),
    "insert": KEEP_VIEW,
    "update": KEEP_VIEW,
    "delete": KEEP_VIEW,
}

#: Operation → right, table by table.
OFFICE: Mapping[str, Mapping[str, Right]] = {
    "core_user": {"select": Everybody(), "insert": MANAGE, "update": MANAGE},
    "core_grant": {"select": AnyOf((Own(column="login"), MANAGE)), "insert": MANAGE, "delete": MANAGE},
    "core_section": {"select": Everybody(), "insert": MANAGE, "update": MANAGE},
    "core_section_kind": {"select": Everybody(), "insert": MANAGE, "delete": MANAGE},
    # A head names the own stand-in.
    "core_stand_in": {"select": Everybody(), "insert": STANDING_IN, "update": STANDING_IN},
    # Who does whose work is known to everybody; each hands over his own, a head that of the section.
    "core_hand_over": {"select": Everybody(), "insert": HANDING_OVER, "update": HANDING_OVER},
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
    "core_saved_view": KEPT_VIEW,
    "core_question": KEPT_VIEW,
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
    "core_backup": {"select": Everybody(), "insert": MAINTAIN, "update": MAINTAIN},
    "core_audit_transaction": {"select": TRACE},
    "core_audit_entry": {"select": TRACE},
    "core_audit_link": {"select": TRACE},
    # Secret values of the past, to verify their digests: the administrators' alone.
    "core_audit_secret": {"select": Held(permission="core:audit:verify", everywhere=True)},
}

#: Table → the columns that an update changes, where it is not every one that does not say whose a row is.
OFFICE_CHANGING: Mapping[str, tuple[str, ...]] = {
    "core_section": ("head",),
    "core_stand_in": ("first_day", "last_day"),
    "core_hand_over": ("first_day", "last_day"),
    "core_request": ("state", "decided_by", "decided_at", "decision"),
    "core_notice": ("settled_at",),
    "core_notice_receipt": ("done_at",),
    "core_backup": ("proven_at",),
}
