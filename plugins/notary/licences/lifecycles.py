"""The graphs of the notaries' applications, from the frame of licensing."""

from dataclasses import replace

from plugins.notary.holds import LAW, NOTARY_RULES
from plugins.notary.licences import effects, guards
from suite.api import (
    ClockAct,
    Licensing,
    Lifecycle,
    OnClock,
    State,
    StateKind,
    Transition,
    opening_step,
    result_step,
    supplement_steps,
)

SUPPLEMENT, STAGE, CERTIFICATE = "notary.application.supplement", "notary.notary.stage", "notary.notary.cert"
HEAD_LIMIT = "notary.office.head"
#: 核准 of a head is no licence by what was read (公证法第十条): silence approves nobody.
TELLING = "core.filing.supplement"
PROVINCE, MINISTRY = "省厅", "司法部"
OFFICE_RULES = guards.OFFICE_RULES

PROPOSED = (
    "form", "new_name", "new_address", "new_area", "head_name", "sponsor", "notaries", "has_funds", "uscc",
)  # fmt: skip
OFFICE = Licensing(
    key="notary.office_application_lifecycle",
    title="公证机构设立、变更和终止流程",
    party="office",
    notice=SUPPLEMENT,
    review="notary.office.review",
    decide="notary.office.approve",
    certify="notary.office.cert",
    opening=("applicant_name", "district_code", *PROPOSED),
    amended=(*PROPOSED, "handed_over", "handover"),
    accepting=(guards.OFFICE_STANDS.key,),
    reporting=(
        guards.OFFICE_QUALIFIES.key,
        guards.CHANGE_IS_NAMED.key,
        guards.HANDED_OVER.key,
    ),
    finishing=(guards.CERTIFICATE_DUE.key,),
    result=("licence_no",),
    needed=("licence_no",),
    effects=(effects.OFFICE_LICENSED.key,),
    extra=(
        result_step(
            (effects.OFFICE_LICENSED.key,),
            (guards.NO_CERTIFICATE.key, guards.HANDED_OVER.key),
            article=OFFICE_RULES,
        ),
    ),
    articles={
        "OpenApplication": f"{OFFICE_RULES}第七条",
        "ReportApplication": f"{OFFICE_RULES}第七条",
        "RecordGrant": f"{LAW}第九条",
        "IssueCertificate": f"{OFFICE_RULES}第二十一条",
    },
).lifecycle()

APPLIED = (
    "sex", "birth_date", "qualification_no", "internship_from", "internship_to", "work_years",
    "assessment_basis", "recommendation",
)  # fmt: skip
APPOINTMENT = Licensing(
    key="notary.appointment_lifecycle",
    title="公证员任职流程",
    roles=("office",),
    notice=SUPPLEMENT,
    review=STAGE,
    decide=STAGE,
    certify=CERTIFICATE,
    via=PROVINCE,
    decider=MINISTRY,
    opening=("applicant_name", "district_code", *APPLIED),
    amended=(*APPLIED, "not_barred"),
    accepting=(guards.OFFICE_OPEN.key,),
    reporting=(
        guards.AGE_FITS.key,
        guards.TRAINED.key,
        guards.QUALIFIED.key,
        guards.NOT_BARRED.key,
        guards.IN_SEASON.key,
    ),
    result=("licence_no",),
    needed=("licence_no",),
    granted=(effects.APPOINTED.key,),
    effects=(effects.CERTIFIED.key,),
    articles=dict.fromkeys(
        ("OpenApplication", "ReviewApplication", "ReportApplication", "PassApplication", "RecordGrant"),
        f"{LAW}第二十一条",
    )
    | {"IssueCertificate": f"{LAW}第二十一条", "CheckApplication": f"{LAW}第十八条至第二十条"},
).lifecycle()

REMOVAL = Licensing(
    key="notary.removal_lifecycle",
    title="公证员免职流程",
    party="notary",
    notice=SUPPLEMENT,
    review=STAGE,
    decide=STAGE,
    via=PROVINCE,
    decider=MINISTRY,
    opening=("evidence",),
    amended=("evidence",),
    accepting=(guards.IS_APPOINTED.key,),
    reporting=(guards.AGE_REACHED.key,),
    certificate=False,
    effects=(effects.REMOVED.key,),
    interludes=(),
    articles=dict.fromkeys(
        (
            "OpenApplication", "ReviewApplication", "ReportApplication", "PassApplication", "RecordGrant",
            "RecordResult",
        ),
        f"{LAW}第二十四条",
    ),
).lifecycle()  # fmt: skip

