"""The rosters of firms, branches and employing units as workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from plugins.lawyers.sample.lawyers import head_of
from plugins.lawyers.sample.people import working_day
from plugins.lawyers.sample.plan import Plan
from suite.api import SampleRequest, date_cell, number_cell

_ASSETS = {"普通合伙": (30, 200), "特殊的普通合伙": (1000, 3000), "个人": (10, 60), "国家出资": (10, 30)}
_FORM_CELLS = {
    "普通合伙": ("普通合伙", "合伙所", "普通合伙"),
    "特殊的普通合伙": ("特殊的普通合伙", "特殊普通合伙"),
    "个人": ("个人", "个人所"),
    "国家出资": ("国家出资", "国资所"),
}


def firm_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """One row for each firm."""
    plan = Plan(request)
    for firm in plan.firms:
        inventor = plan.apart("firm row", firm.place)
        rng = inventor.draw
        head = head_of(plan, firm)
        low, high = _ASSETS[firm.form]
        party = _party_form(rng, firm.size)
        yield {
            "序号": firm.place + 1,
            "律师事务所名称": firm.name,
            "统一社会信用代码": number_cell(rng, firm.uscc),
            "执业许可证流水号": f"2{10_000_000 + firm.place:08d}",
            "组织形式": rng.choice(_FORM_CELLS[firm.form]),
            "负责人": head.person.name,
            "负责人执业证号": head.number,
            "成立日期": date_cell(rng, firm.founded),
            "批准文号": f"冀司许律字〔{firm.founded.year}〕{rng.randint(1, 180)}号",
            "开业日期": date_cell(rng, working_day(firm.founded + dt.timedelta(days=rng.randint(20, 58)))),
            "县（市、区）": firm.district[1],
            "住所": inventor.address(firm.district),
            "住所区划代码": inventor.village(firm.district),
            "主管司法局": f"{firm.district[1]}司法局",
            "办公电话": inventor.landline(),
            "党组织形式": party,
            "党支部书记": inventor.name(inventor.chance(40)) if party == "独立党支部" else "",
            "设立资产（元）": rng.randint(low, high) * 10_000,
            "行政人员数": rng.randint(0, 1 + firm.size // 8),
            "状态": _firm_status(rng),
            "备注": "",
        }


def branch_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """One row for each branch."""
    plan = Plan(request)
    for branch in plan.branches:
        inventor = plan.apart("branch row", branch.place)
        rng = inventor.draw
        head = head_of(plan, branch)
        yield {
            "序号": branch.place + 1,
            "分所名称": branch.name,
            "统一社会信用代码": number_cell(rng, branch.uscc),
            "总所名称": branch.parent,
            "总所所在省份": branch.province,
            "本市总所": branch.local_parent,
            "负责人": head.person.name,
            "负责人执业证号": head.number,
            "批准日期": date_cell(rng, branch.founded),
            "县（市、区）": branch.district[1],
            "住所": inventor.address(branch.district),
            "办公电话": inventor.landline(),
            "资产（元）": rng.randint(30, 120) * 10_000,
            "状态": "正常",
        }


def unit_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """One row for each unit that employs lawyers."""
    plan = Plan(request)
    for place, unit in enumerate(plan.units, 1):
        inventor = plan.apart("unit row", place)
        department = {"公职律师": "政策法规科", "公司律师": "法律合规部"}.get(unit.category, "")
        yield {
            "序号": place,
            "单位名称": unit.name,
            "统一社会信用代码": unit.uscc,
            "单位性质": unit.kind,
            "单位级别": unit.level,
            "所在区县": unit.district[1],
            "法制机构": department,
            "配备方式": "",
            "批准文号": "",
            "办公电话": inventor.landline(),
            "备注": "",
        }
    for place, organ in enumerate(plan.organs, len(plan.units) + 1):
        inventor = plan.apart("organ row", place)
        yield {
            "序号": place,
            "单位名称": organ.name,
            "统一社会信用代码": organ.uscc,
            "单位性质": organ.kind,
            "单位级别": organ.level,
            "所在区县": organ.district[1],
            "法制机构": "",
            "配备方式": "统筹共享" if organ.shared else "",
            "批准文号": f"石司公律〔2025〕{place}号" if organ.shared else "",
            "办公电话": inventor.landline(),
            "备注": "",
        }


def _party_form(rng: Random, size: int) -> str:
    if size >= 12:
        return "独立党支部"
    return rng.choice(("联合党支部", "指导员", "独立党支部" if size >= 6 else "联合党支部"))


def _firm_status(rng: Random) -> str:
    draw = rng.random()
    if draw < 0.985:
        return "正常"
    return "整改" if draw < 0.993 else "停业整顿"
