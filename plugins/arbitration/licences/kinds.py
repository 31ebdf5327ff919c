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
    matter=("item", "changed_on", "eligibility", "term_from", "term_to"),
    parties=(
        PartyRole(key="arbitrator", title="仲裁员", of=PartyOf.SUBJECT, kinds=(ARBITRATOR,)),
        HOUSE,
    ),
    fields=filing_fields(PanelDecision, items="arbitration.panel_item", own=fields.PANEL),
    order=40,
)

KINDS = (REGISTRATION, FILING, PANEL)
