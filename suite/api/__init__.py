"""The public face of the suite: all that a plugin may import (and `suite.ui.kit` inside its pages).

A plugin is a package with these things, see `plugins/appraisal` for the smallest of ours:

- `tables.py`: its mapped tables on a base of its own (`OwnedTables`), each named `<name>_…`;
- `kinds.py`, `codes.py`, `parameters.py`: declarations, mostly data;
- `rules.py`: validators, pure functions that return problems;
- `indicators.py`: numbers that the bureau answers for, if the profession has any;
- `__init__.py`: the hooks, marked with `hookimpl`.
"""

from suite.contract.casework import (
    Approval,
    ApprovalStep,
    CaseFacts,
    CaseKind,
    CaseList,
    Cell,
    ClockAct,
    DayOrder,
    Finding,
    Guard,
    Lifecycle,
    LineColumn,
    LineFact,
    NumberSeries,
    OnClock,
    PartyOf,
    PartyRole,
    State,
    Transition,
)
from suite.contract.code_sets import members, packed, repacked, titles_of
from suite.contract.commands import Actor, Change, Command, Done, Facts, KindCommand, Scope, Work
from suite.contract.declarations import (
    CheckContext,
    Code,
    CodeList,
    Confidence,
    Declaration,
    Field,
    FieldType,
    HelpPage,
    LicenceSpec,
    Page,
    Parameter,
    Permission,
    RecordKind,
    Role,
    SampleData,
    SampleRequest,
    SavedViewSpec,
    SubjectRole,
)
from suite.contract.hooks import API_VERSION, PluginInfo, TodayItem, hookimpl
from suite.contract.indicators import (
    AsOf,
    Cases,
    Chosen,
    Count,
    Direction,
    Figure,
    FigureSeries,
    Indicator,
    IndicatorSet,
    Least,
    Level,
    Members,
    Nature,
    Part,
    Parts,
    Ratio,
    Target,
)
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.contract.states import StateKind
from suite.contract.time_limits import Extension, TimeLimit, Unit
from suite.contract.usual_lists import EVIDENCE, FINDINGS, INTERVIEWS, MATERIALS, check_items
from suite.database.base import OwnedTables, table_of
from suite.database.types import BigId, UtcDateTime, key_text
from suite.kernel.casework.complaints.frame import ComplaintFrame
from suite.kernel.casework.complaints.steps import ComplaintLimits
from suite.kernel.clocks.declaring import OwnLimits
from suite.kernel.clocks.spans import latest_start, months_after, whole_years, years_after
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.invention.names import trade_name
from suite.kernel.invention.people import InventedPerson, Inventor
from suite.kernel.invention.untidy import date_cell, name_cell, number_cell, untidy, wrong
from suite.kernel.parameters.declaring import OwnParameters
from suite.kernel.registry.body_fields import (
    DISTRICT_FIELD,
    USCC_HEADINGS,
    address_field,
    area_code_field,
    category_field,
    former_names_field,
    name_field,
    office_phone_field,
    past_date_field,
    remarks_field,
    status_date_field,
    status_field,
    uscc_field,
)
from suite.kernel.registry.findings import Findings
from suite.kernel.registry.identifiers.appraisal_number import (
    check_appraisal_licence,
    check_appraiser_number,
)
from suite.kernel.registry.identifiers.area_codes import check_area_code
from suite.kernel.registry.identifiers.lawyer_number import (
    check_firm_licence_number,
    check_lawyer_number,
    check_qualification_number,
    check_trainee_number,
)
from suite.kernel.registry.identifiers.notary_number import check_notary_number, check_notary_office_number
from suite.kernel.registry.identifiers.phone import check_phone
from suite.kernel.registry.identifiers.problems import problems_of
from suite.kernel.registry.identifiers.resident import birth_date_of, check_resident, sex_of
from suite.kernel.registry.identifiers.uscc import check_uscc
from suite.kernel.registry.identifiers.verdict import Verdict
from suite.kernel.registry.person_fields import (
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    contract_end_field,
    identity_agrees,
    languages_field,
    qualification_field,
    serial_field,
)
from suite.kernel.registry.row_checks import given_together, in_order
from suite.kernel.registry.value_checks import (
    not_negative,
    past_date,
    phone_number,
    qualification_number,
    uscc_of,
)
from suite.kernel.registry.waiting import Line, RunsOut, readable, short_of_members
from suite.tables import STAYS, Identity, LicenceEvent, Person, Post, Subject
from suite.tables.complaint_columns import ComplaintColumns

