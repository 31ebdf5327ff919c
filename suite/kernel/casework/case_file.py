"""One case as it is read: where it stands, what can be done and why not, its clocks in words, its history."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.case_facts import AllegationFact
from suite.contract.casework import (
    CaseKind,
    State,
    Transition,
)
from suite.contract.commands import Actor
from suite.contract.declarations import Field, FieldType
from suite.contract.parameters import Confidence
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.kernel.casework.clocking import counted
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.current import UNKNOWN, Standing, may, signs_as, standing_of
from suite.kernel.casework.earlier import EarlierLine, earlier_lines
from suite.kernel.casework.handing import Handed, acting, handed_over
from suite.kernel.casework.line_file import ListFile, list_files, lists_refusal
from suite.kernel.casework.rules import is_valid, why_not
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.wording import Standing as ClockStanding
from suite.kernel.clocks.wording import explain, standing
from suite.kernel.clocks.workdays import WorkCalendar
from suite.kernel.registry.districts import short_district_names
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseClock, Subject, User

#: What a step set to nothing.
EMPTIED = "（清空）"


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step that leads on from where the case stands; `problems` say why it cannot be taken now."""

    transition: Transition
    approval: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """A clock in words. `state` is how it stands today; None once it stopped, by what `stopped_by` says."""

    limit: str
    title: str
    start: dt.date
    due: dt.date | None
    stopped: dt.date | None
    stopped_by: str
    state: ClockStanding | None
    length: str
    sentence: str
    article: str
    recalled: bool
    provisional: bool
    late_days: int
    pauses: tuple[tuple[dt.date, dt.date | None, str], ...]


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """Somebody who has, or had, a place in the case; a complainant's name is masked."""

    role: str
    role_title: str
    name: str
    subject_id: int | None
    kind: str | None
    kind_title: str
    since: dt.date
    left_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One thing that happened."""

    id: int
    at: dt.datetime
    on: dt.date
    by: str
    approved_by: str | None
    title: str
    state: str
    moved: bool
    note: str
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """One place of the stage bar: since when, until when, and by whom, where it was reached."""

    title: str
    since: dt.date | None
    until: dt.date | None
    by: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """A step that waits for a signature. `mine`: the reader asked for it; `may_sign`: it is his turn."""

    id: int
    title: str
    place: str
    asked_by: str
    asked_at: dt.datetime
    mine: bool
    may_sign: bool


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """Everything that a case page shows.

    handed: who works on it today for the handler, and until when. visited: the states that it has been in,
    in order.
    """

    id: int
    version: int
    number: str
    title: str
    kind: CaseKind
    state: State
    opened: dt.date
    closed: dt.date | None
    handler: str
    handler_name: str
    handed: Handed | None
    district: str | None
    repeat_of: tuple[int, str] | None
    stages: tuple[StageLine, ...]
    visited: tuple[str, ...]
    facts: tuple[tuple[Field, str], ...]
    values: Mapping[str, Any]
    parties: tuple[PartyLine, ...]
    allegations: tuple[tuple[AllegationFact, str], ...]
    valid: bool
    lists: tuple[ListFile, ...]
    lists_refusal: str
    earlier: tuple[EarlierLine, ...]
    clocks: tuple[ClockLine, ...]
    steps: tuple[StepLine, ...]
    waiting: WaitingLine | None
    events: tuple[EventLine, ...]
    may_reveal: bool
    may_remark: bool


def case_file(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    case_id: int,
    *,
    today: dt.date,
    parameters: Mapping[str, Any],
) -> CaseFile:
    """A case for a reader. Raises Refused `case.unknown` for one that is not there or out of scope."""
    case = session.get(Case, case_id)
    if case is None or not may(actor, "case:read", case):
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="case_id")
    found = standing_of(session, catalog, case)
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    places = short_district_names(session)
    calendar = work_calendar(session)
    kind, state = found.kind, found.lifecycle.by_state[case.state]
    allegations = found.facts(today, parameters).allegations
    partly = bool(parameters[kind.partly_counts]) if kind.partly_counts else False
    earlier = session.get(Case, case.repeat_of) if case.repeat_of else None
    return CaseFile(
        id=case.id,
        version=case.version,
        number=case.number,
        title=case.title,
        kind=kind,
        state=state,
        opened=case.opened,
        closed=case.closed,
        handler=case.handler,
        handler_name=names.get(case.handler, case.handler),
        handed=acting(handed_over(session, today), today).get(case.handler),
        district=case.district_code,
        repeat_of=(earlier.id, earlier.number) if earlier and may(actor, "case:read", earlier) else None,
        stages=_stages(found, names),
        visited=tuple(dict.fromkeys(event.to_state for event in found.events if event.command)),
        facts=tuple(
            (field, words)
            for field in kind.fields
            if (words := value_words(catalog, field, found.values.get(field.key), places))
        ),
        values=found.values,
        parties=_parties(session, found, catalog),
        allegations=tuple((item, catalog.code_title(kind.heads or "", item.head)) for item in allegations),
        valid=is_valid(allegations, partly=partly),
        lists=list_files(found, catalog, names),
        lists_refusal=lists_refusal(found, may(actor, "case:handle", case)),
        earlier=earlier_lines(session, actor, catalog, found),
        clocks=tuple(clock_line(row, catalog, calendar, today) for row in found.clocks),
        steps=_steps(found, actor, catalog, today, parameters),
        waiting=_waiting(found, actor, catalog, names),
        events=_events(found, catalog, names, places),
        may_reveal=may(actor, "complainant:reveal", case)
        and any(party.role == ROLE for party in found.parties),
        may_remark=may(actor, "case:handle", case),
    )


def value_words(catalog: Catalog, field: Field, value: Any, places: Mapping[str, str]) -> str:
    """A value as it is read; `places` gives the names of districts."""
    if value in (None, "", ()):
        return ""
    if field.codes is not None:
        items = value if isinstance(value, tuple | list) else (value,)
        return "、".join(catalog.code_title(field.codes, item) for item in items)
    match field.type:
        case FieldType.BOOLEAN:
            return "是" if value else "否"
        case FieldType.DISTRICT:
            return places.get(value, value)
        case FieldType.INTEGER:
            return str(value) if field.is_year else f"{value:,}"
        case FieldType.DECIMAL:
            return f"{Decimal(str(value)):,f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def clock_line(row: CaseClock, catalog: Catalog, calendar: WorkCalendar, today: dt.date) -> ClockLine:
    """A clock in words, counted over the calendar of today."""
    due = counted(row, calendar)
    limit = catalog.limits.get(row.limit_key)
    title = limit.title if limit else row.limit_key
    parameter = catalog.parameters.get(limit.n) if limit else None
    ended = row.stopped or today
    late = (ended - due.due).days if due.due is not None and ended > due.due else 0
    words = f"{row.length} {due.unit.words}"
    return ClockLine(
        limit=row.limit_key,
        title=title,
        start=row.start,
        due=due.due,
        stopped=row.stopped,
        stopped_by=row.stopped_by or "",
        state=None if row.stopped else standing(due, today, calendar),
        length=words + (f"，延长 {row.extension} {due.unit.words}" if row.extension else ""),
        sentence=explain(due, calendar, article=row.article, title=title),
        article=row.article,
        # One that began under a value of the bureau's own, with its source, is sure.
        recalled=parameter is not None
        and parameter.confidence is Confidence.RECALLED
        and row.article == parameter.source,
        provisional=due.provisional,
        late_days=late,
        pauses=tuple((pause.since, pause.until, pause.reason) for pause in due.pauses),
    )


def _steps(
    found: Standing, actor: Actor, catalog: Catalog, today: dt.date, parameters: Mapping[str, Any]
) -> tuple[StepLine, ...]:
    """The steps from the present state, each with why not; whom the right is missing is told so."""
    facts = replace(found.facts(today, parameters), by=actor.login)
    lines = []
    for transition in found.lifecycle.steps_from(found.case.state):
        problems = why_not(
            transition,
            found.lifecycle,
            facts,
            catalog.guards,
            catalog.limits,
            waiting=found.waiting_title,
        )
        if not may(actor, transition.permission, found.case):
            declared = catalog.permissions.get(f"{found.kind.rights}:{transition.permission}")
            words = declared.title if declared else transition.permission
            problems.append(
                Problem(
                    code="not_permitted",
                    text=f"您没有“{words}”的权限。",
                    kind=ProblemKind.NOT_PERMITTED,
                )
            )
        approval = catalog.approvals[transition.approval].title if transition.approval else ""
        lines.append(StepLine(transition=transition, approval=approval, problems=tuple(problems)))
    return tuple(lines)


def _waiting(found: Standing, actor: Actor, catalog: Catalog, names: Mapping[str, str]) -> WaitingLine | None:
    row = found.waiting
    if row is None:
        return None
    transition = found.lifecycle.by_command[row.command]
    chain = catalog.approvals.get(transition.approval or "")
    own = row.asked_by == actor.login
    return WaitingLine(
        id=row.id,
        title=transition.title,
        place=chain.steps[row.step].title if chain else "",
        asked_by=names.get(row.asked_by, row.asked_by),
        asked_at=row.asked_at,
        mine=own,
        may_sign=signs_as(actor, row, found.case) is not None,
    )


def _stages(found: Standing, names: Mapping[str, str]) -> tuple[StageLine, ...]:
    """Each stage with the days on which it was first entered and last left; of a case that went back, the
    stages behind where it stands are still to come."""
    places = found.lifecycle.stages
    current = found.lifecycle.by_state[found.case.state].stage
    since: dict[str, dt.date] = {}
    until: dict[str, dt.date] = {}
    by: dict[str, str] = {}
    former = ""
    for event in found.events:
        if not event.command:
            continue
        stage = found.lifecycle.by_state[event.to_state].stage
        if stage != former:
            since.setdefault(stage, event.on_date)
            by.setdefault(stage, names.get(event.by_login, event.by_login))
            if former:
                until[former] = event.on_date
                for later in places[places.index(stage) + 1 :] if stage in until else ():
                    since.pop(later, None)
                    until.pop(later, None)
                    by.pop(later, None)
        former = stage
    return tuple(
        StageLine(
            title=stage,
            since=since.get(stage),
            until=None if stage == current else until.get(stage),
            by=by.get(stage, ""),
            current=stage == current,
        )
        for stage in found.lifecycle.stages
    )


def _parties(session: Session, found: Standing, catalog: Catalog) -> tuple[PartyLine, ...]:
    ids = [row.subject_id for row in found.parties if row.subject_id is not None]
    kinds: dict[int, str] = dict(
        session.execute(select(Subject.id, Subject.kind).where(Subject.id.in_(ids))).all()
    )
    titles = {ROLE: "投诉人", **{role.key: role.title for role in found.kind.parties}}
    order = list(titles)
    return tuple(
        PartyLine(
            role=row.role,
            role_title=titles.get(row.role, row.role),
            name=row.name,
            subject_id=row.subject_id,
            kind=kinds.get(row.subject_id or 0),
            kind_title=_kind_title(catalog, kinds.get(row.subject_id or 0)),
            since=row.since,
            left_on=row.left_on,
        )
        for row in sorted(
            found.parties, key=lambda row: (order.index(row.role) if row.role in order else 99, row.id)
        )
    )


def _kind_title(catalog: Catalog, key: str | None) -> str:
    return catalog.kinds[key].title if key in catalog.kinds else ""


def _events(
    found: Standing, catalog: Catalog, names: Mapping[str, str], places: Mapping[str, str]
) -> tuple[EventLine, ...]:
    """Newest first."""
    lines = []
    for event in reversed(found.events):
        given = json.loads(event.given)
        told = []
        for key, value in given.items():
            field = found.kind.by_key.get(key)
            role = found.kind.roles.get(key)
            if field is not None:
                told.append((field.title, value_words(catalog, field, value, places) or EMPTIED))
            elif role is not None:
                told.append((role.title, "、".join(value)))
            elif (listed := found.kind.by_list.get(key)) is not None:
                told.append((listed.title, f"第 {'、'.join(map(str, value))} 条"))
        lines.append(
            EventLine(
                id=event.id,
                at=event.at,
                on=event.on_date,
                by=names.get(event.by_login, event.by_login),
                approved_by=names.get(event.approved_by, event.approved_by) if event.approved_by else None,
                title=event.title,
                state=found.lifecycle.by_state[event.to_state].title,
                moved=bool(event.command) and event.from_state != event.to_state,
                note=event.note,
                given=tuple(told),
            )
        )
    return tuple(lines)