PRACTICE = Licensing(
    key="notary.practice_lifecycle",
    title="公证员变更执业机构、补换证流程",
    party="notary",
    roles=("office",),
    notice=SUPPLEMENT,
    review=STAGE,
    decide="notary.notary.change",
    certify=CERTIFICATE,
    opening=("settled",),
    amended=("settled",),
    accepting=(guards.PRACTISES.key, guards.MOVES.key),
    reporting=(guards.PRACTISES.key, guards.MOVES.key, guards.SETTLED.key),
    result=("licence_no",),
    effects=(effects.MOVED.key,),
    interludes=(),
    articles=dict.fromkeys(("OpenApplication", "RecordGrant", "IssueCertificate"), NOTARY_RULES),
).lifecycle()


def _head_steps() -> tuple[Transition, ...]:
    """公证法第十条: elected, approved by the local bureau, filed with the province."""
    article = f"{LAW}第十条"
    ask, receive = supplement_steps(TELLING, ("elected_on", "election"), article=article, guards=())
    return (
        opening_step(
            "office", ("candidate",), ("elected_on", "election"), ("elected_on",), TELLING,
            article=article, title="登记负责人核准申请",
            more=(OnClock(act=ClockAct.START, limit=HEAD_LIMIT),),
        ),
        Transition(
            command="ApproveHead", title="核准", sources=("submitted",), to="approved",
            fields=("review_opinion",), required=("review_opinion",),
            guards=(guards.HEAD_OF_OWN_OFFICE.key, guards.HEAD_HAS_PRACTISED.key),
            clocks=tuple(OnClock(act=ClockAct.STOP, limit=key) for key in (TELLING, HEAD_LIMIT)),
            approval="core.case.by_leader", documents=("负责人核准决定",), article=article,
            help="经科长、分管局领导审批，核准推选的负责人",
        ),
        replace(
            ask, clocks=(*ask.clocks, OnClock(act=ClockAct.PAUSE, limit=HEAD_LIMIT, reason="补正"))
        ),
        replace(receive, clocks=(*receive.clocks, OnClock(act=ClockAct.RESUME, limit=HEAD_LIMIT))),
        Transition(
            command="NameCandidate", title="更换人选", sources=("submitted", "supplementing"), to=None,
            parties=("candidate",), article=article, help="另行推选的，换为新的人选",
        ),
        Transition(
            command="FileHead", title="报省备案并登记结果", sources=("approved",), to="done",
            fields=("decision_no", "decided_on", "report_no"),
            required=("decision_no", "decided_on", "report_no"), guards=("core.licensing.decision_day",),
            effects=(effects.HEAD_NAMED.key,), needs_papers=("负责人核准决定", "补正通知书"),
            documents=("备案报告",), article=article,
            help="写入机构和公证员名册，报省司法厅备案，办结",
        ),
        Transition(
            command="DeclineHead", title="不予核准", sources=("submitted", "supplementing"), to="declined",
            fields=("refusal_reason",), required=("refusal_reason",), approval="core.case.by_leader",
            article=article, help="写明理由，由机构另行推选",
        ),
    )  # fmt: skip


HEAD = Lifecycle(
    key="notary.head_approval_lifecycle",
    title="公证机构负责人核准流程",
    states=(
        State(key="submitted", title="待核准", kind=StateKind.NEW, stage="受理审查"),
        State(key="supplementing", title="待补正", kind=StateKind.PAUSE, stage="受理审查"),
        State(key="approved", title="待备案", kind=StateKind.RUN, stage="备案"),
        State(key="done", title="办结", kind=StateKind.OK, stage="办结", terminal=True),
        State(key="declined", title="不予核准", kind=StateKind.ENDED, stage="办结", terminal=True),
    ),
    transitions=_head_steps(),
)

LIFECYCLES = (OFFICE, HEAD, APPOINTMENT, REMOVAL, PRACTICE)
