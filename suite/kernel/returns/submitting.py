"""Handing in: a form's numbers of one or many, as drafts or for good, together with their figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.contract.returns import ReturnForm
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.periods import Period
from suite.kernel.returns.declarations import JUMP, JUMP_LEAST
from suite.kernel.returns.frame import (
    MOST_ROWS,
    FormCommand,
    Taken,
    changed,
    in_state,
    log,
    require_within,
    stale,
    take_cells,
    write_figures,
)
from suite.kernel.returns.known import known_numbers
from suite.kernel.returns.rules import (
    Bounds,
    ReturnState,
    before,
    problems_of,
    questions,
    sum_problems,
    with_sums,
)
from suite.kernel.returns.standing import Reporter, period_meant, reporters, values_of, who_of
from suite.tables import Return, ReturnCell

SUBMIT = "{owner}:return:submit"
EDITABLE = (ReturnState.OPEN, ReturnState.SENT_BACK)


@dataclass(frozen=True, kw_only=True)
class ReturnGiven:
    """The numbers of one who hands in: a district, a body, or neither for the city itself.

    values: cell → number; computed cells may be left out, and are refused where they contradict the others.
    notes: cell → why it is so. note: why its numbers are so, without saying which: it stands for those that
    need a reason and have none of their own, and for those that are sent back and changed.
    expected_version: 0 for one of which nothing was kept yet.
    """

    district: str | None = None
    body_id: int | None = None
    values: Mapping[str, Decimal]
    notes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    expected_version: int = 0


@dataclass(frozen=True, kw_only=True)
class SaveReturns(FormCommand):
    """Keep what was typed so far; nothing is checked but that it can be kept, and sums that are given."""

    permission: ClassVar[str] = SUBMIT
    title: ClassVar[str] = "暂存报表"

    period: str
    rows: tuple[ReturnGiven, ...]


@dataclass(frozen=True, kw_only=True)
class SubmitReturns(FormCommand):
    """Hand in returns: they are checked, and their numbers stand among the recorded figures from then on."""

    permission: ClassVar[str] = SUBMIT
    title: ClassVar[str] = "报送报表"

    period: str
    rows: tuple[ReturnGiven, ...]


def save_returns(command: SaveReturns, work: Transaction) -> Done:
    """Write the drafts. Refuses numbers that cannot be kept."""
    form, period, asked = _asked(command, work)
    against = _Against(form, period, [row for _, _, row in asked], work)
    problems: list[Problem] = []
    taken = []
    for place, (given, reporter, row) in enumerate(asked):
        values = with_sums(form, given.values, period)
        notes = against.notes(given, values, reporter, row)
        kept = problems_of(form, work.catalog.figures, values, notes, _NO_BOUNDS)
        kept = [problem for problem in kept if problem.code in ("return.value", "text.long")]
        kept += sum_problems(form, work.catalog.figures, given.values, period)
        problems += _placed(kept, place, reporter, asked)
        row = _begun(row, form, period, reporter, work)
        taken.append(Taken(row=row, values=values, notes=notes, known={}))
    if problems:
        raise Refused(problems)
    take_cells(taken, work)
    work.session.flush()
    rows = [item.row for item in taken]
    return Done(text=f"已暂存{_words(form, period, asked)}", changes=changed(rows), result=_result(rows))


def submit_returns(command: SubmitReturns, work: Transaction) -> Done:
    """Check all, write all, or none. Refuses with every problem of every row."""
    form, period, asked = _asked(command, work)
    if not form.early and period.last >= work.today:
        text = f"{period.text} 尚未结束，{period.last} 之后才能报送。可以先暂存。"
        raise refuse("return.early", text, ProblemKind.FORBIDDEN, field="period")
    against = _Against(form, period, [row for _, _, row in asked], work)
    problems: list[Problem] = []
    taken = []
    for place, (given, reporter, row) in enumerate(asked):
        values = with_sums(form, given.values, period)
        bounds = against.bounds(reporter)
        notes = against.notes(given, values, reporter, row)
        found = problems_of(form, work.catalog.figures, values, notes, bounds)
        found += sum_problems(form, work.catalog.figures, given.values, period)
        problems += _placed(found, place, reporter, asked)
        if not problems:
            row = _begun(row, form, period, reporter, work)
            row.state, row.first_on = ReturnState.SUBMITTED, row.first_on or work.today
            taken.append(Taken(row=row, values=values, notes=notes, known=bounds.known))
    if problems:
        raise Refused(problems)
    take_cells(taken, work)
    rows = [item.row for item in taken]
    for row in rows:
        log(row, "submit", work)
    write_figures(form, period, rows, work)
    settled = [about(form.key, period.text, row.who) for row in rows]
    return Done(
        text=f"已报送{_words(form, period, asked)}",
        changes=changed(rows, figures=True),
        result={**_result(rows), "settled": settled},
    )


class _Against:
    """What the returns of a period are held against: their last period, what the suite counts, what was
    typed before."""

    def __init__(
        self, form: ReturnForm, period: Period, rows: Sequence[Return | None], work: Transaction
    ) -> None:
        self._form, self._work = form, work
        self._last = values_of(work.session, form, before(form, period))
        self._known = (
            {} if form.of_bodies else known_numbers(work.session, work.actor, work.catalog, form, period.last)
        )
        self._typed: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
        for cell in work.session.scalars(
            select(ReturnCell).where(ReturnCell.return_id.in_([row.id for row in rows if row is not None]))
        ):
            self._typed[cell.return_id][cell.cell] = cell.value

    def bounds(self, reporter: Reporter) -> Bounds:
        """What asks for a reason of one who hands in."""
        parameters = self._work.parameters
        return Bounds(
            last=self._last.get(reporter.who, {}),
            known=self._known.get(reporter.who, {}),
            jump=int(parameters[JUMP]),
            least=int(parameters[JUMP_LEAST]),
        )

    def notes(
        self, given: ReturnGiven, values: Mapping[str, Decimal], reporter: Reporter, row: Return | None
    ) -> Mapping[str, str]:
        """The notes of the cells: a note of the whole row goes to those that need one or are otherwise than
        they were typed before; where there are none, to the first that has no other, so that it is kept."""
        if not given.note.strip():
            return given.notes
        bounds, figures = self.bounds(reporter), self._work.catalog.figures
        former = self._typed.get(row.id, {}) if row is not None else {}
        cells = [cell for cell in self._form.cells if not cell.computed and cell.series in values]
        free = [cell for cell in cells if not given.notes.get(cell.series)]
        wanted = [
            cell.series
            for cell in free
            if questions(cell, figures[cell.series], values[cell.series], bounds)
            or former.get(cell.series, values[cell.series]) != values[cell.series]
        ]
        return {**given.notes, **dict.fromkeys(wanted or [cell.series for cell in free[:1]], given.note)}


def _placed(
    found: Sequence[Problem], place: int, reporter: Reporter, asked: Sequence[Asked]
) -> list[Problem]:
    """The problems of a row with its place; of several rows each says whose it is."""
    if len(asked) > 1:
        found = [replace(problem, text=f"{reporter.name}：{problem.text}") for problem in found]
    return [problem.at(row=place) for problem in found]


def about(form: str, period: str, who: str) -> str:
    """What a reminder is about."""
    return f"core.return:{form}:{period}:{who}"[:100]


_NO_BOUNDS = Bounds(last={}, known={}, jump=0, least=10**9)
Asked = tuple[ReturnGiven, Reporter, Return | None]


def _asked(command: SaveReturns | SubmitReturns, work: Transaction) -> tuple[ReturnForm, Period, list[Asked]]:
    """Each row with who hands it in and what was kept. Raises Refused for whatever cannot be meant."""
    form = work.catalog.form(command.form)
    period = period_meant(form, command.period)
    if not 0 < len(command.rows) <= MOST_ROWS:
        raise refuse("return.count", f"请给出 1 至 {MOST_ROWS:,} 份报表。", field="rows")
    asked = {one.who: one for one in reporters(work.session, work.catalog, form, period)}
    kept = {
        row.who: row
        for row in work.session.scalars(
            select(Return).where(Return.form == form.key, Return.period == period.text).with_for_update()
        )
    }
    found: list[Asked] = []
    times = Counter(who_of(given.district, given.body_id) for given in command.rows)
    for place, given in enumerate(command.rows):
        who = who_of(given.district, given.body_id)
        reporter, row = asked.get(who), kept.get(who)
        if reporter is None or times[who] > 1:
            known = given.district or given.body_id or "市本级"
            text = f"{known} 不须填报 {period.text} 的“{form.title}”，请核对区划代码或机构。"
            if times[who] > 1:
                text = f"{reporter.name if reporter else known}出现了 {times[who]} 次，请只留一次。"
            raise refuse("return.who", text, field="rows", row=place)
        require_within(form, reporter, command.permission_key(), work)
        if (row.version if row else 0) != given.expected_version:
            raise stale()
        if row is not None:
            in_state(row, EDITABLE, "重新填报；已报送的数请用“更正”")
        unknown = [key for key in (*given.values, *given.notes) if key not in form.by_series]
        if unknown:
            text = f"“{form.title}”没有 {unknown[0][:60]} 这一项，请核对名称。"
            raise refuse("return.cell", text, field="rows", row=place)
        found.append((given, reporter, row))
    return form, period, found


def _begun(
    row: Return | None, form: ReturnForm, period: Period, reporter: Reporter, work: Transaction
) -> Return:
    """The return that is written to, a new one where none was kept."""
    if row is None:
        row = Return(
            form=form.key,
            profession=form.owner,
            period=period.text,
            who=reporter.who,
            district_code=reporter.district,
            association=reporter.association,
            body_id=reporter.body,
            state=ReturnState.OPEN,
            version=0,
        )
        work.session.add(row)
    row.version, row.by_login = row.version + 1, work.actor.login
    return row


def _words(form: ReturnForm, period: Period, asked: Sequence[Asked]) -> str:
    names = "、".join(reporter.name for _, reporter, _ in asked[:3])
    more = f"等 {len(asked)} 家" if len(asked) > 3 else ""
    return f"{names}{more} {period.text} 的{form.title}"


def _result(rows: Sequence[Return]) -> dict[str, object]:
    return {"returns": [{"id": row.id, "who": row.who, "version": row.version} for row in rows]}
