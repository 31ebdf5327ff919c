"""What a decision does to the rosters of notary offices and notaries."""

from __future__ import annotations

from collections.abc import Sequence

from suite.api import CaseFacts, Command, Effect, SubjectFact, decided, given, made, saved

OFFICE, NOTARY = "notary.notary_office", "notary.notary"


def _office(case: CaseFacts) -> Sequence[Command]:
    """A new office, a changed one with its new certificate, or one that ends."""
    values, day = case.values, case.values["decided_on"]
    office = case.subject("office")
    if office is None:
        new = {
            "name": values.get("applicant_name"),
            "district_code": case.district,
            "category": values.get("form"),
            "main_no": values.get("uscc"),
            "licence_no": values.get("licence_no"),
            "issued_on": values.get("issued_on"),
            "opened_on": values.get("issued_on"),
            "approval_no": values.get("decision_no"),
            "address": values.get("new_address"),
            "practice_area": values.get("new_area"),
            "head_name": values.get("head_name"),
            "sponsor": values.get("sponsor"),
            "status": "active",
        }
        return [made(OFFICE, given(new), values["issued_on"])]
    if values["item"] in ("close", "merge"):
        return [decided(office, "cancelled", case)]
    changed = {
        "name": values.get("new_name"),
        "address": values.get("new_address"),
        "practice_area": values.get("new_area"),
        "licence_no": values.get("licence_no"),
        "issued_on": values.get("issued_on"),
    }
    return [saved(office, given(changed), day)]


def _head(case: CaseFacts) -> Sequence[Command]:
    """The office names its head, and whoever was head before is so no longer."""
    office, head = case.subject("office"), case.subject("candidate")
    if office is None or head is None:
        return []
    day, no = case.values["decided_on"], case.values["decision_no"]
    former = [
        saved(member, {"is_head": False}, day)
        for member in case.members(office.id)
        if member.kind == NOTARY and member.id != head.id and member.values.get("is_head")
    ]
    return [
        *former,
        saved(head, {"is_head": True}, day),
        saved(office, {"head_name": head.name, "head_approval_no": no}, day),
    ]


def _appointed(case: CaseFacts) -> Sequence[Command]:
    """任命: the notary stands on the roster and waits for the certificate."""
    values, office, known = case.values, case.subject("office"), case.subject("applicant")
    day = values["decided_on"]
    told = given(
        {
            "appointment_no": values.get("decision_no"),
            "appointed_on": day,
            "category": values.get("item"),
            "qualification_no": values.get("qualification_no"),
            "body_id": office.id if office else None,
            "entered_on": day,
            "is_head": False,
        }
    )
    if known is not None and known.kind == NOTARY:
        return [saved(known, told, day), decided(known, "appointed", case)]
    own = {key: values.get(key) for key in ("sex", "birth_date")} if known is None else {}
    new = (
        given(own)
        | told
        | {
            "name": known.name if known else values.get("applicant_name"),
            "district_code": case.district,
            "status": "appointed",
        }
    )
    return [made(NOTARY, new, day, person_of=known.id if known else None), *_no_longer_assistant(known, case)]


def _no_longer_assistant(known: SubjectFact | None, case: CaseFacts) -> Sequence[Command]:
    if known is None:
        return []
    day = case.values["decided_on"]
    return [saved(known, {"status": "appointed", "left_on": day, "status_on": day}, day)]


def _certified(case: CaseFacts) -> Sequence[Command]:
    """领证: the notary practises."""
    notary = case.subject("notary") or case.subject("applicant")
    if notary is None:
        return []
    day = case.values["issued_on"]
    told = {
        "main_no": case.values["licence_no"],
        "issued_on": day,
        "first_practice_on": notary.values.get("first_practice_on") or day,
        "certificate_custody": "held",
    }
    return [saved(notary, told, day), decided(notary, "active", case, on=day)]


def _removed(case: CaseFacts) -> Sequence[Command]:
    """免职: the appointment ends; the certificate is taken back."""
    notary = case.subject("notary")
    if notary is None:
        return []
    values = case.values
    told = {
        "removed_on": values["decided_on"],
        "removal_no": values["decision_no"],
        "removal_reason": values["item"],
        "certificate_custody": "withdrawn",
        "is_head": False,
        "body_id": None,
    }
    return [decided(notary, "removed", case), saved(notary, told, values["decided_on"])]


def _moved(case: CaseFacts) -> Sequence[Command]:
    """The notary practises in the other office, or holds a new certificate."""
    notary, office = case.subject("notary"), case.subject("office")
    if notary is None:
        return []
    values = case.values
    moving = values["item"] == "transfer"
    told = {
        "main_no": values.get("licence_no"),
        "issued_on": values.get("issued_on"),
        "body_id": office.id if office and moving else None,
        "entered_on": values["decided_on"] if moving else None,
        "certificate_custody": "held",
    }
    left = {"is_head": False} if moving else {}
    return [saved(notary, given(told) | left, values["decided_on"])]


OFFICE_LICENSED = Effect(key="notary.office_licensed", title="登记公证机构", makes=_office, joins="office")
HEAD_NAMED = Effect(key="notary.head_named", title="登记负责人", makes=_head)
APPOINTED = Effect(key="notary.appointed", title="登记任命", makes=_appointed, joins="notary")
CERTIFIED = Effect(key="notary.certified", title="登记执业证", makes=_certified)
REMOVED = Effect(key="notary.removed", title="登记免职", makes=_removed)
MOVED = Effect(key="notary.moved", title="登记变更", makes=_moved)

EFFECTS = (OFFICE_LICENSED, HEAD_NAMED, APPOINTED, CERTIFIED, REMOVED, MOVED)
