"""Validators of appraisal institutions and appraisers: pure functions that return problems.

The provincial text was not seen, so rules taken from other provinces warn and never block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.appraisal.practice import PRACTICE_CATEGORY, PRACTICE_ITEM, category_of
from suite.api import (
    CheckContext,
    Findings,
    Linked,
    Problem,
    check_appraisal_licence,
    check_appraiser_number,
    members,
    packed,
    problems_of,
    repacked,
    titles_of,
    years_after,
)

_TOLD = Findings(owner="appraisal")
DECISION = "全国人大常委会关于司法鉴定管理问题的决定"
INSTITUTION_RULES = "司法鉴定机构登记管理办法"
LICENSING_LAW = "行政许可法"


def licence_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """司法鉴定许可证号: 7 or 9 digits, or the credit code (司发通〔2001〕019号第九条)."""
    province = str(context.parameters["appraisal.institution.province"])
    return problems_of(check_appraisal_licence(value, province=province))


def certificate_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """司法鉴定人执业证号: 12 digits, the institution's nine and a serial."""
    province = str(context.parameters["appraisal.institution.province"])
    return problems_of(check_appraiser_number(value, province=province))


def number_of_institution(
    values: Mapping[str, Any], institution: Linked, context: CheckContext
) -> Sequence[Problem]:
    """An appraiser's number begins with the institution's nine digits; who moved may keep the old one."""
    if not values.get("main_no"):
        return ()
    province = str(context.parameters["appraisal.institution.province"])
    verdict = check_appraiser_number(values["main_no"], institution=institution.main_no, province=province)
    return [found for found in problems_of(verdict, "main_no") if found.code == "appraiser_institution"]


def items_in_scope(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """An item belongs to one of the categories that the same licence names (司规〔2020〕3号、5号)."""
    categories = members(values.get("scope"))
    items = members(values.get("scope_items"))
    strange = [item for item in items if category_of(item) not in categories]
    if not strange:
        return ()
    named = "、".join(PRACTICE_ITEM.titles.get(item, item) for item in strange[:4])
    wanted = titles_of(packed(category_of(item) for item in strange) or "", PRACTICE_CATEGORY.titles)
    text = f"鉴定项目中的“{named}”属于{wanted}，执业类别中没有这一类，请对照许可证核对两项。"
    return (_TOLD.warning("item_outside", text, "scope_items", "司规〔2020〕3号、5号"),)


def validity(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A licence or certificate is valid for five years and renewed in time (行政许可法第五十、七十条).

    An end before the beginning is an error. Another length than the parameter's, an end that has
    passed, or one within the alert period while practising, is a warning.
    """
    begins, ends = values.get("licensed_from"), values.get("licensed_to")
    if ends is None:
        return ()
    found = []
    if begins is not None:
        if ends <= begins:
            text = f"有效期止 {ends} 不晚于有效期起 {begins}，请对照证书更正。"
            return (_TOLD.error("validity_dates", text, "licensed_to"),)
        years = context.number("appraisal.licence.years")
        limit = years_after(begins, years)
        # Certificates print either the corresponding day or the day before it.
        if not -1 <= (ends - limit).days <= 0:
            text = f"证书有效期为 {years} 年，{begins} 起应至 {limit} 前后，现为 {ends}，请对照证书核对。"
            found.append(_TOLD.warning("validity_years", text, "licensed_to"))
    if values.get("status") == "active":
        left = (ends - context.today).days
        if left < 0:
            text = f"证书已于 {ends} 到期，未延续的应当注销，请核对是否已办理延续。"
            found.append(_TOLD.warning("expired", text, "licensed_to", f"{LICENSING_LAW}第七十条"))
        elif left <= context.number("appraisal.licence.alert_days"):
            early = context.number("appraisal.renew.apply_before_days")
            text = f"证书将于 {ends} 到期，应在届满 {early} 日前申请延续，请提醒办理。"
            found.append(_TOLD.warning("expiring", text, "licensed_to", f"{LICENSING_LAW}第五十条"))
    return found


def funds_suffice(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """An institution has funds of at least ¥200,000 (司法鉴定机构登记管理办法)."""
    funds, least = values.get("funds"), context.number("appraisal.institution.funds_min")
    if funds is None or funds >= least:
        return ()
    hint = "可能是以万元填写的，" if funds < 10_000 else ""
    text = f"资金数额 {funds} 元低于 {least} 元，{hint}请对照登记材料核对，单位为元。"
    return (_TOLD.warning("funds", text, "funds", INSTITUTION_RULES),)


def accreditation_current(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The laboratory's accreditation of a practising institution is in force (决定第五条)."""
    if values.get("status") != "active":
        return ()
    found = []
    for key, title in (("cma_to", "资质认定"), ("cnas_to", "实验室认可")):
        ends = values.get(key)
        if ends is not None and ends < context.today:
            text = f"{title}证书已于 {ends} 到期，请核对是否已换证。"
            found.append(_TOLD.warning(f"{key[:-3]}_expired", text, key, f"{DECISION}第五条"))
    return found


def accreditation_covers(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Laboratories of the categories that the parameter names are accredited (决定第五条、规划四（四）)."""
    if values.get("status") != "active":
        return ()
    wanted = members(repacked(str(context.parameters["appraisal.cma.required"])))
    covered = set(members(values.get("cma_categories")))
    asked = [one for one in members(values.get("scope")) if one.startswith(wanted)]
    lacking = [one for one in asked if one not in covered]
    if not lacking:
        return ()
    named = titles_of(packed(lacking) or "", PRACTICE_CATEGORY.titles)
    text = f"{named}应当通过资质认定，但资质认定范围中没有这一类，请核对证书附表后补填。"
    return (_TOLD.warning("not_accredited", text, "cma_categories", f"{DECISION}第五条"),)


def part_time_unit(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A part-time appraiser has a main unit, whose written consent is on file."""
    if values.get("category") != "part_time" or values.get("main_unit"):
        return ()
    text = "兼职鉴定人没有填主要工作单位，请补填并核对单位的书面同意。"
    return (_TOLD.warning("main_unit", text, "main_unit"),)


def qualified(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Senior title, or a degree and five years, or ten years' skill (决定第四条).

    Only judged where title and years are both given; a warning, since a degree's field is not known.
    """
    title, years = values.get("job_title"), values.get("field_years")
    if title is None or title == "senior" or years is None:
        return ()
    degree = values.get("education") in ("doctor", "master", "bachelor", "college")
    needed = context.number(f"appraisal.appraiser.{'degree' if degree else 'skill'}_years")
    if years >= needed:
        return ()
    text = f"没有高级职称的，应从事相关工作 {needed} 年以上，现为 {years} 年，请核对任职条件。"
    return (_TOLD.warning("field_years", text, "field_years", f"{DECISION}第四条"),)


def eligibility_fits(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The condition that was claimed and the title given do not contradict each other (决定第四条)."""
    title = values.get("job_title")
    if values.get("eligibility") != "title" or title in (None, "senior"):
        return ()
    text = "任职条件为高级专业技术职称，但职称等级不是高级，请核对任职条件或职称。"
    return (_TOLD.warning("eligibility_title", text, "eligibility", f"{DECISION}第四条"),)
