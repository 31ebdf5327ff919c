"""The fields of the notaries' applications beside those that every application has."""

from plugins.notary.licences.tables import (
    HeadApproval,
    NotaryAppointment,
    NotaryRemoval,
    OfficeApplication,
    PracticeApplication,
)
from plugins.notary.rules import notary_no, office_licence_no
from suite.api import Field, not_negative, past_date, qualification_field, uscc_of

MATTER, REVIEW, RESULT = "申请事项", "审查", "结果"

OFFICE = (
    Field(OfficeApplication.new_name, title="变更后的名称", section=MATTER),
    Field(OfficeApplication.form, title="组织形式", section=MATTER, codes="notary.office_form"),
    Field(OfficeApplication.new_address, title="办公场所", section=MATTER, help="设立或者变更后的地址。"),
    Field(
        OfficeApplication.new_area,
        title="执业区域",
        section=MATTER,
        help="核定或者变更后的县（市、区），用顿号隔开。",
    ),
    Field(OfficeApplication.head_name, title="拟任负责人", section=MATTER),
    Field(OfficeApplication.sponsor, title="举办单位", section=MATTER),
    Field(
        OfficeApplication.notaries, title="公证员人数", section=MATTER, checks=(not_negative,),
        help="设立时拟任的公证员。",
    ),
    Field(OfficeApplication.has_funds, title="有开展业务必需的资金", section=MATTER),
    Field(
        OfficeApplication.uscc, title="统一社会信用代码", section=MATTER, checks=(uscc_of("notary_office"),),
    ),
    Field(OfficeApplication.handed_over, title="档案、未结事项和资金已移交", section=REVIEW),
    Field(OfficeApplication.handover, title="移交情况", section=REVIEW),
    Field(OfficeApplication.licence_no, title="执业证号", section=RESULT, checks=(office_licence_no,)),
)  # fmt: skip

HEAD = (
    Field(HeadApproval.elected_on, title="推选日期", section=MATTER, checks=(past_date,)),
    Field(HeadApproval.election, title="推选材料", section=MATTER, help="推选会议记录等。"),
    Field(HeadApproval.supplement_items, title="需补正的内容", section=REVIEW, help="一次列明全部内容。"),
    Field(HeadApproval.refusal_reason, title="不予核准理由", section=REVIEW),
    Field(HeadApproval.review_opinion, title="审查意见", section=REVIEW),
    Field(HeadApproval.decision_no, title="核准文号", section=REVIEW),
    Field(HeadApproval.decided_on, title="核准日期", section=REVIEW, checks=(past_date,)),
    Field(HeadApproval.report_no, title="报省备案文号", section=REVIEW),
)

APPOINTMENT = (
    Field(NotaryAppointment.sex, title="性别", section=MATTER, codes="core.sex"),
    Field(NotaryAppointment.birth_date, title="出生日期", section=MATTER, checks=(past_date,)),
    qualification_field(NotaryAppointment.qualification_no, section=MATTER),
    Field(NotaryAppointment.internship_from, title="实习起始日期", section=MATTER, checks=(past_date,)),
    Field(NotaryAppointment.internship_to, title="实习期满日期", section=MATTER, checks=(past_date,)),
    Field(
        NotaryAppointment.work_years,
        title="其他法律职业经历（年）",
        section=MATTER,
        checks=(not_negative,),
        help="满三年的，实习期为一年。",
    ),
    Field(
        NotaryAppointment.assessment_basis,
        title="考核任职条件",
        section=MATTER,
        codes="notary.assessment_basis",
        help="考核任职的填写。",
    ),
    Field(NotaryAppointment.recommendation, title="公证机构推荐书", section=MATTER),
    Field(
        NotaryAppointment.not_barred,
        title="已核查无不得担任公证员的情形",
        section=REVIEW,
        help="公证法第二十条。",
    ),
    Field(NotaryAppointment.passed_no, title="省厅上报文号", section=REVIEW),
    Field(NotaryAppointment.licence_no, title="执业证号", section=RESULT, checks=(notary_no,)),
)

REMOVAL = (
    Field(NotaryRemoval.evidence, title="证明材料", section=MATTER),
    Field(NotaryRemoval.passed_no, title="省厅上报文号", section=REVIEW),
)

PRACTICE = (
    Field(PracticeApplication.settled, title="未办结事项和档案已交接", section=REVIEW),
    Field(PracticeApplication.licence_no, title="执业证号", section=RESULT, checks=(notary_no,)),
)
