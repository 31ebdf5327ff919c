"""The complaint against an institution or an appraiser (投诉办法, 司法部令第144号): declarations only."""

from plugins.appraisal.complaints.codes import CODE_LISTS, HEAD, OUTCOME, REFUSAL_GROUND
from plugins.appraisal.complaints.tables import Complaint
from suite.api import ComplaintFrame, ComplaintLimits, Field

RULE = "司法鉴定执业活动投诉处理办法（司法部令第144号）"

COMPLAINTS = ComplaintFrame(
    key="appraisal.complaint",
    title="司法鉴定投诉",
    organ="石司鉴投",
    table=Complaint,
    respondents=("appraisal.appraisal_institution", "appraisal.appraiser"),
    heads=HEAD,
    refusals=REFUSAL_GROUND,
    outcomes=OUTCOME,
    rule=RULE,
    articles={
        "OpenComplaint": f"{RULE}第三条",
        "RefuseComplaint": "参照北京市司法鉴定管理条例第三十一条、广东省司法鉴定管理条例第五十九条",
    },
    time_bar=f"{RULE}第四条",
    limits=ComplaintLimits(
        accept="appraisal.complaint.accept",
        handle="appraisal.complaint.handle",
        reply="appraisal.complaint.reply",
    ),
    own=(
        Field(
            Complaint.report_no,
            title="鉴定文书编号",
            section="投诉事项",
            help="同一投诉人就同一文书的投诉按一件计。",
            listed=True,
        ),
        Field(Complaint.category, title="执业类别", section="投诉事项", codes="appraisal.practice_category"),
    ),
    intake=("report_no", "category"),
    same=("report_no",),
    partly_counts="appraisal.vcr.partly_counts",
)

COMPLAINT, LIFECYCLE = COMPLAINTS.kind, COMPLAINTS.lifecycle
DECLARATIONS = (*CODE_LISTS, *COMPLAINTS.declarations())
