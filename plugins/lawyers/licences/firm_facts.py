"""What is known of a firm or branch that applies, measured by the numbers of the law in force."""

from __future__ import annotations

import datetime as dt

from plugins.lawyers.licences.codes import FIRM_ITEM
from plugins.lawyers.rules.holds import ENDED, FIRM_RULES
from suite.api import CaseFacts, Mover, SubjectFact, mover_of, whole_years, years_after

FIRM, BRANCH, LAWYER = "lawyers.law_firm", "lawyers.branch_office", "lawyers.lawyer"
PARTNERSHIPS = ("general_partnership", "special_general_partnership")
#: Where a new body is made, and where its form and founders are looked at.
MAKING, FOUNDING = ("establish", "branch", "split"), ("establish", "split")
#: What a firm that is suspended may not ask for.
BARRED = ("name", "form", "split", "merge", "branch", "cancel")
#: A firm may be on the roster while it applies.
APPLYING = ("applying", "refused")
#: Who counts as a lawyer of a firm.
PRACTISING = ("active", "suspended")
ARTICLE_OF_FORM = {
    "general_partnership": "第九条",
    "special_general_partnership": "第十条",
    "sole": "第十一条",
    "state_funded": "第十二条",
}
#: What each thing applied for must say, by field key and title.
TOLD = {
    "establish": {"form": "组织形式", "assets": "设立资产", "address": "住所"},
    "branch": {"new_name": "拟用名称", "assets": "设立资产", "district_code": "所在区县"},
    "name": {"new_name": "拟用名称"},
    "form": {"form": "组织形式"},
    "split": {"new_name": "拟用名称", "form": "组织形式", "assets": "设立资产"},
}
#: The roles that each must name, with their titles.
NAMED = {"head": {"head": "拟任负责人"}, "merge": {"merged": "被合并的律师事务所"}}


def item_of(case: CaseFacts) -> str:
    """What is applied for."""
    return str(case.values.get("item") or "")


def applicant(case: CaseFacts) -> SubjectFact | None:
    """The firm or branch that applies; None for one that is on no roster yet."""
    return case.subject("applicant")


def lacking(case: CaseFacts) -> list[str]:
    """What the thing applied for must say and does not."""
    item = item_of(case)
    fields = [title for key, title in TOLD.get(item, {}).items() if case.values.get(key) in (None, "")]
    roles = [title for role, title in NAMED.get(item, {}).items() if not case.party(role)]
    on_roster = any(party.subject_id is not None for party in case.party("applicant"))
    firm, who = applicant(case), []
    if item == "establish" and on_roster and (firm is None or firm.status not in APPLYING):
        who = ["拟设机构名称（不选取已执业的机构）"]
    elif item not in ("establish", "branch") and not on_roster:
        who = ["申请人（从名册选取）"]
    return [*who, *fields, *roles]


def lacking_words(case: CaseFacts) -> str:
    """The same in words."""
    title = FIRM_ITEM.titles.get(item_of(case), "本事项")
    return f"“{title}”还须写明：{'、'.join(lacking(case))}。"


def least_partners(case: CaseFacts) -> int:
    """How many founders the form asks for (律师事务所管理办法第九至十二条)."""
    match case.values.get("form"):
        case "general_partnership":
            return case.number_of("lawyers.firm.partners_min")
        case "special_general_partnership":
            return case.number_of("lawyers.firm.special_partners_min")
        case "state_funded":
            return case.number_of("lawyers.firm.state_lawyers_min")
    return 1


def founders(case: CaseFacts) -> list[SubjectFact]:
    """The founders or seconded lawyers who are on our roster."""
    return case.holders("founder")


def partners_told(case: CaseFacts) -> int:
    """How many there are: those named, or the number given where some are of other places."""
    return max(len(case.party("founder")), int(case.values.get("partner_count") or 0))


def least_years(case: CaseFacts) -> int:
    """How long a founder has practised at least."""
    form = case.values.get("form")
    if form == "sole":
        return case.number_of("lawyers.firm.sole_years")
    return case.number_of("lawyers.firm.partner_years") if form in PARTNERSHIPS else 0


def young_founders(case: CaseFacts) -> list[str]:
    """Founders who have not practised long enough."""
    least = least_years(case)
    return [fact.name for fact in founders(case) if practised(fact, case.on) < least]


