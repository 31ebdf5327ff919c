"""法律明白人: the bulk of all rosters."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from suite.api import InventedPerson, Inventor, SampleRequest, untidy, years_after

#: Law-savvy villagers among ten thousand practitioners of all professions: the bulk of all rosters.
PER_10K = 7_700
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (5,)

_KINDS = {
    "村干部": 31, "妇女儿童主任": 8, "调解员": 11, "辅警": 4, "网格员": 14, "村民小组长": 12, "党员": 8,
    "五老": 5, "退役军人": 3, "致富带头人": 2, "其他": 2,
}  # fmt: skip
_POSTS = ("党支部书记", "村委会主任", "副主任", "委员", "会计")
_EDUCATION = {"高中": 34, "初中": 38, "中专": 10, "大专": 12, "本科": 6}
_STATES = {"在岗": 935, "已培训待发证": 20, "已推荐": 15, "暂停": 5, "已退出": 25}
_REASONS = ("迁出本村", "本人申请", "不能履职")


def villager_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """法律明白人名册: every village in turn has its share; few people take villages by lot."""
    return untidy(request, "popularization.law_savvy_villager", villagers(request))


def villagers(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """The rows as they were invented."""
    inventor = Inventor(request, "popularization.law_savvy_villager", LANES)
    names = dict(request.districts)
    total = request.practitioners * PER_10K // 10_000
    each, left = divmod(total, len(request.villages))
    lucky = set(inventor.draw.sample(range(len(request.villages)), left))
    number = 0
    for place, (code, village, township, district) in enumerate(request.villages):
        serials: Counter[int] = Counter()
        for _ in range(each + (place in lucky)):
            number += 1
            person = inventor.person(
                (years_after(request.today, -68), years_after(request.today, -24)),
                women=41,
                members=42,
                area=district,
            )
            yield {
                "序号": number,
                "县（市、区）": names[district],
                "乡镇（街道）": township,
                "村（社区）": village,
                **_villager(inventor, request, code, person, serials),
            }


def _villager(
    inventor: Inventor, request: SampleRequest, village: str, person: InventedPerson, serials: Counter[int]
) -> dict[str, Any]:
    draw = inventor.draw
    kind, state = inventor.pick(_KINDS), inventor.pick(_STATES)
    selected = inventor.day(dt.date(2021, 12, 1), request.today - dt.timedelta(days=120))
    certified = selected + dt.timedelta(days=draw.randrange(20, 110))
    has_certificate = state not in ("已培训待发证", "已推荐")
    number = ""
    if has_certificate:
        serials[certified.year] += 1
        number = f"{village}{certified.year}{serials[certified.year]:03d}"
    left = state == "已退出"
    publicist = inventor.chance(40)
    trained = selected + dt.timedelta(days=draw.randrange(5, 20))
    return {
        "村民小组": f"第{'一二三四五六七八'[draw.randrange(8)]}组" if inventor.chance(60) else "",
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.birth_date,
        "身份证号码": person.id_number,
        "政治面貌": "中共党员" if kind == "党员" else person.political_status,
        "文化程度": inventor.pick(_EDUCATION),
        "人员类别": kind,
        "职务": draw.choice(_POSTS) if kind == "村干部" else "",
        "法律明白人证号": number,
        "选任日期": selected,
        "岗前培训学时": "" if state == "已推荐" else draw.randrange(8, 25),
        "培训日期": "" if state == "已推荐" else trained,
        "十户普法宣传员": "是" if publicist else "否",
        "联系户数": draw.randrange(8, 16) if publicist else "",
        "发证日期": certified if has_certificate else "",
        "手机号": person.phone,
        "状态": state,
        "退出日期": inventor.day(certified, request.today) if left else "",
        "退出原因": draw.choice(_REASONS) if left else "",
    }
