"""Conditions of the steps: pure, over the facts of the case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plugins.notary.holds import LAW, NOTARY_RULES, practises
from suite.api import CaseFacts, Guard, months_after, whole_years, years_after

OFFICE_RULES = "公证机构执业管理办法（司法部令第101号）"
ASSESSMENT_RULES = "公证员考核任职办法（司发通〔2010〕6号）"

ESTABLISH = "establish"
#: Items by which an office ends, so that no certificate is issued.
ENDING = ("close", "merge")
#: What a change must say it changes to: item → field.
CHANGED = {"name": "new_name", "premises": "new_address", "area": "new_area"}
#: Offices that are there, in whatever state of practice; notaries who hold the appointment.
STANDING, APPOINTED = ("approved", "active", "suspended", "closing"), ("active", "suspended")


def _office_qualifies(case: CaseFacts) -> bool:
    """公证法第八条: own name, fixed premises, two notaries or more, funds."""
    if case.values.get("item") != ESTABLISH:
        return True
    notaries = case.values.get("notaries") or 0
    return bool(
        case.values.get("new_address")
        and case.values.get("has_funds")
        and notaries >= case.number_of("notary.office.notaries_min")
    )


def _change_is_named(case: CaseFacts) -> bool:
    wanted = CHANGED.get(str(case.values.get("item")))
    return wanted is None or case.values.get(wanted) not in (None, "")


def _office_stands(case: CaseFacts) -> bool:
    """A change or an end needs an office that is on the roster; a founding needs that it is not."""
    office = case.subject("office")
    if case.values.get("item") == ESTABLISH:
        return office is None
    return office is not None and office.status in STANDING


def _handed_over(case: CaseFacts) -> bool:
    """The ending office hands over its archives, pending matters and funds."""
    return case.values.get("item") not in ENDING or bool(case.values.get("handed_over"))


def _head_has_practised(case: CaseFacts) -> bool:
    """公证法第十条: three years' practice. Whose first day is not kept is not held against the notary."""
    head = case.subject("candidate")
    since: dt.date | None = head.values.get("first_practice_on") if head else None
    return since is None or whole_years(since, case.on) >= case.number_of("notary.office.head_years")


def _head_of_own_office(case: CaseFacts) -> bool:
    """公证法第十条: elected among the office's own notaries."""
    head, office = case.subject("candidate"), case.subject("office")
    if head is None or office is None:
        return False
    return head.status == "active" and head.values.get("body_id") == office.id


def _told(case: CaseFacts, key: str) -> Any:
    """What the application says, or else the record of the applicant, who may be an assistant."""
    said, applicant = case.values.get(key), case.subject("applicant")
    return said if said is not None or applicant is None else applicant.values.get(key)


def _age_fits(case: CaseFacts) -> bool:
    """公证法第十八条: between twenty-five and sixty-five."""
    born: dt.date | None = _told(case, "birth_date")
    if born is None:
        return False
    youngest, oldest = case.number_of("notary.notary.age_min"), case.number_of("notary.notary.age_max")
    return youngest <= whole_years(born, case.on) < oldest


def _trained(case: CaseFacts) -> bool:
    """公证法第十八条: two years' internship, or three years' legal work and one; 第十九条 asks for none."""
    if case.values.get("item") == "assessment":
        return True
    begins, ends = _told(case, "internship_from"), _told(case, "internship_to")
    if begins is None or ends is None:
        return False
    worked = (case.values.get("work_years") or 0) >= case.number_of("notary.notary.work_years")
    months = case.number_of(f"notary.notary.{'short_' if worked else ''}internship_months")
    return bool(ends + dt.timedelta(days=1) >= months_after(begins, months))


def _qualified(case: CaseFacts) -> bool:
    """公证法第十八条: the qualification; 第十九条: one of its two conditions instead."""
    asked = "assessment_basis" if case.values.get("item") == "assessment" else "qualification_no"
    return bool(_told(case, asked))


def _in_season(case: CaseFacts) -> bool:
    """公证员考核任职办法第四条: the province takes them once a year, in September."""
    month = case.number_of("notary.notary.assessment_month")
    reporting = case.state == "reviewed" and case.values.get("item") == "assessment"
    return not reporting or case.on.month == month


def _office_open(case: CaseFacts) -> bool:
    return practises(case.subject("office"))


def _is_appointed(case: CaseFacts) -> bool:
    """公证法第二十四条: whose certificate was revoked is removed from office as well, and for that alone."""
    notary = case.subject("notary")
    if notary is None:
        return False
    revoked = case.values.get("item") == "revoked"
    return notary.status == "revoked" if revoked else notary.status in APPOINTED


def _age_reached(case: CaseFacts) -> bool:
    """公证法第二十四条: at sixty-five. The way to the ministry is long, so it begins before the birthday."""
    notary = case.subject("notary")
    if case.values.get("item") != "age" or notary is None:
        return True
    born: dt.date | None = notary.values.get("birth_date")
    if born is None:
        return False
    birthday = years_after(born, case.number_of("notary.notary.age_max"))
    return (birthday - case.on).days <= case.number_of("notary.notary.retire_alert_days")


def _practises(case: CaseFacts) -> bool:
    """公证法第四十一、四十二条: who is suspended has deposited the certificate."""
    return practises(case.subject("notary"))


def _moves(case: CaseFacts) -> bool:
    """A move leads to another office that practises."""
    notary, office = case.subject("notary"), case.subject("office")
    if case.values.get("item") != "transfer":
        return True
    return (
        notary is not None
        and office is not None
        and practises(office)
        and office.id != notary.values.get("body_id")
    )


