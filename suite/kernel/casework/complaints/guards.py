"""Conditions of the steps of complaints: pure, over the facts of the case; and the limit of rectification."""

from __future__ import annotations

import datetime as dt

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import (
    Guard,
)
from suite.kernel.clocks.declaring import OwnLimits
from suite.kernel.clocks.spans import years_after
from suite.kernel.parameters.declaring import OwnParameters

#: The outcomes of a decision that mean the same in every profession's list.
NO_VIOLATION = "no_violation"
ORDER = "order"
#: Outcomes that say nothing of whether anything was found true.
EITHER_WAY = frozenset({"mediated", "other"})
#: The limit of a complainant who is to supply what is missing, the paper that tells him, and what is kept of
#: his asking to withdraw.
SUPPLEMENT, SUPPLEMENT_PAPER = "core.complaint.supplement", "补正通知书"
SUPPLEMENT_DAYS = "core.complaint.supplement_days"
WITHDRAWAL, WITHDRAWN = "withdrawal", "withdrawn"
DAY = dt.timedelta(days=1)


def in_time(case: CaseFacts) -> bool:
    """Within the kind's years of knowing, up to the day the complaint came in; unknown is not out of time."""
    known, years = case.values.get("known_on"), case.parameters.get(f"{case.kind}.time_bar_years")
    if known is None or years is None:
        return True
    return bool((case.values.get("received_on") or case.opened) <= years_after(known, int(years)))


def outcome_fits(case: CaseFacts) -> bool:
    """Without a violation nothing was found true; with a measure something was.

    While something is not found yet, that alone is what stands against a decision (`core.case.all_found`).
    """
    outcome = case.values.get("outcome")
    if outcome is None or outcome in EITHER_WAY or not all(item.stands for item in case.allegations):
        return True
    found = any(item.upheld for item in case.allegations)
    return found is not bool(outcome == NO_VIOLATION)


def nothing_left(case: CaseFacts) -> bool:
    """Findings were taken back, and none is left that anything could be ordered for."""
    return any(item.was_annulled for item in case.allegations) and not any(
        item.upheld for item in case.allegations
    )


def rectification_open(case: CaseFacts) -> bool:
    """A day is set by which to mend, for a finding that was not taken back, and nothing tells yet that it was
    mended: no step and no ledger."""
    known = case.values if case.before is None else case.before
    return (
        case.values.get("rectify_by") is not None
        and known.get("rectified_on") is None
        and not nothing_left(case)
    )


def _supplement_due(case: CaseFacts) -> dt.date | None:
    """The last day on which he may supply it; None where the notice was not served.

    One that was served when its service set no clock going yet counts from that day all the same, and the end
    rolls on to a working day as that of the limit does.
    """
    clock, paper = case.clock(SUPPLEMENT), case.paper(SUPPLEMENT_PAPER)
    if clock is not None:
        return clock.due
    if paper is None or paper.served_on is None:
        return None
    due = paper.served_on + dt.timedelta(days=case.number_of(SUPPLEMENT_DAYS))
    while not case.around.working_between(due - DAY, due):
        due += DAY
    return due


def supplement_over(case: CaseFacts) -> bool:
    """The time that the complainant was given has run out. Where no notice was to reach anybody here (a
    ledger tells of the step, nobody is there to be told) no time can run."""
    due, paper = _supplement_due(case), case.paper(SUPPLEMENT_PAPER)
    if due is None:
        return case.clock(SUPPLEMENT) is None and (paper is None or paper.to_nobody)
    return due < case.on


def supplement_words(case: CaseFacts) -> str:
    """Why it has not."""
    due = _supplement_due(case)
    if due is None:
        return f"补正期限自“{SUPPLEMENT_PAPER}”送达起算，请先登记送达，期限届满后再按逾期未补正办理。"
    return f"补正期限于 {due} 届满，届满后方可按逾期未补正办理；投诉人已经补正的，请办理“收到补正”。"


def withdrawal_on_file(case: CaseFacts) -> bool:
    """Whoever withdraws after acceptance has asked for it, in writing or for the record."""
    return case.values.get("termination_ground") != WITHDRAWN or bool(case.lines.get(WITHDRAWAL))


OUTCOME_FITS = Guard(
    key="core.complaint.outcome_fits",
    text="处理结果与认定不符：有查实或部分查实的不能写未发现违法违规，都不实的不能处理。请核对。",
    holds=outcome_fits,
)
RECTIFICATION_OPEN = Guard(
    key="core.complaint.rectification_open",
    text="没有待确认的整改：未定整改期限，已经确认过整改完成，或认定已被撤销。",
    holds=rectification_open,
)
ORDERED = Guard(
    key="core.complaint.ordered",
    text="处理决定没有责令改正。",
    holds=lambda case: case.values.get("outcome") == ORDER or case.values.get("rectify_by") is not None,
)
NOTHING_LEFT = Guard(
    key="core.complaint.nothing_left",
    text="还有没有被撤销的认定。",
    holds=nothing_left,
)
SUPPLEMENT_OVER = Guard(
    key="core.complaint.supplement_over",
    text="补正期限还没有届满，或者补正通知书还没有送达，不能按逾期未补正办理。",
    told=supplement_words,
    holds=supplement_over,
)
WITHDRAWAL_ON_FILE = Guard(
    key="core.complaint.withdrawal_on_file",
    text="投诉人撤回投诉的，请同时登记其撤回申请（书面申请，或者口头提出时所作的笔录）。",
    holds=withdrawal_on_file,
)
REFERRED = Guard(
    key="core.complaint.referred",
    text="本件不是有关机关移送的线索，无须反馈移送机关。",
    holds=lambda case: "ReceiveReferral" in case.done,
)
REFERRAL_ANSWERED = Guard(
    key="core.complaint.referral_answered",
    text="本件由有关机关移送，请先反馈移送机关，再答复办结。",
    holds=lambda case: "ReceiveReferral" not in case.done or "AnswerReferral" in case.done,
)

_number = OwnParameters(owner="core")
PARAMETERS = (
    _number(
        "complaint.rectify_days", "投诉整改期限", 30, "日", "整改期限由处理决定定", False,
        "处理决定写明整改期限的，以处理决定为准。",
    ),
    _number(
        "complaint.supplement_days", "投诉人补正期限", 10, "日", "参照行政复议法（2023年修订）第三十一条",
        False, "各专业投诉办法没有查到补正的天数；自补正通知书送达之日起算，本省另有规定的在此改正。",
    ),
)  # fmt: skip
_limit = OwnLimits(owner="core", parameters=PARAMETERS)
LIMITS = (
    _limit(
        "complaint.rectify", "投诉整改", "complaint.rectify_days", "责令改正通知书送达之日", "被投诉人",
        "到期复查；逾期未改的，依法处理",
    ),
    _limit(
        "complaint.supplement", "投诉补正", "complaint.supplement_days", "补正通知书送达之日", "投诉人",
        "无正当理由逾期未补正的，视为撤回投诉",
    ),
)  # fmt: skip

GUARDS = (
    OUTCOME_FITS,
    RECTIFICATION_OPEN,
    ORDERED,
    NOTHING_LEFT,
    SUPPLEMENT_OVER,
    WITHDRAWAL_ON_FILE,
    REFERRED,
    REFERRAL_ANSWERED,
)
