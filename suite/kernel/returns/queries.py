"""Returns as they are read: the desk of districts by periods, one form with its last period, who is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.indicators import FigureSeries
from suite.contract.problems import refuse
from suite.contract.returns import ReturnForm
from suite.kernel.indicators.periods import Period
from suite.kernel.indicators.wanted import due_day
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.returns.declarations import JUMP, JUMP_LEAST
from suite.kernel.returns.known import known_numbers
from suite.kernel.returns.rules import HANDED_IN, Bounds, ReturnState, before, periods_until
from suite.kernel.returns.standing import (
    Reporter,
    period_meant,
    readable_form,
    reporters,
    values_of,
    within,
)
from suite.loader.catalog import Catalog
from suite.tables import Return, ReturnCell, ReturnEvent, User

SHOWN_PERIODS = 6


@dataclass(frozen=True, kw_only=True)
class PeriodColumn:
    """A period of the desk: until when it is due, and whether that day may still move (暂估)."""

    text: str
    due: dt.date
    provisional: bool
    early: bool  # it is not over yet


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one return stands. late: it came, or still is missing, after its due day."""

    state: ReturnState
    late: bool = False
    corrected: int = 0
    id: int = 0
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class DeskLine:
    """One who hands in, with its marks in the order of the periods; None where it need not."""

    reporter: Reporter
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True, kw_only=True)
class ReturnDesk:
    """One form: who handed in what."""

    form: ReturnForm
    periods: tuple[PeriodColumn, ...]
    lines: tuple[DeskLine, ...]

    def count(self, place: int) -> Mapping[ReturnState, int]:
        """How many stand how in a period; a draft is missing."""
        found = dict.fromkeys(ReturnState, 0)
        for line in self.lines:
            mark = line.marks[place]
            if mark is not None:
                state = ReturnState.MISSING if mark.state is ReturnState.OPEN else mark.state
                found[state] += 1
        return found

    def missing(self, place: int) -> list[Reporter]:
        """Who has not handed in (or not again) in a period."""
        return [
            line.reporter
            for line in self.lines
            if (mark := line.marks[place]) is not None and mark.state not in HANDED_IN
        ]


