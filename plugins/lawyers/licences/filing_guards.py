"""What the law asks of a change that a firm files, and of its opening and end."""

from __future__ import annotations

from plugins.lawyers.licences.firm_facts import applicant, item_of, practised
from plugins.lawyers.licences.partner_bars import barred_joining
from plugins.lawyers.rules.holds import ENDED, FIRM_RULES, PENALTY_RULES
from suite.api import CaseFacts, Guard

#: The end that a suspended firm may not bring about by itself.
OWN_WILL = ("dissolved",)


def _told(case: CaseFacts) -> bool:
    if item_of(case) == "residence":
        return bool(case.values.get("address"))
    return bool(case.party("joining") or case.party("leaving"))


def _young(case: CaseFacts) -> list[str]:
    """Lawyers who become partners without the years of practice."""
    least = case.number_of("lawyers.firm.partner_years")
    return [fact.name for fact in case.holders("joining") if practised(fact, case.on) < least]


def _fits(case: CaseFacts) -> bool:
    """Only a licensed firm that has not opened opens; only one that has not ended ends, on a ground."""
    firm = applicant(case)
    if item_of(case) == "open":
        return firm is None or firm.status == "licensed_preparing"
    ended = firm is not None and firm.status in (*ENDED, "terminating")
    return bool(case.values.get("ending_ground")) and not ended


def _may_end(case: CaseFacts) -> bool:
    firm = applicant(case)
    by_itself = item_of(case) == "terminate" and case.values.get("ending_ground") in OWN_WILL
    return not (by_itself and firm is not None and firm.status == "suspended")


GUARDS = (
    Guard(
        key="lawyers.filing.told",
        text="变更住所的须写明新住所，变更合伙人的须写明新任或者退出的合伙人。",
        holds=_told,
        article=f"{FIRM_RULES}第二十六条",
    ),
    Guard(
        key="lawyers.filing.new_partners",
        text="新任合伙人的执业年限不足。",
        told=lambda case: (
            f"合伙人应有 {case.number_of('lawyers.firm.partner_years')} 年以上执业经历，"
            f"不足的：{'、'.join(_young(case))}。"
        ),
        holds=lambda case: not _young(case),
        article=f"{FIRM_RULES}第九条",
    ),
    Guard(
        key="lawyers.filing.partners_free",
        text="新任合伙人在不得担任合伙人的期限内。",
        told=lambda case: f"不得担任合伙人：{'、'.join(barred_joining(case))}。请更换人选。",
        holds=lambda case: not barred_joining(case),
        article="律师法第五十三条；律师执业年度考核规则（全国律协，2010）",
    ),
    Guard(
        key="lawyers.notice.fits",
        text="开业限于“筹备开业”的机构；终止须写明情形，且机构没有终止。",
        holds=_fits,
        article=f"{FIRM_RULES}第二十四、三十一条",
    ),
    Guard(
        key="lawyers.notice.may_end",
        text="停业整顿期间不得自行解散，请待期满后再报告。",
        holds=_may_end,
        article=f"{PENALTY_RULES}第四十七条",
    ),
)
