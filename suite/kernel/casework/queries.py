"""Lists of cases: what is open, by what is due first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.casework import State
from suite.contract.commands import Actor, Scope
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.database.among import among, among_given
from suite.database.base import table_of
from suite.kernel.casework.clocking import counted
from suite.kernel.casework.current import OPEN, may
from suite.kernel.casework.handing import acting, handed_over
from suite.kernel.clocks.calendar import shipped_calendar, work_calendar
from suite.kernel.clocks.wording import Standing as ClockStanding
from suite.kernel.clocks.wording import standing
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseApproval, CaseClock, CaseParty, User

CAP = 50_000


@dataclass(frozen=True, kw_only=True)
class CaseQuery:
    """Which cases: of a work ("complaint") or one kind; open or closed ones; of handlers; by some words.

    section_id: those whose handler belongs to the section. due_from, due_until: those with a running clock
    that ends on one of these days, both included. words: a part of the number or of the matter, or of a
    respondent's name. order: one of ORDERS, `down` turns it round; by default what is due first.
    """

    work: str | None = None
    kind: str | None = None
    open: bool | None = None
    states: Sequence[str] = ()
    handlers: Sequence[str] = ()
    section_id: int | None = None
    district: str | None = None
    due_from: dt.date | None = None
    due_until: dt.date | None = None
    words: str = ""
    ids: Sequence[int] = ()
    order: str = ""
    down: bool = False


#: The day on which the first running clock of a case ends.
FIRST_DUE = (
    select(func.min(CaseClock.due))
    .where(CaseClock.case_id == Case.id, CaseClock.stopped.is_(None))
    .correlate(Case)
    .scalar_subquery()
)

#: What a list of cases can be ordered by.
ORDERS: Mapping[str, Any] = {
    "number": Case.number,
    "title": Case.title,
    "kind": Case.kind,
    "state": Case.state,
    "opened": Case.opened,
    "handler": Case.handler,
    "district": Case.district_code,
}


#: What a line shows of a case itself, its handler's name, whether a step of it waits for a signature, and
#: whether a limit runs: a statement costs as much as a hundred rows, so that what most closed cases have none
#: of is asked for only where it is.
SHOWN = (
    Case.id, Case.number, Case.kind, Case.title, Case.state, Case.opened, Case.closed, Case.handler,
    Case.district_code, func.coalesce(User.name, Case.handler),
    exists().where(CaseApproval.case_id == Case.id, CaseApproval.state == OPEN).correlate(Case),
    exists().where(CaseClock.case_id == Case.id, CaseClock.stopped.is_(None)).correlate(Case),
)  # fmt: skip
LINES = select(*SHOWN).select_from(Case).outerjoin(User, User.login == Case.handler)


#: A case's kind as no index has it.
KIND_WITHOUT_INDEX = Case.kind.concat("")


# What else a window of lines asks. All ids are one value: put together id by id they cost as much as rows.
_PARTY = table_of(CaseParty).c
PARTIES = (
    select(_PARTY.case_id, _PARTY.role, _PARTY.name)
    .where(among_given(_PARTY.case_id, "ids"), among_given(_PARTY.role, "roles"), _PARTY.left_on.is_(None))
    .order_by(_PARTY.id)
)
CLOCKS = (
    select(CaseClock)
    .where(among_given(CaseClock.case_id, "ids"), CaseClock.stopped.is_(None))
    .order_by(CaseClock.due.is_(None), CaseClock.due, CaseClock.id)
)


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case in a list; `clock` is the running limit that ends first, `lapse` what follows when it has run
    out, which `decides` the matter. `acting`: who works on it today in the handler's stead.
    """

    id: int
    number: str
    kind: str
    kind_title: str
    title: str
    state: State
    respondents: str
    opened: dt.date
    closed: dt.date | None
    handler: str
    acting: str
    district: str | None
    clock_title: str
    lapse: str
    decides: bool
    clock: ClockStanding | None
    due: dt.date | None
    waiting: bool


