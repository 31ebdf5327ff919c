"""The graphs of registrations, from the frame of licensing; and of conditions that were lost."""

from dataclasses import replace

from plugins.appraisal.holds import GUANGDONG
from plugins.appraisal.licences import effects, guards
from suite.api import (
    EXPERT_REVIEW,
    ClockAct,
    Interlude,
    Licensing,
    Lifecycle,
    OnClock,
    State,
    StateKind,
    Transition,
    result_step,
)

SUPPLEMENT, REVIEW, DECIDE, CERTIFICATE = (
    f"appraisal.register.{name}" for name in ("supplement", "review", "decide", "cert")
)
LOST, REJOIN = "appraisal.conditions_lost", "appraisal.appraiser.rejoin"
LEADER = "core.case.by_leader"
LAW, INSTITUTION_RULES, APPRAISER_RULES = (
    guards.LICENSING_LAW,
    guards.INSTITUTION_RULES,
    guards.APPRAISER_RULES,
)
REVIEW_ARTICLE = f"{LAW}第四十五条；{GUANGDONG}第十八条"
TOLD, FOUND = ("review_days",), ("review_result", "expert_opinion")

EXPERTS = replace(EXPERT_REVIEW, told=TOLD, found=FOUND, article=REVIEW_ARTICLE)
EXAM = Interlude(
    key="exam", title="考试考核", reason="考试考核", starts="StartExam", ends="EndExam", told=TOLD,
    found=("review_result", "expert_opinion", "exam_on"), article=REVIEW_ARTICLE,
)  # fmt: skip


def _own_steps(registered: str) -> tuple[Transition, ...]:
    """Cancelling, extending there, and the silence of the law about renewals."""
    return (
        result_step(
            (registered,), (guards.NO_CERTIFICATE.key, guards.CANCEL_GROUND.key), article=f"{LAW}第七十条"
        ),
        Transition(
            command="RecordExtension", title="登记延长决定期限", sources=("reported",), to=None,
            fields=("extension_reason",), required=("extension_reason",),
            clocks=(OnClock(act=ClockAct.EXTEND, limit=DECIDE),), article=f"{LAW}第四十二条",
            help="省司法厅经负责人批准延长十日，并告知理由的",
        ),
        Transition(
            command="DeemRenewed", title="视为准予延续", sources=("accepted", "reviewed", "reported"),
            to="done", guards=(guards.SILENCE.key,), effects=(registered,), article=f"{LAW}第五十条",
            help="有效期届满前没有作出决定的，视为准予延续；写入名册，办结",
        ),
    )  # fmt: skip


REGISTRATION = Licensing(
    key="",
    title="",
    notice=SUPPLEMENT,
    review=REVIEW,
    decide=DECIDE,
    certify=CERTIFICATE,
    result=("licence_no",),
    articles={
        "ReviewApplication": f"{LAW}第四十三条",
        "ReportApplication": f"{LAW}第四十三条",
        "RecordGrant": f"{LAW}第四十二条",
        "IssueCertificate": f"{LAW}第四十四条",
    },
)

PROPOSED = (
    "new_name", "new_address", "parent_type", "parent_body", "legal_representative", "head_name", "funds",
    "scope", "scope_items", "appraisers_per_item", "cma_no", "out_of_province", "other_province_no",
    "cancel_ground",
)  # fmt: skip
INSTITUTION = replace(
    REGISTRATION,
    key="appraisal.institution_registration_lifecycle",
    title="司法鉴定机构登记流程",
    opening=("applicant_name", "district_code", *PROPOSED),
    amended=(*PROPOSED, "not_barred"),
    accepting=(guards.ON_THE_ROSTER.key, guards.IN_TIME.key, guards.IN_DOMAINS.key),
    reporting=(
        guards.CHANGE_IS_NAMED.key,
        guards.FUNDS_SUFFICE.key,
        guards.APPRAISERS_SUFFICE.key,
        guards.LABORATORY_FITS.key,
        guards.NOT_BARRED.key,
        guards.TWO_PROVINCES.key,
        guards.CANCEL_GROUND.key,
        guards.REVIEWED.key,
    ),
    finishing=(guards.CERTIFICATE_DUE.key,),
    interludes=(EXPERTS,),
    effects=(effects.INSTITUTION_REGISTERED.key,),
    extra=_own_steps(effects.INSTITUTION_REGISTERED.key),
).lifecycle()

