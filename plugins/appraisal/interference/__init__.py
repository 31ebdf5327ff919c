"""干涉鉴定活动记录 (规划四（四）16): recorded by the institution, reported, handled or handed on.

Fewer may see it than other matters of appraisal: it has an area of rights of its own, and a role for it.
"""

from plugins.appraisal.interference.tables import Interference
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
    Role,
    State,
    StateKind,
    Transition,
    past_date,
    table_of,
)

RULE = "规划四（四）16（干涉鉴定活动记录、报告和责任追究制度）"
AREA = "appraisal.interference"
RECORD, HANDLING = "记录", "处理"
ASKED = (
    "happened_on", "report_no", "interferer_unit", "interferer_post", "means", "course", "keeper",
)  # fmt: skip

MEANS = CodeList(
    key="appraisal.interference_means",
    title="干涉方式",
    codes=(
        Code(value="plea", title="说情、打招呼"),
        Code(value="order", title="指使、授意鉴定意见"),
        Code(value="threat", title="威胁、恐吓"),
        Code(value="benefit", title="利诱、请托送礼"),
        Code(value="obstruction", title="阻挠取样、勘验、出庭"),
        Code(value="other", title="其他方式", also=("其他",)),
    ),
)
KEEPER = Role(
    key="appraisal.interference_keeper",
    title="干涉鉴定记录管理人",
    permissions=(f"{AREA}:case:read", f"{AREA}:case:handle", f"{AREA}:case:review"),
    help="查看、登记和处理干涉鉴定活动记录；科室其他人员看不到。",
)
SERIES = NumberSeries(key="appraisal.interference_no", title="干涉鉴定活动记录编号", organ="石鉴干")
LIFECYCLE = Lifecycle(
    key="appraisal.interference_lifecycle",
    title="干涉鉴定活动记录办理流程",
    states=(
        State(key="recorded", title="已记录", kind=StateKind.NEW, stage=RECORD),
        State(key="reported", title="待处理", kind=StateKind.RUN, stage=HANDLING),
        State(key="handled", title="已处理", kind=StateKind.OK, stage=HANDLING, terminal=True),
        State(key="transferred", title="已移送", kind=StateKind.ENDED, stage=HANDLING, terminal=True),
    ),
    transitions=(
        Transition(
            command="RecordInterference", title="登记干涉记录", sources=(), to="recorded", fields=ASKED,
            required=("happened_on", "interferer_unit", "means", "course", "keeper"),
            parties=("institution", "appraiser", "interferer"), article=RULE,
            help="鉴定机构如实记录干涉的人、单位、时间、方式和内容",
        ),
        Transition(
            command="ReportInterference", title="登记报告", sources=("recorded",), to="reported",
            fields=("reported_on",), required=("reported_on",), article=RULE,
            help="由鉴定机构负责人报告司法行政机关",
        ),
        Transition(
            command="HandleInterference", title="登记处理", sources=("reported",), to="handled",
            fields=("handled",), required=("handled",), article=RULE, help="提醒、通报等处理情况",
        ),
        Transition(
            command="TransferInterference", title="移送", sources=("reported",), to="transferred",
            fields=("transferred_to", "handled"), required=("transferred_to",), documents=("线索移送函",),
            article=RULE, help="移送纪检监察机关或干涉人所在单位追究责任",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="appraisal.interference",
    title="干涉鉴定活动记录",
    work="log",
    lifecycle=LIFECYCLE.key,
    details=table_of(Interference),
    series=SERIES.key,
    respondent="institution",
    matter=ASKED,
    area=AREA,
    orders=(
        DayOrder(first="happened_on", then="opened"),
        DayOrder(first="happened_on", then="reported_on"),
        DayOrder(first="reported_on", then="ReportInterference"),
    ),
    parties=(
        PartyRole(
            key="institution",
            title="鉴定机构",
            of=PartyOf.SUBJECT,
            kinds=("appraisal.appraisal_institution",),
        ),
        PartyRole(key="appraiser", title="鉴定人", of=PartyOf.SUBJECT, kinds=("appraisal.appraiser",)),
        PartyRole(key="interferer", title="干涉人", of=PartyOf.NAME),
    ),
    fields=(
        Field(Interference.happened_on, title="发生日期", section=RECORD, checks=(past_date,)),
        Field(Interference.report_no, title="鉴定文书编号", section=RECORD),
        Field(Interference.interferer_unit, title="干涉人单位", section=RECORD, listed=True),
        Field(Interference.interferer_post, title="干涉人职务", section=RECORD),
        Field(Interference.means, title="干涉方式", section=RECORD, codes=MEANS.key, listed=True),
        Field(Interference.course, title="干涉经过", section=RECORD),
        Field(Interference.keeper, title="记录人", section=RECORD),
        Field(Interference.reported_on, title="报告日期", section=HANDLING, checks=(past_date,)),
        Field(Interference.handled, title="处理情况", section=HANDLING),
        Field(Interference.transferred_to, title="移送机关", section=HANDLING),
    ),
    order=130,
)

DECLARATIONS = (MEANS, KEEPER, SERIES, LIFECYCLE, KIND)
