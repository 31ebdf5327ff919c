"""What registrations, filings and appointments do to the rosters of arbitration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suite.api import CaseFacts, Command, Effect, decided, given, made, saved

COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
PEOPLE = ("chair_name", "vice_chairs", "members", "expert_members")


def _picked(case: CaseFacts, *keys: str) -> dict[str, Any]:
    return {key: case.values.get(key) for key in keys}


def _registered(case: CaseFacts) -> Sequence[Command]:
    """A new commission with its first term, or one that ends."""
    values, found = case.values, case.subject("commission")
    if values["item"] == "deregister":
        return [decided(found, "deregistered", case)] if found is not None else []
    day = values["decided_on"]
    told = given(
        _picked(case, *PEOPLE, "seat", "founding_document", "term_from", "term_to")
        | {
            "main_no": values.get("uscc"),
            "registration_no": values.get("licence_no"),
            "registered_on": day,
            "category": values.get("form"),
            "address": values.get("new_address"),
            "district_code": case.district,
            "term_number": 1,
        }
    )
    if found is not None:
        return [saved(found, told, day), decided(found, "active", case)]
    return [made(COMMISSION, told | {"name": values["applicant_name"], "status": "active"}, day)]


def _filed(case: CaseFacts) -> Sequence[Command]:
    """The roster follows from the day of the change; a renewal begins a new term."""
    values, found = case.values, case.subject("commission")
    if found is None:
        return []
    told: dict[str, Any] = {"change_filed_on": case.on}
    match values["item"]:
        case "residence":
            told["address"] = values["new_address"]
        case "branch":
            told["stations"] = values["stations"]
        case "members":
            told |= _picked(case, *PEOPLE)
        case "renewal":
            told |= _picked(case, *PEOPLE, "term_number", "term_from", "term_to")
    commands: list[Command] = [saved(found, told, values["changed_on"])]
    if values["item"] == "renewal" and found.status == "term_expired":
        commands.append(decided(found, "active", case, on=values["changed_on"]))
    return commands


def _panel(case: CaseFacts) -> Sequence[Command]:
    """Who is appointed stands on the panel for the term; who leaves it does so on the day decided."""
    values, found, house = case.values, case.subject("arbitrator"), case.subject("commission")
    day = values["changed_on"]
    if values["item"] in ("resign", "remove"):
        if found is None:
            return []
        state = "removed" if values["item"] == "remove" else "resigned"
        left = {"ended_on": day, "end_reason": values.get("end_reason")}
        return [saved(found, given(left), day), decided(found, state, case, on=day)]
    told = given(
        _picked(
            case, "eligibility_years", "evidence", "job_title", "serving_post", "unit_approval",
            "panel_edition", "term_from", "term_to",
        )
        | {
            "category": values.get("eligibility"),
            "main_no": values.get("licence_no"),
            "body_id": house.id if house else None,
        }
    )  # fmt: skip
    if found is not None:
        return [saved(found, told, day), decided(found, "active", case, on=day)]
    first = {"name": values["applicant_name"], "district_code": case.district, "first_appointed_on": day}
    return [made(ARBITRATOR, told | first | {"status": "active"}, day)]


REGISTERED = Effect(
    key="arbitration.registered", title="登记仲裁委员会", makes=_registered, joins="commission"
)
FILED = Effect(key="arbitration.filed", title="登记变更备案", makes=_filed)
PANEL = Effect(key="arbitration.panel_decided", title="登记仲裁员名册", makes=_panel, joins="arbitrator")

EFFECTS = (REGISTERED, FILED, PANEL)
