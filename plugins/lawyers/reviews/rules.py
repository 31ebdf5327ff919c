"""Who takes part, who waits, and what the records of the year lead to: pure, over the records."""

from __future__ import annotations

from collections.abc import Iterator

from suite.api import AssessmentRecords, AssessmentRule, GradeRule, Outcome, Sanction, members, months_after

REVIEW = "律师执业年度考核规则（全国律协，2010）"
COUNTY_NOTICE = "黄石市律师协会2025年通知"
FIRM_REVIEW = "律师事务所年度检查考核办法（司法部令第121号）"
#: Categories that the association's review is not for.
EMPLOYED = ("government", "in_house", "military")
#: The steps that decide a case of each track.
DECISIONS = {"penalty": ("DecidePenalty", "RecordProvinceDecision"), "discipline": ("DecideDiscipline",)}
HEAVY = frozenset({Sanction.SUSPENSION.value, Sanction.REVOCATION.value})
GRADES_EXPLAINED = f"{REVIEW}；协会说明"


def new_in_practice(who: AssessmentRecords) -> bool:
    """On the roster for less than the months of the parameter at the end of the period."""
    months = who.number("lawyers.review.min_practice_months")
    return who.since is not None and months_after(who.since, months) > who.period[1]


def case_open(who: AssessmentRecords) -> bool:
    """A complaint about it, or a case of the association, is not decided yet."""
    return any(
        case.closed is None and not (case.work == "discipline" and _decided(case))
        for case in who.cases
        if case.work in ("complaint", "discipline")
    )


def complaint_valid(who: AssessmentRecords) -> bool:
    """A complaint that was closed in the period was found valid, and the finding stands."""
    first, last = who.period
    return any(
        case.work == "complaint" and case.valid and case.closed is not None and first <= case.closed <= last
        for case in who.cases
    )


def _decided(case: Outcome) -> bool:
    return any(command in case.days for command in DECISIONS.get(case.work, ()))


def imposed(who: AssessmentRecords, work: str) -> Iterator[tuple[Outcome, frozenset[str]]]:
    """The cases of a track that were decided in the period and stand, with what was imposed."""
    first, last = who.period
    for case in who.cases:
        days = [case.days[command] for command in DECISIONS[work] if command in case.days]
        if case.work == work and case.state != "annulled" and any(first <= day <= last for day in days):
            yield case, frozenset(members(case.values.get("sanctions")))


def stopped(who: AssessmentRecords) -> bool:
    """A suspension or revocation was imposed in the period, or still lasts."""
    heavy = any(found & HEAVY for _, found in imposed(who, "penalty"))
    return heavy or who.status == "suspended"


OTHER_CATEGORY = AssessmentRule(
    key="lawyers.review.other_category",
    text="公职、公司和军队律师由所在单位考核",
    article=f"{REVIEW}；公职律师、公司律师管理办法",
    holds=lambda who: who.values.get("category") in EMPLOYED,
)
NEW_LAWYER = AssessmentRule(
    key="lawyers.review.new_lawyer",
    text="执业不满规定期限，参加考核，不评定等次",
    article=COUNTY_NOTICE,
    holds=new_in_practice,
)
NEW_BODY = AssessmentRule(
    key="lawyers.review.new_body",
    text="考核期间内新设立，参加考核，不评定等次",
    article=FIRM_REVIEW,
    holds=lambda who: who.since is not None and who.since >= who.period[0],
)
FIRM_SUSPENDED = AssessmentRule(
    key="lawyers.review.firm_suspended",
    text="所在律师事务所正在停业整顿，暂缓评定",
    article=COUNTY_NOTICE,
    holds=lambda who: who.body_status == "suspended",
)
CASE_OPEN = AssessmentRule(
    key="lawyers.review.case_open",
    text="投诉或者协会处分案件尚未办结，暂缓评定",
    article=COUNTY_NOTICE,
    holds=case_open,
)
NO_FIRM = AssessmentRule(
    key="lawyers.review.no_firm",
    text="暂无执业机构，受聘后再行考核",
    article=REVIEW,
    holds=lambda who: who.status == "practice_paused",
)
COMPLAINT_VALID = GradeRule(
    key="lawyers.review.complaint_valid",
    text="投诉查实",
    article=GRADES_EXPLAINED,
    holds=complaint_valid,
    grade="basically_competent",
)
PUNISHED = GradeRule(
    key="lawyers.review.punished",
    text="受停止执业以下处罚",
    article=GRADES_EXPLAINED,
    holds=lambda who: any(not found & HEAVY for _, found in imposed(who, "penalty")),
    grade="basically_competent",
)
SANCTIONED = GradeRule(
    key="lawyers.review.sanctioned",
    text="受行业处分，已经改正",
    article=GRADES_EXPLAINED,
    holds=lambda who: any(case.closed is not None for case, _ in imposed(who, "discipline")),
    grade="basically_competent",
)
NOT_MENDED = GradeRule(
    key="lawyers.review.not_mended",
    text="受行业处分，尚未执行完毕",
    article=GRADES_EXPLAINED,
    holds=lambda who: any(case.closed is None for case, _ in imposed(who, "discipline")),
    grade="incompetent",
)
STOPPED = GradeRule(
    key="lawyers.review.stopped",
    text="受停止执业以上处罚",
    article=GRADES_EXPLAINED,
    holds=stopped,
    grade="incompetent",
)
FIRM_STOPPED = GradeRule(
    key="lawyers.review.firm_stopped",
    text="受停业整顿以上处罚，或限期整改未完成",
    article=FIRM_REVIEW,
    holds=lambda who: stopped(who) or who.status == "rectifying",
    grade="unqualified",
)
