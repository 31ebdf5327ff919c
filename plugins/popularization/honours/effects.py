"""What the making, rechecking and ending of a model village does to the roster of honours."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.popularization.honours.rules import HONOUR, honour
from suite.api import CaseFacts, Command, Effect, given, made, saved


def _named(case: CaseFacts) -> Sequence[Command]:
    village = case.subject("village")
    if village is None:
        return []
    values = case.values
    new = given(
        {
            "body_id": village.id,
            "category": values["level"],
            "batch": values.get("batch"),
            "named_on": values["named_on"],
            "document_no": values.get("document_no"),
            "named_by": values.get("named_by"),
            "score": values.get("score"),
            "district_code": case.district,
        }
    )
    return [made(HONOUR, new | {"status": "active"}, values["named_on"])]


def _rechecking(case: CaseFacts) -> Sequence[Command]:
    found = honour(case)
    return [saved(found, {"status": "rechecking"}, case.on)] if found is not None else []


def _kept(case: CaseFacts) -> Sequence[Command]:
    found = honour(case)
    if found is None:
        return []
    result = "kept_after_rectifying" if found.status == "rectifying" else "kept"
    day = case.values["rechecked_on"]
    return [saved(found, {"status": "active", "rechecked_on": day, "recheck_result": result}, day)]


def _rectifying(case: CaseFacts) -> Sequence[Command]:
    found = honour(case)
    values = {"status": "rectifying", "rectify_by": case.values["rectify_by"]}
    return [saved(found, values, case.on)] if found is not None else []


def _ended(status: str, case: CaseFacts) -> Sequence[Command]:
    found, values = honour(case), case.values
    if found is None:
        return []
    told = given(
        {
            "cancelled_on": values["cancelled_on"],
            "cancel_document_no": values.get("cancel_no"),
            "cancel_reason": values.get("cancel_reason"),
            "recheck_result": status,
        }
    )
    return [saved(found, told | {"status": status}, values["cancelled_on"])]


NAMED = Effect(key="popularization.village_named", title="登记命名", makes=_named, joins="honour")
RECHECKING = Effect(key="popularization.village_rechecking", title="登记复核中", makes=_rechecking)
KEPT = Effect(key="popularization.village_kept", title="登记复核结果", makes=_kept)
RECTIFYING = Effect(key="popularization.village_rectifying", title="登记限期整改", makes=_rectifying)
CANCELLED = Effect(
    key="popularization.village_cancelled", title="登记撤销命名", makes=lambda case: _ended("cancelled", case)
)
DEREGISTERED = Effect(
    key="popularization.village_deregistered",
    title="登记注销命名",
    makes=lambda case: _ended("deregistered", case),
)
EFFECTS = (NAMED, RECHECKING, KEPT, RECTIFYING, CANCELLED, DEREGISTERED)
