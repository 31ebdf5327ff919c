"""An invented roster of notary offices and notaries: the same request gives the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from suite.api import InventedPerson, Inventor, SampleRequest, trade_name, untidy, years_after

OFFICES = 22
#: Where the offices' own words begin, apart from those of other bodies.
FIRST_NAME = 700
#: Notaries among ten thousand practitioners of all professions.
PER_10K = 26
LEAST_EACH = 3
#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (2,)
#: Assistants and other staff among ten thousand practitioners, and their part of the resident numbers.
ASSISTANTS_PER_10K = 36
ASSISTANT_LANES = (9,)

_TITLES = {"一级公证员": 6, "二级公证员": 16, "三级公证员": 34, "四级公证员": 34, "": 10}


def offices(request: SampleRequest) -> list[dict[str, Any]]:
    """The rows of all offices: one for each district of GB/T 2260, then a second round."""
    inventor = Inventor(request, "notary.notary_office")
    # 130171 and 130172 are zones of the statistics; no office is set up by one.
    districts = [(code, name) for code, name in request.districts if not code.startswith("13017")]
    return [_office(inventor, request, place, *districts[place % len(districts)]) for place in range(OFFICES)]


def _office(
    inventor: Inventor, request: SampleRequest, place: int, code: str, district: str
) -> dict[str, Any]:
    draw, today = inventor.draw, request.today
    urban = code < "130120"
    cooperative = urban and inventor.chance(25)
    # 公证机构执业管理办法第十八至二十条: a county's office is called after it, others by a word of their own.
    own = trade_name(FIRST_NAME + place)
    named = f"石家庄市{own}" if urban else district if place < len(request.districts) else district + own
    opened = inventor.day(dt.date(1984, 1, 1), dt.date(2019, 12, 31))
    issued = inventor.day(max(opened, dt.date(2006, 7, 1)), dt.date(2024, 12, 31))
    online = inventor.day(dt.date(2020, 3, 1), dt.date(2024, 12, 31))
    insured = inventor.day(years_after(today, -1) + dt.timedelta(days=20), today)
    return {
        "公证机构名称": f"河北省{named}公证处",
        "统一社会信用代码": inventor.uscc("32" if cooperative else "12", "130000" if cooperative else code),
        "执业证书编号": f"1301{issued.year}{place + 1:04d}",
        "发证日期": issued,
        "组织形式": "合作制" if cooperative else "事业体制",
        "举办单位": "" if cooperative else f"{district}司法局",
        "负责人": _person(_heads(request, place), request, head=True).name,
        "县（市、区）": district,
        "办公地址": inventor.address((code, district)),
        "执业区域": "石家庄市" if urban else district,
        "联系电话": inventor.landline(),
        "设立日期": opened,
        "编制数": "" if cooperative else draw.randrange(3, 18),
        "公证员助理数": draw.randrange(1, 12),
        "涉外公证": "是" if urban or inventor.chance(40) else "否",
        "线上公证开通日期": online if inventor.chance(85) else "",
        "主管司法局": f"{district}司法局",
        "保险单号": f"PZGZ{insured.year}{draw.randrange(10**8):08d}",
        "承保公司": draw.choice(("中国人民财产保险", "中国人寿财产保险", "太平洋财产保险")),
        "保险限额": draw.choice((1_000_000, 2_000_000, 5_000_000)),
        "保险起期": insured,
        "保险止期": years_after(insured, 1) - dt.timedelta(days=1),
        "档案室等级": draw.choice(("特级", "一级", "一级", "二级", "未评级")),
        "执业状态": "正常执业",
    }


def office_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """公证机构名册."""
    rows = ({"序号": number, **row} for number, row in enumerate(offices(request), 1))
    return untidy(request, "notary.notary_office", rows)


def notary_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """公证员名册: every office has a head; the others are spread with a weight on the first offices."""
    return untidy(request, "notary.notary", _notaries(request))


def _notaries(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "notary.notary", LANES)
    bodies = offices(request)
    total = max(LEAST_EACH * len(bodies), request.practitioners * PER_10K // 10_000)
    for place in range(total):
        even = place < LEAST_EACH * len(bodies) - 1  # the last of them by lot, so that one office is short
        body = bodies[place % len(bodies)] if even else bodies[inventor.draw.randrange(len(bodies))]
        yield {"序号": place + 1, **_notary(inventor, request, body, place)}


def _heads(request: SampleRequest, place: int) -> Inventor:
    """The source of an office's head: the same person in both rosters."""
    return Inventor(request, "notary.notary", LANES).apart("head", place)


