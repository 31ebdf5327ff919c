"""Registrations and lost conditions as kinds of case: fields, parties and numbers."""

from plugins.appraisal.licences import fields, lifecycles
from plugins.appraisal.licences.tables import AppraiserRegistration, ConditionsLost, InstitutionRegistration
from suite.api import (
    CaseKind,
    Newcomer,
    NumberSeries,
    PartyOf,
    PartyRole,
    application_fields,
    table_of,
)

INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
GROUNDS = "appraisal.registration_refusal"
NEWCOMER = Newcomer(name="applicant_name", district="district_code")

INSTITUTION_NO = NumberSeries(
    key="appraisal.institution_registration_no", title="司法鉴定机构登记编号", organ="石司鉴机"
)
APPRAISER_NO = NumberSeries(
    key="appraisal.appraiser_registration_no", title="司法鉴定人登记编号", organ="石司鉴人"
)
CONDITIONS_NO = NumberSeries(key="appraisal.conditions_no", title="登记条件缺失编号", organ="石司鉴改")
SERIES = (INSTITUTION_NO, APPRAISER_NO, CONDITIONS_NO)

NEW = ("applicant_name", "district_code")
FOUNDED = (
    *NEW, "new_address", "parent_type", "parent_body", "legal_representative", "head_name", "funds", "scope",
    "scope_items", "appraisers_per_item", "cma_no", "not_barred",
)  # fmt: skip
#: What each thing that is applied for asks for.
INSTITUTION_ASKS = {
    "establish": FOUNDED,
    "branch": (*FOUNDED, "out_of_province", "other_province_no"),
    "scope": ("scope", "scope_items", "appraisers_per_item", "cma_no", "not_barred"),
    "name": ("new_name",),
    "premises": ("new_address",),
    "head": ("legal_representative", "head_name", "not_barred"),
    "funds": ("funds",),
    "cancel": ("cancel_ground",),
}
QUALIFIED = ("eligibility", "job_title", "field_years", "scope", "scope_items", "not_barred")
ENGAGED = ("institution", "employment", "main_unit", "unit_consent", "not_barred")
APPRAISER_ASKS = {
    "first": (*NEW, *ENGAGED, *QUALIFIED),
    "transfer": ENGAGED,
    "category": QUALIFIED,
    "cancel": ("cancel_ground",),
}

INSTITUTION_REGISTRATION = CaseKind(
    key="appraisal.institution_registration",
    title="司法鉴定机构登记",
    work="application",
    lifecycle=lifecycles.INSTITUTION.key,
    details=table_of(InstitutionRegistration),
    series=INSTITUTION_NO.key,
    respondent="applicant",
    newcomer=NEWCOMER,
    called="item",
    asks=INSTITUTION_ASKS,
    matter=("item", "scope", "new_name", "new_address", "head_name", "funds"),
    parties=(PartyRole(key="applicant", title="申请机构", of=PartyOf.SUBJECT, kinds=(INSTITUTION,)),),
    fields=application_fields(
        InstitutionRegistration,
        items="appraisal.institution_item",
        applicant="拟设机构名称",
        own=fields.INSTITUTION,
        grounds=GROUNDS,
    ),
    order=20,
)

APPRAISER_REGISTRATION = CaseKind(
    key="appraisal.appraiser_registration",
    title="司法鉴定人登记",
    work="application",
    lifecycle=lifecycles.APPRAISER.key,
    details=table_of(AppraiserRegistration),
    series=APPRAISER_NO.key,
    respondent="applicant",
    newcomer=NEWCOMER,
    called="item",
    asks=APPRAISER_ASKS,
    matter=("item", "employment", "eligibility", "job_title", "scope"),
    parties=(
        PartyRole(key="applicant", title="申请人", of=PartyOf.SUBJECT, kinds=(APPRAISER,)),
        PartyRole(key="institution", title="执业机构", of=PartyOf.SUBJECT, kinds=(INSTITUTION,)),
    ),
    fields=application_fields(
        AppraiserRegistration,
        items="appraisal.appraiser_item",
        applicant="申请人姓名",
        own=fields.APPRAISER,
        grounds=GROUNDS,
    ),
    order=30,
)

CONDITIONS = CaseKind(
    key="appraisal.conditions",
    title="登记条件缺失",
    work="application",
    lifecycle=lifecycles.CONDITIONS.key,
    details=table_of(ConditionsLost),
    series=CONDITIONS_NO.key,
    respondent="applicant",
    matter=("ground", "lost_on", "lacking", "frozen"),
    parties=(
        PartyRole(key="applicant", title="机构或鉴定人", of=PartyOf.SUBJECT, kinds=(INSTITUTION, APPRAISER)),
    ),
    fields=fields.CONDITIONS,
    order=40,
)

KINDS = (INSTITUTION_REGISTRATION, APPRAISER_REGISTRATION, CONDITIONS)
