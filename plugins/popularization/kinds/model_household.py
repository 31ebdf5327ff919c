"""学法用法示范户, kept under the head of the household."""

from __future__ import annotations

from dataclasses import replace

from plugins.popularization.kinds.shared import (
    IDENTITY,
    NAMING,
    STATE,
    VILLAGE,
    document_field,
    village_field,
    village_group_field,
)
from plugins.popularization.rules.honours import household_end_told
from plugins.popularization.tables import ModelHousehold
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

MODEL_HOUSEHOLD = RecordKind(
    key="popularization.law_study_model_household",
    title="学法用法示范户",
    role=SubjectRole.PRACTITIONER,
    details=table_of(ModelHousehold),
    status="popularization.household_status",
    begins="named_on",
    unit="户",
    order=50,
    match=("main_no", "id_number", ("name", "body_id")),
    headline=("body_id", "district_code", "category", "named_on", "household_size", "phone"),
    checks=(identity_agrees, household_end_told),
    views=(
        SavedViewSpec(title="有效示范户", filters={"status": ("active",)}),
        SavedViewSpec(
            title="有法律明白人的示范户", filters={"status": ("active",), "has_law_savvy": (True,)}
        ),
    ),
    fields=(
        name_field("户主姓名", ("户主", "示范户户主", "示范户", "姓名"), section=IDENTITY, width=12),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        replace(DISTRICT_FIELD, section=VILLAGE),
        village_field(since="named_on"),
        village_group_field(ModelHousehold.village_group),
        Field(
            ModelHousehold.household_size,
            title="家庭人口",
            section=VILLAGE,
            headings=("人口数", "家庭人口数"),
            unit="人",
            checks=(not_negative,),
        ),
        Field(
            ModelHousehold.has_law_savvy,
            title="家中有法律明白人",
            section=VILLAGE,
            headings=("是否有法律明白人", "有无法律明白人"),
            dated=True,
            listed=True,
        ),
        Field(
            Subject.main_no,
            title="示范户编号",
            section=NAMING,
            headings=("编号", "牌匾编号", "挂牌编号"),
            help="没有编号的不填，按户主和村（社区）识别。",
            listed=True,
            width=16,
        ),
        category_field(
            "命名级别", "popularization.honour_level", ("级别", "示范户级别"), section=NAMING, width=8
        ),
        past_date_field(
            ModelHousehold.named_on,
            "命名日期",
            ("挂牌日期", "命名时间", "评定日期"),
            section=NAMING,
            listed=True,
        ),
        document_field(ModelHousehold.document_no),
        Field(ModelHousehold.deeds, title="主要事迹", section=NAMING, headings=("事迹", "示范内容")),
        past_date_field(ModelHousehold.cancelled_on, "取消日期", ("摘牌日期", "撤销日期"), section=STATE),
        Field(
            ModelHousehold.cancel_reason, title="取消原因", section=STATE, headings=("摘牌原因", "撤销原因")
        ),
        status_field("popularization.household_status", ("状态", "示范户状态"), title="命名状态"),
        status_date_field(ModelHousehold.status_on),
        remarks_field(ModelHousehold.remarks),
    ),
)
