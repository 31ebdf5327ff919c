"""What the acts on returns share: their permission, loading, the log, and the figures that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from suite.contract.commands import Change, Command
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.contract.returns import ReturnForm
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.periods import Period
from suite.kernel.returns.rules import HANDED_IN, TITLES, ReturnState
from suite.kernel.returns.standing import Reporter, reporters, within
from suite.tables import District, FigureValue, Return, ReturnCell, ReturnEvent
from suite.tables.figures import part_of

RETURNS, FIGURES = "core.return", "core.figure"
MOST_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class FormCommand(Command):
    """A command about the returns of one form: its `permission` names `{owner}`, the form's profession."""

    form: str

    def permission_key(self) -> str:
        """The permission of the form's owner."""
        return self.permission.replace("{owner}", self.form.split(".", 1)[0])


def changed(rows: Iterable[Return], *, figures: bool = False) -> tuple[Change, ...]:
    """What screens of returns look for, and of figures where some were written."""
    ids = tuple(row.id for row in rows)
    more = (Change(kind=FIGURES, ids=(), many=True),) if figures else ()
    return (Change(kind=RETURNS, ids=ids), *more)


def log(
    row: Return,
    what: str,
    work: Transaction,
    *,
    note: str = "",
    cell: str | None = None,
    before: Decimal | None = None,
    after: Decimal | None = None,
) -> None:
    """Write what happened to a return."""
    work.session.add(
        ReturnEvent(
            return_id=row.id,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            what=what,
            at=work.now,
            on_date=work.today,
            by_login=work.actor.login,
            cell=cell,
            before=before,
            after=after,
            note=note.strip(),
        )
    )


def loaded(
    ids: Sequence[int], versions: Mapping[int, int], form: ReturnForm, permission: str, work: Transaction
) -> list[Return]:
    """Returns of a form in the order asked for. Raises Refused for one that is not there, out of scope, or
    was changed by somebody else since it was read."""
    if not 0 < len(ids) <= MOST_ROWS:
        raise refuse("return.count", f"请选定 1 至 {MOST_ROWS:,} 份报表。", field="returns")
    scopes = work.require(permission)
    rows = {
        row.id: row
        for row in work.session.scalars(
            select(Return).where(Return.id.in_(ids), Return.form == form.key).with_for_update()
        )
    }
    for number in ids:
        row = rows.get(number)
        if row is None or not any(
            scope.holds(row.profession, row.district_code, row.association) for scope in scopes
        ):
            raise refuse(
                "return.unknown",
                f"没有编号为 {number} 的报表，或不在您的管理范围内，请刷新。",
                ProblemKind.NOT_PERMITTED,
                field="returns",
            )
        if row.version != versions[number]:
            raise stale()
    return [rows[number] for number in ids]


def stale() -> Refused:
    """Another desk changed the return since it was read."""
    text = "报表已被他人办理过，请刷新后再办。您填写的内容仍在。"
    return refuse("return.stale", text, ProblemKind.STALE, field="expected_version")


def in_state(row: Return, wanted: Iterable[ReturnState], what: str) -> None:
    """Raises Refused where a return has not come to where an act may be taken."""
    state = ReturnState(row.state)
    if state not in set(wanted):
        text = f"报表现为“{TITLES[state]}”，不能{what}。请刷新后再办。"
        raise refuse("return.state", text, ProblemKind.FORBIDDEN, field="returns")


