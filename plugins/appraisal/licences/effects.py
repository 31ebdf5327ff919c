"""What a registration does to the rosters of institutions and appraisers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from plugins.appraisal.licences.guards import applicant
from suite.api import (
    CaseFacts,
    Command,
    Effect,
    SubjectFact,
    decided,
    given,
    made,
    members,
    packed,
    saved,
    years_after,
)

INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
#: Field of an institution → field of the case that changes it.
CHANGES = {
    "name": "new_name", "address": "new_address", "legal_representative": "legal_representative",
    "head_name": "head_name", "funds": "funds", "parent_body": "parent_body", "cma_no": "cma_no",
}  # fmt: skip


def validity(begins: dt.date, case: CaseFacts) -> dict[str, dt.date]:
    """A licence of the parameter's years: its last day is the day before the corresponding one."""
    years = case.number_of("appraisal.licence.years")
    return {"licensed_from": begins, "licensed_to": years_after(begins, years) - dt.timedelta(days=1)}


def _scope(case: CaseFacts) -> dict[str, Any]:
    return {key: packed(case.values.get(key) or ()) for key in ("scope", "scope_items")}


def _wider(case: CaseFacts, found: SubjectFact) -> dict[str, Any]:
    """What the licence covers already, and what is added."""
    return {
        key: packed((*members(found.values.get(key)), *(case.values.get(key) or ())))
        for key in ("scope", "scope_items")
    }


def _renewed(found: SubjectFact, case: CaseFacts) -> Sequence[Command]:
    """The new term follows the old one without a gap; silence counts as a decision on the day it is told."""
    ends: dt.date | None = found.values.get("licensed_to")
    day = case.values.get("decided_on") or case.on
    term = validity(ends + dt.timedelta(days=1) if ends is not None else day, case)
    note = f"延续至 {term['licensed_to']}，办件 {case.number}"
    return [saved(found, term, day), decided(found, found.status, case, note=note)]


def _institution(case: CaseFacts) -> Sequence[Command]:
    """A new institution, a changed, renewed or cancelled one."""
    values, found = case.values, applicant(case)
    day = values.get("decided_on") or case.on
    changed = {field: values.get(key) for field, key in CHANGES.items()}
    if found is None or values["item"] in ("establish", "branch"):
        issued = values["issued_on"]
        new = given(
            changed
            | _scope(case)
            | validity(issued, case)
            | {
                "name": found.name if found else values.get("applicant_name"),
                "main_no": values.get("licence_no"),
                "district_code": case.district,
                "category": values.get("parent_type"),
                "is_branch": values["item"] == "branch",
                "approval_no": values.get("decision_no"),
                "first_registered_on": issued,
            }
        )
        if found is None:
            return [made(INSTITUTION, new | {"status": "active"}, issued)]
        return [saved(found, new, issued), decided(found, "active", case)]
    match values["item"]:
        case "renew":
            return _renewed(found, case)
        case "cancel":
            return [decided(found, "cancelled", case)]
        case "scope":
            return [saved(found, given(_wider(case, found) | {"cma_no": values.get("cma_no")}), day)]
    return [saved(found, given(changed), day)]


def _appraiser(case: CaseFacts) -> Sequence[Command]:
    """A new appraiser, one who moved, widened, renewed or ended."""
    values, found = case.values, applicant(case)
    day, institution = values.get("decided_on") or case.on, case.subject("institution")
    body = {"body_id": institution.id, "entered_on": day} if institution is not None else {}
    own = {
        "category": values.get("employment"),
        "main_unit": values.get("main_unit"),
        "unit_consent": values.get("unit_consent"),
        "main_no": values.get("licence_no"),
    }
    skill = {
        key: values.get(key) for key in ("eligibility", "job_title", "field_years", "exam_on", "exam_score")
    }
    if found is None or values["item"] == "first":
        issued = values["issued_on"]
        new = given(
            own
            | skill
            | _scope(case)
            | validity(issued, case)
            | body
            | {"district_code": case.district, "first_registered_on": issued, "entered_on": issued}
        )
        if found is None:
            return [made(APPRAISER, new | {"name": values["applicant_name"], "status": "active"}, issued)]
        return [saved(found, new, issued), decided(found, "active", case)]
    match values["item"]:
        case "renew":
            return _renewed(found, case)
        case "cancel":
            return [decided(found, "cancelled", case), saved(found, {"body_id": None}, day)]
        case "category":
            return [saved(found, given(skill | _wider(case, found)), day)]
    return [saved(found, given(own | body), day)]


def _rectifying(case: CaseFacts) -> Sequence[Command]:
    found = applicant(case)
    if found is None or found.kind != INSTITUTION:
        return []
    return [decided(found, "rectifying", case, on=case.values["lost_on"], no=case.values.get("order_no"))]


def _restored(case: CaseFacts) -> Sequence[Command]:
    found = applicant(case)
    if found is None or found.status != "rectifying":
        return []
    return [decided(found, "active", case, on=case.on, no="")]


def _cancelled(case: CaseFacts) -> Sequence[Command]:
    found = applicant(case)
    if found is None:
        return []
    leaves = [saved(found, {"body_id": None}, case.values["decided_on"])] if found.kind == APPRAISER else []
    return [decided(found, "cancelled", case), *leaves]


INSTITUTION_REGISTERED = Effect(
    key="appraisal.institution_registered", title="登记司法鉴定机构", makes=_institution, joins="applicant"
)
APPRAISER_REGISTERED = Effect(
    key="appraisal.appraiser_registered", title="登记司法鉴定人", makes=_appraiser, joins="applicant"
)
RECTIFYING = Effect(key="appraisal.rectifying", title="登记限期整改", makes=_rectifying)
RESTORED = Effect(key="appraisal.restored", title="恢复正常执业", makes=_restored)
CANCELLED = Effect(key="appraisal.cancelled", title="登记注销", makes=_cancelled)

EFFECTS = (INSTITUTION_REGISTERED, APPRAISER_REGISTERED, RECTIFYING, RESTORED, CANCELLED)
