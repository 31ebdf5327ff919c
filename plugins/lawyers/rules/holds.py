"""What bars a lawyer from leaving, and a suspended firm from changing, by whichever way it is asked for.

执业办法第二十一条、第二十三条, 处罚办法第四十七条: the applications ask it in their guards, the roster of
whoever writes it by hand or by a workbook.
"""

from __future__ import annotations

from suite.api import (
    BARRING,
    Hold,
    Mover,
    SubjectFact,
    anything,
    nothing,
    one_of,
    some,
    suspension_holds,
)

FIRM_RULES, PENALTY_RULES = "律师事务所管理办法", "律师和律师事务所违法行为处罚办法"
PRACTICE_RULES = "律师执业管理办法"
#: Bodies that take lawyers in.
OPEN_BODIES = ("active", "licensed_preparing", "rectifying")
#: An open matter that is not accepted yet is no investigation.
NOT_YET = ("received", "lead", "supplementing", "submitted")
#: Whose licence has come to its end.
ENDED = ("cancelled", "refused", "annulled", "revoked")
#: Who stays in a firm that is so: its head and its partners.
STANDING_STILL = ("suspended", "terminating")


def investigated(who: Mover) -> bool:
    """Whether a complaint or a penalty case about a lawyer is being looked into."""
    return any(other.work in BARRING and other.state not in NOT_YET for other in who.cases)


def is_responsible(who: SubjectFact, body: SubjectFact) -> bool:
    """Whether somebody is head or partner of a body."""
    number = body.values.get("head_practice_no")
    head = number == who.values.get("main_no") if number else body.values.get("head_name") == who.name
    return head or bool(who.values.get("is_partner"))


def _held_by_firm(who: Mover) -> bool:
    """处罚办法第四十七条: head and partners of a firm that is suspended or ends stay in it."""
    return (
        who.body is not None
        and who.body.status in STANDING_STILL
        and who.record.status not in ENDED
        and is_responsible(who.record, who.body)
    )


def _into_closed(who: Mover) -> bool:
    return who.target is not None and who.target.status not in OPEN_BODIES


NOT_INVESTIGATED = Hold(
    key="lawyers.lawyer.not_investigated",
    keeps={"body_id": some, "status": one_of("cancelled")},
    stands=investigated,
    text="受到投诉正在调查处理，调查结束前不得变更执业机构，也不得自行申请注销。",
    instead="请待调查结束后再申请；非因本人申请的注销在办件中申请注销并写明情形。",
    article=f"{PRACTICE_RULES}第二十一、二十三条",
)
NOT_SUSPENDED = Hold(
    key="lawyers.lawyer.not_suspended",
    keeps={"body_id": some},
    stands=lambda who: who.record.status == "suspended",
    text="停止执业处罚期间不得申请变更执业机构，",
    instead="请待期满后再申请。",
    article=f"{PRACTICE_RULES}第二十一条",
)
FREE_TO_LEAVE = Hold(
    key="lawyers.lawyer.free_to_leave",
    keeps={"body_id": anything, "is_partner": nothing},
    stands=_held_by_firm,
    text="现执业机构正在停业整顿或者终止清算，其负责人、合伙人在此期间不得变更执业机构。",
    instead="请待停业整顿期满后再申请；机构已终止的待注销后再申请。",
    article=f"{PENALTY_RULES}第四十七条；{PRACTICE_RULES}第二十一条",
)
FIRM_OPEN = Hold(
    key="lawyers.lawyer.firm_open",
    keeps={"body_id": some},
    stands=_into_closed,
    text="拟执业机构没有正常执业（停业整顿、终止清算或者已经终止），",
    instead="请另选机构。",
    article=f"{PRACTICE_RULES}第二十条",
)
SERVED_OUT, SUSPENSION_STANDS = suspension_holds(
    "lawyers.lawyer",
    f"{PENALTY_RULES}第四十二条",
    back=("active", "practice_paused"),
    instead="请办理“律师执业许可”的恢复执业，或者凭决定文号登记执业许可变动。",
)
LAWYER_HOLDS = (
    NOT_INVESTIGATED, NOT_SUSPENDED, FREE_TO_LEAVE, FIRM_OPEN, SERVED_OUT, SUSPENSION_STANDS,
)  # fmt: skip

FIRM_NOT_SUSPENDED = Hold(
    key="lawyers.firm.not_suspended",
    keeps={"name": anything, "category": anything, "status": one_of("terminating", "cancelled")},
    stands=lambda who: who.record.status == "suspended",
    text="停业整顿期间不得自行解散，不得申请变更名称、组织形式、分立、合并或者设立分所，",
    instead="请待期满后再申请。",
    article=f"{PENALTY_RULES}第四十七条；{FIRM_RULES}第三十一、三十三条",
)
HEAD_KEPT = Hold(
    key="lawyers.firm.head_kept",
    keeps={"head_name": anything, "head_practice_no": anything},
    stands=lambda who: who.record.status in STANDING_STILL,
    text="停业整顿、终止清算期间，负责人不由名册直接更换。",
    instead="请办理“律所许可”的变更负责人，经省厅核准后由办件写入名册。",
    article=f"{FIRM_RULES}第二十六条；{PENALTY_RULES}第四十七条",
)
FIRM_HOLDS = (
    FIRM_NOT_SUSPENDED,
    HEAD_KEPT,
    *suspension_holds(
        "lawyers.firm",
        f"{PENALTY_RULES}第四十二条",
        back=("active", "rectifying", "licensed_preparing"),
        instead="请凭决定文号登记执业许可变动。",
    ),
)
