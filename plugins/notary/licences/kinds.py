"""The notaries' applications as kinds of case: fields, parties and numbers."""

from plugins.notary.licences import fields, lifecycles
from plugins.notary.licences.tables import (
    HeadApproval,
    NotaryAppointment,
    NotaryRemoval,
    OfficeApplication,
    PracticeApplication,
)
from suite.api import (
    CaseKind,
    Newcomer,
    NumberSeries,
    PartyOf,
    PartyRole,
    application_fields,
    table_of,
)

NOTARY, OFFICE = "notary.notary", "notary.notary_office"
GROUNDS = "notary.application_refusal"
NEWCOMER = Newcomer(name="applicant_name", district="district_code")

OFFICE_NO = NumberSeries(key="notary.office_application_no", title="公证机构申请编号", organ="石司公许")
HEAD_NO = NumberSeries(key="notary.head_approval_no", title="公证机构负责人核准编号", organ="石司公核")
APPOINTMENT_NO = NumberSeries(key="notary.appointment_no", title="公证员任职编号", organ="石司公任")
REMOVAL_NO = NumberSeries(key="notary.removal_no", title="公证员免职编号", organ="石司公免")
PRACTICE_NO = NumberSeries(key="notary.practice_no", title="公证员变更编号", organ="石司公变")
SERIES = (OFFICE_NO, HEAD_NO, APPOINTMENT_NO, REMOVAL_NO, PRACTICE_NO)


def _role(key: str, title: str, *kinds: str) -> PartyRole:
    return PartyRole(key=key, title=title, of=PartyOf.SUBJECT, kinds=kinds)


NEW = ("applicant_name", "district_code")
HANDED_OVER = ("handed_over", "handover")
#: What each thing that is applied for asks for.
OFFICE_ASKS = {
    "establish": (
        *NEW, "form", "new_address", "new_area", "head_name", "sponsor", "notaries", "has_funds", "uscc",
    ),
    "name": ("new_name",),
    "premises": ("new_address",),
    "area": ("new_area",),
    "split": ("new_name", "new_area"),
    "merge": HANDED_OVER,
    "close": HANDED_OVER,
}  # fmt: skip
APPOINTMENT_ASKS = {
    "exam": ("qualification_no", "internship_from", "internship_to", "work_years"),
    "assessment": ("assessment_basis",),
}

OFFICE_APPLICATION = CaseKind(
    key="notary.office_application",
    title="公证机构设立、变更和终止",
    work="application",
    lifecycle=lifecycles.OFFICE.key,
    details=table_of(OfficeApplication),
    series=OFFICE_NO.key,
    respondent="office",
    newcomer=NEWCOMER,
    called="item",
    asks=OFFICE_ASKS,
    matter=("item", "new_name", "new_address", "new_area", "head_name"),
    parties=(_role("office", "公证机构", OFFICE),),
    fields=application_fields(
        OfficeApplication,
        items="notary.office_item",
        applicant="拟设公证机构名称",
        own=fields.OFFICE,
        grounds=GROUNDS,
    ),
    order=20,
)

HEAD_APPROVAL = CaseKind(
    key="notary.head_approval",
    title="公证机构负责人核准",
    work="application",
    lifecycle=lifecycles.HEAD.key,
    details=table_of(HeadApproval),
    series=HEAD_NO.key,
    respondent="office",
    matter=("elected_on", "election"),
    parties=(_role("office", "公证机构", OFFICE), _role("candidate", "拟任负责人", NOTARY)),
    fields=fields.HEAD,
    order=30,
)

APPOINTMENT = CaseKind(
    key="notary.appointment",
    title="公证员任职",
    work="application",
    lifecycle=lifecycles.APPOINTMENT.key,
    details=table_of(NotaryAppointment),
    series=APPOINTMENT_NO.key,
    respondent="applicant",
    newcomer=NEWCOMER,
    called="item",
    asks=APPOINTMENT_ASKS,
    matter=("item", "qualification_no", "internship_from", "internship_to", "assessment_basis"),
    parties=(
        _role("applicant", "申请人", "notary.notary_assistant", NOTARY),
        _role("office", "推荐机构", OFFICE),
        _role("notary", "公证员", NOTARY),
    ),
    fields=application_fields(
        NotaryAppointment,
        items="notary.route",
        applicant="申请人姓名",
        own=fields.APPOINTMENT,
        grounds=GROUNDS,
    ),
    order=40,
)

REMOVAL = CaseKind(
    key="notary.removal",
    title="公证员免职",
    work="application",
    lifecycle=lifecycles.REMOVAL.key,
    details=table_of(NotaryRemoval),
    series=REMOVAL_NO.key,
    respondent="notary",
    matter=("item", "evidence"),
    parties=(_role("notary", "公证员", NOTARY),),
    fields=application_fields(
        NotaryRemoval,
        items="notary.removal_reason",
        applicant="申请人姓名",
        own=fields.REMOVAL,
        grounds=GROUNDS,
    ),
    order=50,
)

PRACTICE = CaseKind(
    key="notary.practice_application",
    title="公证员变更执业机构、补换证",
    work="application",
    lifecycle=lifecycles.PRACTICE.key,
    details=table_of(PracticeApplication),
    series=PRACTICE_NO.key,
    respondent="notary",
    called="item",
    asks={"transfer": ("office", "settled")},
    matter=("item",),
    parties=(_role("notary", "公证员", NOTARY), _role("office", "转入机构", OFFICE)),
    fields=application_fields(
        PracticeApplication,
        items="notary.practice_item",
        applicant="申请人姓名",
        own=fields.PRACTICE,
        grounds=GROUNDS,
    ),
    order=60,
)

KINDS = (OFFICE_APPLICATION, HEAD_APPROVAL, APPOINTMENT, REMOVAL, PRACTICE)
