"""Rules across the fields of a firm or a branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.lawyers.codes import FIRM_FORM
from plugins.lawyers.rules.findings import FIRM_RULES, warning
from suite.api import CheckContext, Problem

#: Form → parameter of its least assets, and the article. A state-funded firm has no amount in the rules.
ASSETS_OF_FORM = {
    "general_partnership": ("lawyers.firm.partnership_assets", "第九条"),
    "special_general_partnership": ("lawyers.firm.special_assets", "第十条"),
    "sole": ("lawyers.firm.sole_assets", "第十一条"),
}
#: States in which the licence has been granted, so that the number must be there.
LICENSED = ("licensed_preparing", "active", "rectifying", "suspended", "terminating")


def assets_fit_form(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A firm has at least the assets of its form. An amount in 万元 shows up here as far too small."""
    assets, form = values.get("assets"), values.get("category")
    if assets is None or form not in ASSETS_OF_FORM:
        return ()
    key, article = ASSETS_OF_FORM[form]
    least = context.number(key)
    if assets >= least:
        return ()
    text = (
        f"设立资产 {assets:,} 元，{FIRM_FORM.titles[form]}律师事务所应有 {least:,} 元以上，"
        "请核对；原表以万元计的，请在表头写明“万元”。"
    )
    return (warning("assets_below", text, "assets", f"{FIRM_RULES}{article}"),)


def branch_assets(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A branch has the assets of 律师事务所管理办法第三十四条; less developed areas ask for fewer."""
    assets = values.get("assets")
    least = context.number("lawyers.branch.assets")
    if assets is None or assets >= least:
        return ()
    fewer = context.number("lawyers.branch.less_developed_assets")
    text = f"分所资产 {assets:,} 元，应有 {least:,} 元以上（经济欠发达地区 {fewer:,} 元），请核对。"
    return (warning("assets_below", text, "assets", f"{FIRM_RULES}第三十四条"),)


def opened_after_approval(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """Business starts after the licence."""
    approved, opened = values.get("approved_on"), values.get("opened_on")
    if approved is None or opened is None or opened >= approved:
        return ()
    text = f"开业日期 {opened} 早于批准设立日期 {approved}，请核对两个日期。"
    return (warning("opened_before_approval", text, "opened_on", f"{FIRM_RULES}第二十四条"),)


def numbers_agree(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The licence number is the credit code now; a licensed body has one."""
    code, licence = values.get("main_no"), values.get("licence_no")
    if code is None:
        if values.get("status") not in LICENSED:
            return ()
        text = "没有填统一社会信用代码，已取得执业许可的机构应有 18 位代码，请按许可证补填。"
        return (warning("no_uscc", text, "main_no"),)
    if licence is None or len(licence) != len(code) or licence == code:
        return ()
    text = f"许可证号“{licence}”与统一社会信用代码“{code}”不同，两者应当一致，请对照许可证核对。"
    return (warning("licence_no_differs", text, "licence_no"),)


def party_branch(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A secretary needs a party branch (律师事务所管理办法第四条)."""
    if values.get("party_form") != "none" or not values.get("party_secretary"):
        return ()
    text = "党组织形式为未建立，却填有党组织书记，请核对哪一项有误。"
    return (warning("party_secretary", text, "party_form", f"{FIRM_RULES}第四条"),)


def address_in_district(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The address lies in the county that supervises: its code begins with the county's."""
    code, district = values.get("address_code"), values.get("district_code")
    if not code or not district or code.startswith(district):
        return ()
    text = f"住所区划代码“{code}”不在所选区县（{district}）内，请核对住所或区县。"
    return (warning("address_outside", text, "address_code", f"{FIRM_RULES}第二十七条"),)


def parent_given(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """A branch has a parent: a firm of our roster or the name of one elsewhere."""
    if values.get("body_id") is not None or values.get("parent_name"):
        return ()
    text = "没有填设立分所的律师事务所。本市的从名册中选择，外地的填写总所名称和所在省份。"
    return (warning("no_parent", text, "parent_name", f"{FIRM_RULES}第三十三条"),)
