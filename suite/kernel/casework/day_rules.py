"""Days of a case: which may not lie before which, what is a slip of the year, what came after its limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from typing import Any

from suite.contract.case_facts import ClockFact
from suite.contract.casework import (
    CaseKind,
    ClockAct,
    Lifecycle,
    Transition,
)
from suite.contract.problems import Problem, Severity
from suite.contract.time_limits import TimeLimit
from suite.kernel.casework.rules import EARLIEST


def order_problems(
    kind: CaseKind,
    lifecycle: Lifecycle,
    values: Mapping[str, Any],
    days: Mapping[str, dt.date],
    given: Set[str],
) -> list[Problem]:
    """Which days of a case lie in the wrong order, of those that a step gives.

    values: the fields, with what the step gives. days: `opened`, and each command with the day on which it
    was last taken, this step included. given: the fields and the command of this step.
    """

    def title(name: str) -> str:
        if name in kind.by_key:
            return kind.by_key[name].title
        return "登记日期" if name == "opened" else f"“{lifecycle.by_command[name].title}”的日期"

    found = []
    for order in kind.orders:
        if order.first not in given and order.then not in given:
            continue
        first, then = (values.get(name) or days.get(name) for name in (order.first, order.then))
        if first is not None and then is not None and first > then:
            field = next(
                (name for name in (order.first, order.then) if name in given & kind.by_key.keys()), "on"
            )
            text = f"{title(order.first)}（{first}）不应晚于{title(order.then)}（{then}），请核对。"
            found.append(Problem(code="case.day_order", text=text, field=field))
    return found


def early_problems(kind: CaseKind, values: Mapping[str, Any]) -> list[Problem]:
    """Days that a case opens with are no slips of the year."""
    return [
        Problem(
            code="case.early",
            text=f"{kind.by_key[key].title} {day} 早于 {EARLIEST.year} 年，请核对年份。",
            field=key,
        )
        for key, day in values.items()
        if isinstance(day, dt.date) and day < EARLIEST
    ]


def late_problems(
    transition: Transition, clocks: Sequence[ClockFact], on: dt.date, limits: Mapping[str, TimeLimit]
) -> list[Problem]:
    """What a step does after its limit ran out: told, not refused, since it still has to be done. One that
    ends because findings are taken back was met or missed by nobody."""
    ending = () if transition.annuls else (ClockAct.STOP, ClockAct.PAUSE)
    acts = {act.limit for act in transition.clocks if act.act in ending}
    return [
        Problem(
            code="clock.late",
            text=f"“{limits[clock.limit].title}”期限已于 {clock.due} 届满，"
            f"本次办理逾期 {(on - clock.due).days} 日，请说明原因。",
            severity=Severity.WARNING,
            article=limits[clock.limit].article,
        )
        for clock in clocks
        if clock.limit in acts and clock.stopped is None and clock.due is not None and clock.due < on
    ]
