"""The complaint as a kind of case: its fields, parties and numbers."""

from plugins.appraisal.complaints.lifecycle import LIFECYCLE
from plugins.appraisal.tables import AppraisalBase, Complaint
from suite.api import CaseKind, Field, NumberSeries, PartyOf, PartyRole, past_date

SERIES = NumberSeries(key="appraisal.complaint_no", title="司法鉴定投诉编号", organ="石司鉴投")

MATTER, REVIEW, INVESTIGATION, DECISION = "投诉事项", "受理审查", "调查", "处理"

COMPLAINT = CaseKind(
    key="appraisal.complaint",
    title="司法鉴定投诉",
    work="complaint",
    lifecycle=LIFECYCLE.key,
    details=AppraisalBase.metadata.tables["appraisal_complaint"],
    series=SERIES.key,
    respondent="respondent",
    heads="appraisal.complaint_head",
    matter=("source", "transferred_from", "report_no", "category", "known_on", "request"),
    same=("report_no",),
    partly_counts="appraisal.vcr.partly_counts",
    parties=(
        PartyRole(
            key="respondent",
            title="被投诉人",
            of=PartyOf.SUBJECT,
            kinds=("appraisal.appraisal_institution", "appraisal.appraiser"),
        ),
        PartyRole(key="officer", title="调查人员", of=PartyOf.USER, least=2),
        PartyRole(key="witness", title="其他知情人", of=PartyOf.NAME),
    ),
    fields=(
        Field(
            Complaint.source, title="来源", section=MATTER, codes="appraisal.complaint_source", listed=True
        ),
        Field(Complaint.transferred_from, title="转办单位", section=MATTER),
        Field(
            Complaint.report_no,
            title="鉴定文书编号",
            section=MATTER,
            help="同一投诉人就同一文书的投诉按一件计。",
            listed=True,
        ),
        Field(Complaint.category, title="执业类别", section=MATTER, codes="appraisal.practice_category"),
        Field(
            Complaint.known_on,
            title="投诉人知道之日",
            section=MATTER,
            checks=(past_date,),
            help="投诉时效自此起算。",
        ),
        Field(Complaint.request, title="投诉请求", section=MATTER),
        Field(
            Complaint.supplement_items,
            title="需补正的内容",
            section=REVIEW,
            help="一次列明全部内容。",
        ),
        Field(
            Complaint.refusal_ground,
            title="不予受理情形",
            section=REVIEW,
            codes="appraisal.refusal_ground",
        ),
        Field(Complaint.transferred_to, title="移送机关", section=REVIEW),
        Field(Complaint.lead_result, title="线索核查情况", section=REVIEW),
        Field(Complaint.investigation_plan, title="调查提纲", section=INVESTIGATION),
        Field(Complaint.suspension_reason, title="中止原因", section=INVESTIGATION),
        Field(Complaint.extension_reason, title="延长原因", section=INVESTIGATION),
        Field(
            Complaint.termination_ground,
            title="终止情形",
            section=INVESTIGATION,
            codes="appraisal.complaint_termination",
        ),
        Field(
            Complaint.outcome,
            title="处理结果",
            section=DECISION,
            codes="appraisal.complaint_outcome",
            listed=True,
        ),
        Field(Complaint.decision_summary, title="处理意见", section=DECISION),
        Field(Complaint.rectify_by, title="整改期限", section=DECISION),
        Field(Complaint.rectified_on, title="整改完成日期", section=DECISION, checks=(past_date,)),
        Field(Complaint.reply_no, title="答复文号", section=DECISION),
        Field(Complaint.annulment_document, title="撤销文书", section=DECISION),
    ),
)
