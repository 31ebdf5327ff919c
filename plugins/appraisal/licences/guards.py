"""Conditions of the steps: pure, over the facts of the case."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from plugins.appraisal.holds import DECISION, GUANGDONG, takes_in
from plugins.appraisal.kinds.shared import ON_ROSTER
from suite.api import CaseFacts, Guard, SubjectFact, members, repacked

INSTITUTION_RULES = "司法鉴定机构登记管理办法（司法部令第95号）"
APPRAISER_RULES = "司法鉴定人登记管理办法（司法部令第96号）"
LICENSING_LAW = "行政许可法"

RENEW, CANCEL = "renew", "cancel"
#: Matters by which somebody comes onto the roster.
ENTRY = ("establish", "branch", "first")
WIDER = (*ENTRY, "scope", "category")
CHANGED = {"name": "new_name", "premises": "new_address", "funds": "funds", "scope": "scope"}


def applicant(case: CaseFacts) -> SubjectFact | None:
    """Whom a registration is about: an institution or an appraiser."""
    return case.subject("applicant")


def _is(case: CaseFacts, *matters: str) -> bool:
    return case.values.get("item") in matters


def _on_roster(case: CaseFacts) -> bool:
    """Who enters is not on the roster yet, or was before and no longer is; all others are."""
    found = applicant(case)
    if _is(case, *ENTRY):
        return found is None or found.status not in ON_ROSTER
    return found is not None and found.status in ON_ROSTER


def _change_is_named(case: CaseFacts) -> bool:
    if _is(case, "head"):
        return bool(case.values.get("head_name") or case.values.get("legal_representative"))
    wanted = CHANGED.get(str(case.values.get("item")))
    return wanted is None or case.values.get(wanted) not in (None, "", ())


def _funds_suffice(case: CaseFacts) -> bool:
    if not _is(case, "establish", "branch", "funds"):
        return True
    return (case.values.get("funds") or 0) >= case.number_of("appraisal.institution.funds_min")


def _appraisers_suffice(case: CaseFacts) -> bool:
    """决定第五条: three appraisers or more in every item."""
    if not _is(case, "establish", "branch", "scope"):
        return True
    least = case.number_of("appraisal.min_appraisers_per_item")
    return (case.values.get("appraisers_per_item") or 0) >= least


def _laboratory_fits(case: CaseFacts) -> bool:
    """决定第五条: the laboratory of categories that need one is accredited."""
    if not _is(case, "establish", "branch", "scope"):
        return True
    wanted = members(repacked(str(case.parameters["appraisal.cma.required"])))
    asked = [item for item in case.values.get("scope") or () if item.startswith(wanted)]
    return not asked or bool(case.values.get("cma_no"))


def _in_domains(case: CaseFacts) -> bool:
    """Only the four domains are registered; X marks categories of the former classification."""
    return not any(item.startswith("X") for item in case.values.get("scope") or ())


def _reviewed(case: CaseFacts) -> bool:
    """Items that the parameter names are registered after a review or test that was passed."""
    wanted = members(repacked(str(case.parameters["appraisal.register.reviewed"])))
    result = case.values.get("review_result")
    return result != "failed" and (case.values.get("item") not in wanted or result == "passed")


def renewed_in_time(case: CaseFacts) -> bool:
    """行政许可法第五十条: thirty days before the licence ends, or earlier."""
    found = applicant(case)
    ends: dt.date | None = found.values.get("licensed_to") if found else None
    if not _is(case, RENEW) or ends is None:
        return True
    return (ends - case.opened).days >= case.number_of("appraisal.renew.apply_before_days")


def _silence(case: CaseFacts) -> bool:
    """行政许可法第五十条第二款: no decision before the licence ended counts as renewed."""
    found = applicant(case)
    ends: dt.date | None = found.values.get("licensed_to") if found else None
    return _is(case, RENEW) and ends is not None and case.on > ends and renewed_in_time(case)


def _two_provinces(case: CaseFacts) -> bool:
    return (
        not _is(case, "branch")
        or not case.values.get("out_of_province")
        or bool(case.values.get("other_province_no"))
    )


def _qualified(case: CaseFacts) -> bool:
    """决定第四条: a senior title, or a degree and five years, or ten years' skill."""
    if not _is(case, "first", "category"):
        return True
    years = case.values.get("field_years") or 0
    match case.values.get("eligibility"):
        case "title":
            return case.values.get("job_title") == "senior"
        case "degree":
            return years >= case.number_of("appraisal.appraiser.degree_years")
        case "skill":
            return years >= case.number_of("appraisal.appraiser.skill_years")
    return False


def _consented(case: CaseFacts) -> bool:
    if not _is(case, "first", "transfer") or case.values.get("employment") != "part_time":
        return True
    return bool(case.values.get("main_unit") and case.values.get("unit_consent"))