APPLIED = (
    "employment", "main_unit", "unit_consent", "eligibility", "job_title", "field_years", "scope",
    "scope_items", "cancel_ground",
)  # fmt: skip
APPRAISER = replace(
    REGISTRATION,
    key="appraisal.appraiser_registration_lifecycle",
    title="司法鉴定人登记流程",
    roles=("institution",),
    opening=("applicant_name", "district_code", *APPLIED),
    amended=(*APPLIED, "not_barred"),
    accepting=(guards.ON_THE_ROSTER.key, guards.IN_TIME.key, guards.JOINS_INSTITUTION.key),
    reporting=(
        guards.QUALIFIED.key,
        guards.CONSENTED.key,
        guards.JOINS_INSTITUTION.key,
        guards.WITHIN_INSTITUTION.key,
        guards.NOT_BARRED.key,
        guards.CANCEL_GROUND.key,
        guards.REVIEWED.key,
    ),
    finishing=(guards.CERTIFICATE_DUE.key,),
    interludes=(EXAM,),
    effects=(effects.APPRAISER_REGISTERED.key,),
    extra=_own_steps(effects.APPRAISER_REGISTERED.key),
).lifecycle()

OUTSIDE = ("decision_no", "decided_on", "decided_by")
CONDITIONS = Lifecycle(
    key="appraisal.conditions_lifecycle",
    title="登记条件缺失办理流程",
    states=(
        State(key="rectifying", title="限期补足", kind=StateKind.RUN, stage="补足转入"),
        State(key="joining", title="待转入", kind=StateKind.RUN, stage="补足转入"),
        State(key="reported", title="待注销决定", kind=StateKind.WARN, stage="注销决定"),
        State(key="restored", title="已补足", kind=StateKind.OK, stage="办结", terminal=True),
        State(key="cancelled", title="已注销", kind=StateKind.ENDED, stage="办结", terminal=True),
    ),
    transitions=(
        Transition(
            command="OpenShortfall", title="登记条件缺失", sources=(), to="rectifying",
            parties=("applicant",), fields=("ground", "lost_on", "lacking", "frozen", "order_no"),
            required=("ground", "lost_on", "lacking"), guards=(guards.IS_INSTITUTION.key,),
            clocks=(OnClock(act=ClockAct.START, limit=LOST, since="lost_on"),),
            effects=(effects.RECTIFYING.key,), documents=("责令限期整改通知书",),
            article=f"{GUANGDONG}第二十一条",
            help="机构转为限期整改，缺失的业务类别暂停受理，开始补足计时",
        ),
        Transition(
            command="OpenRejoin", title="登记待转机构", sources=(), to="joining", parties=("applicant",),
            fields=("ground", "lost_on"), required=("lost_on",), guards=(guards.LEFT_BEHIND.key,),
            clocks=(OnClock(act=ClockAct.START, limit=REJOIN, since="lost_on"),),
            documents=("转入其他机构告知书",), article=f"{GUANGDONG}第二十二条",
            help="原机构注销的鉴定人不得执业，开始转入计时",
        ),
        Transition(
            command="ConfirmRestored", title="确认补足", sources=("rectifying", "joining", "reported"),
            to="restored", fields=("restored_how",), required=("restored_how",),
            guards=(guards.RESTORED.key,), effects=(effects.RESTORED.key,),
            article=f"{GUANGDONG}第二十一条、第二十二条", help="核对名册后恢复正常执业，办结",
        ),
        Transition(
            command="ReportCancellation", title="报请注销", sources=("rectifying", "joining"), to="reported",
            fields=("report_no",), required=("report_no",), guards=(guards.OVERDUE.key,),
            clocks=(
                OnClock(act=ClockAct.STOP, limit=LOST), OnClock(act=ClockAct.STOP, limit=REJOIN),
            ),
            approval=LEADER, documents=("注销建议",),
            article=f"{GUANGDONG}第二十一条、第二十二条", help="逾期未补足的，经审批报省司法厅注销",
        ),
        Transition(
            command="RecordCancellation", title="登记注销决定", sources=("reported",), to="cancelled",
            fields=OUTSIDE, required=OUTSIDE, guards=("core.licensing.decision_day",),
            effects=(effects.CANCELLED.key,), documents=("注销公告",), article=f"{LAW}第七十条",
            help="写入名册，办结",
        ),
    ),
)  # fmt: skip

LIFECYCLES = (INSTITUTION, APPRAISER, CONDITIONS)
