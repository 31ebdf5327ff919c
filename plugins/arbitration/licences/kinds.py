"""Registrations, filings and appointments as kinds of case: fields, parties and numbers."""

from plugins.arbitration.licences import fields, lifecycles
from plugins.arbitration.licences.tables import CommissionFiling, CommissionRegistration, PanelDecision
from suite.api import (
    CaseKind,
    Newcomer,
    NumberSeries,
    PartyOf,
    PartyRole,
    application_fields,
    filing_fields,
    table_of,
)

COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
NEWCOMER = Newcomer(name="applicant_name", district="district_code")

REGISTRATION_NO = NumberSeries(
    key="arbitration.registration_no", title="仲裁委员会登记编号", organ="石司仲登"
)
FILING_NO = NumberSeries(key="arbitration.filing_no", title="仲裁委员会备案编号", organ="石司仲备")
PANEL_NO = NumberSeries(key="arbitration.panel_no", title="仲裁员聘任备案编号", organ="石司仲聘")
SERIES = (REGISTRATION_NO, FILING_NO, PANEL_NO)

PEOPLE = ("chair_name", "vice_chairs", "members", "expert_members")
TERM = ("term_from", "term_to")
NEW = ("applicant_name", "district_code")
#: What each thing that is applied for or filed asks for.
REGISTRATION_ASKS = {
    "establish": (
        *NEW, "seat", "seat_fits", "form", "founding_document", "new_address", "uscc", *PEOPLE, *TERM,
    ),
}  # fmt: skip
FILING_ASKS = {
    "residence": ("new_address",),
    "members": PEOPLE,
    "renewal": (*PEOPLE, "replaced", "term_number", *TERM),
    "branch": ("stations",),
}
ELIGIBLE = (
    "eligibility", "eligibility_years", "job_title", "evidence", "serving_post", "unit_approval",
    "panel_edition", *TERM, "licence_no",
)  # fmt: skip
PANEL_ASKS = {
    "appoint": (*NEW, *ELIGIBLE),
    "reappoint": ELIGIBLE,
    "resign": ("end_reason",),
    "remove": ("end_reason",),
}

HOUSE = PartyRole(key="commission", title="仲裁委员会", of=PartyOf.SUBJECT, kinds=(COMMISSION,))

REGISTRATION = CaseKind(
    key="arbitration.registration",
    title="仲裁委员会登记",
    work="application",
    lifecycle=lifecycles.REGISTRATION.key,
    details=table_of(CommissionRegistration),
    series=REGISTRATION_NO.key,
    respondent="commission",
    newcomer=NEWCOMER,
    called="item",
    asks=REGISTRATION_ASKS,
    matter=("item", "seat", "founding_document", "chair_name"),
    parties=(HOUSE,),
    fields=application_fields(
        CommissionRegistration,
        items="arbitration.registration_item",
        applicant="拟设仲裁委员会名称",
        own=fields.REGISTRATION,
        grounds="arbitration.registration_refusal",
    ),
    order=20,
)

FILING = CaseKind(
    key="arbitration.filing",
    title="仲裁委员会变更、换届备案",
    work="application",
    lifecycle=lifecycles.FILING.key,
    details=table_of(CommissionFiling),
    series=FILING_NO.key,
    respondent="commission",
    called="item",
    asks=FILING_ASKS,
    matter=("item", "changed_on", "new_address", "stations", "chair_name", "term_number"),
    parties=(HOUSE,),
    fields=filing_fields(CommissionFiling, items="arbitration.filing_item", own=fields.FILING),
    order=30,
)

PANEL = CaseKind(
    key="arbitration.panel",
    title="仲裁员聘任备案",
    work="application",
    lifecycle=lifecycles.PANEL.key,
    details=table_of(PanelDecision),
    series=PANEL_NO.key,
    respondent="arbitrator",
    newcomer=NEWCOMER,
    called="item",
    asks=PANEL_ASKS,
    matter=("item", "changed_on", "eligibility", "term_from", "term_to"),
    parties=(
        PartyRole(key="arbitrator", title="仲裁员", of=PartyOf.SUBJECT, kinds=(ARBITRATOR,)),
        HOUSE,
    ),
    fields=filing_fields(PanelDecision, items="arbitration.panel_item", own=fields.PANEL),
    order=40,
)

KINDS = (REGISTRATION, FILING, PANEL)
