"""What the kinds of popularization have in common: the village, an honour's document, the sections."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from suite.api import Field, Subject

IDENTITY = "身份信息"
UNIT = "单位信息"
DUTY = "普法责任"
CONTACT = "联系方式"
VILLAGE = "所在村（社区）"
TRAINING = "选任与培训"
SITE = "阵地信息"
NAMING = "命名"
RECHECK = "复核"
SERVICE = "志愿服务"
UPKEEP = "管理与维护"
STATE = "状态"

_VILLAGES = (
    "村(社区)", "村居", "村（居）", "所在村", "所在村（社区）", "行政村", "村", "社区", "村（居）委会",
    "村居名称", "村名", "村（社区）名称",
)  # fmt: skip


def village_field(*headings: str, since: str, required: bool = True, listed: bool = True) -> Field:
    """The village or community: found by county, township and name, or by its code."""
    return Field(
        Subject.body_id,
        title="村（社区）",
        section=VILLAGE,
        headings=(*_VILLAGES, *headings),
        links=("core.village",),
        link_role="village",
        since=since,
        required=required,
        listed=listed,
        filtered=True,
        help="同名的村以区县和乡镇（街道）区分，也可以填 12 位区划代码。",
        width=24,
    )


def village_group_field(column: InstrumentedAttribute[Any]) -> Field:
    """村民小组 within the village."""
    return Field(
        column,
        title="村（居）民小组",
        section=VILLAGE,
        headings=("村民小组", "小组", "组别", "自然村", "村民组"),
    )


def document_field(column: InstrumentedAttribute[Any]) -> Field:
    """The document that names."""
    return Field(
        column,
        title="命名文号",
        section=NAMING,
        headings=("命名文件", "批准文号", "文号", "命名决定文号"),
        width=20,
    )
