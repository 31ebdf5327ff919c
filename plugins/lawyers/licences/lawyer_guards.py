"""What the law asks of a lawyer, or of who wants to become one: each condition with its article."""

from __future__ import annotations

from plugins.lawyers.codes import LAWYER_STATUS
from plugins.lawyers.licences.codes import BAR, LAWYER_ITEM
from plugins.lawyers.licences.firm_facts import applicant, item_of
from plugins.lawyers.rules.holds import (
    ENDED,
    FIRM_OPEN,
    FREE_TO_LEAVE,
    NOT_INVESTIGATED,
    NOT_SUSPENDED,
    PENALTY_RULES,
    PRACTICE_RULES,
    SERVED_OUT,
)
from suite.api import CaseFacts, Guard, Mover, SubjectFact, months_after, mover_of

LAWYER, TRAINEE = "lawyers.lawyer", "lawyers.trainee_lawyer"
LAW, PUBLIC_RULES = "律师法", "公职律师管理办法"
PUBLIC = ("government", "in_house")
TOLD = {
    "first": {"category": "执业类别"},
    "public": {"category": "执业类别"},
    "cancel": {"cancel_ground": "注销情形"},
}


def lacking(case: CaseFacts) -> list[str]:
    """What the thing applied for must say and does not."""
    item, who = item_of(case), applicant(case)
    found = []
    if item in ("first", "public"):
        if who is not None and who.kind == LAWYER and item == "first":
            found.append("申请人（实习人员，或者填写姓名）")
    elif who is None or who.kind != LAWYER:
        found.append("申请人（从律师名册选取）")
    found += [title for key, title in TOLD.get(item, {}).items() if case.values.get(key) in (None, "")]
    if item in ("first", "change", "public") and not case.party("firm"):
        found.append("拟执业机构")
    if item == "public" and case.values.get("category") not in PUBLIC:
        found.append("执业类别（公职律师或者公司律师）")
    return found


def _lacking_words(case: CaseFacts) -> str:
    title = LAWYER_ITEM.titles.get(item_of(case), "本事项")
    return f"“{title}”还须写明：{'、'.join(dict.fromkeys(lacking(case)))}。"


def _moving(case: CaseFacts) -> Mover | None:
    """Who would change firm by the application."""
    return mover_of(case, applicant(case), case.subject("firm")) if item_of(case) == "change" else None


def _leaving(case: CaseFacts) -> Mover | None:
    """Who would change firm, or end his licence of his own will."""
    by_request = item_of(case) == "cancel" and case.values.get("cancel_ground") == "request"
    return mover_of(case, applicant(case), None) if by_request else _moving(case)


def _joining(case: CaseFacts) -> Mover | None:
    """Whoever would come into a body, from whichever roster."""
    firm = case.subject("firm")
    return None if firm is None else mover_of(case, applicant(case) or firm, firm)


def present_body(case: CaseFacts) -> SubjectFact | None:
    """The body that the applicant belongs to now."""
    who = applicant(case)
    return case.subjects.get(who.values.get("body_id") or 0) if who is not None else None


def _same_firm(case: CaseFacts) -> bool:
    body, firm = present_body(case), case.subject("firm")
    return item_of(case) == "change" and body is not None and firm is not None and body.id == firm.id


def trained(case: CaseFacts) -> list[str]:
    """What a trainee lacks (律师法第五条、律师执业管理办法第六条)."""
    who = applicant(case)
    if item_of(case) != "first":
        return []
    if who is None:
        return [] if case.values.get("qualification_no") else ["法律职业资格证号"]
    found = []
    months = case.number_of("lawyers.lawyer.internship_months")
    started = who.values.get("started_on")
    if started is None or months_after(started, months) > case.on:
        found.append(f"实习满 {months} 个月（实习起始日期 {started or '未登记'}）")
    if who.values.get("interview_result") != "qualified" and who.status != "qualified":
        found.append("律师协会考核合格")
    if not (case.values.get("qualification_no") or who.values.get("qualification_no")):
        found.append("法律职业资格证号")
    return found


def _years_short(case: CaseFacts) -> bool:
    """公职律师管理办法第五条: years of legal work, or of a judge, prosecutor or lawyer."""
    if item_of(case) != "public":
        return False
    work = (case.values.get("legal_work_years") or 0) < case.number_of("lawyers.government.work_years")
    former = (case.values.get("former_years") or 0) < case.number_of("lawyers.government.former_years")
    return work and former


def _not_paused(case: CaseFacts) -> bool:
    who = applicant(case)
    paused = who is not None and who.status in ("practice_paused", "suspended")
    return item_of(case) == "resume" and not paused


