"""仲裁员."""

from __future__ import annotations

from dataclasses import replace

from plugins.arbitration.kinds.shared import (
    APPOINTMENT,
    BY_APPOINTMENT,
    ELIGIBILITY,
    IDENTITY,
    STATE,
    commission_field,
    job_title_field,
)
from plugins.arbitration.rules import eligible, ended_is_told, may_serve, term_fits, years_are_possible
from plugins.arbitration.tables import Arbitrator
from suite.api import (
    DISTRICT_FIELD,
    IDENTITY_FIELDS,
    PERSON_FIELDS,
    Field,
    LicenceSpec,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    identity_agrees,
    languages_field,
    name_field,
    not_negative,
    past_date_field,
    qualification_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

ARBITRATOR = RecordKind(
    key="arbitration.arbitrator",
    title="仲裁员",
    role=SubjectRole.PRACTITIONER,
    details=table_of(Arbitrator),
    status="arbitration.arbitrator_status",
    counted=("active", "suspended"),
    order=10,
    match=("main_no", "id_number"),
    known_by=("employer",),
    licence=LicenceSpec(title="仲裁员聘书", number="main_no", valid_from="term_from", valid_to="term_to"),
    begins="first_appointed_on",
    headline=("main_no", "body_id", "category", "employer", "specialties", "term_to", "phone"),
    checks=(identity_agrees, eligible, years_are_possible, may_serve, term_fits, ended_is_told),
    views=(
        SavedViewSpec(title="在聘仲裁员", filters={"status": ("active", "suspended")}),
        SavedViewSpec(title="律师仲裁员", filters={"status": ("active",), "category": ("lawyer",)}),
        SavedViewSpec(
            title="公职人员仲裁员",
            filters={
                "status": ("active",),
                "serving_post": ("judge", "prosecutor", "supervisor", "official"),
            },
        ),
        SavedViewSpec(title="聘期届满", filters={"status": ("expired",)}),
    ),
    fields=(
        name_field("姓名", ("仲裁员姓名", "仲裁员", "人员姓名"), section=IDENTITY, width=14),
        *PERSON_FIELDS,
        Field(
            Arbitrator.nationality, title="国籍", section=IDENTITY, headings=("国籍（地区）", "国籍或地区")
        ),
        *IDENTITY_FIELDS,
        Field(
            Subject.main_no,
            title="聘书编号",
            section=APPOINTMENT,
            headings=("聘书号", "仲裁员聘书号", "仲裁员证号", "证书编号", "证号", "仲裁员编号"),
            listed=True,
            fixed=BY_APPOINTMENT,
            width=17,
        ),
        commission_field("聘任机构", APPOINTMENT, role="member", since="term_from", fixed=BY_APPOINTMENT),
        replace(DISTRICT_FIELD, section=APPOINTMENT, listed=False),
        Field(
            Arbitrator.panel_edition,
            title="名册版次",
            section=APPOINTMENT,
            headings=("仲裁员名册版次", "所属名册"),
        ),
        past_date_field(
            Arbitrator.first_appointed_on, "首次聘任日期", ("首次受聘日期", "初聘日期"), section=APPOINTMENT
        ),
        Field(
            Arbitrator.term_from,
            title="聘期起",
            section=APPOINTMENT,
            headings=("聘任日期", "聘期开始日期", "聘任起始日期", "任期起"),
            until="term_to",
            span=("聘期", "任期", "聘任期限", "聘任期", "聘书有效期"),
            fixed=BY_APPOINTMENT,
        ),
        Field(
            Arbitrator.term_to,
            title="聘期止",
            section=APPOINTMENT,
            headings=("聘期届满日期", "聘期至", "聘任截止日期", "任期止"),
            listed=True,
            fixed=BY_APPOINTMENT,
            width=11,
        ),
        Field(
            Subject.category,
            title="任职条件",
            section=ELIGIBILITY,
            headings=("任职资格", "资格条件", "聘任条件", "任职资格条件"),
            codes="arbitration.eligibility",
            dated=True,
            listed=True,
            filtered=True,
            fixed=BY_APPOINTMENT,
            help="仲裁法第十三条所列五项条件之一。",
            width=20,
        ),
        Field(
            Arbitrator.eligibility_years,
            title="从业年限",
            section=ELIGIBILITY,
            headings=("工作年限", "从事相关工作年限", "从业年数"),
            checks=(not_negative,),
            help="聘任时从事仲裁、律师、审判或检察工作的年数。",
        ),
        Field(
            Arbitrator.evidence,
            title="条件证明材料",
            section=ELIGIBILITY,
            headings=("证明材料", "资格证明"),
        ),
        qualification_field(Arbitrator.qualification_no, section=ELIGIBILITY),
        job_title_field(Arbitrator.job_title, ELIGIBILITY),
        Field(
            Arbitrator.employer,
            title="工作单位",
            section=ELIGIBILITY,
            headings=("单位", "所在单位", "现工作单位", "单位及职务"),
            dated=True,
            listed=True,
            width=22,
        ),
        Field(
            Arbitrator.serving_post,
            title="现任公职",
            section=ELIGIBILITY,
            headings=("公职身份", "是否公职人员"),
            codes="arbitration.serving_post",
            dated=True,
        ),
        Field(
            Arbitrator.unit_approval,
            title="单位批准文号",
            section=ELIGIBILITY,
            headings=("单位同意文件", "批准文号"),
        ),
        Field(
            Arbitrator.specialties,
            title="专业领域",
            section=ELIGIBILITY,
            headings=("专业", "擅长领域", "业务专长", "专长", "专业方向"),
            width=18,
        ),
        languages_field(Arbitrator.languages, section=ELIGIBILITY),
        Field(
            Arbitrator.training_hours,
            title="累计培训学时",
            section=APPOINTMENT,
            headings=("培训学时", "培训课时"),
            checks=(not_negative,),
        ),
        past_date_field(
            Arbitrator.ended_on, "终止聘任日期", ("辞聘日期", "除名日期", "解聘日期"), section=STATE
        ),
        Field(
            Arbitrator.end_reason,
            title="终止聘任原因",
            section=STATE,
            headings=("辞聘原因", "解聘原因"),
            codes="arbitration.end_reason",
        ),
        status_field(
            "arbitration.arbitrator_status",
            ("状态", "人员状态", "执业状态"),
            title="聘任状态",
            fixed=BY_APPOINTMENT,
        ),
        status_date_field(Arbitrator.status_on),
        remarks_field(Arbitrator.remarks),
    ),
)
