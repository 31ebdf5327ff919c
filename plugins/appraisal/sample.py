"""An invented roster of appraisal institutions and appraisers: the same request gives the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from suite.api import InventedPerson, Inventor, SampleRequest, trade_name, years_after

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
    return max(INSTITUTIONS, request.practitioners * PER_10K // 10_000)


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
    accredited = inventor.chance(72)
    return {
        "鉴定机构名称": f"{parent or f'河北{own}'}司法鉴定中心",
        "许可证号": f"1301{place + 1:05d}",
        "统一社会信用代码": inventor.uscc(prefix, area),
        "母体类型": kind,
        "依托单位": parent,
        "法定代表人": inventor.name(inventor.chance(25)),
        "机构负责人": inventor.name(inventor.chance(30)),
        "业务范围": draw.choice(_SCOPES[kind]),
        "资金数额（元）": draw.choice((200_000, 500_000, 1_000_000)),
        "首次获准日期": first,
        "有效期自": began,
        "有效期至": years_after(began, 5) - dt.timedelta(days=1),
        "县（市、区）": district,
        "机构地址": inventor.address((code, district)),
        "联系电话": inventor.landline(),
        "CMA编号": f"{draw.randrange(16, 25):02d}0303{draw.randrange(10**6):06d}" if accredited else "",
        "CMA有效期至": inventor.day(today + dt.timedelta(days=30), years_after(today, 5))
        if accredited
        else "",
        "执业状态": "正常执业" if inventor.chance(95) else "限期整改",
    }


def institution_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """司法鉴定机构名册."""
    for number, row in enumerate(institutions(request), 1):
        yield {"序号": number, **row}


def appraiser_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """司法鉴定人名册: one institution after the other, each with serials of its own."""
    inventor = Inventor(request, "appraisal.appraiser", LANES)
    bodies = institutions(request)
    total = _appraisers(request)
    for place in range(total):
        body = bodies[place % len(bodies)]
        person = inventor.person((years_after(request.today, -68), years_after(request.today, -30)), women=38)
        number = f"{body['许可证号']}{place // len(bodies) + 1:03d}"
        yield {"序号": place + 1, **_appraiser(inventor, request, body, person, number)}


def _appraiser(
    inventor: Inventor, request: SampleRequest, body: dict[str, Any], person: InventedPerson, number: str
) -> dict[str, Any]:
    today = request.today
    age = today.year - person.birth_date.year
    part_time = body["母体类型"] != "社会力量" and inventor.chance(48)
    began = inventor.day(years_after(today, -5) + dt.timedelta(days=30), today)
    earliest = max(years_after(person.birth_date, 27), dt.date(2005, 10, 1))
    scopes = str(body["业务范围"]).split("、")
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
        "鉴定类别": inventor.draw.choice(scopes),
        "职称": inventor.pick({"高级": 42, "中级": 44, "初级": 14}),
        "相关工作年限": max(5, age - 25 - inventor.draw.randrange(4)),
        "授权签字人": "是" if inventor.chance(22) else "否",
        "考试成绩": inventor.draw.randrange(120, 199) / 2,
        "首次执业日期": inventor.day(min(earliest, began), began),
        "有效期自": began,
        "有效期至": years_after(began, 5) - dt.timedelta(days=1),
        "手机号": person.phone,
        "执业状态": inventor.pick({"正常执业": 95, "限期整改": 1, "停止从事司法鉴定业务": 1, "已注销": 3}),
    }
