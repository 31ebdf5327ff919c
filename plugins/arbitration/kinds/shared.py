"""What the kinds of arbitration have in common: the acts that fix a fact, sections, terms, the commission."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from suite.api import Field, Subject

#: What fixes a registered fact; a form shows it as text and names this act.
BY_CHANGE = "变更登记"
BY_APPOINTMENT = "聘任决定"

IDENTITY = "身份信息"
REGISTRATION = "登记事项"
GOVERNING = "组成人员"
PREMISES = "住所与联系"
ELIGIBILITY = "任职条件"
APPOINTMENT = "聘任信息"
EMPLOYMENT = "用工信息"
STATE = "状态"

COMMISSION_NAMES = ("执业机构", "仲裁委员会", "仲裁机构", "所在仲裁机构", "聘任单位", "机构名称")


def commission_field(title: str, section: str, *, role: str, since: str, fixed: str | None = None) -> Field:
    """The commission that somebody serves."""
    return Field(
        Subject.body_id,
        title=title,
        section=section,
        headings=tuple(text for text in COMMISSION_NAMES if text != title),
        links=("arbitration.arbitration_commission",),
        link_role=role,
        since=since,
        listed=True,
        filtered=True,
        fixed=fixed,
        width=20,
    )


def job_title_field(column: InstrumentedAttribute[Any], section: str) -> Field:
    """职称等级."""
    return Field(
        column,
        title="职称等级",
        section=section,
        headings=("职称", "专业技术职称"),
        codes="arbitration.job_title",
        dated=True,
        width=8,
    )