__all__ = [
    "API_VERSION",
    "DISTRICT_FIELD",
    "EVIDENCE",
    "FINDINGS",
    "IDENTITY_FIELDS",
    "INTERVIEWS",
    "MATERIALS",
    "PERSON_FIELDS",
    "POPULATION",
    "STAYS",
    "USCC_HEADINGS",
    "Actor",
    "Approval",
    "ApprovalStep",
    "AsOf",
    "BigId",
    "CaseFacts",
    "CaseKind",
    "CaseList",
    "Cases",
    "Cell",
    "Change",
    "CheckContext",
    "Chosen",
    "ClockAct",
    "Code",
    "CodeList",
    "Command",
    "ComplaintColumns",
    "ComplaintFrame",
    "ComplaintLimits",
    "Confidence",
    "Count",
    "DayOrder",
    "Declaration",
    "Direction",
    "Done",
    "Extension",
    "Facts",
    "Field",
    "FieldType",
    "Figure",
    "FigureSeries",
    "Finding",
    "Findings",
    "Guard",
    "HelpPage",
    "Identity",
    "Indicator",
    "IndicatorSet",
    "InventedPerson",
    "Inventor",
    "KindCommand",
    "Least",
    "Level",
    "LicenceEvent",
    "LicenceSpec",
    "Lifecycle",
    "Line",
    "LineColumn",
    "LineFact",
    "Members",
    "Nature",
    "NewNotice",
    "NoticeKind",
    "NumberSeries",
    "OnClock",
    "OwnLimits",
    "OwnParameters",
    "OwnedTables",
    "Page",
    "Parameter",
    "Part",
    "Parts",
    "PartyOf",
    "PartyRole",
    "Permission",
    "Person",
    "PluginInfo",
    "Post",
    "Problem",
    "ProblemKind",
    "Ratio",
    "RecordKind",
    "Refused",
    "Role",
    "RunsOut",
    "SampleData",
    "SampleRequest",
    "SavedViewSpec",
    "Scope",
    "Severity",
    "State",
    "StateKind",
    "Subject",
    "SubjectRole",
    "Target",
    "TimeLimit",
    "TodayItem",
    "Transition",
    "Unit",
    "UtcDateTime",
    "Verdict",
    "Work",
    "address_field",
    "area_code_field",
    "birth_date_of",
    "category_field",
    "check_appraisal_licence",
    "check_appraiser_number",
    "check_area_code",
    "check_firm_licence_number",
    "check_items",
    "check_lawyer_number",
    "check_notary_number",
    "check_notary_office_number",
    "check_phone",
    "check_qualification_number",
    "check_resident",
    "check_trainee_number",
    "check_uscc",
    "contract_end_field",
    "date_cell",
    "former_names_field",
    "given_together",
    "hookimpl",
    "identity_agrees",
    "in_order",
    "key_text",
    "languages_field",
    "latest_start",
    "members",
    "months_after",
    "name_cell",
    "name_field",
    "not_negative",
    "number_cell",
    "office_phone_field",
    "packed",
    "past_date",
    "past_date_field",
    "phone_number",
    "problems_of",
    "qualification_field",
    "qualification_number",
    "readable",
    "refuse",
    "remarks_field",
    "repacked",
    "serial_field",
    "sex_of",
    "short_of_members",
    "status_date_field",
    "status_field",
    "table_of",
    "titles_of",
    "trade_name",
    "untidy",
    "uscc_field",
    "uscc_of",
    "whole_years",
    "wrong",
    "years_after",
]
