"""Which period of a figure must be there on a day: that of the return that is due (填报)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.indicators import FigureSeries
from suite.contract.returns import ReturnForm
from suite.contract.time_limits import Unit
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.rules import Due, due_of
from suite.kernel.clocks.workdays import WorkCalendar
from suite.kernel.indicators.periods import Period, period_before, period_of
from suite.kernel.parameters.queries import parameters_on
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The last period of a series' returns on a day, and the one before it. behind: which of the two is the
    last one of which the limit had passed by the day of knowledge, so that no older one stands for it.
    of_bodies: bodies hand them in, whose sum is there once none is missing."""

    last: Period
    former: Period
    behind: Period | None
    of_bodies: bool


def due_day(session: Session, form: ReturnForm, period: Period, parameters: Mapping[str, Any]) -> Due:
    """Until when a period's returns are due: working days after its last day."""
    return _due(form, period, parameters, work_calendar(session))


def _due(form: ReturnForm, period: Period, parameters: Mapping[str, Any], calendar: WorkCalendar) -> Due:
    return due_of(period.last, int(parameters[form.due_parameter]), Unit.WORKING, calendar)


def wanted_on(
    session: Session,
    catalog: Catalog,
    series: Collection[FigureSeries],
    day: dt.date,
    judged_on: dt.date,
) -> dict[str, Wanted]:
    """By the key of a series that returns tell and that does not stand until it is told anew. day: whose
    numbers are asked for; judged_on: the day by which returns are overdue."""
    forms: dict[str, list[ReturnForm]] = {one.key: [] for one in series if not one.standing}
    for form in catalog.forms.values():
        for cell in form.cells:
            if cell.series in forms:
                forms[cell.series].append(form)
    if not any(forms.values()):
        return {}
    # Asked once: boards are read often, and many forms share the last day of their period.
    calendar, parameters = work_calendar(session), dict[dt.date, Mapping[str, Any]]()
    overdue: dict[tuple[str, str], bool] = {}

    def late(form: ReturnForm, period: Period) -> bool:
        if period.last >= judged_on:
            return False
        if (form.key, period.text) not in overdue:
            if period.last not in parameters:
                parameters[period.last] = parameters_on(session, catalog, period.last)
            due = _due(form, period, parameters[period.last], calendar).due
            overdue[form.key, period.text] = due is not None and due < judged_on
        return overdue[form.key, period.text]

    found = {}
    for one in series:
        if not forms.get(one.key):
            continue
        every = forms[one.key][0].every
        last = period_of(every, day)
        if not one.ahead and last.last > day:
            last = period_before(every, last)
        former = period_before(every, last)
        found[one.key] = Wanted(
            last=last,
            former=former,
            behind=next(
                (period for period in (last, former) if all(late(form, period) for form in forms[one.key])),
                None,
            ),
            of_bodies=any(form.of_bodies for form in forms[one.key]),
        )
    return found
