"""Agreements of counsel with villages and organs, as counties and organs report them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from plugins.lawyers.sample.lawyers import SampleLawyer, all_lawyers
from plugins.lawyers.sample.plan import Plan
from suite.api import Inventor, SampleRequest, untidy, years_after

#: Villages that a bureau of this size reports: for each practitioner, at least, and this share of a county.
PER_PRACTITIONER, LEAST, SHARE = 2, 240, 0.97
#: What one lawyer takes on.
EACH = 5


def village_counsel_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """村（居）法律顾问聘任情况: county after county, each nearly whole."""
    return untidy(request, "lawyers.village_counsel", _villages(request))


def _villages(request: SampleRequest) -> Iterator[dict[str, Any]]:
    plan, today = Plan(request), request.today
    inventor = plan.apart("village counsel")
    names, most = dict(request.districts), max(LEAST, request.practitioners * PER_PRACTITIONER)
    counties = inventor.draw.sample([code for code, _ in request.districts], len(request.districts))
    lawyers = _by_district(plan)
    elsewhere = iter([one for several in lawyers.values() for one in several])
    number = 0
    for county in counties:
        near = iter(lawyers.pop(county, []))
        serving, left = None, 0
        for _, name, township, district in request.villages:
            if district != county or number >= most or not inventor.chance(100 * SHARE):
                continue
            if left == 0:
                serving, left = next(near, None) or next(elsewhere, None), EACH
            left -= 1
            number += 1
            grass_roots = serving is None or inventor.chance(8)
            begins, ends = _term(inventor, today)
            short = name.removesuffix("村民委员会").removesuffix("居民委员会").removesuffix("社区")
            yield {
                "序号": number,
                "县（市、区）": names[district],
                "乡镇（街道）": township,
                "村（社区）": name,
                "顾问类别": "基层法律服务工作者" if grass_roots else "律师",
                "律师事务所": "" if grass_roots or serving is None else serving.body,
                "法律顾问": "" if grass_roots or serving is None else serving.number,
                "基层法律服务工作者": inventor.name(inventor.chance(35)) if grass_roots else "",
                "签订日期": min(begins, today),
                "起始日期": begins,
                "到期日期": ends,
                "微信群": f"{short}法律服务群" if inventor.chance(90) else "",
                "补贴（元/年）": inventor.draw.choice((1200, 2000, 2400, 3600)),
                "状态": "有效",
                "备注": "",
            }


def _by_district(plan: Plan) -> dict[str, list[SampleLawyer]]:
    """District → the lawyers of its firms who practise there."""
    firms = {firm.name for firm in plan.firms}
    found: dict[str, list[SampleLawyer]] = {}
    for lawyer in all_lawyers(plan):
        if lawyer.body in firms and lawyer.status == "正常执业":
            found.setdefault(lawyer.district[0], []).append(lawyer)
    return found


def _term(inventor: Inventor, today: dt.date) -> tuple[dt.date, dt.date]:
    """One to three years; a few have ended without another, a few end soon."""
    draw = inventor.draw.random()
    span = (-300, -1) if draw < 0.03 else (1, 58) if draw < 0.1 else (62, 700)
    ends = today + dt.timedelta(days=inventor.draw.randint(*span))
    years = next(years for years in (1, 2, 3) if years_after(ends, -years) <= today)
    return years_after(ends, -years) + dt.timedelta(days=1), ends


def organ_counsel_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """党政机关法律顾问备案: most organs have a lawyer, some a scholar, a few nobody."""
    plan, today = Plan(request), request.today
    inventor = plan.apart("organ counsel")
    lawyers = [one for several in _by_district(plan).values() for one in several]
    inventor.draw.shuffle(lawyers)
    turn = cycle(lawyers)
    organs = [(unit.name, unit.district[1]) for unit in plan.units if unit.kind == "行政机关"]
    organs += [(organ.name, organ.district[1]) for organ in plan.organs]
    number = 0
    for name, district in organs:
        if not inventor.chance(88):
            continue
        number += 1
        scholar = not lawyers or inventor.chance(10)
        lawyer = None if scholar else next(turn)
        begins, ends = _term(inventor, today)
        yield {
            "序号": number,
            "单位名称": name,
            "县（市、区）": district,
            "顾问类别": "专家学者" if lawyer is None else "外聘律师",
            "律师事务所": "" if lawyer is None else lawyer.body,
            "法律顾问": "" if lawyer is None else lawyer.number,
            "其他顾问姓名": inventor.name(inventor.chance(35)) if lawyer is None else "",
            "合同编号": f"GWHT-{begins.year}-{number:04d}",
            "签订日期": min(begins, today),
            "起始日期": begins,
            "到期日期": ends,
            "顾问费（元/年）": inventor.draw.choice((20_000, 30_000, 50_000, 80_000)),
            "备案号": f"石司顾备〔{begins.year}〕{number}号",
            "备案日期": min(begins + dt.timedelta(days=12), today),
            "状态": "有效",
        }
