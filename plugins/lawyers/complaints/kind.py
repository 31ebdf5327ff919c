"""The complaint as a kind of case: its fields, parties and numbers."""

from plugins.lawyers.complaints.lifecycle import LIFECYCLE
from plugins.lawyers.tables import Complaint, LawyersBase
from suite.api import CaseKind, Field, NumberSeries, PartyOf, PartyRole

SERIES = NumberSeries(key="lawyers.complaint_no", title="律师投诉编号", organ="石司律投")

COMPLAINT = CaseKind(
    key="lawyers.complaint",
    title="律师投诉",
    work="complaint",
    lifecycle=LIFECYCLE.key,
    details=LawyersBase.metadata.tables["lawyers_complaint"],
    series=SERIES.key,
    respondent="respondent",
    heads="lawyers.complaint_head",
    matter=("source", "transferred_from", "matter_no", "request"),
    same=("matter_no",),
    order=10,
    parties=(
        PartyRole(
            key="respondent",
            title="被投诉人",
            of=PartyOf.SUBJECT,
            kinds=("lawyers.law_firm", "lawyers.branch_office", "lawyers.lawyer"),
        ),
        PartyRole(key="officer", title="调查人员", of=PartyOf.USER, least=2),
        PartyRole(key="witness", title="其他知情人", of=PartyOf.NAME),
    ),
    fields=(
        Field(Complaint.source, title="来源", codes="lawyers.complaint_source", listed=True),
        Field(Complaint.transferred_from, title="转办单位"),
        Field(Complaint.matter_no, title="委托或案件编号", help="同一投诉人就同一委托的投诉按一件计。"),
        Field(Complaint.request, title="投诉请求"),
        Field(Complaint.supplement_items, title="需补正的内容", help="一次列明全部内容。"),
        Field(Complaint.refusal_ground, title="不予受理情形", codes="lawyers.refusal_ground"),
        Field(Complaint.transferred_to, title="移送机关"),
        Field(Complaint.extension_reason, title="延长原因"),
        Field(Complaint.termination_ground, title="终止情形", codes="lawyers.complaint_termination"),
        Field(Complaint.outcome, title="处理结果", codes="lawyers.complaint_outcome", listed=True),
        Field(Complaint.decision_summary, title="处理意见"),
        Field(Complaint.reply_no, title="答复文号"),
    ),
)
