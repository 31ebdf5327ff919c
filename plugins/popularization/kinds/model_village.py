"""民主法治示范村（社区）: a quality of a village, kept as a record of its own that links to it.

One record for each village and level, not columns of the village: an honour has dates, documents and states
of its own, a village may hold several levels at once, and the register of villages belongs to the core. So
the number of model villages of a level on any past day by county is the list of this kind as of that day,
counted by district.
"""

from __future__ import annotations

from dataclasses import replace

from plugins.popularization.kinds.shared import NAMING, RECHECK, VILLAGE, document_field, village_field
from plugins.popularization.rules.honours import (
    recheck_due,
    rechecked_after_named,
    rectifying_has_a_term,
    village_end_told,
    village_level,
)
from plugins.popularization.tables import ModelVillage
from suite.api import (
    DISTRICT_FIELD,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    category_field,
    name_field,
    not_negative,
    past_date_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

MODEL_VILLAGE = RecordKind(
    key="popularization.democratic_rule_of_law_village",
    title="民主法治示范村（社区）",
    role=SubjectRole.PLACE,
    details=table_of(ModelVillage),
    status="popularization.village_status",
    counted=("active", "rechecking", "rectifying"),
    begins="named_on",
    named_after="body_id",
    unit="个",
    order=30,
    match=("main_no", ("body_id", "category")),
    headline=("category", "body_id", "district_code", "batch", "named_on", "document_no", "rechecked_on"),
    checks=(
        village_level,
        rechecked_after_named,
        recheck_due,
        rectifying_has_a_term,
        village_end_told,
    ),
    views=(
        SavedViewSpec(title="有效示范村（社区）", filters={"status": ("active", "rechecking", "rectifying")}),
        SavedViewSpec(
            title="全国示范村（社区）",
            filters={"status": ("active", "rechecking", "rectifying"), "category": ("national",)},
        ),
        SavedViewSpec(
            title="市级以上",
            filters={
                "status": ("active", "rechecking", "rectifying"),
                "category": ("national", "province", "city"),
            },
        ),
        SavedViewSpec(title="申报中", filters={"status": ("applied", "county_recommended", "city_reviewed")}),
        SavedViewSpec(title="撤销与注销", filters={"status": ("cancelled", "deregistered")}),
    ),
    fields=(
        name_field(
            "示范村（社区）名称",
            ("示范村名称", "示范村", "示范社区", "示范村（社区）"),
            section=VILLAGE,
            width=24,
        ),
        village_field(since="named_on", listed=False),
        replace(DISTRICT_FIELD, section=VILLAGE),
        category_field(
            "命名级别", "popularization.honour_level", ("级别", "示范级别", "层级"), section=NAMING, width=8
        ),
        Field(
            Subject.main_no,
            title="命名编号",
            section=NAMING,
            headings=("牌匾编号", "编号"),
            help="没有编号的不填，按村（社区）和级别识别。",
            width=14,
        ),
        Field(ModelVillage.batch, title="批次", section=NAMING, headings=("命名批次", "届次"), listed=True),
        past_date_field(
            ModelVillage.named_on,
            "命名日期",
            ("命名时间", "授牌日期", "批准日期"),
            section=NAMING,
            listed=True,
        ),
        document_field(ModelVillage.document_no),
        Field(
            ModelVillage.named_by,
            title="命名机关",
            section=NAMING,
            headings=("命名单位", "授牌单位"),
            help="司法行政和民政部门联合命名。",
        ),
        Field(
            ModelVillage.score,
            title="考评得分",
            section=NAMING,
            headings=("得分", "评分"),
            checks=(not_negative,),
        ),
        past_date_field(
            ModelVillage.rechecked_on, "最近复核日期", ("复核日期", "复核时间"), section=RECHECK, listed=True
        ),
        Field(
            ModelVillage.recheck_result,
            title="复核结果",
            section=RECHECK,
            headings=("复核结论", "复核意见"),
            codes="popularization.recheck_result",
        ),
        Field(ModelVillage.rectify_by, title="整改期限", section=RECHECK, headings=("整改截止日期",)),
        past_date_field(
            ModelVillage.cancelled_on,
            "撤销（注销）日期",
            ("撤销日期", "注销日期", "撤销命名日期"),
            section=RECHECK,
        ),
        Field(
            ModelVillage.cancel_document_no,
            title="撤销（注销）文号",
            section=RECHECK,
            headings=("撤销文号", "注销文号"),
        ),
        Field(
            ModelVillage.cancel_reason,
            title="撤销（注销）原因",
            section=RECHECK,
            headings=("撤销原因", "注销原因"),
        ),
        status_field("popularization.village_status", ("状态", "示范村状态"), title="命名状态"),
        status_date_field(ModelVillage.status_on),
        remarks_field(ModelVillage.remarks),
    ),
)
