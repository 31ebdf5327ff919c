"""律师事务所分所."""

from __future__ import annotations

from dataclasses import replace

from plugins.lawyers.kinds.shared import (
    BY_CHANGE,
    LICENCE,
    PREMISES,
    body_head_fields,
    body_means_fields,
    body_number_fields,
    body_party_fields,
    body_premises_fields,
    parent_code_field,
    status_date_field,
)
from plugins.lawyers.rules.bodies import (
    address_in_district,
    branch_assets,
    numbers_agree,
    opened_after_approval,
    parent_given,
    party_branch,
)
from plugins.lawyers.rules.holds import FIRM_HOLDS
from plugins.lawyers.tables import BranchOffice
from suite.api import (
    DISTRICT_FIELD,
    Field,
    LicenceSpec,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    name_field,
    remarks_field,
    status_field,
    table_of,
)

ON_ROSTER = ("active", "licensed_preparing", "rectifying", "suspended", "terminating")

BRANCH_OFFICE = RecordKind(
    key="lawyers.branch_office",
    title="分所",
    role=SubjectRole.ORGANISATION,
    details=table_of(BranchOffice),
    status="lawyers.branch_status",
    counted=ON_ROSTER,
    holds=FIRM_HOLDS,
    unit="家",
    order=40,
    match=("main_no", "name"),
    licence=LicenceSpec(
        title="律师事务所分所执业许可证",
        number="main_no",
        serial="certificate_serial_no",
        valid_from="approved_on",
    ),
    headline=(
        "main_no", "parent_name", "parent_province", "head_name", "district_code", "approved_on", "address",
        "office_phone", "party_form",
    ),
    checks=(
        parent_given, branch_assets, opened_after_approval, numbers_agree, party_branch, address_in_district,
    ),
    views=(SavedViewSpec(title="在册分所", filters={"status": ON_ROSTER}),),
    fields=(
        name_field(
            "机构名称",
            ("分所名称", "分所", "律师事务所分所名称", "单位名称", "名称", "执业机构"),
            section=LICENCE,
            fixed=BY_CHANGE,
            width=28,
        ),
        Field(
            BranchOffice.former_names,
            title="曾用名称",
            section=LICENCE,
            headings=("曾用名", "原名称", "曾用机构名称"),
            help="多个名称用顿号隔开。",
        ),
        Field(
            BranchOffice.parent_name,
            title="总所名称",
            section=LICENCE,
            headings=("总所", "设立律师事务所", "母所名称", "所属总所"),
            listed=True,
            fixed=BY_CHANGE,
            width=24,
        ),
        Field(
            BranchOffice.parent_province,
            title="总所所在省份",
            section=LICENCE,
            headings=("总所省份", "总所所在地", "总所所在省"),
            fixed=BY_CHANGE,
        ),
        parent_code_field(),
        Field(
            Subject.body_id,
            title="本市总所",
            section=LICENCE,
            headings=("市内总所", "本市总所名称"),
            help="总所在本市名册中的，从名册选择。",
            links=("lawyers.law_firm",),
            link_role="branch_of",
            filtered=True,
            fixed=BY_CHANGE,
            width=24,
        ),
        *body_number_fields(BranchOffice),
        *body_head_fields(BranchOffice),
        replace(DISTRICT_FIELD, section=PREMISES),
        *body_premises_fields(BranchOffice),
        *body_party_fields(BranchOffice),
        *body_means_fields(BranchOffice),
        status_field(
            "lawyers.branch_status", ("状态", "分所状态", "机构状态", "目前状态"), fixed=BY_CHANGE, width=12
        ),
        status_date_field(BranchOffice.status_on),
        remarks_field(BranchOffice.remarks),
    ),
)  # fmt: skip
