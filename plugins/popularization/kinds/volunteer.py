"""普法志愿者, the lecturers' corps among them."""

from __future__ import annotations

from dataclasses import replace

from plugins.popularization.kinds.shared import IDENTITY, SERVICE, STATE
from plugins.popularization.rules.honours import volunteer_end_told
from plugins.popularization.tables import Volunteer
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
    identity_agrees,
    name_field,
    not_negative,
    past_date_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

VOLUNTEER = RecordKind(
    key="popularization.volunteer",
    title="普法志愿者",
    role=SubjectRole.PRACTITIONER,
    details=table_of(Volunteer),
    status="popularization.volunteer_status",
    begins="registered_on",
    order=60,
    match=("main_no", "id_number"),
    known_by=("employer",),
    headline=("main_no", "team", "category", "district_code", "is_lecturer", "registered_on", "phone"),
    checks=(identity_agrees, volunteer_end_told),
    views=(
        SavedViewSpec(title="在册志愿者", filters={"status": ("active",)}),
        SavedViewSpec(title="普法讲师团", filters={"status": ("active",), "is_lecturer": (True,)}),
        SavedViewSpec(title="面向青少年", filters={"status": ("active",), "audiences": ("youth",)}),
    ),
    fields=(
        name_field("姓名", ("志愿者姓名", "志愿者", "人员姓名"), section=IDENTITY, width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        replace(DISTRICT_FIELD, section=SERVICE),
        Field(
            Subject.main_no,
            title="志愿者编号",
            section=SERVICE,
            headings=("志愿者号", "注册号", "编号"),
            listed=True,
            width=16,
        ),
        category_field(
            "人员类别",
            "popularization.volunteer_kind",
            ("类别", "志愿者类别", "职业类别"),
            section=SERVICE,
            width=14,
        ),
        Field(
            Volunteer.team,
            title="服务队",
            section=SERVICE,
            headings=("志愿服务队", "所属服务队", "所属队伍", "组织单位"),
            dated=True,
            listed=True,
            width=20,
        ),
        Field(
            Volunteer.employer,
            title="工作单位",
            section=SERVICE,
            headings=("单位", "所在单位"),
            dated=True,
            width=22,
        ),
        Field(
            Volunteer.is_lecturer,
            title="讲师团成员",
            section=SERVICE,
            headings=("是否讲师团成员", "普法讲师", "讲师团"),
            dated=True,
            listed=True,
        ),
        Field(
            Volunteer.audiences,
            title="服务对象",
            section=SERVICE,
            headings=("面向对象", "宣讲对象", "服务群体"),
            codes="popularization.audience",
            several=True,
            listed=True,
            width=20,
        ),
        Field(
            Volunteer.specialties,
            title="擅长领域",
            section=SERVICE,
            headings=("专业领域", "专长", "宣讲专题"),
            width=20,
        ),
        past_date_field(
            Volunteer.registered_on, "注册日期", ("注册时间", "招募日期", "加入日期"), section=SERVICE
        ),
        Field(
            Volunteer.trained_hours,
            title="培训学时",
            section=SERVICE,
            headings=("学时", "累计培训学时"),
            checks=(not_negative,),
        ),
        Field(
            Volunteer.service_hours,
            title="累计服务时长",
            section=SERVICE,
            headings=("服务时长", "服务小时", "服务时数"),
            unit="小时",
            checks=(not_negative,),
        ),
        past_date_field(Volunteer.left_on, "退出日期", ("退出时间", "注销日期"), section=STATE),
        status_field("popularization.volunteer_status", ("人员状态", "志愿者状态"), title="状态"),
        status_date_field(Volunteer.status_on),
        remarks_field(Volunteer.remarks),
    ),
)
