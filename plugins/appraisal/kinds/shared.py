"""What institutions and appraisers have in common: what they may do, and until when."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from suite.api import Field

#: What fixes a registered fact; a form shows it as text and names this act.
BY_CHANGE = "变更登记"
BY_RENEWAL = "延续登记"

IDENTITY = "身份信息"
LICENCE = "登记事项"
SCOPE = "业务范围"
PREMISES = "住所与联系"
QUALITY = "资质与质量"
PRACTICE = "执业信息"
STATE = "状态"

ON_ROSTER = ("active", "rectifying", "suspended")


def scope_fields(
    categories: InstrumentedAttribute[Any],
    items: InstrumentedAttribute[Any],
    title: str,
    headings: tuple[str, ...],
) -> tuple[Field, Field]:
    """执业类别 (sub-domains) and 鉴定项目 (their numbered items), both kept with their dates."""
    return (
        Field(
            categories,
            title=title,
            section=SCOPE,
            headings=headings,
            codes="appraisal.practice_category",
            several=True,
            dated=True,
            listed=True,
            fixed=BY_CHANGE,
            width=20,
        ),
        Field(
            items,
            title="鉴定项目",
            section=SCOPE,
            headings=("执业项目", "鉴定事项", "项目范围", "业务项目", "分领域项目", "具体项目"),
            codes="appraisal.practice_item",
            several=True,
            dated=True,
            fixed=BY_CHANGE,
            help="各项用顿号隔开，可带编号，如 0201人体损伤程度鉴定。",
            width=40,
        ),
    )


def accredited_field(column: InstrumentedAttribute[Any], title: str, headings: tuple[str, ...]) -> Field:
    """The categories that an accreditation covers."""
    return Field(
        column,
        title=title,
        section=QUALITY,
        headings=headings,
        codes="appraisal.practice_category",
        several=True,
        width=28,
    )


def licensed_fields(
    begin: InstrumentedAttribute[Any], end: InstrumentedAttribute[Any], licence: str, section: str
) -> tuple[Field, Field]:
    """From when until when the licence or certificate is valid."""
    return (
        Field(
            begin,
            title="有效期起",
            section=section,
            headings=(f"{licence}有效期起", "有效期自", "发证日期", "颁证日期"),
            until=end.key,
            span=("有效期", f"{licence}有效期", "执业有效期"),
            fixed=BY_RENEWAL,
        ),
        Field(
            end,
            title="有效期止",
            section=section,
            headings=(f"{licence}有效期止", "有效期至", "有效期限", "到期日期"),
            listed=True,
            fixed=BY_RENEWAL,
            width=11,
        ),
    )
