"""执业活动投诉: the complaint about the conduct of an office or a notary, to the bureau (司法部令第147号)."""

from plugins.notary.complaints.codes import HEAD, OUTCOME, REFUSAL_GROUND
from plugins.notary.complaints.tables import Complaint
from suite.api import ComplaintFrame, ComplaintLimits, Field, Finding, Guard, Transition

RULE = "公证执业活动投诉处理办法（司法部令第147号）"

VIOLATION_FOUND = Guard(
    key="notary.complaint.violation_found",
    text="没有查实的投诉事项，不必通报处理结果。",
    holds=lambda case: any(
        item.stands and item.finding in (Finding.SUBSTANTIATED, Finding.PARTLY) for item in case.allegations
    ),
    article=RULE,
)

COMPLAINTS = ComplaintFrame(
    key="notary.complaint",
    title="公证投诉",
    organ="石司公投",
    table=Complaint,
    respondents=("notary.notary_office", "notary.notary"),
    heads=HEAD,
    refusals=REFUSAL_GROUND,
    outcomes=OUTCOME,
    rule=RULE,
    articles={"OpenComplaint": f"{RULE}第三条", "TransferComplaint": f"{RULE}第五条"},
    time_bar=RULE,
    limits=ComplaintLimits(
        accept="notary.complaint.accept", handle="notary.complaint.handle", reply="notary.complaint.reply"
    ),
    own=(
        Field(
            Complaint.certificate_no,
            title="公证书编号",
            section="投诉事项",
            help="同一投诉人就同一公证书的投诉按一件计。",
            listed=True,
        ),
        Field(
            Complaint.reported_to,
            title="通报单位",
            section="办结之后",
            help="公证协会、委托机关等，用、隔开。",
        ),
    ),
    intake=("certificate_no",),
    same=("certificate_no",),
    partly_counts="notary.complaint.partly_counts",
    steps=(
        Transition(
            command="ReportResult",
            title="通报处理结果",
            sources=("closed",),
            to=None,
            guards=(VIOLATION_FOUND.key,),
            fields=("reported_to",),
            required=("reported_to",),
            documents=("处理结果通报",),
            article=RULE,
            help="查实违法违规的，将结果通报公证协会、委托机关并向社会公开",
        ),
    ),
    order=20,
)

DECLARATIONS = (VIOLATION_FOUND, *COMPLAINTS.declarations())
