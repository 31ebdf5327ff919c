"""Whether a record may be repaired: the conditions of 信用修复管理办法, pure."""

from __future__ import annotations

import datetime as dt

from suite.kernel.credit.disclosure import STAGES

#: Nothing is left to repair.
OVER = ("repaired", "corrected", "ended")


def nothing_to_repair(*, whose: bool, stage: str, favourable: bool, reversed_on: dt.date | None) -> str:
    """Why there is nothing to repair, on whatever day; empty where there is. whose: it is the applicant's."""
    if not whose:
        return "这条信用记录不是申请人的，请核对信用记录编号。"
    if favourable or reversed_on is not None:
        return "这条记录不是失信信息，或者依据的决定已被撤销，无须修复。"
    if stage in OVER:
        return f"这条记录现为“{STAGES[stage].title}”，无须修复。"
    return ""


def repair_refusal(*, least: dt.date | None, unpaid: bool, other: str, on: dt.date) -> str:
    """Why what is to be repaired may not be on a day; empty where it may.

    least: the day from which it may be asked for, after the shortest display. unpaid: money of the decision
    is owed. other: the number of another case that is being decided on it.
    """
    if other:
        return f"这条记录的修复申请 {other} 已受理、正在办理，同一条记录不重复受理；本件可不予受理或者撤回。"
    if unpaid:
        return "处罚决定的罚款、没收款没有缴清，履行完毕后再申请（修复条件：义务履行完毕）。"
    if least is not None and on < least:
        return f"最短公示期未满，{least} 起方可修复。请届满后再办，或者作出不予修复决定。"
    return ""