def _resuming(case: CaseFacts) -> Mover | None:
    """The end of a suspension is confirmed in the penalty case, which then restores the licence itself."""
    return mover_of(case, applicant(case), None) if item_of(case) == "resume" else None


def _ended(case: CaseFacts) -> bool:
    who = applicant(case)
    return who is not None and who.kind == LAWYER and item_of(case) != "public" and who.status in ENDED


def _barred(case: CaseFacts) -> bool:
    return item_of(case) in ("first", "public") and case.values.get("bar") not in (None, "none")


def _ended_words(case: CaseFacts) -> str:
    who, item = applicant(case), LAWYER_ITEM.titles.get(item_of(case), "本事项")
    state = LAWYER_STATUS.titles.get(who.status, "") if who is not None else ""
    return f"该律师{state}，不能再办理“{item}”。"


GUARDS = (
    Guard(
        key="lawyers.lawyer.told",
        text="申请事项的内容不全。",
        told=_lacking_words,
        holds=lambda case: not lacking(case),
        article=f"{PRACTICE_RULES}第十三、二十条",
    ),
    NOT_INVESTIGATED.guard(_leaving),
    NOT_SUSPENDED.guard(_moving),
    FREE_TO_LEAVE.guard(_moving),
    FIRM_OPEN.guard(_joining),
    Guard(
        key="lawyers.lawyer.other_firm",
        text="拟执业机构就是现执业机构，无须变更。",
        holds=lambda case: not _same_firm(case),
        article=f"{PRACTICE_RULES}第二十条",
    ),
    Guard(
        key="lawyers.lawyer.trained",
        text="申请人不具备申请执业的条件。",
        told=lambda case: f"申请人不具备申请执业的条件，还缺：{'、'.join(trained(case))}。",
        holds=lambda case: not trained(case),
        article=f"{LAW}第五条；{PRACTICE_RULES}第六条",
    ),
    Guard(
        key="lawyers.lawyer.legal_work",
        text="从事法律事务的年限不足。",
        told=lambda case: (
            f"应从事法律事务 {case.number_of('lawyers.government.work_years')} 年以上，或者曾任法官、检察官、"
            f"律师 {case.number_of('lawyers.government.former_years')} 年以上。"
        ),
        holds=lambda case: not _years_short(case),
        article=f"{PUBLIC_RULES}第五条",
    ),
    Guard(
        key="lawyers.lawyer.paused",
        text="恢复执业限于暂无执业机构或者停止执业期满的律师。",
        holds=lambda case: not _not_paused(case),
        article=f"{PRACTICE_RULES}第二十三条；{PENALTY_RULES}第四十二条",
    ),
    SERVED_OUT.guard(_resuming),
    Guard(
        key="lawyers.lawyer.not_ended",
        text="该律师的执业证已经注销、撤销或者吊销。",
        told=_ended_words,
        holds=lambda case: not _ended(case),
        article=f"{PRACTICE_RULES}第二十三条",
    ),
    Guard(
        key="lawyers.lawyer.no_bar",
        text="审查认定有不予颁证情形。",
        told=lambda case: (
            f"审查认定有不予颁证情形（{BAR.titles.get(str(case.values.get('bar')), '')}），不能登记准予；"
            "省厅不予许可的，请办理“登记不予许可”。"
        ),
        holds=lambda case: not _barred(case),
        article=f"{LAW}第七条；{PUBLIC_RULES}第六条",
    ),
    Guard(
        key="lawyers.lawyer.result_told",
        text="新颁执业证须填写执业证号，请对照执业证填写。",
        holds=lambda case: (
            (item_of(case) != "first" and not (item_of(case) == "public" and _is_new(case)))
            or bool(case.values.get("practice_no"))
        ),
        article=f"{PRACTICE_RULES}第十五条",
    ),
    Guard(
        key="lawyers.certificate.announced",
        text="证书遗失的，应当先在省级报刊或者网站公告，请填写公告的名称和日期。",
        holds=lambda case: item_of(case) != "lost" or bool(case.values.get("loss_notice")),
        article="律师和律师事务所执业证书管理办法第十条",
    ),
)


def _is_new(case: CaseFacts) -> bool:
    who = applicant(case)
    return who is None or who.kind != LAWYER


BARS = (
    NOT_INVESTIGATED.key, NOT_SUSPENDED.key, FREE_TO_LEAVE.key, FIRM_OPEN.key, "lawyers.lawyer.other_firm",
    "lawyers.lawyer.trained", "lawyers.lawyer.legal_work", "lawyers.lawyer.paused", SERVED_OUT.key,
    "lawyers.lawyer.not_ended",
)  # fmt: skip
