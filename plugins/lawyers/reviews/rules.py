"""Who takes part, who waits, and what the records of the year lead to: pure, over the records."""

from __future__ import annotations

from suite.api import AssessmentRecords, AssessmentRule, GradeRule, months_after

REVIEW = "律师执业年度考核规则（全国律协，2010）"
COUNTY_NOTICE = "黄石市律师协会2025年通知"
FIRM_REVIEW = "律师事务所年度检查考核办法（司法部令第121号）"
#: Categories that the association's review is not for.
EMPLOYED = ("government", "in_house", "military")


def new_in_practice(who: AssessmentRecords) -> bool:
    """On the roster for less than the months of the parameter at the end of the period."""
    months = who.number("lawyers.review.min_practice_months")
    return who.since is not None and months_after(who.since, months) > who.period[1]


def complaint_open(who: AssessmentRecords) -> bool:
    """A complaint about it is not closed yet."""
    return any(case.work == "complaint" and case.closed is None for case in who.cases)


def complaint_valid(who: AssessmentRecords) -> bool:
    """A complaint that was closed in the period was found valid, and the finding stands."""
    first, last = who.period
    return any(
        case.work == "complaint" and case.valid and case.closed is not None and first <= case.closed <= last
        for case in who.cases
    )


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
    text="投诉尚未办结，暂缓评定",
    article=COUNTY_NOTICE,
    holds=complaint_open,
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
    article=f"{REVIEW}；协会说明",
    holds=complaint_valid,
    grade="basically_competent",
)
STOPPED = GradeRule(
    key="lawyers.review.stopped",
    text="受停止执业以上处罚",
    article=f"{REVIEW}；协会说明",
    holds=lambda who: who.status == "suspended",
    grade="incompetent",
)
FIRM_STOPPED = GradeRule(
    key="lawyers.review.firm_stopped",
    text="受停业整顿以上处罚，或限期整改未完成",
    article=FIRM_REVIEW,
    holds=lambda who: who.status in ("suspended", "rectifying"),
    grade="unqualified",
)
