"""法律明白人."""

from __future__ import annotations

from dataclasses import replace

from plugins.popularization.kinds.shared import (
    IDENTITY,
    STATE,
    TRAINING,
    VILLAGE,
    village_field,
    village_group_field,
)
from plugins.popularization.rules.villagers import (
    exit_is_told,
    number_agrees,
    of_age,
    trained_before_certified,
    villager_no,
)
from plugins.popularization.tables import LawSavvyVillager
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

LAW_SAVVY_VILLAGER = RecordKind(
    key="popularization.law_savvy_villager",
    title="法律明白人",
    role=SubjectRole.PRACTITIONER,
    details=table_of(LawSavvyVillager),
    status="popularization.villager_status",
    begins="selected_on",
    order=10,
    match=("main_no", "id_number"),
    headline=("main_no", "body_id", "district_code", "category", "village_post", "certified_on", "phone"),
    checks=(identity_agrees, number_agrees, trained_before_certified, exit_is_told, of_age),
    views=(
        SavedViewSpec(title="在岗法律明白人", filters={"status": ("active",)}),
        SavedViewSpec(title="十户普法宣传员", filters={"status": ("active",), "is_publicist": (True,)}),
        SavedViewSpec(title="待发证", filters={"status": ("nominated", "trained")}),
        SavedViewSpec(
            title="村（社区）“两委”成员", filters={"status": ("active",), "category": ("village_cadre",)}
        ),
    ),
    fields=(
        name_field("姓名", ("法律明白人姓名", "法律明白人", "人员姓名"), section=IDENTITY, width=14),
        *PERSON_FIELDS,
        *IDENTITY_FIELDS,
        replace(DISTRICT_FIELD, section=VILLAGE),
        village_field(since="selected_on"),
        village_group_field(LawSavvyVillager.village_group),
        category_field(
            "人员类别",
            "popularization.villager_kind",
            ("类别", "身份类别", "人员类型", "法律明白人类别"),
            section=VILLAGE,
            width=22,
        ),
        Field(
            LawSavvyVillager.village_post,
            title="村（社区）职务",
            section=VILLAGE,
            headings=("职务", "村内职务", "现任职务"),
        ),
        Field(
            Subject.main_no,
            title="证号",
            section=TRAINING,
            headings=("法律明白人证号", "证书编号", "证件编号", "编号", "法律明白人证编号"),
            listed=True,
            checks=(villager_no,),
            help="村居代码 12 位、年份 4 位、顺序号。",
            width=20,
        ),
        Field(LawSavvyVillager.badge_no, title="徽章编号", section=TRAINING, headings=("徽章号", "胸牌编号")),
        past_date_field(
            LawSavvyVillager.selected_on,
            "选任日期",
            ("推选日期", "选任时间", "遴选日期", "起始日期"),
            section=TRAINING,
        ),
        Field(
            LawSavvyVillager.trained_hours,
            title="培训学时",
            section=TRAINING,
            headings=("岗前培训学时", "学时", "累计培训学时", "培训课时"),
            checks=(not_negative,),
        ),
        past_date_field(
            LawSavvyVillager.trained_on,
            "最近培训日期",
            ("培训日期", "培训时间"),
            section=TRAINING,
        ),
        past_date_field(
            LawSavvyVillager.certified_on,
            "发证日期",
            ("颁证日期", "发证时间", "上岗日期"),
            section=TRAINING,
            listed=True,
        ),
        Field(
            LawSavvyVillager.is_publicist,
            title="十户普法宣传员",
            section=TRAINING,
            headings=("是否十户普法宣传员", "普法宣传员", "十户宣传员"),
            dated=True,
        ),
        Field(
            LawSavvyVillager.households,
            title="联系户数",
            section=TRAINING,
            headings=("包联户数", "服务户数"),
            unit="户",
            checks=(not_negative,),
        ),
        status_field("popularization.villager_status", ("人员状态", "在岗状态", "履职状态"), title="状态"),
        past_date_field(LawSavvyVillager.exited_on, "退出日期", ("退出时间",), section=STATE),
        Field(
            LawSavvyVillager.exit_reason,
            title="退出原因",
            section=STATE,
            codes="popularization.exit_reason",
            headings=("退出事由",),
        ),
        status_date_field(LawSavvyVillager.status_on),
        remarks_field(LawSavvyVillager.remarks),
    ),
)
