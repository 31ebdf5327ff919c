"""The complaint against a firm or a lawyer, the bureau's track (司发通〔2017〕23号; the provinces' rules)."""

from plugins.lawyers.complaints.codes import HEAD, OUTCOME, REFUSAL_GROUND
from plugins.lawyers.complaints.tables import Complaint
from suite.api import ComplaintFrame, ComplaintLimits, Field

RULE = "律师投诉处理规定（参照各省投诉处理办法）"
SICHUAN, JIANGSU = "参照四川省律师投诉处理办法", "参照江苏省律师投诉处理办法"
REFERRALS = "律师执业管理办法（司法部令第134号）第五十九条"
LIMITS = ComplaintLimits(
    accept="lawyers.complaint.accept",
    notice="lawyers.complaint.accept_notice",
    handle="lawyers.complaint.handle",
    reply="lawyers.complaint.reply",
    lead="lawyers.complaint.lead",
    lead_answer="lawyers.complaint.lead_answer",
)

COMPLAINTS = ComplaintFrame(
    key="lawyers.complaint",
    title="律师投诉",
    organ="石司律投",
    table=Complaint,
    respondents=("lawyers.law_firm", "lawyers.branch_office", "lawyers.lawyer"),
    heads=HEAD,
    refusals=REFUSAL_GROUND,
    outcomes=OUTCOME,
    rule=RULE,
    articles={
        "OpenComplaint": "律师法第五十二条；律师事务所管理办法第六十四条",
        "ReceiveReferral": REFERRALS,
        "AnswerReferral": REFERRALS,
        "AcceptComplaint": SICHUAN,
        "NotifyAcceptance": JIANGSU,
        "RequestSupplement": SICHUAN,
        "ReceiveSupplement": SICHUAN,
        "TransferComplaint": SICHUAN,
        "NotifyTransfer": SICHUAN,
        "DecideComplaint": "律师法第五十二条",
    },
    limits=LIMITS,
    own=(
        Field(
            Complaint.matter_no,
            title="委托或案件编号",
            section="投诉事项",
            help="同一投诉人就同一委托的投诉按一件计。",
        ),
    ),
    intake=("matter_no",),
    same=("matter_no",),
    partly_counts="lawyers.complaint.partly_counts",
    # No rule read so far lets the review of a complaint be extended.
    without=frozenset({"ExtendAcceptance"}),
    order=10,
)

DECLARATIONS = COMPLAINTS.declarations()
