"""Conditions of the steps: pure, over the facts of the case."""

from __future__ import annotations

import datetime as dt

from plugins.arbitration.rules import BY_TITLE, BY_YEARS, SENIOR
from suite.api import CaseFacts, Guard, years_after

LAW = "仲裁法"
REGISTRATION = "仲裁委员会登记暂行办法（国务院1995年）"

STANDING = ("active", "term_expired", "closing")
ON_PANEL = ("active", "suspended")
#: The documents of each matter (登记办法第三条, 第六条).
PAPERS = {
    "establish": ("application", "founding", "charter", "funds", "residence", "members", "panel"),
    "deregister": ("decision", "consent", "liquidation", "certificate"),
}
#: What a filing must say: matter → fields.
FILED = {
    "residence": ("new_address",),
    "members": ("chair_name", "vice_chairs", "members", "expert_members"),
    "renewal": (
        "chair_name", "vice_chairs", "members", "expert_members", "term_number", "term_from", "term_to",
        "replaced",
    ),
    "branch": ("stations",),
}  # fmt: skip
COMPOSED = ("establish", "members", "renewal")
BARRED_POSTS = ("judge", "prosecutor", "supervisor")


def _commission_stands(case: CaseFacts) -> bool:
    """A founding is of a commission that is not registered; everything else of one that is."""
    found = case.subject("commission")
    if case.values.get("item") == "establish":
        return found is None or found.status not in STANDING
    return found is not None and found.status in STANDING


def _papers_complete(case: CaseFacts) -> bool:
    wanted = PAPERS.get(str(case.values.get("item")), ())
    return set(wanted) <= set(case.values.get("papers") or ())


def _composition_fits(case: CaseFacts) -> bool:
    """仲裁法第十二条: two to four vice-chairs, seven to eleven members, two thirds experts."""
    if case.values.get("item") not in COMPOSED:
        return True
    vice, others, experts = (case.values.get(key) for key in ("vice_chairs", "members", "expert_members"))
    if vice is None or others is None or experts is None or not case.values.get("chair_name"):
        return False
    for number, key in ((vice, "vice_chairs"), (others, "members")):
        least, most = (case.number_of(f"arbitration.commission.{key}_{end}") for end in ("min", "max"))
        if not least <= number <= most:
            return False
    everybody = 1 + vice + others
    thirds = case.number_of("arbitration.commission.expert_thirds")
    return bool(everybody * thirds <= experts * 3 and experts <= everybody)


def _filing_complete(case: CaseFacts) -> bool:
    wanted = FILED.get(str(case.values.get("item")), ())
    return all(case.values.get(key) not in (None, "") for key in wanted)


def _enough_replaced(case: CaseFacts) -> bool:
    """At a renewal at least one third of the members is replaced."""
    if case.values.get("item") != "renewal":
        return True
    everybody = 1 + (case.values.get("vice_chairs") or 0) + (case.values.get("members") or 0)
    thirds = case.number_of("arbitration.term.renew_thirds")
    return (case.values.get("replaced") or 0) * 3 >= everybody * thirds


def _term_fits(case: CaseFacts) -> bool:
    """A term ends after it begins and is no longer than the law's."""
    begins: dt.date | None = case.values.get("term_from")
    ends: dt.date | None = case.values.get("term_to")
    if begins is None or ends is None:
        return True
    return begins < ends <= years_after(begins, case.number_of("arbitration.term.years"))


def _on_panel(case: CaseFacts) -> bool:
    """Who is appointed is not on the panel; whose appointment is renewed or ends is."""
    found = case.subject("arbitrator")
    if case.values.get("item") == "appoint":
        return found is None or found.status not in ON_PANEL
    return found is not None and (found.status in ON_PANEL or case.values.get("item") == "reappoint")


def _eligible(case: CaseFacts) -> bool:
    """仲裁法第十三条 (三八两高): eight years, or a senior title, for an expert in trade an equal level."""
    if case.values.get("item") not in ("appoint", "reappoint"):
        return True
    basis = case.values.get("eligibility")
    if basis in BY_YEARS:
        years = case.values.get("eligibility_years") or 0
        return years >= case.number_of("arbitration.eligibility.years")
    if basis in BY_TITLE:
        equal = basis == "trade_expert" and bool(case.values.get("evidence"))
        return case.values.get("job_title") in SENIOR or equal
    return False


def _may_serve(case: CaseFacts) -> bool:
    """Serving judges, prosecutors and supervisors are not appointed, while the parameter says so."""
    barred = bool(case.parameters["arbitration.panel.bar_serving"])
    appointing = case.values.get("item") in ("appoint", "reappoint")
    return not (barred and appointing and case.values.get("serving_post") in BARRED_POSTS)


