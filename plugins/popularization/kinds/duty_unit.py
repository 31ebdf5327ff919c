"""普法责任单位."""

from __future__ import annotations

from dataclasses import replace

from plugins.popularization.kinds.shared import CONTACT, DUTY, UNIT
from plugins.popularization.rules.duty_units import enforcer_has_laws
from plugins.popularization.tables import DutyUnit
from suite.api import (
    DISTRICT_FIELD,
    Field,
    RecordKind,
    SavedViewSpec,
    SubjectRole,
    address_field,
    category_field,
    name_field,
    office_phone_field,
    past_date_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
    uscc_field,
)

DUTY_UNIT = RecordKind(
    key="popularization.duty_unit",
    title="普法责任单位",
    role=SubjectRole.ORGAN,
    details=table_of(DutyUnit),
    status="popularization.unit_status",
    begins="listed_on",
    unit="个",
    order=20,
    match=("main_no", "name"),
    headline=("main_no", "category", "sector", "is_enforcement", "contact_name", "office_phone"),
    checks=(enforcer_has_laws,),
    views=(
        SavedViewSpec(title="市直部门", filters={"status": ("active",), "category": ("city_department",)}),
        SavedViewSpec(title="县（市、区）", filters={"status": ("active",), "category": ("county",)}),
    ),
    fields=(
        name_field(
            "单位名称",
            ("普法责任单位", "责任单位", "责任单位名称", "机构名称", "名称", "单位"),
            section=UNIT,
            width=24,
        ),
        uscc_field(None, section=UNIT, listed=False),
        category_field(
            "单位类别",
            "popularization.unit_level",
            ("类别", "责任单位类别", "单位层级", "层级"),
            section=UNIT,
            width=12,
        ),
        Field(
            DutyUnit.sector,
            title="系统",
            section=UNIT,
            headings=("单位性质", "所属系统", "系统分类"),
            codes="popularization.sector",
            listed=True,
            width=10,
        ),
        Field(DutyUnit.superior, title="上级主管单位", section=UNIT, headings=("主管单位", "上级单位")),
        replace(DISTRICT_FIELD, section=UNIT),
        address_field(DutyUnit.address, "办公地址", ("单位地址",), section=UNIT),
        Field(
            DutyUnit.is_enforcement,
            title="是否行政执法机关",
            section=DUTY,
            headings=("行政执法机关", "执法机关", "是否执法机关", "是否执法单位", "执法单位"),
            dated=True,
            listed=True,
            width=8,
        ),
        Field(
            DutyUnit.laws,
            title="执行的法律法规",
            section=DUTY,
            headings=("主要法律法规", "执行法律法规", "普法内容", "重点法律法规"),
            help="各部法律法规用顿号隔开。",
            width=30,
        ),
        Field(
            DutyUnit.in_joint_meeting,
            title="联席会议成员单位",
            section=DUTY,
            headings=("是否联席会议成员", "普法联席会议成员", "成员单位"),
            dated=True,
        ),
        past_date_field(DutyUnit.listed_on, "列入日期", ("列入责任单位日期", "列入时间"), section=DUTY),
        Field(
            DutyUnit.department,
            title="责任科室",
            section=CONTACT,
            headings=("承办科室", "责任处室", "责任部门"),
        ),
        Field(
            DutyUnit.leader_name,
            title="分管负责人",
            section=CONTACT,
            headings=("分管领导", "普法负责人", "负责人"),
            cleaner="name",
        ),
        Field(
            DutyUnit.contact_name,
            title="联络员",
            section=CONTACT,
            headings=("联系人", "普法联络员", "联络员姓名"),
            cleaner="name",
            listed=True,
            width=10,
        ),
        office_phone_field(DutyUnit.office_phone, ("联络员电话",), section=CONTACT, help="填办公电话。"),
        status_field("popularization.unit_status", ("单位状态",), title="状态", width=8),
        status_date_field(DutyUnit.status_on),
        remarks_field(DutyUnit.remarks),
    ),
)
