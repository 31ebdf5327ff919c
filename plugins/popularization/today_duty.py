"""What waits about duty lists: lists that are missing or unpublished, items past their deadline."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import and_, select

from plugins.popularization.duty.duty_list import KIND as LIST
from plugins.popularization.duty.rules import DUTY, overdue
from plugins.popularization.duty.tables import DutyList
from suite.api import (
    Actor,
    Case,
    CaseParty,
    Facts,
    LineFact,
    LineOfCase,
    StateKind,
    Subject,
    TodayItem,
    readable,
    readable_cases,
)

UNIT = "popularization.duty_unit"
#: States in which a list has been handed in, and in which it has been published.
DRAFTED, EXAMINED = ("draft", "returned"), ("submitted", "approved")
RUNNING = ("published", "executing", "self_assessed")


def day_of_year(text: str, year: int) -> dt.date:
    """A day of the year that a parameter names as month and day ("01-31")."""
    return dt.date.fromisoformat(f"{year}-{text}")


def duty_items(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """Duty lists' part of the desk."""
    states = _states(actor, facts)
    yield from _missing(actor, facts, states)
    yield from _unpublished(facts, states)
    yield from _overdue(actor, facts)


def _states(actor: Actor, facts: Facts) -> dict[int, str]:
    """Unit → the state of its list of this year."""
    rows = facts.session.execute(
        select(CaseParty.subject_id, Case.state)
        .join(Case, Case.id == CaseParty.case_id)
        .join(DutyList, DutyList.case_id == Case.id)
        .where(
            readable_cases(actor, LIST.key),
            DutyList.list_year == facts.today.year,
            CaseParty.role == LIST.respondent,
            Case.state != "ended",
        )
    )
    return {unit: state for unit, state in rows if unit is not None}


def _missing(actor: Actor, facts: Facts, states: dict[int, str]) -> Iterator[TodayItem]:
    """责任制意见: every unit makes its list; the house's own day for handing it in is a parameter.

    A house that keeps no duty lists yet is not told that every unit lacks one.
    """
    until = day_of_year(str(facts.parameters["popularization.duty.submit_by"]), facts.today.year)
    if not states or facts.today <= until:
        return
    units = facts.session.scalars(
        select(Subject.id).where(readable(actor, UNIT), Subject.status == "active").order_by(Subject.id)
    )
    ids = tuple(unit for unit in units if states.get(unit, "draft") in DRAFTED)
    if ids:
        yield TodayItem(
            title=f"没有报送 {facts.today.year} 年普法责任清单的单位",
            note=f"应于 {until} 前报送，请催报（{DUTY}）",
            state=StateKind.BAD,
            count=len(ids),
            due=until,
            kind=UNIT,
            ids=ids,
        )


def _unpublished(facts: Facts, states: dict[int, str]) -> Iterator[TodayItem]:
    """The lists are published by a day of the house's own."""
    until = day_of_year(str(facts.parameters["popularization.duty.publish_by"]), facts.today.year)
    ids = tuple(sorted(unit for unit, state in states.items() if state in EXAMINED))
    if ids and facts.today > until:
        yield TodayItem(
            title="责任清单已报送、没有公布的单位",
            note=f"应于 {until} 前公布，请审定、公布（{DUTY}）",
            state=StateKind.WARN,
            count=len(ids),
            due=until,
            kind=UNIT,
            ids=ids,
        )


def _overdue(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """Items of running lists whose deadline has passed without being done or given up."""
    late: dict[int, dt.date] = {}
    number = 0
    for (unit, _), lists in _lines(actor, facts).items():
        for item in overdue(lists["items"], lists["progress"], facts.today):
            number += 1
            if item.until is not None:
                late[unit] = min(late.get(unit, item.until), item.until)
    if late:
        yield TodayItem(
            title="责任清单中有事项逾期的单位",
            note=f"共 {number:,} 项过了完成期限没有完成，请催办（{DUTY}）",
            state=StateKind.BAD,
            count=len(late),
            due=min(late.values()),
            kind=UNIT,
            ids=tuple(sorted(late)),
        )


def _lines(actor: Actor, facts: Facts) -> dict[tuple[int, int], dict[str, list[LineFact]]]:
    """(Unit, list) → its items that are past their day, and what was reported of them."""
    passed = (
        select(LineOfCase.case_id)
        .where(
            LineOfCase.list_key == "items",
            LineOfCase.until < facts.today,
            LineOfCase.done.is_(None),
            LineOfCase.struck_on.is_(None),
        )
        .distinct()
    )
    rows = facts.session.execute(
        select(
            CaseParty.subject_id,
            LineOfCase.case_id,
            LineOfCase.list_key,
            LineOfCase.no,
            LineOfCase.code,
            LineOfCase.grade,
            LineOfCase.figure,
            LineOfCase.until,
            LineOfCase.done,
        )
        .join(Case, Case.id == LineOfCase.case_id)
        .join(CaseParty, and_(CaseParty.case_id == Case.id, CaseParty.role == LIST.respondent))
        .where(
            readable_cases(actor, LIST.key),
            Case.state.in_(RUNNING),
            Case.id.in_(passed),
            LineOfCase.list_key.in_(("items", "progress")),
            LineOfCase.struck_on.is_(None),
            CaseParty.subject_id.is_not(None),
        )
        .order_by(LineOfCase.case_id, LineOfCase.no)
    )
    found: dict[tuple[int, int], dict[str, list[LineFact]]] = defaultdict(
        lambda: {"items": [], "progress": []}
    )
    for unit, case_id, key, no, code, grade, figure, until, done in rows:
        found[unit or 0, case_id][key].append(
            LineFact(no=no, code=code, grade=grade, figure=figure, until=until, done=done)
        )
    return found
