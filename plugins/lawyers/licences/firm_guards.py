"""What the law asks of a firm or branch that applies, each with its article."""

from __future__ import annotations

from plugins.lawyers.licences.firm_facts import (
    FOUNDING,
    MAKING,
    at_its_end,
    branch_faults,
    changing,
    form_article,
    item_of,
    lacking,
    lacking_words,
    least_assets,
    least_partners,
    least_years,
    not_liquidated,
    parent_faults,
    partners_told,
    revoked_branches,
    young_founders,
)
from plugins.lawyers.licences.partner_bars import barred_founders
from plugins.lawyers.rules.holds import FIRM_NOT_SUSPENDED, FIRM_RULES
from suite.api import Guard

GUARDS = (
    Guard(
        key="lawyers.firm.told",
        text="申请事项的内容不全。",
        told=lacking_words,
        holds=lambda case: not lacking(case),
        article=f"{FIRM_RULES}第二十、二十六条",
    ),
    FIRM_NOT_SUSPENDED.guard(changing),
    Guard(
        key="lawyers.firm.not_ended",
        text="该所正在终止清算或者已经终止，只能申请注销。",
        holds=lambda case: not at_its_end(case),
        article=f"{FIRM_RULES}第三十二条",
    ),
    Guard(
        key="lawyers.firm.liquidated",
        text="注销应在终止、公告并清算之后申请，请先登记“终止并清算”。",
        holds=lambda case: not not_liquidated(case),
        article=f"{FIRM_RULES}第三十二条",
    ),
    Guard(
        key="lawyers.firm.partners",
        text="设立人少于法定人数。",
        told=lambda case: (
            f"该组织形式应有 {least_partners(case)} 名以上设立人（{form_article(case)}），"
            f"现有 {partners_told(case)} 名，请通知补正。"
        ),
        holds=lambda case: item_of(case) not in FOUNDING or partners_told(case) >= least_partners(case),
        article=f"{FIRM_RULES}第九至十二条",
    ),
    Guard(
        key="lawyers.firm.founders",
        text="设立人的执业年限不足。",
        told=lambda case: (
            f"设立人应有 {least_years(case)} 年以上执业经历（{form_article(case)}），"
            f"不足的：{'、'.join(young_founders(case))}。"
        ),
        holds=lambda case: item_of(case) not in FOUNDING or not young_founders(case),
        article=f"{FIRM_RULES}第九至十一条",
    ),
    Guard(
        key="lawyers.firm.founders_free",
        text="设立人或者拟任负责人在不得担任合伙人的期限内。",
        told=lambda case: f"不得担任合伙人：{'、'.join(barred_founders(case))}。请更换人选。",
        holds=lambda case: not barred_founders(case),
        article="律师法第五十三条；律师执业年度考核规则（全国律协，2010）",
    ),
    Guard(
        key="lawyers.firm.assets",
        text="设立资产低于法定数额。",
        told=lambda case: (
            f"该组织形式应有 {least_assets(case):,} 元以上资产（{form_article(case)}），"
            f"现 {case.values.get('assets') or 0:,} 元。"
        ),
        holds=lambda case: (
            item_of(case) not in FOUNDING or (case.values.get("assets") or 0) >= least_assets(case)
        ),
        article=f"{FIRM_RULES}第九至十一条",
    ),
    Guard(
        key="lawyers.branch.parent",
        text="总所不具备设立分所的条件。",
        told=lambda case: f"总所不具备设立分所的条件：{'；'.join(parent_faults(case))}。",
        holds=lambda case: item_of(case) != "branch" or not parent_faults(case),
        article=f"{FIRM_RULES}第三十三条",
    ),
    Guard(
        key="lawyers.branch.conditions",
        text="分所不具备设立条件。",
        told=lambda case: f"分所不具备设立条件：{'；'.join(branch_faults(case))}。",
        holds=lambda case: item_of(case) != "branch" or not branch_faults(case),
        article=f"{FIRM_RULES}第三十四条",
    ),
    Guard(
        key="lawyers.branch.no_revoked",
        text="分所被吊销执业许可证的，该所在法定期限内不得申请设立分所。",
        told=lambda case: (
            f"分所被吊销执业许可证的，{case.number_of('lawyers.branch.revoked_ban_years')} 年内"
            f"不得申请设立分所：{'、'.join(revoked_branches(case))}。"
        ),
        holds=lambda case: item_of(case) != "branch" or not revoked_branches(case),
        article=f"{FIRM_RULES}第三十三条",
    ),
    Guard(
        key="lawyers.firm.result_told",
        text="新设律师事务所、分所须填写许可证号（统一社会信用代码），请对照许可证填写。",
        holds=lambda case: item_of(case) not in MAKING or bool(case.values.get("licence_no")),
        article=f"{FIRM_RULES}第二十二条",
    ),
)
ENTERING = ("lawyers.firm.told",)
BARS = (
    FIRM_NOT_SUSPENDED.key,
    "lawyers.firm.not_ended",
    "lawyers.firm.liquidated",
    "lawyers.branch.no_revoked",
)
CONDITIONS = (
    "lawyers.firm.partners", "lawyers.firm.founders", "lawyers.firm.founders_free", "lawyers.firm.assets",
    "lawyers.branch.parent", "lawyers.branch.conditions",
)  # fmt: skip
