"""Validators of notary offices and notaries: pure functions that return problems.

A rule of an uncertain text warns and never blocks. Numbers come from parameters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from suite.api import (
    CheckContext,
    Findings,
    Problem,
    check_notary_number,
    check_notary_office_number,
    given_together,
    in_order,
    months_after,
    problems_of,
    whole_years,
    years_after,
)

_TOLD = Findings(owner="notary")
LAW = "公证法"
OFFICE_RULES = "公证机构执业管理办法"

insured_in_order = in_order(
    _TOLD,
    "insurance_dates",
    ("insured_from", "保险起期"),
    ("insured_to", "保险止期"),
    article=f"{LAW}第十五条",
    sure=True,
)
removal_told = given_together(
    _TOLD, "removal_date", ("removed",), ("removed_on", "免职日期"), article=f"{LAW}第二十四条"
)
left_is_told = given_together(_TOLD, "left_date", ("left",), ("left_on", "离职日期"))
contract_in_order = in_order(
    _TOLD, "contract_dates", ("entered_on", "入职日期"), ("contract_to", "聘用合同到期日")
)


def office_licence_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """公证机构执业证书编号: no published layout, so a difference from the house's pattern warns."""
    pattern = str(context.parameters["notary.office.number_pattern"])
    return problems_of(check_notary_office_number(value, pattern=pattern))


def notary_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """公证员执业证编号: no published layout, so a difference from the house's pattern warns."""
    pattern = str(context.parameters["notary.notary.number_pattern"])
    return problems_of(check_notary_number(value, pattern=pattern))


def office_name(value: str, context: CheckContext) -> Sequence[Problem]:
    """An office's name begins with 河北省 and ends in 公证处 (公证机构执业管理办法第十八至二十条)."""
    if value.startswith("河北省") and value.endswith("公证处"):
        return ()
    text = f"公证机构名称应为“河北省……公证处”的形式，现为“{value[:40]}”，请对照执业证书核对是否为全称。"
    return (_TOLD.warning("office_name", text, article=f"{OFFICE_RULES}第十八条"),)


def office_insured(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A practising office has an insurance in force (公证法第十五条)."""
    ends, article = values.get("insured_to"), f"{LAW}第十五条"
    if values.get("status") == "active" and ends is not None and ends < context.today:
        text = f"公证执业责任保险已于 {ends} 到期，请督促续保后更新。"
        return (_TOLD.warning("insurance_expired", text, "insured_to", article),)
    return ()


def age_fits(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Age at appointment and age now (公证法第十八条: 25 to 65; 第二十四条: removal at 65).

    An appointment outside the ages is an error. A notary who practises past the upper age, or reaches
    it within the alert period, is a warning: the removal is proposed upwards, the record stays.
    """
    born = values.get("birth_date")
    if born is None:
        return ()
    youngest, oldest = context.number("notary.notary.age_min"), context.number("notary.notary.age_max")
    appointed = values.get("appointed_on")
    if appointed is not None and appointed < born:
        text = f"任命日期 {appointed} 早于出生日期 {born}，请核对两个日期。"
        return (_TOLD.error("age_at_appointment", text, "appointed_on", f"{LAW}第十八条"),)
    if appointed is not None and not youngest <= whole_years(born, appointed) < oldest:
        text = (
            f"任命日期 {appointed} 时为 {whole_years(born, appointed)} 周岁，"
            f"公证员应在 {youngest} 至 {oldest} 周岁之间，请核对出生日期和任命日期。"
        )
        return (_TOLD.error("age_at_appointment", text, "appointed_on", f"{LAW}第十八条"),)
    if values.get("status") not in ("active", "suspended"):
        return ()
    birthday = years_after(born, oldest)
    left = (birthday - context.today).days
    if left > context.number("notary.notary.retire_alert_days"):
        return ()
    fact = f"已于 {birthday} 年满" if left <= 0 else f"将于 {birthday} 年满"
    return (
        _TOLD.warning(
            "age_limit" if left <= 0 else "age_limit_near",
            f"此公证员{fact} {oldest} 周岁，应当免职，请及时办理报请免职手续。",
            "birth_date",
            f"{LAW}第二十四条",
        ),
    )


def dates_in_order(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Appointment comes before the certificate and the first practice (公证法第二十一条)."""
    appointed: dt.date | None = values.get("appointed_on")
    if appointed is None:
        return ()
    found = []
    for key, title in (("issued_on", "发证日期"), ("first_practice_on", "首次执业日期")):
        day = values.get(key)
        if day is not None and day < appointed:
            text = f"{title} {day} 早于任命日期 {appointed}，请核对两个日期。"
            found.append(_TOLD.warning("before_appointment", text, key, f"{LAW}第二十一条"))
    return found


def head_has_practised(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The head of an office is a notary with three years' practice (公证法第十条)."""
    since = values.get("first_practice_on")
    if not values.get("is_head") or since is None or since > context.today:
        return ()
    years, needed = whole_years(since, context.today), context.number("notary.office.head_years")
    if years >= needed:
        return ()
    text = f"公证机构负责人应执业 {needed} 年以上，此人自 {since} 起执业满 {years} 年，请核对任职条件。"
    return (_TOLD.warning("head_years", text, "is_head", f"{LAW}第十条"),)


def qualified_by_exam(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Who came by examination holds the legal professional qualification (公证法第十八条)."""
    if values.get("category") != "exam" or values.get("qualification_no"):
        return ()
    text = "任职途径为考试任职，但没有法律职业资格证号，请补填。"
    return (_TOLD.warning("no_qualification", text, "qualification_no", f"{LAW}第十八条"),)


def custody_fits(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Who is suspended has deposited the certificate (公证机构执业管理办法、公证员执业管理办法)."""
    custody = values.get("certificate_custody")
    if values.get("status") != "suspended" or custody in (None, "deposited"):
        return ()
    text = "停止执业期间执业证应当交存，现登记为其他保管状态，请核对。"
    return (_TOLD.warning("custody", text, "certificate_custody", "公证员执业管理办法"),)


def internship_long_enough(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Who becomes a notary by examination has been an intern for two years (公证法第十八条)."""
    begins, ends = values.get("internship_from"), values.get("internship_to")
    if begins is None or ends is None:
        return ()
    if ends < begins:
        text = f"实习期满日期 {ends} 早于实习起始日期 {begins}，请核对两个日期。"
        return (_TOLD.warning("internship_dates", text, "internship_to"),)
    months = context.number("notary.notary.internship_months")
    if ends + dt.timedelta(days=1) >= months_after(begins, months):
        return ()
    text = f"实习期 {begins} 至 {ends} 不满 {months} 个月；另有法律工作经历的，实习可以缩短，请核对。"
    return (_TOLD.warning("internship_short", text, "internship_to", f"{LAW}第十八条"),)
