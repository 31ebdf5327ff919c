"""Conditions of the steps: pure, over the facts of the case."""

from __future__ import annotations

from suite.api import CaseFacts, Finding, Guard, years_after

RULE = "司法鉴定执业活动投诉处理办法（司法部令第144号）"


def _in_time(case: CaseFacts) -> bool:
    """投诉办法第四条: within three years of knowing; unknown is not out of time."""
    known = case.values.get("known_on")
    if known is None:
        return True
    years = int(case.parameters["appraisal.complaint.time_bar_years"])
    return bool(case.opened <= years_after(known, years))


def _outcome_fits(case: CaseFacts) -> bool:
    """Without a violation nothing was found true; with a measure something was."""
    outcome = case.values.get("outcome")
    if outcome is None:
        return True
    found = any(
        item.stands and item.finding in (Finding.SUBSTANTIATED, Finding.PARTLY) for item in case.allegations
    )
    return found is not bool(outcome == "no_violation")


IN_TIME = Guard(
    key="appraisal.complaint.in_time",
    text="自投诉人知道之日起已超过投诉时效，请按不予受理办理。",
    holds=_in_time,
    article=f"{RULE}第四条",
)
OUTCOME_FITS = Guard(
    key="appraisal.complaint.outcome_fits",
    text="处理结果与认定不符：有查实或部分查实的不能写未发现违法违规，都不实的不能处理。请核对。",
    holds=_outcome_fits,
    article=RULE,
)
RECTIFICATION_OPEN = Guard(
    key="appraisal.complaint.rectification_open",
    text="没有待确认的整改：未责令整改，或已经确认过。",
    holds=lambda case: case.values.get("rectify_by") is not None and "ConfirmRectification" not in case.done,
)

GUARDS = (IN_TIME, OUTCOME_FITS, RECTIFICATION_OPEN)