def case_ids(
    session: Session, actor: Actor, catalog: Catalog, query: CaseQuery, *, limit: int = CAP
) -> tuple[int, ...]:
    """The cases in the order of the desk: what is due first comes first, closed ones by when they closed.

    Raises Refused where no kind that is asked for may be read.
    """
    statement: Select[Any] = select(Case.id).where(and_(*_conditions(actor, catalog, query)))
    column = ORDERS.get(query.order)
    if column is not None:
        statement = statement.order_by(column.desc() if query.down else column, Case.id)
    elif query.order == "due":
        due = FIRST_DUE.desc() if query.down else FIRST_DUE
        statement = statement.order_by(FIRST_DUE.is_(None), due, Case.opened, Case.id)
    elif query.open is False:
        statement = statement.order_by(Case.closed.desc(), Case.id.desc())
    else:
        statement = statement.order_by(
            Case.closed.is_not(None), FIRST_DUE.is_(None), FIRST_DUE, Case.opened, Case.id
        )
    # As plain tuples, here as below: a window of mapped objects, or the names of a row's columns, take longer
    # than all its questions.
    return tuple(row[0] for row in session.connection().execute(statement.limit(limit)).all())


def case_versions(session: Session, actor: Actor, catalog: Catalog, ids: Sequence[int]) -> dict[int, int]:
    """Case id → its version, of those that the actor may read: what a step expects."""
    statement = select(Case.id, Case.version).where(
        and_(*_conditions(actor, catalog, CaseQuery(ids=tuple(ids))))
    )
    return dict(session.execute(statement).all())


def readable_kinds(actor: Actor, catalog: Catalog, query: CaseQuery) -> list[str]:
    """The kinds of case that the query means and the actor may read."""
    meant = [
        kind
        for kind in catalog.case_kinds.values()
        if query.kind in (None, kind.key) and query.work in (None, kind.work)
    ]
    areas = {area for area in {kind.rights for kind in meant} if actor.may(f"{area}:case:read")}
    meant = [kind for kind in meant if kind.rights in areas]
    return [kind.key for kind in sorted(meant, key=lambda kind: (kind.order, kind.key))]


def may_read_case(actor: Actor, catalog: Catalog, case: Case | None) -> bool:
    """Whether the actor may open a case that something else comes from; of the server's databases one that he
    may not read is none to him."""
    return case is not None and case.kind in catalog.case_kinds and may(actor, "case:read", case)


def of_kinds(
    actor: Actor, catalog: Catalog, kinds: Sequence[str], *, looking_through: bool = False
) -> ColumnElement[bool]:
    """The condition that a case is of one of the kinds and lies where the actor reads those.

    Kinds that are read in the same places share a condition: many alternatives keep a database from looking
    the cases through in one go. looking_through: the cases are looked at one after another anyway, for words
    within them, by the day on which they closed or by their ids; to fetch them from an index of the kinds,
    and sort them, would take far longer.
    """

    def of(keys: list[str]) -> ColumnElement[bool]:
        return among(KIND_WITHOUT_INDEX, keys) if looking_through else Case.kind.in_(_one_value(keys))

    by_area: dict[str, list[str]] = {}
    for key in kinds:
        by_area.setdefault(catalog.case_kinds[key].rights, []).append(key)
    together: dict[tuple[Scope, ...], list[str]] = {}
    for area, keys in by_area.items():
        together.setdefault(actor.scopes(f"{area}:case:read"), []).extend(keys)
    return or_(*(and_(of(keys), scope_condition(Case, scopes)) for scopes, keys in together.items()))


def _one_value(values: Sequence[Any]) -> BindParameter[Any]:
    """Several values given as one: put together one by one they cost as much as rows."""
    return bindparam(None, tuple(values), unique=True, expanding=True)


