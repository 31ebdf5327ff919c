"""Rules across the fields of a lawyer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.lawyers.codes import CATEGORY, CATEGORY_OF_DIGIT
from plugins.lawyers.rules.findings import (
    FIRM_RULES,
    LAW,
    PRACTICE_RULES,
    error,
    notice,
    warning,
)
from suite.api import (
    CheckContext,
    Problem,
    compare_lawyer_number,
    problems_of,
    tells_of_lawyer,
    whole_years,
    years_after,
)

DIGIT_OF_CATEGORY = {category: str(digit) for digit, category in CATEGORY_OF_DIGIT.items()}
#: Who practises in a firm and may therefore become a partner.
IN_FIRMS = ("full_time", "part_time", "hk", "macao", "taiwan")


def practice_no_agrees(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The number's digits fit category, sex and year of first practice.

    Only warnings: the meaning of digits 5–9 of the category and of the sex digit is recalled, and who
    changed category may keep the former number. Old numbers of 12 digits say nothing.
    """
    number = values.get("main_no")
    if not number or not tells_of_lawyer(number):
        return ()
    # The number alone is judged by the field's own check; here only what the row adds.
    compared = compare_lawyer_number(
        number, sex=values.get("sex"), category=DIGIT_OF_CATEGORY.get(str(values.get("category")))
    )
    found = list(problems_of(compared, "main_no"))
    first = values.get("first_practice_on")
    if first is not None and first.year != (year := int(number[5:9])):
        text = f"执业证号第 6 至 9 位表示首次执业年份为 {year}，首次执业日期为 {first}，请核对哪一项有误。"
        found.append(warning("practice_no_year", text, "first_practice_on"))
    return found


def dates_in_order(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Birth, first practice, certificate and entry follow one another; a lawyer was of age at first."""
    first = values.get("first_practice_on")
    if first is None:
        return ()
    found = []
    birth = values.get("birth_date")
    if birth is not None and first <= birth:
        text = f"首次执业日期 {first} 不晚于出生日期 {birth}，请对照执业证和证件更正。"
        found.append(error("practice_before_birth", text, "first_practice_on"))
    elif birth is not None and whole_years(birth, first) < context.number("lawyers.lawyer.min_age"):
        age, least = whole_years(birth, first), context.number("lawyers.lawyer.min_age")
        text = f"按出生日期 {birth} 计算，首次执业时为 {age} 岁，不满 {least} 岁，请核对两个日期。"
        found.append(warning("practice_under_age", text, "first_practice_on", f"{LAW}第七条"))
    for key, title in (("issued_on", "发证日期"), ("entered_on", "进入现机构日期")):
        day = values.get(key)
        if day is not None and day < first:
            text = f"{title} {day} 早于首次执业日期 {first}，请核对两个日期。"
            found.append(warning(f"{key}_before_practice", text, key))
    return found


def partner_conditions(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A partner practises full time in a firm, for some years already (律师事务所管理办法第九条)."""
    if not values.get("is_partner"):
        return ()
    article = f"{FIRM_RULES}第九条"
    found = []
    category = values.get("category")
    if category == "part_time":
        text = "兼职律师登记为合伙人，合伙人应当是专职执业的律师，请核对执业类别或合伙人登记。"
        found.append(warning("partner_part_time", text, "is_partner", article))
    elif category is not None and category not in IN_FIRMS:
        title = CATEGORY.titles.get(category, category)
        text = f"{title}不在律师事务所执业，却登记为合伙人，请核对执业类别或合伙人登记。"
        found.append(warning("partner_category", text, "is_partner", article))
    first, since = values.get("first_practice_on"), values.get("partner_since") or context.today
    least = context.number("lawyers.firm.partner_years")
    if first is not None and whole_years(first, since) < least:
        text = f"{first} 首次执业，至 {since} 不满 {least} 年，合伙人应有 {least} 年以上执业经历，请核对。"
        found.append(warning("partner_years", text, "is_partner", article))
    return found


def employer_fits_status(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Who practises has a body; who has none for some months is cancelled (律师执业管理办法第二十三条)."""
    status, body = values.get("status"), values.get("body_id")
    article = f"{PRACTICE_RULES}第二十三条"
    if status == "active" and body is None and values.get("category") != "military":
        months = context.number("lawyers.lawyer.no_firm_months")
        text = (
            f"状态为正常执业，但没有执业机构。请补填执业机构；确未受聘的，状态改为暂无执业机构，"
            f"满 {months} 个月应予注销。"
        )
        return (warning("no_body", text, "body_id", article),)
    if status == "practice_paused" and body is not None:
        text = "状态为暂无执业机构，却登记了执业机构，请核对哪一项有误。"
        return (warning("paused_with_body", text, "status", article),)
    return ()


def certificate_deposited(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A suspended lawyer's certificate is deposited with the county bureau (律师执业管理办法第四十八条)."""
    if values.get("status") != "suspended" or values.get("certificate_custody") != "held":
        return ()
    text = "停止执业期间执业证书应交存县（市、区）司法局，现登记为本人持有，请核实并办理交存。"
    return (warning("certificate_not_deposited", text, "certificate_custody", f"{PRACTICE_RULES}第四十八条"),)


def duty_conditions(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A duty lawyer practises, for some years already (法律援助值班律师工作办法；规划四（四）13)."""
    if not values.get("is_duty_lawyer"):
        return ()
    article = "法律援助值班律师工作办法（司规〔2020〕6号）"
    found = []
    if values.get("status") not in (None, "active"):
        text = "登记为值班律师，但不在正常执业状态，请先退出值班律师库，恢复执业后再入库。"
        found.append(warning("duty_not_active", text, "is_duty_lawyer", article))
    first, least = values.get("first_practice_on"), context.number("lawyers.duty.practice_years")
    if first is not None and whole_years(first, context.today) < least:
        text = f"{first} 首次执业，至今不满 {least} 年，值班律师应有 {least} 年以上执业经历，请核对。"
        found.append(warning("duty_years", text, "is_duty_lawyer", article))
    return found


def former_judge(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A former judge or prosecutor may not represent or defend for some years (律师法第四十一条)."""
    left = values.get("left_judiciary_on")
    if left is None:
        return ()
    until = years_after(left, context.number("lawyers.lawyer.former_judge_years"))
    if context.today >= until:
        return ()
    text = f"{left} 从法院、检察院离任，{until} 前不得担任诉讼代理人或者辩护人，请在派案时留意。"
    return (notice("former_judge", text, "left_judiciary_on", f"{LAW}第四十一条"),)
