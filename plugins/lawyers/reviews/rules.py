"""Who takes part, who waits, and what the records of the year lead to: pure, over the records."""

from __future__ import annotations

from suite.api import (
    AssessmentRecords,
    AssessmentRule,
    Graded,
    GradeEffect,
    GradeRule,
    case_pending,
    complaint_valid,
    logged_entries,
    logged_longer,
    new_for,
    new_in_period,
    punished_lightly,
    sanction_not_mended,
    sanctioned,
    stopped,
    too_few_hours,
)

REVIEW = "律师执业年度考核规则（全国律协，2010）"
COUNTY_NOTICE = "黄石市律师协会2025年通知"
#: The months of the yearly review of lawyers and firms.
WINDOW = "lawyers.review.window"
FIRM_REVIEW = "律师事务所年度检查考核办法（司法部令第121号）"
GRADES_EXPLAINED = f"{REVIEW}；协会说明"
#: Categories that the association's review is not for.
EMPLOYED = ("government", "in_house", "military")
#: The ledgers that the rules read, see `ledgers.py`.
SITUATIONS, TALKS, TRAINING = "lawyers.situations", "lawyers.talks", "lawyers.training"
READS = (SITUATIONS, TALKS, TRAINING)


def away(who: AssessmentRecords, *reasons: str) -> bool:
    """Away from practice for one of these reasons for longer than the months of the parameter."""
    months = who.number("lawyers.review.leave_months")
    return any(logged_longer(who, SITUATIONS, months, kind=reason) for reason in reasons)


def held_to_account(who: AssessmentRecords) -> bool:
    """Compulsory measures, or bail for a suspected intentional crime, at the end of the period."""
    last = who.period[1]
    return any(
        entry.values.get("kind") in ("compulsory", "bail")
        and entry.day <= last
        and (entry.until is None or entry.until >= last)
        for entry in who.logged.get(SITUATIONS, ())
    )


def talked_to(who: AssessmentRecords) -> bool:
    """As many formal warnings in the period as the parameter says, or more."""
    return len(logged_entries(who, TALKS, kind="formal")) >= who.number("lawyers.review.talks_defer")


def barred(graded: Graded) -> bool:
    """Whether the bureau lets 不称职 bar from partnership and from taking trainees."""
    return bool(graded.parameters["lawyers.review.incompetent_bars"])


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
    holds=new_for("lawyers.review.min_practice_months"),
)
STUDYING = AssessmentRule(
    key="lawyers.review.studying",
    text="脱产学习超过规定期限，参加考核，不评定等次",
    article=COUNTY_NOTICE,
    holds=lambda who: away(who, "study"),
)
ILL = AssessmentRule(
    key="lawyers.review.ill",
    text="因病或者其他正当理由未执业超过规定期限，参加考核，不评定等次",
    article=COUNTY_NOTICE,
    holds=lambda who: away(who, "illness", "just_cause"),
)
NEW_BODY = AssessmentRule(
    key="lawyers.review.new_body",
    text="考核期间内新设立，参加考核，不评定等次",
    article=FIRM_REVIEW,
    holds=new_in_period,
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
    holds=case_pending,
)
NO_FIRM = AssessmentRule(
    key="lawyers.review.no_firm",
    text="暂无执业机构，受聘后再行考核",
    article=REVIEW,
    holds=lambda who: who.status == "practice_paused",
)
TALKED_TO = AssessmentRule(
    key="lawyers.review.talked_to",
    text="考核期间被正式约谈达到规定次数，暂缓评定",
    article=COUNTY_NOTICE,
    holds=talked_to,
)
HELD = AssessmentRule(
    key="lawyers.review.held",
    text="被采取强制措施，或者因涉嫌故意犯罪取保候审，暂缓评定",
    article=COUNTY_NOTICE,
    holds=held_to_account,
)
COMPLAINT_VALID = GradeRule(
    key="lawyers.review.complaint_valid",
    text="投诉查实",
    article=GRADES_EXPLAINED,
    holds=complaint_valid,
    grade="basically_competent",
)
GUIDED = GradeRule(
    key="lawyers.review.guided",
    text="由律师事务所给予专门指导",
    article=GRADES_EXPLAINED,
    holds=lambda who: bool(logged_entries(who, TALKS, kind="guidance")),
    grade="basically_competent",
)
PUNISHED = GradeRule(
    key="lawyers.review.punished",
    text="受停止执业以下处罚",
    article=GRADES_EXPLAINED,
    holds=punished_lightly,
    grade="basically_competent",
)
SANCTIONED = GradeRule(
    key="lawyers.review.sanctioned",
    text="受行业处分，已经改正",
    article=GRADES_EXPLAINED,
    holds=sanctioned,
    grade="basically_competent",
)
UNTRAINED = GradeRule(
    key="lawyers.review.untrained",
    text="参加培训的学时不足",
    article=f"{REVIEW}；是否计入由协会定",
    holds=too_few_hours(TRAINING, "lawyers.review.training_hours", "lawyers.review.training_counts"),
    grade="basically_competent",
)
NOT_MENDED = GradeRule(
    key="lawyers.review.not_mended",
    text="受行业处分，尚未执行完毕",
    article=GRADES_EXPLAINED,
    holds=sanction_not_mended,
    grade="incompetent",
)
STOPPED = GradeRule(
    key="lawyers.review.stopped",
    text="受停止执业以上处罚",
    article=GRADES_EXPLAINED,
    holds=stopped,
    grade="incompetent",
)
FALSE_MATERIAL = GradeRule(
    key="lawyers.review.false_material",
    text="考核材料弄虚作假",
    article=GRADES_EXPLAINED,
    holds=lambda who: bool(logged_entries(who, SITUATIONS, kind="false_review")),
    grade="incompetent",
)
FIRM_STOPPED = GradeRule(
    key="lawyers.review.firm_stopped",
    text="受停业整顿以上处罚，或限期整改未完成",
    article=FIRM_REVIEW,
    holds=lambda who: stopped(who) or who.status == "rectifying",
    grade="unqualified",
)
FIRM_FALSE = GradeRule(
    key="lawyers.review.firm_false",
    text="考核材料弄虚作假",
    article=f"{FIRM_REVIEW}；律师法第五十条",
    holds=FALSE_MATERIAL.holds,
    grade="unqualified",
)

MEND = GradeEffect(
    key="lawyers.review.mend",
    title="参加培训，限期整改",
    grades=("incompetent",),
    article=REVIEW,
    within="lawyers.review.mend_days",
)
BAR = GradeEffect(
    key="lawyers.review.bar",
    title="不得担任合伙人、指导实习人员",
    grades=("incompetent",),
    article=REVIEW,
    holds=barred,
    bars="lawyers.review.bar_months",
)
REMIND = GradeEffect(
    key="lawyers.review.remind",
    title="由律师事务所谈话提醒，督促改正",
    grades=("basically_competent",),
    article=GRADES_EXPLAINED,
    within="lawyers.review.mend_days",
)
FIRM_MEND = GradeEffect(
    key="lawyers.review.firm_mend",
    title="责令整改，可以停业整顿一至六个月，对负责人和直接责任人依法处理",
    grades=("unqualified",),
    article=FIRM_REVIEW,
    within="lawyers.review.mend_days",
)
FIRM_END = GradeEffect(
    key="lawyers.review.firm_end",
    title="连续两年不合格，核查是否仍符合设立条件；不符合又不改正的，报请终止、注销",
    grades=("unqualified",),
    article=f"{FIRM_REVIEW}；律师法第二十二条",
    holds=lambda graded: graded.running("unqualified") >= 2,
)
