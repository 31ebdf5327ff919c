"""What a granted application or a filing changes on the rosters of firms and branches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugins.lawyers.licences.deciding import decided, saved
from plugins.lawyers.licences.firm_facts import (
    BRANCH,
    FIRM,
    LAWYER,
    PARTNERSHIPS,
    PRACTISING,
    applicant,
    founders,
    item_of,
)
from suite.api import CaseFacts, Command, Effect, SubjectFact

PREPARING = "licensed_preparing"


def _new_body(case: CaseFacts, name: str) -> dict[str, Any]:
    """What a licence says of a body that is made."""
    values, head = case.values, case.subject("head")
    return {
        "name": name,
        "main_no": values.get("licence_no"),
        "licence_no": values.get("licence_no"),
        "certificate_serial_no": values.get("certificate_serial_no"),
        "district_code": values.get("district_code") or case.district,
        "approved_on": values["decided_on"],
        "approval_no": values["decision_no"],
        "head_name": head.name if head else None,
        "head_practice_no": head.values.get("main_no") if head else None,
        "address": values.get("address"),
        "assets": values.get("assets"),
        "status": PREPARING,
        "status_on": values["decided_on"],
    }


def _establish(case: CaseFacts) -> Sequence[Command]:
    if item_of(case) != "establish":
        return ()
    known = applicant(case)
    name = known.name if known else case.party("applicant")[0].name
    body = {**_new_body(case, name), "category": case.values.get("form")}
    if known is None:
        return (saved(case, FIRM, body),)
    return (saved(case, FIRM, {**body, "status": None}, known.id), *decided(case, known, PREPARING))


def _create(case: CaseFacts) -> Sequence[Command]:
    name, parent = str(case.values.get("new_name") or ""), applicant(case)
    match item_of(case):
        case "split":
            return (saved(case, FIRM, {**_new_body(case, name), "category": case.values.get("form")}),)
        case "branch":
            of = case.party("applicant")[0]
            body = {
                **_new_body(case, name),
                "parent_name": of.name,
                "parent_uscc": parent.values.get("main_no") if parent else None,
                "body_id": parent.id if parent else None,
            }
            return (saved(case, BRANCH, body),)
    return ()


def made(case: CaseFacts) -> SubjectFact | None:
    """The body that the application has made."""
    return case.subject("created") or (applicant(case) if item_of(case) == "establish" else None)


def _license(case: CaseFacts) -> Sequence[Command]:
    """The decision stands beside the licence of the body that was made, which begins in that state."""
    body = made(case)
    known = body is not None and any(item.state == PREPARING for item in body.decisions)
    return () if known else decided(case, body, PREPARING)


def _settle(case: CaseFacts) -> Sequence[Command]:
    """Founders and seconded lawyers go to the body that was made; founders of a partnership are partners."""
    body = made(case)
    if body is None:
        return ()
    partners = body.values.get("category") in PARTNERSHIPS
    day = case.values["decided_on"]
    told: dict[str, Any] = {"body_id": body.id, "entered_on": day}
    if partners:
        told |= {"is_partner": True, "partner_since": day}
    elif body.kind == BRANCH:
        told |= {"is_seconded": True}
    return [saved(case, LAWYER, told, fact.id) for fact in founders(case)]


def _change(case: CaseFacts) -> Sequence[Command]:
    firm, values = applicant(case), case.values
    if firm is None:
        return ()
    match item_of(case):
        case "name":
            former = firm.values.get("former_names")
            names = f"{former}、{firm.name}" if former else firm.name
            return (saved(case, firm.kind, {"name": values["new_name"], "former_names": names}, firm.id),)
        case "form":
            return (saved(case, firm.kind, {"category": values["form"]}, firm.id),)
        case "head":
            head = case.subject("head")
            told = {"head_name": head.name, "head_practice_no": head.values.get("main_no")} if head else {}
            return (saved(case, firm.kind, told, firm.id),) if told else ()
    return ()


def _merge(case: CaseFacts) -> Sequence[Command]:
    """The merged firms end; their lawyers belong to the one that stays."""
    firm = applicant(case)
    if firm is None or item_of(case) != "merge":
        return ()
    commands: list[Command] = []
    for gone in case.holders("merged"):
        commands += [
            saved(case, LAWYER, {"body_id": firm.id, "entered_on": case.values["decided_on"]}, fact.id)
            for fact in case.members(gone.id)
            if fact.kind == LAWYER and fact.status in PRACTISING
        ]
        commands += decided(case, gone, "cancelled")
    return commands


def _end(case: CaseFacts) -> Sequence[Command]:
    state = {"cancel": "cancelled", "annul": "annulled"}.get(item_of(case))
    return decided(case, applicant(case), state) if state else ()


def _deny(case: CaseFacts) -> Sequence[Command]:
    firm = applicant(case)
    if firm is None or firm.status != "applying" or item_of(case) != "establish":
        return ()
    return decided(case, firm, "refused")


def _move(case: CaseFacts) -> Sequence[Command]:
    """律师事务所管理办法第二十六、二十七条: the new residence; in another county the firm lies there then."""
    firm, values = applicant(case), case.values
    if firm is None or item_of(case) != "residence":
        return ()
    told = {"address": values["address"], "district_code": values.get("district_code")}
    return (saved(case, firm.kind, told, firm.id),)


def _change_partners(case: CaseFacts) -> Sequence[Command]:
    if item_of(case) != "partners":
        return ()
    day = case.values["changed_on"]
    joining = {"is_partner": True, "partner_since": day}
    told = (("joining", joining), ("leaving", {"is_partner": False}))
    return [saved(case, LAWYER, values, fact.id) for role, values in told for fact in case.holders(role)]


def _report(case: CaseFacts) -> Sequence[Command]:
    """律师事务所管理办法第二十四、三十一条: it opens, or it ends and is liquidated."""
    firm, day = applicant(case), case.values["changed_on"]
    if firm is None:
        return ()
    if item_of(case) == "open":
        told = {"opened_on": day, "status_on": day}
        return (saved(case, firm.kind, told, firm.id), *decided(case, firm, "active"))
    return (saved(case, firm.kind, {"status_on": day}, firm.id), *decided(case, firm, "terminating"))


GRANTED = (
    Effect(key="lawyers.firm.establish", title="新设律师事务所", makes=_establish, joins="applicant"),
    Effect(key="lawyers.firm.create", title="新设机构", makes=_create, joins="created"),
    Effect(key="lawyers.firm.license", title="登记执业许可", makes=_license),
    Effect(key="lawyers.firm.settle", title="登记设立人、派驻律师的执业机构", makes=_settle),
    Effect(key="lawyers.firm.change", title="登记变更事项", makes=_change),
    Effect(key="lawyers.firm.merge", title="登记合并", makes=_merge),
    Effect(key="lawyers.firm.end", title="登记注销或者撤销", makes=_end),
)
DENIED = (Effect(key="lawyers.firm.deny", title="登记不予许可", makes=_deny),)
FILED = (
    Effect(key="lawyers.firm.move", title="登记住所", makes=_move),
    Effect(key="lawyers.firm.partners_changed", title="登记合伙人", makes=_change_partners),
)
REPORTED = (Effect(key="lawyers.firm.reported", title="登记开业或者终止", makes=_report),)
EFFECTS = (*GRANTED, *DENIED, *FILED, *REPORTED)


def keys(effects: Sequence[Effect]) -> tuple[str, ...]:
    """Their keys, as a step names them."""
    return tuple(effect.key for effect in effects)
