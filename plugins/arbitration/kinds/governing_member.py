"""组成人员 of the commission: chair, vice-chairs and members of a term."""

from __future__ import annotations

from dataclasses import replace

from plugins.arbitration.kinds.shared import APPOINTMENT, IDENTITY, STATE, commission_field, job_title_field
from plugins.arbitration.rules import resigned_is_told, term_fits
from plugins.arbitration.tables import GoverningMember
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

GOVERNING_MEMBER = RecordKind(
    key="arbitration.governing_member",
    title="组成人员",
    role=SubjectRole.PRACTITIONER,
    details=table_of(GoverningMember),
    status="arbitration.member_status",
    begins="first_appointed_on",
    order=30,
    match=("main_no", "id_number", ("name", "body_id")),
    known_by=("employer",),
    headline=("body_id", "category", "expertise", "term_number", "term_to", "employer", "phone"),
    checks=(identity_agrees, term_fits, resigned_is_told),
    views=(
        SavedViewSpec(title="本届组成人员", filters={"status": ("active",)}),
        SavedViewSpec(
            title="法律、经济贸易专家", filters={"status": ("active",), "expertise": ("law", "trade")}
        ),
    ),
    fields=(
        name_field("姓名", ("组成人员姓名", "人员姓名", "委员姓名"), section=IDENTITY, width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        Field(
            Subject.main_no,
            title="聘书编号",
            section=APPOINTMENT,
            headings=("聘书号", "任职证书编号", "编号"),
            help="没有编号的不填，按姓名和仲裁委员会识别，连任的更新届次。",
            width=14,
        ),
        commission_field("仲裁委员会", APPOINTMENT, role="governing_member", since="term_from"),
        replace(DISTRICT_FIELD, section=APPOINTMENT, listed=False),
        category_field(
            "任职", "arbitration.member_post", ("职务", "委员会职务", "组成人员职务"), section=APPOINTMENT
        ),
        Field(
            GoverningMember.expertise,
            title="专家类别",
            section=APPOINTMENT,
            headings=("专家领域", "是否专家", "专家身份"),
            codes="arbitration.expertise",
            dated=True,
            listed=True,
            help="法律、经济贸易专家不少于组成人员的三分之二。",
        ),
        job_title_field(GoverningMember.job_title, APPOINTMENT),
        Field(
            GoverningMember.employer,
            title="工作单位及职务",
            section=APPOINTMENT,
            headings=("工作单位", "单位", "所在单位", "单位及职务"),
            dated=True,
            listed=True,
            width=18,
        ),
        Field(
            GoverningMember.is_full_time,
            title="是否驻会",
            section=APPOINTMENT,
            headings=("驻会", "专职"),
            dated=True,
        ),
        past_date_field(
            GoverningMember.first_appointed_on,
            "首次任职日期",
            ("初任日期", "首次聘任日期"),
            section=APPOINTMENT,
            help="连任的仍填第一次任职的日期。",
        ),
        Field(
            GoverningMember.term_number,
            title="届次",
            section=APPOINTMENT,
            headings=("第几届", "所属届次", "届数", "届别"),
            checks=(not_negative,),
            dated=True,
            listed=True,
        ),
        Field(
            GoverningMember.term_from,
            title="任期起",
            section=APPOINTMENT,
            headings=("任职日期", "聘任日期", "任期开始日期"),
            until="term_to",
            span=("任期", "聘期", "任职期限"),
        ),
        Field(
            GoverningMember.term_to,
            title="任期止",
            section=APPOINTMENT,
            headings=("任期届满日期", "任期至"),
            listed=True,
            width=11,
        ),
        Field(
            GoverningMember.approval_no,
            title="聘任文件",
            section=APPOINTMENT,
            headings=("聘任文号", "任命文号", "市政府聘任文件"),
        ),
        past_date_field(GoverningMember.ended_on, "离任日期", ("免职日期", "辞任日期"), section=STATE),
        status_field("arbitration.member_status", ("状态", "人员状态", "执业状态"), title="任职状态"),
        status_date_field(GoverningMember.status_on),
        remarks_field(GoverningMember.remarks),
    ),
)
