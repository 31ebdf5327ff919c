"""仲裁秘书."""

from __future__ import annotations

from dataclasses import replace

from plugins.arbitration.kinds.shared import ELIGIBILITY, EMPLOYMENT, IDENTITY, STATE, commission_field
from plugins.arbitration.rules import contract_in_order, left_is_told
from plugins.arbitration.tables import CaseSecretary
from suite.api import (
    DISTRICT_FIELD,
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    contract_end_field,
    identity_agrees,
    languages_field,
    name_field,
    past_date_field,
    qualification_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

CASE_SECRETARY = RecordKind(
    key="arbitration.case_secretary",
    title="仲裁秘书",
    role=SubjectRole.PRACTITIONER,
    details=table_of(CaseSecretary),
    status="arbitration.secretary_status",
    counted=("active", "away"),
    begins="entered_on",
    order=40,
    match=("main_no", "id_number"),
    headline=("body_id", "category", "grade", "department", "entered_on", "phone"),
    checks=(identity_agrees, left_is_told, contract_in_order),
    views=(
        SavedViewSpec(title="在岗仲裁秘书", filters={"status": ("active", "away")}),
        SavedViewSpec(title="合同聘用", filters={"status": ("active",), "category": ("contract",)}),
    ),
    fields=(
        name_field("姓名", ("秘书姓名", "仲裁秘书姓名", "人员姓名"), section=IDENTITY, width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        Field(
            Subject.main_no,
            title="人员编号",
            section=EMPLOYMENT,
            headings=("工号", "秘书编号", "工作证号"),
            help="机构内的编号，没有的不填。",
            width=14,
        ),
        commission_field("所在机构", EMPLOYMENT, role="secretary", since="entered_on"),
        replace(DISTRICT_FIELD, section=EMPLOYMENT, listed=False),
        category_field(
            "用工形式", "core.engagement", ("聘用形式", "编制性质", "人员性质"), section=EMPLOYMENT
        ),
        Field(
            CaseSecretary.grade,
            title="秘书等级",
            section=EMPLOYMENT,
            headings=("职级", "等级", "岗位等级"),
            dated=True,
            listed=True,
        ),
        Field(
            CaseSecretary.department,
            title="所在部门",
            section=EMPLOYMENT,
            headings=("部门", "科室", "处室"),
            dated=True,
            listed=True,
            width=16,
        ),
        past_date_field(
            CaseSecretary.entered_on,
            "入职日期",
            ("到岗日期", "聘用日期", "入职时间"),
            section=EMPLOYMENT,
            listed=True,
        ),
        contract_end_field(CaseSecretary.contract_to, section=EMPLOYMENT),
        qualification_field(CaseSecretary.qualification_no, section=ELIGIBILITY),
        Field(
            CaseSecretary.certificates,
            title="专业证书",
            section=ELIGIBILITY,
            headings=("职业证书", "培训证书", "其他证书"),
        ),
        languages_field(CaseSecretary.languages, section=ELIGIBILITY),
        past_date_field(CaseSecretary.left_on, "离职日期", ("离岗日期", "离职时间"), section=STATE),
        status_field("arbitration.secretary_status", ("状态", "人员状态", "执业状态"), title="在岗状态"),
        status_date_field(CaseSecretary.status_on),
        remarks_field(CaseSecretary.remarks),
    ),
)