@dataclass(frozen=True, kw_only=True)
class CellLine:
    """One number of a return with what it is held against."""

    series: FigureSeries
    value: Decimal | None
    note: str
    last: Decimal | None
    known: Decimal | None


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One thing that happened to a return."""

    on: dt.date
    what: str
    by: str
    cell: str | None
    before: Decimal | None
    after: Decimal | None
    note: str


@dataclass(frozen=True, kw_only=True)
class ReturnSheet:
    """One return as it is filled in or read. id is 0 where nothing was kept yet."""

    form: ReturnForm
    period: Period
    reporter: Reporter
    column: PeriodColumn
    today: dt.date
    state: ReturnState
    id: int
    version: int
    cells: tuple[CellLine, ...]
    bounds: Bounds
    events: tuple[EventLine, ...]
    may_submit: bool
    may_review: bool


def forms_readable(actor: Actor, catalog: Catalog) -> list[ReturnForm]:
    """The forms whose returns the actor may read: the professions' in their order, the core's last."""
    order = {name: place for place, name in enumerate(catalog.professions)}
    found = [form for form in catalog.forms.values() if actor.may(f"{form.owner}:return:read")]
    return sorted(found, key=lambda form: order.get(form.owner, len(order)))


def return_desk(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    key: str,
    today: dt.date,
    *,
    period: str | None = None,
    number: int = SHOWN_PERIODS,
) -> ReturnDesk:
    """The desk of one form: the last periods, the newest first, or just the one that is asked for."""
    form = readable_form(actor, catalog, key)
    scopes = actor.scopes(f"{form.owner}:return:read")
    periods = _since_the_first(session, form, periods_until(form, today, number))
    if period is not None:
        periods = [period_meant(form, period)]
    columns = tuple(_column(session, catalog, form, one, today) for one in periods)
    asked = [
        {one.who: one for one in reporters(session, catalog, form, one_period) if within(scopes, form, one)}
        for one_period in periods
    ]
    everybody: dict[str, Reporter] = {}
    for those in asked:
        for who, reporter in those.items():
            everybody.setdefault(who, reporter)
    marks = _marks(session, form, columns)
    lines = [
        DeskLine(
            reporter=reporter,
            marks=tuple(
                marks.get((column.text, who), _missing(column, today)) if who in those else None
                for column, those in zip(columns, asked, strict=True)
            ),
        )
        for who, reporter in sorted(everybody.items())
    ]
    return ReturnDesk(form=form, periods=columns, lines=tuple(lines))


def _since_the_first(session: Session, form: ReturnForm, periods: list[Period]) -> list[Period]:
    """The periods since the first that anybody handed in: a bureau that begins in autumn is not behind since
    January. The newest is always there."""
    first = session.scalar(select(func.min(Return.period)).where(Return.form == form.key))
    return [period for period in periods if first is not None and period.text >= first] or periods[:1]


def _column(
    session: Session, catalog: Catalog, form: ReturnForm, period: Period, today: dt.date
) -> PeriodColumn:
    due = due_day(session, form, period, parameters_on(session, catalog, period.last))
    return PeriodColumn(
        text=period.text, due=due.due or period.last, provisional=due.provisional, early=period.last >= today
    )


def _missing(column: PeriodColumn, today: dt.date) -> Mark:
    return Mark(state=ReturnState.MISSING, late=column.due < today)


def _marks(
    session: Session, form: ReturnForm, columns: tuple[PeriodColumn, ...]
) -> dict[tuple[str, str], Mark]:
    due = {column.text: column for column in columns}
    corrected = (
        select(ReturnEvent.return_id, func.count(ReturnEvent.at.distinct()).label("number"))
        .join(Return, Return.id == ReturnEvent.return_id)
        .where(ReturnEvent.what == "correct", Return.form == form.key, Return.period.in_(sorted(due)))
        .group_by(ReturnEvent.return_id)
        .subquery()
    )
    found = {}
    for row, number in session.execute(
        select(Return, func.coalesce(corrected.c.number, 0))
        .outerjoin(corrected, corrected.c.return_id == Return.id)
        .where(Return.form == form.key, Return.period.in_(sorted(due)))
    ):
        late = row.first_on is not None and row.first_on > due[row.period].due
        found[row.period, row.who] = Mark(
            state=ReturnState(row.state), late=late, corrected=number, id=row.id, version=row.version
        )
    return found


def return_sheet(
    session: Session, actor: Actor, catalog: Catalog, key: str, period_text: str, who: str, today: dt.date
) -> ReturnSheet:
    """One return with its last period and what the suite knows. Raises Refused for one that is not there."""
    form = readable_form(actor, catalog, key)
    period = period_meant(form, period_text)
    scopes = actor.scopes(f"{form.owner}:return:read")
    asked = {one.who: one for one in reporters(session, catalog, form, period) if within(scopes, form, one)}
    reporter = asked.get(who)
    if reporter is None:
        text = f"{who or '市本级'} 不须填报 {period.text} 的“{form.title}”，或不在您的管理范围内。"
        raise refuse("return.who", text, field="who")
    row = session.scalar(
        select(Return).where(Return.form == form.key, Return.period == period.text, Return.who == who)
    )
    cells = {}
    if row is not None:
        statement = select(ReturnCell).where(ReturnCell.return_id == row.id)
        cells = {cell.cell: cell for cell in session.scalars(statement)}
    known = {}
    if not form.of_bodies:
        known = known_numbers(session, actor, catalog, form, period.last).get(who, {})
    parameters = parameters_on(session, catalog, today)
    bounds = Bounds(
        last=values_of(session, form, before(form, period)).get(who, {}),
        known=known,
        jump=int(parameters[JUMP]),
        least=int(parameters[JUMP_LEAST]),
    )
    submits = actor.scopes(f"{form.owner}:return:submit")
    whole = any(scope.holds(form.owner, None, None) for scope in submits)
    return ReturnSheet(
        form=form,
        period=period,
        reporter=reporter,
        column=_column(session, catalog, form, period, today),
        today=today,
        state=ReturnState(row.state) if row else ReturnState.MISSING,
        id=row.id if row else 0,
        version=row.version if row else 0,
        cells=tuple(
            CellLine(
                series=catalog.figures[cell.series],
                value=cells[cell.series].value if cell.series in cells else None,
                note=cells[cell.series].note if cell.series in cells else "",
                last=bounds.last.get(cell.series),
                known=known.get(cell.series),
            )
            for cell in form.cells
        ),
        bounds=bounds,
        events=tuple(_events(session, row.id)) if row else (),
        may_submit=within(submits, form, reporter) and (whole or not form.of_bodies),
        may_review=within(actor.scopes(f"{form.owner}:return:review"), form, reporter),
    )


def _events(session: Session, return_id: int) -> list[EventLine]:
    rows = session.execute(
        select(ReturnEvent, func.coalesce(User.name, ReturnEvent.by_login))
        .outerjoin(User, User.login == ReturnEvent.by_login)
        .where(ReturnEvent.return_id == return_id)
        .order_by(ReturnEvent.id)
    )
    return [
        EventLine(
            on=row.on_date,
            what=row.what,
            by=name,
            cell=row.cell,
            before=row.before,
            after=row.after,
            note=row.note,
        )
        for row, name in rows
    ]
