"""The complaint about an arbitrator or a secretary: the commission's ethics committee decides, the bureau
keeps the course, answers, and tells the employer and the association."""

from plugins.arbitration.complaints.codes import CONDUCT_HEAD, CONDUCT_OUTCOME, REFUSAL_GROUND
from plugins.arbitration.complaints.institution import LIMITS, NO_EXTENSION, REVIEW_OF_AWARDS, RULE
from plugins.arbitration.complaints.tables import ConductComplaint
from suite.api import ComplaintFrame, Field, Guard, Transition, not_negative

REMOVAL = "仲裁法（2017年修正）第三十八条；新法条文待核对"
RECUSAL = "仲裁法（2017年修正）第三十四条；新法条文待核对"

BAR_MONTHS = Guard(
    key="arbitration.conduct_complaint.bar_months",
    text="“一定期限内不予指定”应写明多少个月，其他结果不写。",
    holds=lambda case: (
        (case.values.get("outcome") == "bar") is bool(case.values.get("bar_months"))
        or case.values.get("outcome") is None
    ),
    article=RULE,
)

COMPLAINTS = ComplaintFrame(
    key="arbitration.conduct_complaint",
    title="仲裁员投诉",
    organ="石仲职投",
    table=ConductComplaint,
    respondents=("arbitration.arbitrator", "arbitration.case_secretary"),
    heads=CONDUCT_HEAD,
    refusals=REFUSAL_GROUND,
    outcomes=CONDUCT_OUTCOME,
    rule=RULE,
    articles={
        "OpenComplaint": RECUSAL,
        "RefuseComplaint": REVIEW_OF_AWARDS,
        "DecideComplaint": REMOVAL,
    },
    limits=LIMITS,
    own=(
        Field(ConductComplaint.case_no, title="仲裁案号", section="投诉事项", listed=True),
        Field(ConductComplaint.bar_months, title="不予指定的月数", section="处理", checks=(not_negative,)),
        Field(
            ConductComplaint.copied_to,
            title="抄送单位",
            section="办结之后",
            help="所在单位、所属行业协会等。",
        ),
    ),
    intake=("case_no",),
    decision=("bar_months",),
    same=("case_no",),
    partly_counts="arbitration.complaint.partly_counts",
    without=NO_EXTENSION,
    changes={
        "StartInvestigation": {
            "title": "交仲裁机构调查",
            "documents": ("交办函",),
            "help": "由仲裁机构职业道德委员会两名以上委员调查",
        },
        "ChangeOfficers": {"help": "委员回避、更换的，仍须两名以上"},
        "DecideComplaint": {
            "title": "登记处理决定",
            "guards": (
                "core.case.two_officers",
                "core.case.all_found",
                "core.complaint.outcome_fits",
                BAR_MONTHS.key,
            ),
            "approval": None,
            "documents": ("职业道德委员会决定", "投诉处理结果告知书", "被投诉人处理结果告知书"),
            "help": "仲裁机构的决定：谈话、警告、不予指定、除名；开始答复计时",
        },
    },
    steps=(
        Transition(
            command="CopyDecision",
            title="抄送有关单位",
            sources=("closed",),
            to=None,
            fields=("copied_to",),
            required=("copied_to",),
            documents=("抄送函",),
            article=RULE,
            help="抄送仲裁员所在单位和所属行业协会",
        ),
    ),
    outside=True,
    order=42,
)

DECLARATIONS = (BAR_MONTHS, *COMPLAINTS.declarations())
