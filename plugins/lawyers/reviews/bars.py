"""What a review bars a lawyer from, told where the roster is written by hand: partnership, trainees."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from plugins.lawyers.reviews.rules import BAR
from plugins.lawyers.rules.findings import warning
from suite.api import BarFact, Facts, Problem, RowEdit, SaveRecords, Subject, bars_of

LAWYER, TRAINEE = "lawyers.lawyer", "lawyers.trainee_lawyer"
SUPERVISOR = "supervisor_practice_no"
#: Of so many numbers in one question the database is asked.
MOST = 500


def bar_problems(command: SaveRecords, facts: Facts) -> list[Problem]:
    """Who is registered as a partner, or as guiding a trainee, while the review bars him.

    Told and not refused: a stock is entered as it is. An application or filing is refused by its guards.
    """
    if command.kind == LAWYER:
        return list(_partners([row for row in command.rows if row.values.get("is_partner") is True], facts))
    if command.kind == TRAINEE:
        return list(_supervisors([row for row in command.rows if row.values.get(SUPERVISOR)], facts))
    return []


def _standing(bars: tuple[BarFact, ...], facts: Facts) -> BarFact | None:
    return next((bar for bar in bars if bar.key == BAR.key and bar.holds(facts.today)), None)


def _partners(rows: list[RowEdit], facts: Facts) -> Iterator[Problem]:
    known = bars_of(facts.session, [row.subject_id for row in rows if row.subject_id is not None])
    for row in rows:
        bar = _standing(known.get(row.subject_id or 0, ()), facts)
        if bar is not None:
            text = f"该律师年度考核不称职，至 {bar.last} 不得担任合伙人，请核对合伙人登记。"
            yield warning("partner_barred", text, "is_partner", bar.article).at(row=row.place)


def _supervisors(rows: list[RowEdit], facts: Facts) -> Iterator[Problem]:
    numbers = sorted({str(row.values[SUPERVISOR]) for row in rows})
    ids: dict[str, int] = {}
    for place in range(0, len(numbers), MOST):
        part = numbers[place : place + MOST]
        for number, lawyer in facts.session.execute(
            select(Subject.main_no, Subject.id).where(Subject.kind == LAWYER, Subject.main_no.in_(part))
        ):
            ids[number or ""] = lawyer
    known = bars_of(facts.session, ids.values())
    for row in rows:
        number = str(row.values[SUPERVISOR])
        bar = _standing(known.get(ids.get(number, 0), ()), facts)
        if bar is not None:
            text = f"指导律师 {number} 年度考核不称职，至 {bar.last} 不得指导实习人员，请另行安排。"
            yield warning("supervisor_barred", text, SUPERVISOR, bar.article).at(row=row.place)
