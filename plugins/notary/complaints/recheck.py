"""复查申请: an office is asked to review its own certificate; it keeps, corrects or withdraws it."""

from plugins.notary.complaints.codes import RECHECK_REFUSAL, RECHECK_RESULT
from plugins.notary.complaints.tables import Recheck
from suite.api import (
    CaseFacts,
    CaseKind,
    ClockAct,
    DayOrder,
    Field,
    Guard,
    Lifecycle,
    NumberSeries,
    OnClock,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    past_date,
    table_of,
    years_after,
)

RULE = "公证法第三十九条；公证程序规则（2020年修正）第六十一条、第六十三条"
DECIDE = "notary.recheck.decide"
REVIEW, END = "复查", "办结"
MATTER, RESULT = "申请事项", "复查决定"
INTAKE = ("certificate_no", "certified_on", "received_on", "known_on", "is_party", "request")


def _in_time(case: CaseFacts) -> bool:
    """Within a year of knowing, and twenty years of the certificate whatever was known."""
    asked = case.values.get("received_on") or case.opened
    return all(
        start is None or asked <= years_after(start, int(case.parameters[f"notary.review.{key}"]))
        for start, key in (
            (case.values.get("known_on"), "apply_years"),
            (case.values.get("certified_on"), "absolute_years"),
        )
    )


IN_TIME = Guard(
    key="notary.recheck.in_time",
    text="已超过申请复查的期限（知道之日起一年，或公证书出具之日起二十年），请按不予受理登记。",
    holds=_in_time,
    article=RULE,
)
WITHDRAWN = Guard(
    key="notary.recheck.withdrawn",
    text="公证书没有被撤销，不必公告。",
    holds=lambda case: case.values.get("result") == "withdraw" and "AnnounceWithdrawal" not in case.done,
    article=RULE,
)

SERIES = NumberSeries(key="notary.recheck_no", title="公证复查编号", organ="石公复")
LIFECYCLE = Lifecycle(
    key="notary.recheck_lifecycle",
    title="公证复查办理流程",
    states=(
        State(key="received", title="待复查", kind=StateKind.NEW, stage=REVIEW),
        State(key="closed", title="已作决定", kind=StateKind.OK, stage=END, terminal=True),
        State(key="refused", title="不予受理", kind=StateKind.ENDED, stage=END, terminal=True),
        State(key="withdrawn", title="撤回", kind=StateKind.ENDED, stage=END, terminal=True),
    ),
    transitions=(
        Transition(
            command="OpenRecheck", title="登记复查申请", sources=(), to="received", fields=INTAKE,
            required=("certificate_no", "is_party"), parties=("respondent",), complainant=True,
            clocks=(OnClock(act=ClockAct.START, limit=DECIDE, since="received_on"),), article=RULE,
            help="当事人、利害关系人向出具公证书的公证机构申请复查，开始计时",
        ),
        Transition(
            command="DecideRecheck", title="登记复查决定", sources=("received",), to="closed",
            guards=(IN_TIME.key,), fields=("result", "decision_no", "decision_summary"),
            required=("result", "decision_no"), clocks=(OnClock(act=ClockAct.STOP, limit=DECIDE),),
            documents=("复查决定书",), article=RULE,
            help="公证机构的复查决定：维持、更正或撤销；有争议的可向公证协会投诉",
        ),
        Transition(
            command="RefuseRecheck", title="登记不予受理", sources=("received",), to="refused",
            fields=("refusal_ground",), required=("refusal_ground",), article=RULE,
            help="公证机构不受理复查申请的情形",
        ),
        Transition(
            command="WithdrawRecheck", title="登记撤回", sources=("received",), to="withdrawn",
            article=RULE, help="申请人撤回复查申请",
        ),
        Transition(
            command="ExtendRecheck", title="登记延长复查期限", sources=("received",), to=None,
            clocks=(OnClock(act=ClockAct.EXTEND, limit=DECIDE),), article=RULE,
            help="期限届满前经公证机构负责人批准延长一次，理由写入说明",
        ),
        Transition(
            command="AnnounceWithdrawal", title="登记公告", sources=("closed",), to=None,
            guards=(WITHDRAWN.key,), fields=("announced_on", "announced_in"),
            required=("announced_on", "announced_in"), article=RULE,
            help="撤销的公证书自始无效，应当公告并收回",
        ),
    ),
)  # fmt: skip

RECHECK = CaseKind(
    key="notary.recheck",
    title="公证复查",
    work="complaint",
    lifecycle=LIFECYCLE.key,
    details=table_of(Recheck),
    series=SERIES.key,
    respondent="respondent",
    matter=INTAKE,
    same=("certificate_no",),
    orders=(
        DayOrder(first="certified_on", then="known_on"),
        DayOrder(first="certified_on", then="received_on"),
        DayOrder(first="known_on", then="received_on"),
        DayOrder(first="received_on", then="opened"),
        DayOrder(first="DecideRecheck", then="announced_on"),
    ),
    parties=(
        PartyRole(key="respondent", title="公证机构", of=PartyOf.SUBJECT, kinds=("notary.notary_office",)),
    ),
    fields=(
        Field(Recheck.certificate_no, title="公证书编号", section=MATTER, listed=True),
        Field(Recheck.certified_on, title="公证书出具日期", section=MATTER, checks=(past_date,)),
        Field(
            Recheck.received_on,
            title="收到日期",
            section=MATTER,
            checks=(past_date,),
            help="公证机构收到申请之日，复查期限自此起算；不填为登记日。",
        ),
        Field(
            Recheck.known_on,
            title="申请人知道之日",
            section=MATTER,
            checks=(past_date,),
            help="收到公证书或知道该公证之日，申请期限自此起算。",
        ),
        Field(
            Recheck.is_party, title="申请人是公证当事人", section=MATTER, help="不是的填否，为利害关系人。"
        ),
        Field(Recheck.request, title="复查请求", section=MATTER),
        Field(Recheck.refusal_ground, title="不予受理情形", section=RESULT, codes=RECHECK_REFUSAL.key),
        Field(Recheck.result, title="复查决定", section=RESULT, codes=RECHECK_RESULT.key, listed=True),
        Field(Recheck.decision_no, title="复查决定文号", section=RESULT),
        Field(Recheck.decision_summary, title="决定理由", section=RESULT),
        Field(Recheck.announced_on, title="公告日期", section=RESULT, checks=(past_date,)),
        Field(Recheck.announced_in, title="公告载体", section=RESULT),
    ),
    order=24,
)

DECLARATIONS = (IN_TIME, WITHDRAWN, SERIES, LIFECYCLE, RECHECK)
