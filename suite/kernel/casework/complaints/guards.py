"""Conditions of the steps of complaints: pure, over the facts of the case; and the limit of rectification."""

from __future__ import annotations

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
)  # fmt: skip
_limit = OwnLimits(owner="core", parameters=PARAMETERS)
LIMITS = (
    _limit(
        "complaint.rectify", "投诉整改", "complaint.rectify_days", "责令改正通知书送达之日", "被投诉人",
        "到期复查；逾期未改的，依法处理",
    ),
)  # fmt: skip

GUARDS = (OUTCOME_FITS, RECTIFICATION_OPEN, ORDERED, NOTHING_LEFT, REFERRED, REFERRAL_ANSWERED)
