"""法治文化阵地 and the bases of legal education."""

from __future__ import annotations

from dataclasses import replace

from plugins.popularization.kinds.shared import (
    NAMING,
    SITE,
    STATE,
    UPKEEP,
    VILLAGE,
    document_field,
    village_field,
)
from plugins.popularization.rules.honours import site_dates, site_end_told
from plugins.popularization.tables import CultureSite
from suite.api import (
    DISTRICT_FIELD,
    Field,
    RecordKind,
    SavedViewSpec,
    Subject,
    SubjectRole,
    address_field,
    category_field,
    name_field,
    not_negative,
    office_phone_field,
    past_date_field,
    remarks_field,
    status_date_field,
    status_field,
    table_of,
)

CULTURE_SITE = RecordKind(
    key="popularization.rule_of_law_culture_site",
    title="法治文化阵地",
    role=SubjectRole.PLACE,
    details=table_of(CultureSite),
    status="popularization.site_status",
    counted=("active", "repair"),
    begins="opened_on",
    unit="处",
    order=40,
    match=("main_no", ("name", "body_id")),
    headline=(
        "category",
        "level",
        "body_id",
        "district_code",
        "address",
        "opened_on",
        "manager",
        "office_phone",
    ),
    checks=(site_dates, site_end_told),
    views=(
        SavedViewSpec(title="正常开放", filters={"status": ("active",)}),
        SavedViewSpec(title="教育基地", filters={"status": ("active",), "category": ("base", "youth_base")}),
        SavedViewSpec(title="红色法治文化阵地", filters={"status": ("active",), "is_red": (True,)}),
        SavedViewSpec(title="规划在建与维修", filters={"status": ("planned", "repair")}),
    ),
    fields=(
        name_field(
            "阵地名称", ("法治文化阵地名称", "法治文化阵地", "基地名称", "名称"), section=SITE, width=26
        ),
        Field(
            Subject.main_no,
            title="阵地编号",
            section=SITE,
            headings=("编号", "阵地编码"),
            help="区县代码加顺序号；没有编号的按名称和所在村识别。",
            width=14,
        ),
        category_field(
            "阵地类型", "popularization.site_kind", ("类型", "类别", "阵地类别"), section=SITE, width=16
        ),
        Field(
            CultureSite.level,
            title="级别",
            section=SITE,
            headings=("阵地级别", "层级"),
            codes="popularization.honour_level",
            dated=True,
            listed=True,
            width=8,
        ),
        Field(
            CultureSite.is_red,
            title="红色法治文化",
            section=SITE,
            headings=("是否红色法治文化", "红色资源", "红色文化"),
        ),
        Field(
            CultureSite.themes,
            title="主题",
            section=SITE,
            headings=("主要内容", "主题内容", "展示内容"),
            width=20,
        ),
        replace(DISTRICT_FIELD, section=VILLAGE),
        village_field(since="opened_on", required=False),
        address_field(CultureSite.address, "地址", ("所在位置", "位置"), section=VILLAGE),
        Field(
            CultureSite.area,
            title="面积",
            section=SITE,
            headings=("占地面积", "面积（平方米）", "建筑面积"),
            unit="平方米",
            checks=(not_negative,),
        ),
        past_date_field(
            CultureSite.opened_on,
            "建成开放日期",
            ("建成日期", "建成时间", "开放日期"),
            section=SITE,
            listed=True,
        ),
        past_date_field(CultureSite.named_on, "命名日期", ("命名时间",), section=NAMING),
        document_field(CultureSite.document_no),
        Field(CultureSite.builder, title="建设单位", section=UPKEEP, headings=("承建单位", "主办单位")),
        Field(
            CultureSite.manager,
            title="管理单位",
            section=UPKEEP,
            headings=("管护单位", "维护单位", "责任单位"),
            width=20,
        ),
        Field(
            CultureSite.manager_name,
            title="管理员",
            section=UPKEEP,
            headings=("负责人", "联系人", "管护人"),
            cleaner="name",
        ),
        office_phone_field(CultureSite.office_phone, section=UPKEEP, help="填办公电话。"),
        Field(
            CultureSite.funds,
            title="投入资金",
            section=UPKEEP,
            headings=("建设资金", "资金投入", "投资额"),
            unit="元",
            checks=(not_negative,),
        ),
        Field(CultureSite.opening_hours, title="开放时间", section=UPKEEP, headings=("开放时段",)),
        Field(
            CultureSite.yearly_visits,
            title="年接待人次",
            section=UPKEEP,
            headings=("接待人次", "年参观人次", "参观人数"),
            unit="人次",
            checks=(not_negative,),
        ),
        past_date_field(
            CultureSite.checked_on, "最近检查日期", ("检查日期", "巡查日期"), section=UPKEEP, listed=True
        ),
        Field(CultureSite.defects, title="检查发现问题", section=UPKEEP, headings=("存在问题", "损坏情况")),
        past_date_field(CultureSite.closed_on, "关闭日期", ("拆除日期",), section=STATE),
        status_field("popularization.site_status", ("开放状态", "阵地状态"), title="状态"),
        status_date_field(CultureSite.status_on),
        remarks_field(CultureSite.remarks),
    ),
)
