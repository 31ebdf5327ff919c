"""Fields that bodies and persons of every profession share, with the headings met in workbooks."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from suite.contract.declarations import Field, ValueCheck
from suite.tables import Subject

USCC_HEADINGS = ("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "信用代码号", "机构代码")
"""How workbooks call 统一社会信用代码."""

DISTRICT_FIELD = Field(
    Subject.district_code,
    title="区县",
    headings=(
        "县区", "县（市、区）", "县(市、区)", "县市区", "区（县）", "区(县)", "所属区县", "所在区县",
        "所属县区", "所在县区", "属地", "辖区", "所属辖区", "行政区划",
    ),
    dated=True,
    listed=True,
    filtered=True,
    width=10,
)  # fmt: skip
"""区县 of a body or person; a person's follows the body's where it is not given."""


def name_field(
    title: str,
    headings: tuple[str, ...],
    *,
    section: str = "基本信息",
    fixed: str | None = None,
    checks: tuple[ValueCheck, ...] = (),
    width: int = 10,
) -> Field:
    """The name of a body or person: asked for, and shown in every list."""
    return Field(
        Subject.name,
        title=title,
        section=section,
        headings=headings,
        required=True,
        listed=True,
        fixed=fixed,
        checks=checks,
        width=width,
    )


def category_field(
    title: str,
    codes: str,
    headings: tuple[str, ...],
    *,
    section: str = "基本信息",
    fixed: str | None = None,
    width: int = 10,
) -> Field:
    """What a kind is divided by: kept with its dates, since numbers look back on it; a filter."""
    return Field(
        Subject.category,
        title=title,
        section=section,
        headings=headings,
        codes=codes,
        dated=True,
        listed=True,
        filtered=True,
        fixed=fixed,
        width=width,
    )


def status_field(
    codes: str,
    headings: tuple[str, ...],
    *,
    title: str = "执业状态",
    section: str = "状态",
    fixed: str | None = None,
    width: int = 10,
) -> Field:
    """The state of a body or person: kept with its dates; a filter."""
    return Field(
        Subject.status,
        title=title,
        section=section,
        headings=headings,
        codes=codes,
        dated=True,
        listed=True,
        filtered=True,
        fixed=fixed,
        width=width,
    )


def remarks_field(column: InstrumentedAttribute[Any], *, section: str = "状态") -> Field:
    """Whatever else is to be said."""
    return Field(column, title="备注", section=section, headings=("说明", "备注说明"))
