"""Invented committees and mediators; the same request gives the same rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from suite.api import Inventor, SampleRequest, years_after

#: Of the practitioners of a demonstration, one in so many is a mediator; a committee has at most so many.
ONE_IN, MOST = 20, 5
KINDS = {"乡镇": 60, "行业": 40}


def _committees(request: SampleRequest) -> list[tuple[str, str, str]]:
    """(name, kind, district) of as many committees as the mediators need, district by district."""
    number = max(1, request.practitioners // ONE_IN // MOST)
    inventor = Inventor(request, "mediation.committee")
    found = []
    for place in range(number):
        _, district = request.districts[place % len(request.districts)]
        name = f"{district}第{place // len(request.districts) + 1}人民调解委员会"
        found.append((name, inventor.pick(KINDS), district))
    return found


def committee_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """人民调解委员会名册."""
    inventor = Inventor(request, "mediation.committee").apart("rows")
    codes = {name: code for code, name in request.districts}
    for number, (name, kind, district) in enumerate(_committees(request), 1):
        yield {
            "序号": number,
            "调委会名称": name,
            "类别": kind,
            "县（市、区）": district,
            "委员数": inventor.draw.randrange(3, 10),
            "成立日期": inventor.day(dt.date(2005, 1, 1), dt.date(2020, 12, 31)),
            "住所": inventor.address((codes[district], district)),
            "状态": "在册",
        }


def mediator_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """人民调解员名册: the committees in turn."""
    inventor = Inventor(request, "mediation.mediator", lanes=(9,))
    committees = _committees(request)
    born = (years_after(request.today, -66), years_after(request.today, -25))
    codes = {name: code for code, name in request.districts}
    for number in range(max(1, request.practitioners // ONE_IN)):
        name, _, district = committees[number % len(committees)]
        person = inventor.person(born, area=codes[district])
        yield {
            "序号": number + 1,
            "姓名": person.name,
            "性别": person.sex,
            "民族": person.ethnicity,
            "身份证号码": person.id_number,
            "县（市、区）": district,
            "所属调委会": name,
            "专职或兼职": "专职" if inventor.chance(20) else "兼职",
            "聘用日期": inventor.day(dt.date(2021, 1, 1), request.today),
            "手机": person.phone,
            "状态": "在岗",
        }