def require_within(form: ReturnForm, reporter: Reporter, permission: str, work: Transaction) -> None:
    """Raises Refused where the actor may not act for one who hands in.

    What bodies hand in is added up to the city's figure at once, so it is for who has the whole profession.
    """
    scopes = work.require(permission)
    whole = any(scope.holds(form.owner, None, None) for scope in scopes)
    if not within(scopes, form, reporter) or (form.of_bodies and not whole):
        text = f"{reporter.name}的“{form.title}”不在您的填报范围内，请联系科室管理员。"
        raise refuse("out_of_scope", text, ProblemKind.NOT_PERMITTED, field="rows")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The numbers of one return as they are to be kept; values are complete (`with_sums`)."""

    row: Return
    values: Mapping[str, Decimal]
    notes: Mapping[str, str]
    known: Mapping[str, Decimal]


def take_cells(taken: Sequence[Taken], work: Transaction) -> None:
    """Write the numbers of returns; those that are not given any more go."""
    work.session.flush()
    ids = [item.row.id for item in taken]
    kept = {
        (cell.return_id, cell.cell): cell
        for cell in work.session.scalars(select(ReturnCell).where(ReturnCell.return_id.in_(ids)))
    }
    values = {item.row.id: item.values for item in taken}
    for (number, key), cell in kept.items():
        if key not in values[number]:
            work.session.delete(cell)
    for item in taken:
        row = item.row
        for key, value in item.values.items():
            cell = kept.get((row.id, key)) or ReturnCell(
                return_id=row.id,
                cell=key,
                profession=row.profession,
                district_code=row.district_code,
                association=row.association,
            )
            cell.value, cell.note, cell.known = value, item.notes.get(key, "").strip(), item.known.get(key)
            work.session.add(cell)


def write_figures(form: ReturnForm, period: Period, rows: Sequence[Return], work: Transaction) -> None:
    """Let the recorded figures follow these returns: what is handed in is recorded, what was taken back or
    sent back is not any more. Bodies' numbers are recorded as parts and added up once none is missing."""
    work.session.flush()
    names = {one.who: one.name for one in reporters(work.session, work.catalog, form, period)}
    cells: dict[int, list[ReturnCell]] = {row.id: [] for row in rows}
    for kept in work.session.scalars(select(ReturnCell).where(ReturnCell.return_id.in_(list(cells)))):
        cells[kept.return_id].append(kept)
    recorded = _recorded(form, period, work)
    for row in rows:
        part = part_of(form.by, row.body_id) if row.body_id is not None else ""
        given = {kept.cell: kept for kept in cells[row.id]} if row.state in HANDED_IN else {}
        for cell in form.cells:
            found = given.get(cell.series)
            by_hand = (cell.series, part, None)
            if found and part and row.district_code is not None and by_hand in recorded:
                # What was entered for the body before, without its district, would count beside its return.
                work.session.delete(recorded.pop(by_hand))
            _record(
                recorded,
                (cell.series, part, row.district_code),
                found.value if found else None,
                f"{form.title}（{names.get(row.who, row.who)}）",
                found.note if found else "",
                period,
                work,
                sent_back=row.state == ReturnState.SENT_BACK,
            )
    if form.of_bodies:
        _add_up(form, period, recorded, set(names), work)
    work.session.flush()


Place = tuple[str, str, str | None]  # series, part, district


def _recorded(form: ReturnForm, period: Period, work: Transaction) -> dict[Place, FigureValue]:
    found = work.session.scalars(
        select(FigureValue).where(
            FigureValue.key.in_([cell.series for cell in form.cells]), FigureValue.period == period.text
        )
    )
    return {(row.key, row.part, row.district_code): row for row in found}


def _record(
    recorded: dict[Place, FigureValue],
    place: Place,
    value: Decimal | None,
    source: str,
    note: str,
    period: Period,
    work: Transaction,
    *,
    sent_back: bool = False,
) -> None:
    row = recorded.get(place)
    if value is None:
        if row is not None and sent_back:
            row.sent_back = True
        elif row is not None:
            work.session.delete(recorded.pop(place))
        return
    series, part, district = place
    if row is None:
        row = FigureValue(
            key=series,
            period=period.text,
            district_code=district,
            part=part,
            profession=series.split(".", 1)[0],
        )
        work.session.add(row)
        recorded[place] = row
    row.value, row.source, row.note, row.recorded_at = value, source[:300], note or None, work.now
    row.sent_back = False


def _add_up(
    form: ReturnForm,
    period: Period,
    recorded: dict[Place, FigureValue],
    wanted: set[str],
    work: Transaction,
) -> None:
    """The city's figure and each district's as the sum of the bodies; none while one has not handed in."""
    handed_in = set(
        work.session.scalars(
            select(Return.who).where(
                Return.form == form.key,
                Return.period == period.text,
                Return.state.in_(sorted(HANDED_IN)),
            )
        )
    )
    complete = wanted <= handed_in
    districts = list(work.session.scalars(select(District.code)))
    back = any(row.sent_back for (_, part, _), row in recorded.items() if part)
    for cell in form.cells:
        sums: dict[str | None, Decimal] = dict.fromkeys((None, *districts), Decimal(0))
        for (series, part, district), row in recorded.items():
            if not row.sent_back and series == cell.series and part.startswith(part_of(form.by, "")):
                sums[None] += row.value
                if district is not None:
                    sums[district] = sums.get(district, Decimal(0)) + row.value
        for district, total in sums.items():
            value = total if complete else None
            source = f"{form.title}（各机构合计）"
            _record(recorded, (cell.series, "", district), value, source, "", period, work, sent_back=back)
