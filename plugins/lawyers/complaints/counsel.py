"""The complaint about public counsel: of a village, of an organ, or an organ's own government lawyer."""

from plugins.lawyers.complaints.codes import COUNSEL_HEAD, COUNSEL_KIND, COUNSEL_OUTCOME, REFUSAL_GROUND
from plugins.lawyers.complaints.tables import CounselComplaint
from suite.api import ComplaintFrame, ComplaintLimits, Field, PartyOf, PartyRole

RULE = "关于推行法律顾问制度和公职律师公司律师制度的意见（2016年）；冀政字〔2015〕25号"
MATTER = "投诉事项"

COMPLAINTS = ComplaintFrame(
    key="lawyers.counsel_complaint",
    title="公共法律顾问投诉",
    organ="石司顾投",
    table=CounselComplaint,
    respondents=("lawyers.lawyer", "lawyers.law_firm", "lawyers.branch_office"),
    heads=COUNSEL_HEAD,
    refusals=REFUSAL_GROUND,
    outcomes=COUNSEL_OUTCOME,
    rule=RULE,
    limits=ComplaintLimits(
        accept="lawyers.complaint.accept",
        notice="lawyers.complaint.accept_notice",
        handle="lawyers.complaint.handle",
        reply="lawyers.complaint.reply",
    ),
    own=(
        Field(
            CounselComplaint.counsel_kind,
            title="顾问类别",
            section=MATTER,
            codes=COUNSEL_KIND.key,
            listed=True,
        ),
        Field(
            CounselComplaint.served_name,
            title="聘任单位或村（居）",
            section=MATTER,
            help="同一投诉人就同一单位顾问的投诉按一件计。",
            listed=True,
        ),
        Field(CounselComplaint.contract_no, title="顾问协议编号", section=MATTER),
    ),
    intake=("counsel_kind", "served_name", "contract_no"),
    same=("served_name",),
    partly_counts="lawyers.complaint.partly_counts",
    without=frozenset({"ExtendAcceptance"}),
    changes={
        "OpenComplaint": {
            "required": ("source", "counsel_kind", "served_name"),
            "parties": ("respondent", "served", "witness"),
        },
        "RecordLead": {
            "required": ("source", "counsel_kind"),
            "parties": ("respondent", "served", "witness"),
        },
    },
    parties=(
        PartyRole(key="served", title="聘请顾问的村（居）", of=PartyOf.SUBJECT, kinds=("core.village",)),
    ),
    order=14,
)

DECLARATIONS = COMPLAINTS.declarations()
