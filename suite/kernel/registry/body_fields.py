"""Fields that bodies and persons of every profession share, with the headings met in workbooks."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from suite.contract.declarations import Field, ValueCheck
from suite.kernel.registry.value_checks import area_code, past_date, phone_number, uscc_of
from suite.tables import Subject

USCC_HEADINGS = ("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "信用代码号", "机构代码")
"""How workbooks call 统一社会信用代码."""

DISTRICT_FIELD = Field(
    Subject.district_code,
    title="区县",
    headings=(
        "县区", "县（市、区）", "县(市、区)", "县市区", "区（县）", "区(县)", "所属区县", "所在区县",
        "所属县区", "所在县区", "所在区", "所在县", "属地", "辖区", "所属辖区", "行政区划", "行政区划代码",
        "所属地", "所在地区", "所属地区",
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


def uscc_field(register: str | None, *, section: str, fixed: str | None = None, listed: bool = True) -> Field:
    """统一社会信用代码 as the main identifier of a body. `register` as for `uscc_of`."""
    return Field(
        Subject.main_no,
        title="统一社会信用代码",
        section=section,
        headings=USCC_HEADINGS,
        listed=listed,
        fixed=fixed,
        checks=(uscc_of(register),),
        width=20,
    )


def address_field(
    column: InstrumentedAttribute[Any],
    title: str,
    headings: tuple[str, ...] = (),
    *,
    section: str,
    fixed: str | None = None,
) -> Field:
    """Where a body or place is."""
    usual = ("地址", "住所", "办公地址", "机构地址", "详细地址")
    return Field(
        column,
        title=title,
        section=section,
        headings=tuple(text for text in (*usual, *headings) if text != title),
        fixed=fixed,
        width=30,
    )


def area_code_field(column: InstrumentedAttribute[Any], *, section: str) -> Field:
    """The statistics code of where a body or place is."""
    return Field(
        column,
        title="住所区划代码",
        section=section,
        headings=("区划代码", "地址代码", "所在村居代码"),
        help="统计用区划代码，精确到村（居）的填 12 位。",
        checks=(area_code,),
        width=14,
        cleaner="identifier",
    )


def office_phone_field(
    column: InstrumentedAttribute[Any], headings: tuple[str, ...] = (), *, section: str, help: str = ""
) -> Field:
    """The telephone of an office: no person's, so it is shown to everybody."""
    return Field(
        column,
        title="联系电话",
        section=section,
        headings=("电话", "办公电话", "固定电话", "联系方式", *headings),
        cleaner="phone",
        checks=(phone_number,),
        help=help,
        width=14,
    )


def former_names_field(column: InstrumentedAttribute[Any], *, section: str) -> Field:
    """What a body was called before."""
    return Field(
        column,
        title="曾用名称",
        section=section,
        headings=("曾用名", "原名称"),
        help="多个名称用顿号隔开。",
    )


def past_date_field(
    column: InstrumentedAttribute[Any],
    title: str,
    headings: tuple[str, ...] = (),
    *,
    section: str,
    listed: bool = False,
    fixed: str | None = None,
    help: str = "",
) -> Field:
    """The day of something that has happened."""
    return Field(
        column,
        title=title,
        section=section,
        headings=headings,
        checks=(past_date,),
        listed=listed,
        fixed=fixed,
        help=help,
        width=11,
    )


def status_date_field(column: InstrumentedAttribute[Any]) -> Field:
    """Since when the state holds."""
    return past_date_field(column, "状态日期", ("状态变更日期", "状态时间"), section="状态")


def remarks_field(column: InstrumentedAttribute[Any], *, section: str = "状态") -> Field:
    """Whatever else is to be said."""
    return Field(column, title="备注", section=section, headings=("说明", "备注说明"))