def _conditions(actor: Actor, catalog: Catalog, query: CaseQuery) -> list[ColumnElement[bool]]:
    kinds = readable_kinds(actor, catalog, query)
    if not kinds:
        raise Refused(
            [
                Problem(
                    code="not_permitted",
                    text="您没有查看办件的权限，请联系科室管理员。",
                    kind=ProblemKind.NOT_PERMITTED,
                )
            ]
        )
    words = query.words.strip()
    by_closing = query.open is False and len(kinds) > 1 and not query.order
    one_by_one = bool(words) or by_closing or bool(query.ids)
    found = [of_kinds(actor, catalog, kinds, looking_through=one_by_one)]
    if query.open is not None:
        found.append(Case.closed.is_(None) if query.open else Case.closed.is_not(None))
    if query.states:
        found.append(Case.state.in_(tuple(query.states)))
    if query.handlers:
        found.append(Case.handler.in_(tuple(query.handlers)))
    if query.section_id is not None:
        found.append(Case.handler.in_(select(User.login).where(User.section_id == query.section_id)))
    if query.district is not None:
        found.append(Case.district_code == query.district)
    if query.due_from is not None or query.due_until is not None:
        ends: list[ColumnElement[bool]] = [CaseClock.stopped.is_(None)]
        ends += [CaseClock.due >= query.due_from] if query.due_from is not None else []
        ends += [CaseClock.due <= query.due_until] if query.due_until is not None else []
        found.append(Case.id.in_(select(CaseClock.case_id).where(*ends)))
    if query.ids:
        found.append(among(Case.id, query.ids))
    if words:
        named = select(CaseParty.case_id).where(
            CaseParty.subject_id.is_not(None), _holds(CaseParty.name, words)
        )
        found.append(or_(_holds(Case.number, words), _holds(Case.title, words), Case.id.in_(named)))
    return found


def _holds(column: Any, words: str) -> ColumnElement[bool]:
    """That a text has the words in it. The pattern is one value: put together row by row it costs thrice."""
    plain = words.replace("/", "//").replace("%", "/%").replace("_", "/_")
    condition: ColumnElement[bool] = column.like(f"%{plain}%", escape=None if plain == words else "/")
    return condition


def case_lines(
    session: Session, actor: Actor, catalog: Catalog, ids: Sequence[int], *, today: dt.date
) -> list[CaseLine]:
    """The rows of a window of the list, in the order of the ids; what is out of scope is left out."""
    if not ids:
        return []
    shown = LINES.where(and_(*_conditions(actor, catalog, CaseQuery(ids=tuple(ids)))))
    rows = {row[0]: tuple(row) for row in session.connection().execute(shown).all()}
    kind_of = {row[0]: row[2] for row in rows.values()}
    here = tuple(rows)
    respondents: dict[int, list[str]] = {}
    roles = {kind.key: kind.respondent for kind in catalog.case_kinds.values()}
    wanted = {"ids": here, "roles": tuple(set(roles.values()))}
    for case_id, role, name in session.connection().execute(PARTIES, wanted).all():
        if role == roles.get(kind_of[case_id]):
            respondents.setdefault(case_id, []).append(name)
    clocks: dict[int, CaseClock] = {}
    if running := tuple(case_id for case_id, row in rows.items() if row[-1]):
        for clock in session.scalars(CLOCKS, {"ids": running}):
            clocks.setdefault(clock.case_id, clock)
    calendar = work_calendar(session) if clocks else shipped_calendar()
    # Nobody works in another's stead on what is closed.
    still = any(row[6] is None for row in rows.values())
    handed = acting(handed_over(session, today), today) if still else {}
    states = {
        key: catalog.lifecycle_of(catalog.case_kinds[key]).by_state
        for key in set(kind_of.values()) & catalog.case_kinds.keys()
    }
    lines = []
    for case_id in ids:
        if case_id not in rows or kind_of[case_id] not in catalog.case_kinds:
            continue
        _, number, key, title, state, opened, closed, handler, district, name, waits, _ = rows[case_id]
        kind = catalog.case_kinds[key]
        first = clocks.get(case_id)
        limit = catalog.limits.get(first.limit_key) if first else None
        due = counted(first, calendar) if first else None
        lines.append(
            CaseLine(
                id=case_id,
                number=number,
                kind=key,
                kind_title=kind.title,
                title=title,
                state=states[key][state],
                respondents="、".join(respondents.get(case_id, ())),
                opened=opened,
                closed=closed,
                handler=name,
                acting=handed[handler].taker_name if handler in handed and closed is None else "",
                district=district,
                clock_title=limit.title if limit else "",
                lapse=limit.lapse if limit else "",
                decides=limit is not None and limit.decides,
                clock=standing(due, today, calendar) if due else None,
                due=due.due if due else None,
                waiting=bool(waits),
            )
        )
    return lines
