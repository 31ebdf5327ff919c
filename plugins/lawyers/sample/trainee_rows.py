"""The roster of trainees as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Any

from plugins.lawyers.sample.lawyers import head_of
from plugins.lawyers.sample.people import education, person, working_day
from plugins.lawyers.sample.plan import Plan
from suite.api import Inventor, SampleRequest, date_cell, months_after, name_cell, number_cell

#: Tenths of the sequence part of resident numbers that belong to this roster.
LANES = (1,)


def trainee_rows(request: SampleRequest) -> Iterator[dict[str, Any]]:
    """One row for each trainee; the firm's head guides."""
    plan = Plan(request)
    if not plan.firms:
        return
    inventor = Inventor(request, "lawyers.trainee_lawyer", LANES)
    rng = inventor.draw
    weights = tuple(accumulate(firm.size for firm in plan.firms))
    for place in range(plan.trainees):
        firm = rng.choices(plan.firms, cum_weights=weights)[0]
        head = head_of(plan, firm)
        who = person(inventor, request.today, ages=(23, 34))
        started = working_day(request.today - dt.timedelta(days=rng.randint(10, 520)))
        ends = months_after(started, 12) - dt.timedelta(days=1)
        part_time = rng.random() < 0.03
        training = inventor.day(started + dt.timedelta(days=60), started + dt.timedelta(days=240))
        yield {
            "序号": place + 1,
            "姓名": name_cell(rng, who.name),
            "性别": who.sex,
            "民族": who.ethnicity,
            "出生日期": date_cell(rng, who.birth_date),
            "身份证号码": number_cell(rng, who.id_number),
            "政治面貌": who.political_status,
            "学历": education(inventor),
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


def _status(rng: Random, ends: dt.date, today: dt.date) -> str:
    if ends >= today:
        return "延期" if rng.random() < 0.02 else "实习中"
    return rng.choice(("实习期满", "考核合格", "申请执业"))