def practised(lawyer: SubjectFact, on: dt.date) -> int:
    """Whole years of practice on a day; a lawyer of whom the first day is not known counts as none."""
    first = lawyer.values.get("first_practice_on")
    return whole_years(first, on) if first is not None and first <= on else 0


def least_assets(case: CaseFacts) -> int:
    """The assets that the form asks for, in yuan."""
    match case.values.get("form"):
        case "general_partnership":
            return case.number_of("lawyers.firm.partnership_assets")
        case "special_general_partnership":
            return case.number_of("lawyers.firm.special_assets")
        case "sole":
            return case.number_of("lawyers.firm.sole_assets")
    return 0


def form_article(case: CaseFacts) -> str:
    """The article of the form that is applied for."""
    return f"{FIRM_RULES}{ARTICLE_OF_FORM.get(str(case.values.get('form')), '第八条')}"


def parent_faults(case: CaseFacts) -> list[str]:
    """What a parent lacks that wants a branch (律师事务所管理办法第三十三条); nothing of one elsewhere."""
    parent = applicant(case)
    if parent is None:
        return []
    found = []
    if parent.values.get("category") not in PARTNERSHIPS:
        found.append("总所应为合伙律师事务所")
    years = case.number_of("lawyers.branch.parent_years")
    approved = parent.values.get("approved_on")
    if approved is None or whole_years(approved, case.on) < years:
        found.append(f"总所应成立 {years} 年以上（批准设立日期 {approved or '未登记'}）")
    least = case.number_of("lawyers.branch.parent_lawyers")
    here = lawyers_of(case, parent.id)
    if here < least:
        found.append(f"总所应有 {least} 名以上律师（现有 {here} 名）")
    return found


def lawyers_of(case: CaseFacts, body_id: int) -> int:
    """How many practising lawyers a body has."""
    return sum(fact.kind == LAWYER and fact.status in PRACTISING for fact in case.members(body_id))


def branch_faults(case: CaseFacts) -> list[str]:
    """What a branch lacks (律师事务所管理办法第三十四条)."""
    found = []
    poor = bool(case.values.get("less_developed"))
    key = "lawyers.branch.less_developed_assets" if poor else "lawyers.branch.assets"
    assets, least = case.values.get("assets") or 0, case.number_of(key)
    if assets < least:
        found.append(f"资产应有 {least:,} 元以上（现 {assets:,} 元）")
    wanted = 1 if poor else case.number_of("lawyers.branch.lawyers_min")
    if partners_told(case) < wanted:
        found.append(f"派驻专职律师应有 {wanted} 名以上（现 {partners_told(case)} 名）")
    head = case.subject("head")
    if head is not None:
        years = case.number_of("lawyers.branch.head_years")
        if practised(head, case.on) < years:
            found.append(f"负责人{head.name}应有 {years} 年以上执业经历")
        # 派任前三年内未受过停止执业处罚
        if any(
            item.state == "suspended" and years_after(item.on, years) > case.on for item in head.decisions
        ):
            found.append(f"负责人{head.name}近 {years} 年内受过停止执业处罚")
    return found


def revoked_branches(case: CaseFacts) -> list[str]:
    """Branches of the applicant that were revoked within the years of the ban, with the day it ends."""
    parent = applicant(case)
    if parent is None:
        return []
    years = case.number_of("lawyers.branch.revoked_ban_years")
    return [
        f"{fact.name}（至 {years_after(fact.since, years)}）"
        for fact in case.members(parent.id)
        if fact.kind == BRANCH and fact.status == "revoked" and fact.since is not None
        and years_after(fact.since, years) > case.on
    ]  # fmt: skip


def changing(case: CaseFacts) -> Mover | None:
    """The firm that asks for something that it may not while it is suspended."""
    return mover_of(case, applicant(case), None) if item_of(case) in BARRED else None


def at_its_end(case: CaseFacts) -> bool:
    """Whether the firm is at its end, so that only its cancellation may be asked for."""
    firm = applicant(case)
    if firm is None or item_of(case) in ("cancel", "annul"):
        return False
    return firm.status in (*ENDED, "terminating")


def not_liquidated(case: CaseFacts) -> bool:
    """Whether a firm wants to be cancelled that has not ended and been liquidated yet."""
    firm = applicant(case)
    return item_of(case) == "cancel" and firm is not None and firm.status not in ("terminating", "revoked")