def _joins_institution(case: CaseFacts) -> bool:
    """One institution, which is registered; a move leads to another one."""
    if not _is(case, "first", "transfer"):
        return True
    institution, found = case.subject("institution"), applicant(case)
    if institution is None or not takes_in(institution):
        return False
    return _is(case, "first") or found is None or institution.id != found.values.get("body_id")


def _within_institution(case: CaseFacts) -> bool:
    """An appraiser's categories are among those of the institution."""
    asked = case.values.get("scope") or ()
    institution, found = case.subject("institution"), applicant(case)
    if not _is(case, "first", "transfer", "category"):
        return True
    if institution is None and found is not None:
        institution = case.subjects.get(found.values.get("body_id") or 0)
    if institution is None:
        return False
    if not asked and found is not None:
        asked = members(found.values.get("scope"))
    held = institution.values.get("scope")
    return bool(asked) and set(asked) <= set(members(held))


def _restored(case: CaseFacts) -> bool:
    """决定第五条: three active appraisers in every category; whose institution ended has joined another."""
    found = applicant(case)
    if found is None:
        return False
    if found.kind == "appraisal.appraiser":
        body = case.subjects.get(found.values.get("body_id") or 0)
        return body is not None and body.status == "active"
    held: Counter[str] = Counter()
    for member in case.members(found.id):
        if member.kind == "appraisal.appraiser" and member.status == "active":
            held.update(members(member.values.get("scope")))
    least = case.number_of("appraisal.min_appraisers_per_item")
    return all(held[category] >= least for category in members(found.values.get("scope")))


def _overdue(case: CaseFacts) -> bool:
    """The time to put it right has run out."""
    running = [clock.due for clock in case.clocks if clock.stopped is None and clock.due is not None]
    return any(due < case.on for due in running)


def _is_institution(case: CaseFacts) -> bool:
    found = applicant(case)
    return found is not None and found.kind == "appraisal.appraisal_institution" and found.status in ON_ROSTER


def _left_behind(case: CaseFacts) -> bool:
    """An appraiser on the roster whose institution is not there any more."""
    found = applicant(case)
    if found is None or found.kind != "appraisal.appraiser" or found.status not in ON_ROSTER:
        return False
    body = case.subjects.get(found.values.get("body_id") or 0)
    return body is None or body.status not in ON_ROSTER


ON_THE_ROSTER = Guard(
    key="appraisal.on_the_roster",
    text="首次登记的不应已在册，变更、延续和注销的应当在册，请核对申请事项和名册中的状态。",
    holds=_on_roster,
    article=f"{GUANGDONG}第十七条",
)
CHANGE_IS_NAMED = Guard(
    key="appraisal.change_is_named",
    text="没有写明变更后的登记事项，请按申请事项补填。",
    holds=_change_is_named,
    article=INSTITUTION_RULES,
)
FUNDS_SUFFICE = Guard(
    key="appraisal.funds_suffice",
    text="资金数额没有填或者低于下限，请核对，单位为元。",
    told=lambda case: (
        f"资金数额应不低于 {case.number_of('appraisal.institution.funds_min'):,} 元，"
        f"现为 {case.values.get('funds') or 0:,} 元，请核对，单位为元。"
    ),
    holds=_funds_suffice,
    article=INSTITUTION_RULES,
)
APPRAISERS_SUFFICE = Guard(
    key="appraisal.appraisers_suffice",
    text="每项业务的司法鉴定人不足或者没有填，请核对“每项业务鉴定人（最少）”。",
    told=lambda case: (
        f"每项业务应有 {case.number_of('appraisal.min_appraisers_per_item')} 名以上司法鉴定人，"
        f"现为 {case.values.get('appraisers_per_item') or 0} 名，请核对“每项业务鉴定人（最少）”。"
    ),
    holds=_appraisers_suffice,
    article=f"{DECISION}第五条",
)
LABORATORY_FITS = Guard(
    key="appraisal.laboratory_fits",
    text="所申请的业务应有通过资质认定或者实验室认可的检测实验室，没有填证书编号，请补填。",
    holds=_laboratory_fits,
    article=f"{DECISION}第五条",
)
IN_DOMAINS = Guard(
    key="appraisal.in_domains",
    text="申请的业务不属于法医类、物证类、声像资料、环境损害四类，不予登记，请核对业务范围。",
    holds=_in_domains,
    article=f"{DECISION}第二条",
)
NOT_BARRED = Guard(
    key="appraisal.not_barred",
    text="尚未核查是否有不得从事司法鉴定业务的情形，核查没有后再报送；有的应当不予登记。",
    holds=lambda case: not _is(case, *WIDER, "transfer", "head") or bool(case.values.get("not_barred")),
    article=f"{DECISION}第四条",
)
REVIEWED = Guard(
    key="appraisal.reviewed",
    text="凡登记必评审、凡进必考：本事项须先组织专家评审或者考试考核并通过。",
    holds=_reviewed,
    article=f"{LICENSING_LAW}第四十五条；{GUANGDONG}第十八条",
)
IN_TIME = Guard(
    key="appraisal.renewed_in_time",
    text="申请延续时距有效期届满过近，不能再按延续受理；届满的办理注销，继续执业的重新申请登记。",
    told=lambda case: (
        f"申请延续应在有效期届满 {case.number_of('appraisal.renew.apply_before_days')} 日前，"
        "现已不足，不能再按延续受理；届满的办理注销，继续执业的重新申请登记。"
    ),
    holds=renewed_in_time,
    article=f"{LICENSING_LAW}第五十条",
)
SILENCE = Guard(
    key="appraisal.silence",
    text="只有在届满三十日前申请延续、有效期已经届满而尚未作出决定的，才视为准予延续。",
    holds=_silence,
    article=f"{LICENSING_LAW}第五十条",
)
TWO_PROVINCES = Guard(
    key="appraisal.two_provinces",
    text="跨省设立分支机构须经两省司法厅同意，请填总部所在省的同意文号。",
    holds=_two_provinces,
    article=INSTITUTION_RULES,
)
CANCEL_GROUND = Guard(
    key="appraisal.cancel_ground_named",
    text="申请注销的须写明注销情形。",
    holds=lambda case: not _is(case, CANCEL) or bool(case.values.get("cancel_ground")),
    article="参照北京市司法鉴定管理条例第十四条；参照广东省司法鉴定管理条例第二十一条",
)
QUALIFIED = Guard(
    key="appraisal.qualified",
    text="不具备司法鉴定人条件：高级职称，或者有学历并从事相关工作五年以上，或者十年以上相关工作，请核对。",
    holds=_qualified,
    article=f"{DECISION}第四条",
)
CONSENTED = Guard(
    key="appraisal.consented",
    text="兼职鉴定人须有主要工作单位及其书面同意，请补填单位和同意文号。",
    holds=_consented,
    article=f"{GUANGDONG}第十六条",
)
JOINS_INSTITUTION = Guard(
    key="appraisal.joins_institution",
    text="须选一家正常执业的司法鉴定机构，变更的须为另一家；鉴定人只能在一家机构执业。",
    holds=_joins_institution,
    article=f"{GUANGDONG}第十七条",
)
WITHIN_INSTITUTION = Guard(
    key="appraisal.within_institution",
    text="鉴定人的执业类别超出执业机构的业务范围，或者没有填执业类别，请核对。",
    holds=_within_institution,
    article=APPRAISER_RULES,
)

