"""An invented roster of appraisal institutions and appraisers: the same request gives the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from plugins.appraisal.practice import PRACTICE_CATEGORY, PRACTICE_ITEM, category_of
from suite.api import InventedPerson, Inventor, SampleRequest, trade_name, untidy, years_after

#: Institutions of the city, and how many appraisers one may have before another is invented: a
#: certificate number has three digits of serial.
INSTITUTIONS = 32
LARGEST = 900
#: Where the institutions' own words begin, apart from those of other bodies.
FIRST_NAME = 800
#: Appraisers among ten thousand practitioners of all professions.
PER_10K = 100
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (3,)
#: Appraisers that an institution has at least: three hold every category of it (决定第五条).
LEAST_EACH = 4

_SCOPES = {
    "医疗机构": (
        "法医临床鉴定",
        "法医病理鉴定、法医临床鉴定",
        "法医精神病鉴定",
        "法医临床鉴定、法医毒物鉴定",
    ),
    "高等院校": ("法医病理鉴定、法医临床鉴定、法医物证鉴定", "电子数据鉴定、图像鉴定"),
    "科研院所": ("污染物性质鉴定、土壤与地下水环境损害鉴定", "微量物证鉴定"),
    "高科技企业": ("电子数据鉴定", "法医物证鉴定"),
    "社会力量": ("文书鉴定、痕迹鉴定", "法医临床鉴定", "痕迹鉴定"),
}
#: Outside environmental damage, which is all accredited.
_ACCREDITED = ("法医物证鉴定", "法医毒物鉴定", "微量物证鉴定", "污染物性质鉴定")
_MAJORS = (
    "法医学",
    "临床医学",
    "精神医学",
    "生物技术",
    "化学",
    "环境工程",
    "计算机科学与技术",
    "刑事科学技术",
)


def institutions(request: SampleRequest) -> list[dict[str, Any]]:
    """The rows of all institutions."""
    inventor = Inventor(request, "appraisal.appraisal_institution")
    number = max(INSTITUTIONS, _appraisers(request) // LARGEST + 1)
    return [_institution(inventor, request, place) for place in range(number)]


def _appraisers(request: SampleRequest) -> int:
    return max(INSTITUTIONS * LEAST_EACH, request.practitioners * PER_10K // 10_000)


def _institution(inventor: Inventor, request: SampleRequest, place: int) -> dict[str, Any]:
    draw, today = inventor.draw, request.today
    code, district = request.districts[place % len(request.districts)]
    kind = inventor.pick({"医疗机构": 58, "社会力量": 22, "高等院校": 8, "科研院所": 6, "高科技企业": 6})
    own = trade_name(FIRST_NAME + place)
    parent = {
        "医疗机构": f"{district}{own}医院",
        "高等院校": f"河北{own}大学",
        "科研院所": f"河北{own}科学研究院",
        "高科技企业": f"河北{own}科技有限公司",
        "社会力量": "",
    }[kind]
    prefix = {"医疗机构": "12", "高等院校": "12", "科研院所": "12", "高科技企业": "91", "社会力量": "52"}[
        kind
    ]
    area = code if code < "130170" or code > "130180" else "130100"
    began = inventor.day(years_after(today, -5) + dt.timedelta(days=40), today)
    first = inventor.day(dt.date(2005, 10, 1), began)
    scope = draw.choice(_SCOPES[kind])
    must = _must_be_accredited(scope)
    accredited = bool(must) or inventor.chance(60)
    return {
        "鉴定机构名称": f"{parent or f'河北{own}'}司法鉴定中心",
        "许可证号": f"1301{place + 1:05d}",
        "统一社会信用代码": inventor.uscc(prefix, area),
        "母体类型": kind,
        "依托单位": parent,
        "法定代表人": inventor.name(inventor.chance(25)),
        "机构负责人": inventor.name(inventor.chance(30)),
        "业务范围": scope,
        "鉴定项目": "、".join(_items(inventor, scope)),
        "资金数额（元）": draw.choice((200_000, 500_000, 1_000_000)),
        "首次获准日期": first,
        "有效期自": began,
        "有效期至": years_after(began, 5) - dt.timedelta(days=1),
        "县（市、区）": district,
        "机构地址": inventor.address((code, district)),
        "联系电话": inventor.landline(),
        "CMA编号": f"{draw.randrange(16, 25):02d}0303{draw.randrange(10**6):06d}" if accredited else "",
        "CMA级别": draw.choice(("省级", "省级", "国家级")) if accredited else "",
        "CMA范围": ("、".join(must) or scope) if accredited else "",
        "CMA有效期至": inventor.day(today + dt.timedelta(days=30), years_after(today, 5))
        if accredited
        else "",
        "执业状态": "正常执业" if inventor.chance(95) else "限期整改",
    }


def _must_be_accredited(scope: str) -> list[str]:
    """The categories of a scope whose laboratories are accredited without exception."""
    return [title for title in scope.split("、") if title in _ACCREDITED or "环境损害" in title]


def _items(inventor: Inventor, scope: str) -> list[str]:
    """Some of the items of each category in a scope, in the order of the table."""
    chosen: list[str] = []
    for title in scope.split("、"):
        category = PRACTICE_CATEGORY.by_text[title]
        known = [code.title for code in PRACTICE_ITEM.codes if category_of(code.value) == category]
        wanted = set(inventor.draw.sample(known, max(1, len(known) * 2 // 3))) if known else set()
        chosen += [item for item in known if item in wanted]
    return chosen


def institution_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """司法鉴定机构名册."""
    rows = ({"序号": number, **row} for number, row in enumerate(institutions(request), 1))
    return untidy(request, "appraisal.appraisal_institution", rows)


def appraiser_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """司法鉴定人名册: one institution after the other, each with serials of its own."""
    return untidy(request, "appraisal.appraiser", _appraiser_rows(request))


def _appraiser_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "appraisal.appraiser", LANES)
    bodies = institutions(request)
    total = _appraisers(request)
    for place in range(total):
        body = bodies[place % len(bodies)]
        person = inventor.person((years_after(request.today, -68), years_after(request.today, -30)), women=38)
        lap = place // len(bodies)
        number = f"{body['许可证号']}{lap + 1:03d}"
        yield {"序号": place + 1, **_appraiser(inventor, request, body, person, number, every=lap < 3)}


def _appraiser(
    inventor: Inventor,
    request: SampleRequest,
    body: dict[str, Any],
    person: InventedPerson,
    number: str,
    *,
    every: bool,
) -> dict[str, Any]:
    """One appraiser; the first of an institution hold `every` category of it."""
    today = request.today
    age = today.year - person.birth_date.year
    part_time = body["母体类型"] != "社会力量" and inventor.chance(48)
    began = inventor.day(years_after(today, -5) + dt.timedelta(days=30), today)
    earliest = max(years_after(person.birth_date, 27), dt.date(2005, 10, 1))
    scopes = str(body["业务范围"]).split("、")
    scope = "、".join(scopes) if every else inventor.draw.choice(scopes)
    title = inventor.pick({"高级": 42, "中级": 44, "初级": 14})
    first = inventor.day(min(earliest, began), began)
    return {
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.birth_date,
        "身份证号码": person.id_number,
        "政治面貌": person.political_status,
        "学历": inventor.pick({"大学本科": 60, "硕士研究生": 26, "博士研究生": 8, "大学专科": 6}),
        "所学专业": inventor.draw.choice(_MAJORS),
        "司法鉴定人执业证号": number,
        "鉴定机构": body["鉴定机构名称"],
        "专兼职": "兼职" if part_time else "专职",
        "主要工作单位": body["依托单位"] if part_time else "",
        "单位同意书": f"同意兼职〔{began.year}〕{inventor.draw.randrange(1, 90)}号" if part_time else "",
        "鉴定类别": scope,
        "鉴定项目": "、".join(_within(body["鉴定项目"], scope)),
        "任职条件": "高级职称" if title == "高级" else "学历加年限",
        "职称": title,
        "相关工作年限": max(5, age - 25 - inventor.draw.randrange(4)),
        "授权签字人": "是" if inventor.chance(22) else "否",
        "考试成绩": inventor.draw.randrange(120, 199) / 2,
        "首次执业日期": first,
        "进入现机构日期": first if inventor.chance(80) else inventor.day(first, began),
        "有效期自": began,
        "有效期至": years_after(began, 5) - dt.timedelta(days=1),
        "手机号": person.phone,
        "执业状态": inventor.pick({"正常执业": 95, "限期整改": 1, "停止从事司法鉴定业务": 1, "已注销": 3}),
    }


def _within(items: str, scope: str) -> list[str]:
    """The items of an institution that lie in an appraiser's categories."""
    categories = {PRACTICE_CATEGORY.by_text[title] for title in scope.split("、")}
    titles = [title for title in PRACTICE_ITEM.titles.values() if title in items]
    return [title for title in titles if category_of(PRACTICE_ITEM.by_text[title]) in categories]
