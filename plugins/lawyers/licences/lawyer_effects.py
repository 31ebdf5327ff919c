"""What a granted application changes on the roster of lawyers, and on that of trainees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugins.lawyers.licences.deciding import decided, saved
from plugins.lawyers.licences.firm_facts import applicant, item_of
from plugins.lawyers.licences.lawyer_guards import LAWYER, TRAINEE
from suite.api import CaseFacts, Command, Effect

MAKING = ("first", "public")
#: What a trainee's record already says of the qualification.
QUALIFIED = ("qualification_no", "qualification_type", "qualified_on")


def _license(case: CaseFacts) -> Sequence[Command]:
    """A new lawyer, who shares the person of the trainee; or another category and body of a known one."""
    if item_of(case) not in MAKING:
        return ()
    who, firm, values = applicant(case), case.subject("firm"), case.values
    day = values["decided_on"]
    told: dict[str, Any] = {
        "category": values.get("category"),
        "body_id": firm.id if firm else None,
        "entered_on": day,
        "issued_on": values["issued_on"],
        "certificate_serial_no": values.get("certificate_serial_no"),
        "status_on": day,
    }
    if who is not None and who.kind == LAWYER:
        return (saved(case, LAWYER, told, who.id), *decided(case, who, "active"))
    known = {key: who.values.get(key) for key in QUALIFIED} if who is not None else {}
    told |= {
        **known,
        "name": who.name if who is not None else case.party("applicant")[0].name,
        "main_no": values.get("practice_no"),
        "district_code": firm.values.get("district_code") if firm else case.district,
        "first_practice_on": day,
        "status": "active",
    }
    if values.get("qualification_no"):
        told["qualification_no"] = values["qualification_no"]
    return (saved(case, LAWYER, told, person_of=who.id if who is not None else None),)


def _decide(case: CaseFacts) -> Sequence[Command]:
    """The decision stands beside the licence that was made; a trainee's certificate has served."""
    made, who = case.subject("licensed"), applicant(case)
    commands = [] if made is None else list(decided(case, made, "active"))
    if made is not None and who is not None and who.kind == TRAINEE:
        commands += decided(case, who, "licensed")
    return commands


def _change(case: CaseFacts) -> Sequence[Command]:
    """Another firm from the day of the decision on; a partner of the former one is none here."""
    who, firm, values = applicant(case), case.subject("firm"), case.values
    if item_of(case) != "change" or who is None or firm is None:
        return ()
    told: dict[str, Any] = {
        "body_id": firm.id,
        "entered_on": values["decided_on"],
        "issued_on": values["issued_on"],
        "certificate_serial_no": values.get("certificate_serial_no"),
    }
    if who.values.get("is_partner"):
        told["is_partner"] = False
    if values.get("category"):
        told["category"] = values["category"]
    resumed = decided(case, who, "active") if who.status == "practice_paused" else ()
    return (saved(case, LAWYER, told, who.id), *resumed)


def _resume(case: CaseFacts) -> Sequence[Command]:
    who, firm = applicant(case), case.subject("firm")
    if item_of(case) != "resume" or who is None:
        return ()
    told: dict[str, Any] = {"status_on": case.values["decided_on"], "certificate_custody": "held"}
    if firm is not None:
        told |= {"body_id": firm.id, "entered_on": case.values["decided_on"]}
    return (saved(case, LAWYER, told, who.id), *decided(case, who, "active"))


def _cancel(case: CaseFacts) -> Sequence[Command]:
    who = applicant(case)
    if item_of(case) != "cancel" or who is None:
        return ()
    told = {"status_on": case.values["decided_on"], "certificate_custody": "withdrawn"}
    return (saved(case, LAWYER, told, who.id, leaves=True), *decided(case, who, "cancelled"))


def _deny(case: CaseFacts) -> Sequence[Command]:
    who = applicant(case)
    trainee = who is not None and who.kind == TRAINEE and item_of(case) == "first"
    return decided(case, who, "refused") if trainee else ()


def _replace(case: CaseFacts) -> Sequence[Command]:
    """The new blank's serial; a lawyer holds the certificate again."""
    who = applicant(case)
    if who is None:
        return ()
    told: dict[str, Any] = {"certificate_serial_no": case.values["certificate_serial_no"]}
    if who.kind == LAWYER:
        told |= {"issued_on": case.values["issued_on"], "certificate_custody": "held"}
    return (saved(case, who.kind, told, who.id),)


GRANTED = (
    Effect(key="lawyers.lawyer.license", title="登记律师", makes=_license, joins="licensed"),
    Effect(key="lawyers.lawyer.decide", title="登记执业许可", makes=_decide),
    Effect(key="lawyers.lawyer.change", title="登记执业机构", makes=_change),
    Effect(key="lawyers.lawyer.resume", title="登记恢复执业", makes=_resume),
    Effect(key="lawyers.lawyer.cancel", title="登记注销", makes=_cancel),
)
DENIED = (Effect(key="lawyers.lawyer.deny", title="登记不予许可", makes=_deny),)
REPLACED = (Effect(key="lawyers.certificate.replace", title="登记新证", makes=_replace),)
EFFECTS = (*GRANTED, *DENIED, *REPLACED)