RESTORED = Guard(
    key="appraisal.conditions_restored",
    text="条件尚未补足：机构仍有执业类别不足三名鉴定人，或者鉴定人仍未转入正常执业的机构，请核对名册。",
    holds=_restored,
    article=f"{DECISION}第五条；{GUANGDONG}第二十一条、第二十二条",
)
OVERDUE = Guard(
    key="appraisal.conditions_overdue",
    text="补足、转入的期限尚未届满，届满仍未补足的才办理注销。",
    holds=_overdue,
    article=f"{GUANGDONG}第二十一条、第二十二条",
)

IS_INSTITUTION = Guard(
    key="appraisal.is_institution",
    text="条件缺失的应为在册的司法鉴定机构，请从名册选取；鉴定人请办理“登记待转机构”。",
    holds=_is_institution,
    article=f"{GUANGDONG}第二十一条",
)
LEFT_BEHIND = Guard(
    key="appraisal.left_behind",
    text="待转机构的应为在册的司法鉴定人，其执业机构已经注销，请核对名册。",
    holds=_left_behind,
    article=f"{GUANGDONG}第二十二条",
)
CERTIFICATE_DUE = Guard(
    key="appraisal.certificate_due",
    text="注销登记不发证，请办理“登记结果”。",
    holds=lambda case: not _is(case, CANCEL),
    article=f"{LICENSING_LAW}第七十条",
)
NO_CERTIFICATE = Guard(
    key="appraisal.no_certificate",
    text="登记、变更和延续的须发证，请办理“发证并登记结果”。",
    holds=lambda case: _is(case, CANCEL),
    article=f"{LICENSING_LAW}第四十四条",
)

GUARDS = (
    ON_THE_ROSTER, CHANGE_IS_NAMED, FUNDS_SUFFICE, APPRAISERS_SUFFICE, LABORATORY_FITS, IN_DOMAINS,
    NOT_BARRED, REVIEWED, IN_TIME, SILENCE, TWO_PROVINCES, CANCEL_GROUND, QUALIFIED,
    CONSENTED, JOINS_INSTITUTION, WITHIN_INSTITUTION, RESTORED, OVERDUE,
    IS_INSTITUTION, LEFT_BEHIND, CERTIFICATE_DUE, NO_CERTIFICATE,
)  # fmt: skip
