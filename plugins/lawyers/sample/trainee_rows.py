"""The roster of trainees as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Any

from plugins.lawyers.sample.lawyers import head_of
from plugins.lawyers.sample.numbers import ResidentNumbers
from plugins.lawyers.sample.people import day_between, person, working_day
from plugins.lawyers.sample.plan import Plan
from plugins.lawyers.sample.untidy import date_cell, name_cell, number_cell
from suite.api import SampleRequest

RESIDENT_BLOCK = (160, 40)


def trainee_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """One row for each trainee; the firm's head guides."""
    plan = Plan(request)
    if not plan.firms:
        return
    rng = plan.rng("trainees")
    numbers = ResidentNumbers(*RESIDENT_BLOCK)
    weights = tuple(accumulate(firm.size for firm in plan.firms))
    for place in range(plan.trainees):
        firm = rng.choices(plan.firms, cum_weights=weights)[0]
        head = head_of(plan, firm)
        who = person(rng, plan.places, numbers, request.today, ages=(23, 34))
        started = working_day(request.today - dt.timedelta(days=rng.randint(10, 520)))
        ends = _a_year_later(started)
        part_time = rng.random() < 0.03
        training = day_between(rng, started + dt.timedelta(days=60), started + dt.timedelta(days=240))
        yield {
            "序号": place + 1,
            "姓名": name_cell(rng, who.name),
            "性别": who.sex,
            "民族": who.ethnicity,
            "出生日期": date_cell(rng, who.born),
            "身份证号码": number_cell(rng, who.id_number),
            "政治面貌": who.politics,
            "学历": who.education,
            "实习证号": (
                f"1301{started:%y%m}{0 if who.male else 1}{2 if part_time else 1}{place % 10_000:04d}"
            ),
            "实习律所": firm.name,
            "类别": "兼职" if part_time else "专职",
            "指导律师": head.person.name,
            "指导律师执业证号": head.number,
            "实习开始日期": date_cell(rng, started),
            "实习结束日期": date_cell(rng, ends),
            "集中培训结业日期": date_cell(rng, training) if training <= request.today else "",
            "资格证号": f"A{started.year - rng.randint(1, 2)}{firm.district[0]}{rng.randrange(10_000):04d}",
            "手机号": who.phone,
            "县区": firm.district[1],
            "实习状态": _status(rng, ends, request.today),
        }


def _a_year_later(started: dt.date) -> dt.date:
    """The last day of a year of internship."""
    # A year that begins on 29 February ends on 28 February.
    day = started - dt.timedelta(days=1)
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _status(rng: Random, ends: dt.date, today: dt.date) -> str:
    if ends >= today:
        return "延期" if rng.random() < 0.02 else "实习中"
    return rng.choice(("实习期满", "考核合格", "申请执业"))