def _unit_agrees(case: CaseFacts) -> bool:
    appointing = case.values.get("item") in ("appoint", "reappoint")
    official = appointing and case.values.get("serving_post") == "official"
    return not official or bool(case.values.get("unit_approval"))


def _commission_open(case: CaseFacts) -> bool:
    found = case.subject("commission")
    return found is not None and found.status in ("active", "term_expired")


COMMISSION_STANDS = Guard(
    key="arbitration.commission_stands",
    text="设立的不应已登记，变更、换届和注销的应当已登记，请核对申请事项和名册中的状态。",
    holds=_commission_stands,
    article=f"{REGISTRATION}第三条",
)
SEAT_FITS = Guard(
    key="arbitration.seat_fits",
    text="仲裁委员会设在省会所在地的市或者根据需要设在其他设区的市，不按行政区划层层设立；"
    "不符合的按不予登记办理。",
    holds=lambda case: case.values.get("item") != "establish" or bool(case.values.get("seat_fits")),
    article=f"{LAW}第十条",
)
PAPERS_COMPLETE = Guard(
    key="arbitration.papers_complete",
    text="登记文件不全，请通知补正，齐全后再登记。",
    holds=_papers_complete,
    article=f"{REGISTRATION}第三条、第四条、第六条",
)
COMPOSITION_FITS = Guard(
    key="arbitration.composition_fits",
    text="组成人员应有主任一人、副主任二至四人、委员七至十一人，法律、经济贸易专家不少于三分之二，请核对人数。",
    holds=_composition_fits,
    article=f"{LAW}第十二条",
)
FILING_COMPLETE = Guard(
    key="arbitration.filing_complete",
    text="没有写明变更后的内容，请按备案事项补填。",
    holds=_filing_complete,
    article=f"{REGISTRATION}第五条",
)
ENOUGH_REPLACED = Guard(
    key="arbitration.enough_replaced",
    text="换届应当更换至少三分之一的组成人员，请核对更换人数。",
    holds=_enough_replaced,
    article=f"{LAW}（2025年修订）",
)
TERM_FITS = Guard(
    key="arbitration.term_fits",
    text="任期、聘期止日应晚于起日，且不超过规定的年限，请核对。",
    holds=_term_fits,
    article=f"{LAW}（2025年修订）",
)
COMMISSION_OPEN = Guard(
    key="arbitration.commission_open",
    text="没有选聘任的仲裁机构，或者该机构没有登记，请从名册选取。",
    holds=_commission_open,
    article=f"{REGISTRATION}第三条",
)
ON_THE_PANEL = Guard(
    key="arbitration.on_the_panel",
    text="聘任的不应已在聘，续聘、辞聘和除名的应当在名册中，请核对登记事项和名册中的状态。",
    holds=_on_panel,
    article=f"{LAW}第十三条",
)
ELIGIBLE = Guard(
    key="arbitration.eligible",
    text="不具备仲裁员条件：从业满八年，或者具有高级职称（经贸专家可以有同等专业水平的证明），请核对。",
    holds=_eligible,
    article=f"{LAW}第十三条",
)
MAY_SERVE = Guard(
    key="arbitration.may_serve",
    text="现职法官、检察官、监察官不得担任仲裁员，请核对现任公职。",
    holds=_may_serve,
    article=f"{LAW}（2025年修订）",
)
UNIT_AGREES = Guard(
    key="arbitration.unit_agrees",
    text="公职人员担任仲裁员应经所在单位批准，请填批准文号。",
    holds=_unit_agrees,
    article=f"{LAW}（2025年修订）",
)

CERTIFICATE_DUE = Guard(
    key="arbitration.certificate_due",
    text="注销登记不发证，请办理“登记结果”。",
    holds=lambda case: case.values.get("item") == "establish",
    article=f"{REGISTRATION}第七条",
)
NO_CERTIFICATE = Guard(
    key="arbitration.no_certificate",
    text="设立登记须发登记证书，请办理“发证并登记结果”。",
    holds=lambda case: case.values.get("item") == "deregister",
    article=f"{REGISTRATION}第四条",
)

GUARDS = (
    COMMISSION_STANDS, SEAT_FITS, PAPERS_COMPLETE, COMPOSITION_FITS, FILING_COMPLETE, ENOUGH_REPLACED,
    TERM_FITS, COMMISSION_OPEN, ON_THE_PANEL, ELIGIBLE, MAY_SERVE, UNIT_AGREES, CERTIFICATE_DUE,
    NO_CERTIFICATE,
)  # fmt: skip
