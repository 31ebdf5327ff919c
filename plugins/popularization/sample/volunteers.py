"""普法志愿者; one in eight is also a law-savvy villager, the same person in both rosters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any

from plugins.popularization.sample.villagers import villagers
from suite.api import Inventor, SampleRequest, untidy, years_after

PER_10K, LEAST = 150, 12
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (7,)
_KINDS = {
    "律师": 30, "高校师生": 18, "机关干部": 16, "退休政法干部": 12, "基层法律服务工作者": 8, "人民调解员": 8,
    "公证员": 4, "其他": 4,
}  # fmt: skip
_AUDIENCES = ("青少年", "农民", "企业", "社区居民", "国家工作人员", "老年人")
#: One of so many volunteers comes from the villagers, of whom only so many are looked at.
OF_VILLAGERS, LOOKED_AT = 8, 2_000


def volunteer_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """普法志愿者名册."""
    return untidy(request, "popularization.volunteer", _volunteers(request))


def _volunteers(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "popularization.volunteer", LANES)
    draw, today = inventor.draw, request.today
    known = [row for row in islice(villagers(request), LOOKED_AT) if row["状态"] == "在岗"]
    for place in range(max(LEAST, request.practitioners * PER_10K // 10_000)):
        district = inventor.district()
        person = inventor.person((years_after(today, -68), years_after(today, -20)), women=52, members=45)
        kind = inventor.pick(_KINDS)
        registered = inventor.day(dt.date(2019, 3, 1), today - dt.timedelta(days=15))
        left = inventor.chance(3)
        who = {
            "姓名": person.name,
            "性别": person.sex,
            "出生日期": person.birth_date,
            "身份证号码": person.id_number,
            "手机号": person.phone,
            "县（市、区）": district[1],
            "人员类别": kind,
        }
        if place % OF_VILLAGERS == OF_VILLAGERS - 1 and place // OF_VILLAGERS < len(known):
            villager = known[place // OF_VILLAGERS]
            who |= {key: villager[key] for key in who} | {"人员类别": "其他"}
        yield {
            "序号": place + 1,
            **who,
            "政治面貌": person.political_status if who["姓名"] == person.name else "",
            "志愿者编号": f"PF{registered.year}{place + 1:05d}",
            "服务队": f"{who['县（市、区）']}普法志愿服务队",
            "工作单位": "",
            "讲师团": "是" if kind in ("律师", "高校师生") and inventor.chance(22) else "否",
            "服务对象": "、".join(draw.sample(_AUDIENCES, draw.randrange(1, 4))),
            "注册日期": registered,
            "培训学时": draw.randrange(2, 40),
            "服务时长": draw.randrange(0, 320),
            "状态": "已退出" if left else "在册",
            "退出日期": inventor.day(registered, today) if left else "",
        }
