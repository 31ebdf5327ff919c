"""用人单位: the organ, institution or company that employs government, in-house or legal-aid lawyers."""

from __future__ import annotations

from dataclasses import replace

from plugins.lawyers.kinds.shared import status_date_field
from plugins.lawyers.tables import EmployerUnit
from suite.api import (
    DISTRICT_FIELD,
    USCC_HEADINGS,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    name_field,
    remarks_field,
    status_field,
    table_of,
    uscc_of,
)

EMPLOYER_UNIT = RecordKind(
    key="lawyers.employer_unit",
    title="用人单位",
    role=SubjectRole.ORGAN,
    details=table_of(EmployerUnit),
    status="lawyers.unit_status",
    unit="家",
    order=50,
    match=("main_no", "name"),
    headline=("main_no", "category", "unit_level", "district_code", "address", "office_phone"),
    views=(
        SavedViewSpec(
            title="公职律师单位",
            filters={
                "status": ("active",),
                "category": ("party_organ", "government_organ", "congress_organ", "mass_organisation"),
            },
        ),
        SavedViewSpec(
            title="公司律师单位",
            filters={"status": ("active",), "category": ("state_company", "private_company")},
        ),
    ),
    fields=(
        name_field(
            "单位名称",
            (
                "机构名称",
                "单位",
                "所在单位",
                "工作单位",
                "用人单位",
                "用人单位名称",
                "名称",
                "单位全称",
            ),
            width=26,
        ),
        Field(
            EmployerUnit.former_names,
            title="曾用名称",
            headings=("曾用名", "原名称"),
            help="多个名称用顿号隔开。",
        ),
        Field(
            Subject.main_no,
            title="统一社会信用代码",
            headings=USCC_HEADINGS,
            listed=True,
            checks=(uscc_of(),),
            width=20,
        ),
        category_field(
            "单位类别", "lawyers.unit_kind", ("单位性质", "单位类型", "类别", "机构性质"), width=12
        ),
        Field(
            EmployerUnit.unit_level,
            title="单位层级",
            headings=("层级", "单位级别", "级别"),
            codes="lawyers.unit_level",
            listed=True,
            width=8,
        ),
        replace(DISTRICT_FIELD, help="市级以上单位按办公地填写。"),
        Field(
            EmployerUnit.legal_department,
            title="法制机构",
            headings=("法制工作机构", "法务部门", "法制科室"),
            help="管理公职律师、公司律师的内设机构。",
        ),
        Field(
            EmployerUnit.lawyer_mode,
            title="公职律师配备方式",
            headings=("公职律师方式", "配备方式"),
            codes="lawyers.government_lawyer_mode",
            help="经批准统筹共享或委托的，没有本单位的公职律师也算配备。",
            dated=True,
        ),
        Field(
            EmployerUnit.lawyer_mode_no,
            title="统筹（委托）批准文号",
            headings=("统筹批准文号", "委托批准文号", "批准文号"),
        ),
        Field(
            EmployerUnit.counsel_exempt,
            title="不要求配备",
            headings=("是否不要求配备", "免配备"),
            help="按规定不要求聘请法律顾问、配备公职律师的单位填“是”，不计入覆盖率。",
            dated=True,
        ),
        Field(EmployerUnit.address, title="地址", headings=("办公地址", "单位地址", "住所"), width=30),
        Field(EmployerUnit.contact_name, title="联系人", headings=("联系人姓名", "经办人"), cleaner="name"),
        Field(
            EmployerUnit.office_phone,
            title="联系电话",
            headings=("电话", "办公电话", "联系方式", "单位电话"),
            width=14,
        ),
        status_field("lawyers.unit_status", ("状态",), title="单位状态", width=8),
        status_date_field(EmployerUnit.status_on),
        remarks_field(EmployerUnit.remarks),
    ),
)