def _settled(case: CaseFacts) -> bool:
    return case.values.get("item") != "transfer" or bool(case.values.get("settled"))


def _certificate_due(case: CaseFacts) -> bool:
    return case.values.get("item") not in ENDING


OFFICE_QUALIFIES = Guard(
    key="notary.office_qualifies",
    text="设立条件不齐：须有固定的办公场所、必需的资金和规定人数以上的公证员，请补充后再报送。",
    holds=_office_qualifies,
    article=f"{LAW}第八条",
)
OFFICE_STANDS = Guard(
    key="notary.office_stands",
    text="设立申请不选名册中的机构；变更、补换证和终止须选名册中尚未注销的公证机构，请核对申请事项。",
    holds=_office_stands,
    article=OFFICE_RULES,
)
CHANGE_IS_NAMED = Guard(
    key="notary.change_is_named",
    text="没有写明变更后的名称、办公场所或者执业区域，请按申请事项补填。",
    holds=_change_is_named,
    article=OFFICE_RULES,
)
HANDED_OVER = Guard(
    key="notary.handed_over",
    text="档案、未办结的公证事项和资金尚未移交，移交后再办理终止、合并。",
    holds=_handed_over,
    article=OFFICE_RULES,
)
HEAD_HAS_PRACTISED = Guard(
    key="notary.head_has_practised",
    text="拟任负责人执业年限不足，请另行推选。",
    told=lambda case: (
        f"负责人应执业 {case.number_of('notary.office.head_years')} 年以上，拟任人选不足，请另行推选。"
    ),
    holds=_head_has_practised,
    article=f"{LAW}第十条",
)
HEAD_OF_OWN_OFFICE = Guard(
    key="notary.head_of_own_office",
    text="负责人应当从本机构正常执业的公证员中推选，请核对人选的执业机构和状态。",
    holds=_head_of_own_office,
    article=f"{LAW}第十条",
)
AGE_FITS = Guard(
    key="notary.age_fits",
    text="申请人年龄不符，或者没有填出生日期，请核对。",
    told=lambda case: (
        f"公证员应在 {case.number_of('notary.notary.age_min')} 周岁以上"
        f" {case.number_of('notary.notary.age_max')} 周岁以下，申请人不符或者没有填出生日期，请核对。"
    ),
    holds=_age_fits,
    article=f"{LAW}第十八条",
)
TRAINED = Guard(
    key="notary.trained",
    text="实习期不足：应实习二年以上，或者有三年以上其他法律职业经历并实习一年以上，请核对实习起止日期。",
    holds=_trained,
    article=f"{LAW}第十八条",
)
QUALIFIED = Guard(
    key="notary.qualified",
    text="没有法律职业资格证号（考试任职）或者考核任职条件（考核任职），请补填。",
    holds=_qualified,
    article=f"{LAW}第十八条、第十九条",
)
NOT_BARRED = Guard(
    key="notary.not_barred",
    text="尚未核查是否有不得担任公证员的情形，核查没有后再报送；有的应当不予受理。",
    holds=lambda case: bool(case.values.get("not_barred")),
    article=f"{LAW}第二十条",
)
IN_SEASON = Guard(
    key="notary.in_season",
    text="考核任职每年集中办理一次，省司法厅九月受理，请在九月报送。",
    holds=_in_season,
    article=f"{ASSESSMENT_RULES}第四条",
)
OFFICE_OPEN = Guard(
    key="notary.office_open",
    text="推荐的公证机构没有选，或者不是正常执业，请核对。",
    holds=_office_open,
    article=f"{LAW}第二十一条",
)
IS_APPOINTED = Guard(
    key="notary.is_appointed",
    text="此人现不在任，或者免职原因为被吊销执业证书而名册中没有吊销，请核对名册中的状态。",
    holds=_is_appointed,
    article=f"{LAW}第二十四条",
)
AGE_REACHED = Guard(
    key="notary.age_reached",
    text="此公证员尚未临近六十五周岁，或者名册没有出生日期，不能以年龄为由免职，请核对。",
    holds=_age_reached,
    article=f"{LAW}第二十四条",
)
PRACTISES = Guard(
    key="notary.practises",
    text="此公证员不是正常执业；停止执业期间执业证交存，期满恢复后再申请。",
    holds=_practises,
    article=f"{LAW}第四十一条、第四十二条",
)
MOVES = Guard(
    key="notary.moves",
    text="变更执业机构须选正常执业的另一家公证机构，请核对拟转入的机构。",
    holds=_moves,
    article=NOTARY_RULES,
)
SETTLED = Guard(
    key="notary.settled",
    text="未办结的公证事项和档案尚未交接清楚，交接后再报送。",
    holds=_settled,
    article=NOTARY_RULES,
)

CERTIFICATE_DUE = Guard(
    key="notary.certificate_due",
    text="终止、合并的不发执业证书，请办理“登记结果”。",
    holds=_certificate_due,
    article=OFFICE_RULES,
)
NO_CERTIFICATE = Guard(
    key="notary.no_certificate",
    text="设立、变更的须发执业证书，请办理“发证并登记结果”。",
    holds=lambda case: not _certificate_due(case),
    article=OFFICE_RULES,
)

GUARDS = (
    OFFICE_QUALIFIES, OFFICE_STANDS, CHANGE_IS_NAMED, HANDED_OVER, HEAD_HAS_PRACTISED, HEAD_OF_OWN_OFFICE,
    AGE_FITS, TRAINED, QUALIFIED, NOT_BARRED, IN_SEASON, OFFICE_OPEN, IS_APPOINTED, AGE_REACHED, PRACTISES,
    MOVES, SETTLED, CERTIFICATE_DUE, NO_CERTIFICATE,
)  # fmt: skip