def _person(inventor: Inventor, request: SampleRequest, *, head: bool) -> InventedPerson:
    youngest = years_after(request.today, -42 if head else -28)
    return inventor.person((years_after(request.today, -64), youngest), women=48, members=55)


def _notary(inventor: Inventor, request: SampleRequest, body: dict[str, Any], place: int) -> dict[str, Any]:
    today, head = request.today, place < OFFICES
    person = _person(inventor.apart("head", place) if head else inventor, request, head=head)
    earliest = max(years_after(person.birth_date, 26), dt.date(1994, 1, 1))
    appointed = inventor.day(earliest, years_after(today, -5) if head else today - dt.timedelta(days=60))
    issued = appointed + dt.timedelta(days=inventor.draw.randrange(10, 40))
    by_exam = inventor.chance(88)
    qualification = f"A{appointed.year - 1}1301{inventor.draw.randrange(10**6):06d}"
    entered = issued if inventor.chance(70) else inventor.day(issued, today - dt.timedelta(days=30))
    state = "正常执业" if head else inventor.pick({"正常执业": 95, "停止执业": 1, "已免职": 3, "已注销": 1})
    return {
        "姓名": person.name,
        "性别": person.sex,
        "民族": person.ethnicity,
        "出生日期": person.birth_date,
        "身份证号码": person.id_number,
        "政治面貌": person.political_status,
        "学历": inventor.pick({"大学本科": 74, "硕士研究生": 18, "大学专科": 8}),
        "公证员执业证号": f"1301{issued.year}{place + 1:05d}",
        "流水号": f"{issued:%Y}{100_000 + place:06d}",
        "公证处": body["公证机构名称"],
        "任职途径": "考试任职" if by_exam else "考核任职",
        "法律职业资格证号": qualification if by_exam else "",
        "任命文号": f"司任〔{appointed.year}〕{inventor.draw.randrange(1, 120)}号",
        "任命日期": appointed,
        "发证日期": issued,
        "首次执业日期": issued,
        "进入现机构日期": entered,
        "是否负责人": "是" if head else "否",
        "涉外公证资格": "是" if body["涉外公证"] == "是" and inventor.chance(45) else "否",
        "职称": inventor.pick(_TITLES),
        "手机号": person.phone,
        "执业状态": state,
        "免职日期": inventor.day(entered, today) if state == "已免职" else "",
        "免职原因": inventor.pick({"年满六十五周岁": 60, "辞职": 30, "其他": 10})
        if state == "已免职"
        else "",
    }


def assistant_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """公证员助理名册: every office has some; one in six of the staff is an intern."""
    return untidy(request, "notary.notary_assistant", _assistants(request))


def _assistants(request: SampleRequest) -> Iterator[dict[str, Any]]:
    inventor = Inventor(request, "notary.notary_assistant", ASSISTANT_LANES)
    bodies = offices(request)
    today = request.today
    for place in range(max(len(bodies), request.practitioners * ASSISTANTS_PER_10K // 10_000)):
        body = bodies[place % len(bodies)]
        person = inventor.person((years_after(today, -58), years_after(today, -23)), women=64, members=30)
        kind = inventor.pick({"公证员助理": 62, "公证实习人员": 16, "行政后勤": 16, "档案员": 6})
        earliest = max(years_after(person.birth_date, 22), dt.date(2008, 1, 1))
        entered = inventor.day(earliest, today - dt.timedelta(days=40))
        intern = kind == "公证实习人员"
        began = inventor.day(max(entered, years_after(today, -2)), today - dt.timedelta(days=20))
        hired = body["组织形式"] == "合作制" or inventor.chance(70)
        state = inventor.pick({"在岗": 95, "休假": 2, "离职": 3})
        yield {
            "序号": place + 1,
            "姓名": person.name,
            "性别": person.sex,
            "出生日期": person.birth_date,
            "身份证号码": person.id_number,
            "政治面貌": person.political_status,
            "学历": inventor.pick({"大学本科": 72, "硕士研究生": 14, "大学专科": 14}),
            "公证机构": body["公证机构名称"],
            "人员类别": kind,
            "指导公证员": "" if kind in ("行政后勤", "档案员") else body["负责人"],
            "用工形式": "合同聘用" if hired else "在编",
            "资格证号": f"A{began.year - 1}1301{inventor.draw.randrange(10**6):06d}" if intern else "",
            "入职日期": entered,
            "合同到期日期": inventor.day(today + dt.timedelta(days=20), years_after(today, 3))
            if hired
            else "",
            "实习起始日期": began if intern else "",
            "手机号": person.phone,
            "状态": state,
            "离职日期": inventor.day(entered, today) if state == "离职" else "",
        }
