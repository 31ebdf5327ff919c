"""核阅: draft, check by the secretary, comments on form and law, the tribunal's answer, issue."""

from plugins.arbitration.proceedings.shared import AREA, COMMISSION, PLAN, PRIVATE, TRIBUNAL
from plugins.arbitration.proceedings.tables import Scrutiny
from suite.api import (
    CaseKind,
    Code,
    CodeList,
    DayOrder,
    Field,
    Guard,
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

DRAFT, COMMENT, END = "草案", "核阅", "印发"

COMMENT_KIND = CodeList(
    key="arbitration.scrutiny_comment",
    title="核阅意见类别",
    codes=(
        Code(value="form", title="格式与文字"),
        Code(value="law", title="法律适用"),
        Code(value="facts", title="事实表述不清"),
        Code(value="number", title="数字计算"),
        Code(value="none", title="无意见"),
    ),
)
ACCEPTED = CodeList(
    key="arbitration.scrutiny_accepted",
    title="仲裁庭采纳情况",
    codes=(
        Code(value="all", title="全部采纳"),
        Code(value="partly", title="部分采纳"),
        Code(value="none", title="不采纳，维持原意见"),
    ),
)
OTHER_SCRUTINEER = Guard(
    key="arbitration.scrutiny.other_scrutineer",
    text="核阅人不能是本案仲裁庭的成员，请另行指定。",
    holds=lambda case: (
        not (
            {party.name for party in case.party("scrutineer")}
            & {party.name for party in case.party("tribunal")}
        )
    ),
    article=PLAN,
)
SERIES = NumberSeries(key="arbitration.scrutiny_no", title="裁决核阅编号", organ="石仲核")
LIFECYCLE = Lifecycle(
    key="arbitration.scrutiny_lifecycle",
    title="裁决核阅流程",
    states=(
        State(key="drafted", title="待校核", kind=StateKind.NEW, stage=DRAFT),
        State(key="checked", title="待核阅", kind=StateKind.RUN, stage=COMMENT),
        State(key="commented", title="待答复", kind=StateKind.RUN, stage=COMMENT),
        State(key="answered", title="待印发", kind=StateKind.RUN, stage=COMMENT),
        State(key="issued", title="已印发", kind=StateKind.OK, stage=END, terminal=True),
        State(key="recalled", title="撤回草案", kind=StateKind.ENDED, stage=END, terminal=True),
    ),
    transitions=(
        Transition(
            command="SubmitDraftAward", title="登记裁决草案", sources=(), to="drafted",
            fields=("case_no", "drafted_on", "version_hash"), required=("case_no", "drafted_on"),
            parties=("commission", "tribunal"), article=PRIVATE, help="仲裁庭提交裁决书草案，记下版本",
        ),
        Transition(
            command="CheckDraftAward", title="秘书校核", sources=("drafted",), to="checked",
            fields=("checked_by",), required=("checked_by",), parties=("scrutineer",), article=PLAN,
            help="秘书校核格式、文字和数字，指定核阅人",
        ),
        Transition(
            command="CommentDraftAward", title="提出核阅意见", sources=("checked",), to="commented",
            guards=(OTHER_SCRUTINEER.key,), fields=("comment_kinds", "comments"),
            required=("comment_kinds",), article=PLAN, help="只就形式和法律提出意见，不干预仲裁庭裁量",
        ),
        Transition(
            command="ChangeScrutineer", title="更换核阅人", sources=("checked",), to=None,
            parties=("scrutineer",), article=PLAN, help="核阅人回避或调整",
        ),
        Transition(
            command="AnswerComments", title="登记仲裁庭答复", sources=("commented",), to="answered",
            fields=("accepted", "answer"), required=("accepted",), article=PLAN,
            help="仲裁庭是否采纳，理由",
        ),
        Transition(
            command="RedraftAward", title="修改后再送核阅", sources=("answered",), to="checked",
            fields=("drafted_on", "version_hash"), required=("drafted_on",), article=PLAN,
            help="仲裁庭修改较大的再送核阅",
        ),
        Transition(
            command="IssueAward", title="登记印发", sources=("answered",), to="issued",
            fields=("issued_on",), required=("issued_on",), article=PLAN, help="裁决书印发",
        ),
        Transition(
            command="RecallDraftAward", title="撤回草案", sources=("drafted", "checked", "commented"),
            to="recalled", article=PLAN, help="案件和解、撤回等，草案不再印发",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="arbitration.scrutiny",
    title="裁决核阅",
    work="log",
    lifecycle=LIFECYCLE.key,
    details=table_of(Scrutiny),
    series=SERIES.key,
    respondent="commission",
    matter=("case_no", "drafted_on", "version_hash"),
    area=AREA,
    orders=(
        DayOrder(first="drafted_on", then="issued_on"),
        DayOrder(first="issued_on", then="IssueAward"),
    ),
    parties=(COMMISSION, TRIBUNAL, PartyRole(key="scrutineer", title="核阅人", of=PartyOf.NAME)),
    fields=(
        Field(Scrutiny.case_no, title="仲裁案号", section=DRAFT, listed=True),
        Field(Scrutiny.drafted_on, title="草案日期", section=DRAFT, checks=(past_date,)),
        Field(Scrutiny.version_hash, title="草案校验值", section=DRAFT, help="草案文件的 SHA-256。"),
        Field(Scrutiny.checked_by, title="校核秘书", section=COMMENT),
        Field(
            Scrutiny.comment_kinds, title="意见类别", section=COMMENT, codes=COMMENT_KIND.key, several=True
        ),
        Field(Scrutiny.comments, title="核阅意见", section=COMMENT),
        Field(Scrutiny.accepted, title="采纳情况", section=COMMENT, codes=ACCEPTED.key, listed=True),
        Field(Scrutiny.answer, title="仲裁庭答复", section=COMMENT),
        Field(Scrutiny.issued_on, title="印发日期", section=END, checks=(past_date,)),
    ),
    order=140,
)  # fmt: skip

DECLARATIONS = (COMMENT_KIND, ACCEPTED, OTHER_SCRUTINEER, SERIES, LIFECYCLE, KIND)
