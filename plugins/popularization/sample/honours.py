"""民主法治示范村（社区）, 学法用法示范户 and 法治文化阵地, spread over the real villages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from suite.api import Inventor, SampleRequest, untidy, years_after

#: Of each roster so many rows among ten thousand practitioners of all professions, and at least so many.
VILLAGES_PER_10K, HOUSEHOLDS_PER_10K, SITES_PER_10K, LEAST = 180, 260, 400, 12
#: Tenths of the sequence part of resident numbers that belong to the households.
LANES = (6,)
#: Levels of naming with their share, the document's organ, and the years in which they name.
_LEVELS = {"县级": 40, "市级": 34, "省级": 18, "全国": 8}
_ORGANS = {
    "县级": "{district}司法局、{district}民政局",
    "市级": "石家庄市司法局、石家庄市民政局",
    "省级": "河北省司法厅、河北省民政厅",
    "全国": "司法部、民政部",
}
_SITES = {
    "法治文化广场": 26, "法治文化长廊": 22, "法治宣传栏": 18, "法治文化公园": 12, "农家书屋法律角": 12,
    "法治文化街区": 4, "法治展馆": 2, "法治宣传教育基地": 2, "青少年法治教育基地": 2,
}  # fmt: skip
#: What the names of villages and communities end in, before a site is called after one.
_COMMITTEES = ("村民委员会", "居民委员会", "居委会", "委会")
_THEMES = ("宪法", "民法典", "乡村振兴促进法", "反家庭暴力法", "土地管理法", "未成年人保护法", "家风家训")


def _number(request: SampleRequest, per_10k: int) -> int:
    return max(LEAST, request.practitioners * per_10k // 10_000)


def _chosen(inventor: Inventor, request: SampleRequest, number: int) -> list[tuple[str, str, str, str]]:
    """Villages by lot, each once as long as there are enough."""
    villages = list(request.villages)
    rounds, left = divmod(number, len(villages))
    return villages * rounds + inventor.draw.sample(villages, left)


def _place(request: SampleRequest, village: tuple[str, str, str, str]) -> dict[str, Any]:
    _, name, township, district = village
    return {
        "县（市、区）": dict(request.districts)[district],
        "乡镇（街道）": township,
        "村（社区）": name,
    }


def model_village_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """民主法治示范村（社区）名录: named in spring of the even years, rechecked two years later."""
    return untidy(request, "popularization.model_village", _model_villages(request))


def _model_villages(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "popularization.model_village")
    names, today = dict(request.districts), request.today
    chosen = _chosen(inventor, request, min(_number(request, VILLAGES_PER_10K), len(request.villages)))
    for place, village in enumerate(chosen, 1):
        level = inventor.pick(_LEVELS)
        last = (today.year - 1) // 2 * 2
        year = last - 2 * inventor.draw.randrange(4)
        named = inventor.day(dt.date(year, 3, 1), dt.date(year, 6, 30))
        rechecks = [day for turn in (2, 4, 6) if (day := years_after(named, turn)) <= today]
        state = inventor.pick({"已命名": 92, "复核中": 4, "限期整改": 2, "已撤销": 2})
        ended = state == "已撤销" and bool(rechecks)
        organ = _ORGANS[level].format(district=names[village[3]])
        yield {
            "序号": place,
            **_place(request, village),
            "命名级别": level,
            "批次": f"{year}年第{inventor.draw.choice('一二')}批",
            "命名日期": named,
            "命名文号": f"司发〔{year}〕{inventor.draw.randrange(1, 60)}号",
            "命名机关": organ,
            "考评得分": inventor.draw.randrange(160, 200) / 2,
            "复核日期": rechecks[-1] if rechecks else "",
            "复核结果": "" if not rechecks else "撤销" if ended else "保留",
            "整改期限": today + dt.timedelta(days=60) if state == "限期整改" else "",
            "状态": state if ended or state != "已撤销" else "已命名",
            "撤销日期": rechecks[-1] if ended else "",
            "撤销原因": "村“两委”成员职务犯罪" if ended else "",
        }


def household_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """学法用法示范户名册."""
    return untidy(request, "popularization.model_household", _households(request))


def _households(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "popularization.model_household", LANES)
    today = request.today
    for place, village in enumerate(_chosen(inventor, request, _number(request, HOUSEHOLDS_PER_10K)), 1):
        person = inventor.person(
            (years_after(today, -72), years_after(today, -28)), women=22, area=village[3]
        )
        named = inventor.day(dt.date(2022, 1, 10), today - dt.timedelta(days=30))
        ended = inventor.chance(2)
        yield {
            "序号": place,
            **_place(request, village),
            "村民小组": f"第{inventor.draw.choice('一二三四五六')}组" if inventor.chance(60) else "",
            "户主姓名": person.name,
            "性别": person.sex,
            "身份证号码": person.id_number,
            "家庭人口": inventor.draw.randrange(2, 8),
            "是否有法律明白人": "是" if inventor.chance(45) else "否",
            "示范户编号": f"{village[3]}{named.year}{place:05d}",
            "级别": inventor.pick({"县级": 55, "乡级": 30, "市级": 15}),
            "挂牌日期": named,
            "命名文号": f"普法办〔{named.year}〕{inventor.draw.randrange(1, 40)}号",
            "手机号": person.phone,
            "状态": "已取消" if ended else "已命名",
            "取消日期": inventor.day(named, today) if ended else "",
        }


def site_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """法治文化阵地名册."""
    return untidy(request, "popularization.culture_site", _sites(request))


def _sites(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "popularization.culture_site")
    draw, today = inventor.draw, request.today
    for place, village in enumerate(_chosen(inventor, request, _number(request, SITES_PER_10K)), 1):
        _, name, township, district = village
        kind = inventor.pick(_SITES)
        opened = inventor.day(dt.date(2016, 3, 1), today - dt.timedelta(days=45))
        planned = inventor.chance(3)
        short = next((name.removesuffix(end) for end in _COMMITTEES if name.endswith(end)), name)
        checked = inventor.day(max(opened, today - dt.timedelta(days=300)), today)
        yield {
            "序号": place,
            "阵地名称": f"{short}{kind.removeprefix('农家书屋')}",
            "阵地编号": f"{district}{place:05d}",
            "阵地类型": kind,
            "级别": inventor.pick({"村级": 58, "乡级": 20, "县级": 14, "市级": 6, "省级": 2}),
            "是否红色法治文化": "是" if inventor.chance(4) else "否",
            "主题": "、".join(draw.sample(_THEMES, 2)),
            **_place(request, village),
            "地址": f"{township}{short}",
            "面积（平方米）": draw.randrange(2, 400) * 5,
            "建成日期": "" if planned else opened,
            "管理单位": f"{township}司法所",
            "联系人": inventor.name(inventor.chance(40)),
            "办公电话": inventor.landline(),
            "年接待人次": draw.randrange(2, 90) * 100,
            "检查日期": "" if planned else checked,
            "检查发现问题": "展板褪色" if inventor.chance(6) else "",
            "状态": "在建" if planned else inventor.pick({"正常开放": 95, "维修": 5}),
        }
