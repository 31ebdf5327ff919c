"""鉴定人出庭 (规划四（四）16): a court notifies; the appraiser appears, is excused by the court, or refuses,
which is punished (决定第十三条)."""

from plugins.appraisal.court.tables import CourtAppearance
from plugins.appraisal.parameters import DECISION
from suite.api import (
    CaseKind,
    Code,
    CodeList,
    DayOrder,
    Field,
    Lifecycle,
    NumberSeries,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    past_date,
    table_of,
)

DUTY = f"{DECISION}第十一条（条号待核对）；民事诉讼法（2023年修正）第八十一条"
REFUSAL = f"{DECISION}第十三条"
NOTICE, RESULT = "通知", "出庭情况"
ASKED = ("court", "court_case_no", "report_no", "notified_on", "hearing_on", "way")

WAY = CodeList(
    key="appraisal.court_way",
    title="出庭方式",
    codes=(
        Code(value="present", title="到庭"),
        Code(value="video", title="视频", also=("网络视频",)),
    ),
)
EXCUSE = CodeList(
    key="appraisal.court_excuse",
    title="不出庭事由",
    codes=(
        Code(value="illness", title="健康原因"),
        Code(value="travel", title="路途遥远、交通不便"),
        Code(value="force", title="自然灾害等不可抗力"),
        Code(value="withdrawn", title="法院取消开庭或撤回通知"),
        Code(value="other", title="其他正当理由", also=("其他",)),
    ),
)
ADOPTED = CodeList(
    key="appraisal.court_adopted",
    title="鉴定意见采信情况",
    codes=(
        Code(value="adopted", title="采信"),
        Code(value="partly", title="部分采信"),
        Code(value="not_adopted", title="未采信"),
        Code(value="unknown", title="尚不知道"),
    ),
)
SERIES = NumberSeries(key="appraisal.court_no", title="鉴定人出庭编号", organ="石鉴庭")
LIFECYCLE = Lifecycle(
    key="appraisal.court_lifecycle",
    title="鉴定人出庭登记流程",
    states=(
        State(key="notified", title="待出庭", kind=StateKind.NEW, stage=NOTICE),
        State(key="appeared", title="已出庭", kind=StateKind.OK, stage=RESULT, terminal=True),
        State(key="excused", title="准许不出庭", kind=StateKind.ENDED, stage=RESULT, terminal=True),
        State(key="refused", title="拒绝出庭", kind=StateKind.BAD, stage=RESULT, terminal=True),
    ),
    transitions=(
        Transition(
            command="RegisterCourtNotice", title="登记出庭通知", sources=(), to="notified", fields=ASKED,
            required=("court", "notified_on", "hearing_on"), parties=("appraiser", "institution"),
            article=DUTY, help="经人民法院依法通知，鉴定人应当出庭作证",
        ),
        Transition(
            command="MoveCourtHearing", title="改期", sources=("notified",), to=None,
            fields=("hearing_on", "way"), required=("hearing_on",), article=DUTY, help="法院改期或改变方式",
        ),
        Transition(
            command="RecordAppearance", title="登记出庭", sources=("notified",), to="appeared",
            fields=("appeared_on", "way"), required=("appeared_on", "way"), article=DUTY,
            help="到庭或视频出庭作证",
        ),
        Transition(
            command="ExcuseAppearance", title="登记准许不出庭", sources=("notified",), to="excused",
            fields=("excuse", "consent_no"), required=("excuse", "consent_no"), article=DUTY,
            help="须有法院的书面同意",
        ),
        Transition(
            command="RecordRefusal", title="登记拒绝出庭", sources=("notified",), to="refused",
            fields=("refusal_reason",), required=("refusal_reason",), article=REFUSAL,
            help="无正当理由拒绝出庭的，移送立案查处",
        ),
        Transition(
            command="ReferRefusal", title="移送查处", sources=("refused",), to=None, once=True,
            fields=("referred_to",), required=("referred_to",), documents=("案件线索移送函",),
            article=REFUSAL, help="移送有权处罚的机关或本局立案",
        ),
        Transition(
            command="RecordAdoption", title="登记采信情况", sources=("appeared",), to=None,
            fields=("adopted",), required=("adopted",), article=DUTY, help="裁判作出后登记鉴定意见是否采信",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="appraisal.court_appearance",
    title="鉴定人出庭",
    work="log",
    lifecycle=LIFECYCLE.key,
    details=table_of(CourtAppearance),
    series=SERIES.key,
    respondent="appraiser",
    matter=ASKED,
    orders=(
        DayOrder(first="notified_on", then="hearing_on"),
        DayOrder(first="notified_on", then="opened"),
        DayOrder(first="notified_on", then="appeared_on"),
        DayOrder(first="appeared_on", then="RecordAppearance"),
    ),
    parties=(
        PartyRole(key="appraiser", title="鉴定人", of=PartyOf.SUBJECT, kinds=("appraisal.appraiser",)),
        PartyRole(
            key="institution",
            title="鉴定机构",
            of=PartyOf.SUBJECT,
            kinds=("appraisal.appraisal_institution",),
        ),
    ),
    fields=(
        Field(CourtAppearance.court, title="人民法院", section=NOTICE, listed=True),
        Field(CourtAppearance.court_case_no, title="案号", section=NOTICE),
        Field(CourtAppearance.report_no, title="鉴定文书编号", section=NOTICE),
        Field(CourtAppearance.notified_on, title="通知日期", section=NOTICE, checks=(past_date,)),
        Field(CourtAppearance.hearing_on, title="开庭日期", section=NOTICE, listed=True),
        Field(CourtAppearance.way, title="出庭方式", section=NOTICE, codes=WAY.key),
        Field(CourtAppearance.appeared_on, title="出庭日期", section=RESULT, checks=(past_date,)),
        Field(CourtAppearance.adopted, title="采信情况", section=RESULT, codes=ADOPTED.key),
        Field(CourtAppearance.excuse, title="不出庭事由", section=RESULT, codes=EXCUSE.key),
        Field(CourtAppearance.consent_no, title="法院同意文书", section=RESULT),
        Field(CourtAppearance.refusal_reason, title="拒绝出庭情况", section=RESULT),
        Field(CourtAppearance.referred_to, title="移送机关", section=RESULT),
    ),
    order=120,
)

DECLARATIONS = (WAY, EXCUSE, ADOPTED, SERIES, LIFECYCLE, KIND)
