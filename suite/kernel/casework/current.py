"""A case as it stands: its rows, held against other desks, and its facts as the rules see them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.case_facts import (
    AllegationFact,
    CaseFacts,
    ClockFact,
    Finding,
    FormerFact,
    LineFact,
    PartyFact,
)
from suite.contract.casework import (
    CaseKind,
    Lifecycle,
)
from suite.contract.code_sets import members
from suite.contract.commands import Actor
from suite.contract.declarations import FieldType
from suite.contract.effects import Around
from suite.contract.papers import PaperFact
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.casework.line_rules import cells_of, line_fact
from suite.kernel.casework.surroundings import around
from suite.kernel.casework.telling import require_untold
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import (
    Allegation,
    Case,
    CaseApproval,
    CaseClock,
    CaseEvent,
    CaseParty,
    FormerFinding,
    LineOfCase,
)

OPEN, APPROVED, RETURNED, WITHDRAWN = "open", "approved", "returned", "withdrawn"
#: What is told of a case whose earlier steps were taken before the suite, and entered from a ledger.
TAKEN_IN = "存量导入"
UNKNOWN = "没有这件办件，或不在您的管理范围内。请核对编号，或联系科室管理员。"
#: Of what was given as a number so much is said again.
MOST_SAID = 60


def unknown_case(named: str) -> Refused:
    """No case is meant by what was given, or none that may be seen."""
    text = f"没有办件“{named.strip()[:MOST_SAID]}”，或不在您的管理范围内。请核对编号，或联系科室管理员。"
    return refuse("case.unknown", text, ProblemKind.NOT_PERMITTED, field="case")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A case with everything that the rules look at. `waiting` is the step that waits for signatures."""

    case: Case
    kind: CaseKind
    lifecycle: Lifecycle
    values: Mapping[str, Any]
    parties: tuple[CaseParty, ...]
    allegations: tuple[Allegation, ...]
    former: tuple[FormerFinding, ...]
    lines: tuple[LineOfCase, ...]
    clocks: tuple[CaseClock, ...]
    events: tuple[CaseEvent, ...]
    waiting: CaseApproval | None
    around: Around

    def facts(self, on: dt.date, parameters: Mapping[str, Any]) -> CaseFacts:
        """The case as the rules see it on the day of a step."""
        return CaseFacts(
            kind=self.kind.key,
            number=self.case.number,
            state=self.case.state,
            district=self.case.district_code,
            opened=self.case.opened,
            values=self.values,
            parties=tuple(
                PartyFact(role=row.role, name=row.name, subject_id=row.subject_id, login=row.login)
                for row in self.parties
                if row.left_on is None
            ),
            allegations=self.allegation_facts,
            clocks=tuple(
                ClockFact(
                    limit=row.limit_key,
                    start=row.start,
                    due=row.due,
                    paused=is_paused(row),
                    extended=1 if row.extension else 0,
                    stopped=row.stopped,
                )
                for row in self.clocks
            ),
            done=tuple(event.command for event in self.events if event.command),
            on=on,
            parameters=parameters,
            lines=self.line_facts,
            around=self.around,
        )

    @property
    def allegation_facts(self) -> tuple[AllegationFact, ...]:
        """The allegations, with whatever was found of them."""
        drafts = self._drafts()
        return tuple(
            allegation_fact(
                row,
                [item for item in self.former if item.allegation_id == row.id],
                told=row.finding is not None and row.no not in drafts,
            )
            for row in self.allegations
        )

    def _drafts(self) -> frozenset[int]:
        """The numbers of the allegations of whose finding nobody was told yet: where findings are being made,
        all that were made since the case was opened, or opened anew."""
        if not any(step.findings for step in self.lifecycle.steps_from(self.case.state)):
            return frozenset()
        fresh, over = {row.no for row in self.allegations}, self.lifecycle.by_state
        for event in self.events:
            if over[event.to_state].terminal:
                fresh.clear()
            fresh |= {int(no) for no in json.loads(event.given).get("findings", ())}
        return frozenset(fresh)

    @property
    def line_facts(self) -> dict[str, tuple[LineFact, ...]]:
        """The lines that stand, by list."""
        return {
            item.key: tuple(
                line_fact(row.no, cells_of(row))
                for row in self.lines
                if row.list_key == item.key and row.struck_on is None
            )
            for item in self.kind.lists
        }

    @property
    def waiting_title(self) -> str:
        """The title of the step that waits, empty where none does."""
        return self.lifecycle.by_command[self.waiting.command].title if self.waiting else ""

    @property
    def last_on(self) -> dt.date | None:
        """The business date of the last step."""
        return max((event.on_date for event in self.events if event.command), default=None)


def allegation_fact(
    row: Allegation, former: Sequence[FormerFinding] = (), *, told: bool = False
) -> AllegationFact:
    """An allegation as the rules see it."""
    return AllegationFact(
        no=row.no,
        head=row.head,
        text=row.text,
        finding=Finding(row.finding) if row.finding else None,
        note=row.note,
        found_on=row.found_on,
        annulled_on=row.annulled_on,
        annulled_by=row.annulled_by,
        former=tuple(
            FormerFact(
                finding=Finding(item.finding),
                note=item.note,
                found_on=item.found_on,
                ended_on=item.ended_on,
                annulled=item.annulled,
                reason=item.reason,
            )
            for item in former
        ),
        told=told,
    )


def is_paused(row: CaseClock) -> bool:
    """Whether a clock stands still: its last pause has no end."""
    pauses = json.loads(row.pauses)
    return bool(pauses) and pauses[-1][1] is None and row.stopped is None


def may(actor: Actor, action: str, row: Case) -> bool:
    """Whether an actor holds an action of the case's profession where the case lies."""
    return any(
        scope.holds(row.profession, row.district_code, row.association)
        for scope in actor.scopes(f"{row.profession}:{action}")
    )


def signatures_of(row: CaseApproval) -> list[tuple[str, dt.date]]:
    """Who signed a step that waits, so far, and on which day, in order."""
    return [(login, dt.date.fromisoformat(day)) for login, day in json.loads(row.signed or "[]")]


def signs_as(actor: Actor, row: CaseApproval, case: Case) -> str | None:
    """In whose name an actor may sign what waits: empty for the own one, None where he may not at all.

    Nobody signs in the name of who asked for the step, or of who signed it before.
    """
    found = {
        item.behalf
        for item in actor.granted
        if item.permission == f"{row.profession}:{row.permission}"
        and item.scope.holds(row.profession, case.district_code, case.association)
    }
    others = {row.asked_by, *dict(signatures_of(row))}
    if actor.login in others:
        return None
    return min((name for name in found if name not in others), default=None)


def hold_case(work: Transaction, case_id: int) -> Case:
    """The case's row, held until commit. Raises Refused for one that is not there or may not be seen."""
    statement = select(Case).where(Case.id == case_id)
    if not is_sqlite(work.connection):
        statement = statement.with_for_update()
    row = work.session.scalar(statement)
    if row is None or not may(work.actor, "case:read", row):
        raise refuse("case.unknown", UNKNOWN, field="case_id")
    return row


def require_in_scope(work: Transaction, action: str, row: Case) -> None:
    """Raises Refused where the actor may not do this to the case."""
    if not may(work.actor, action, row):
        declared = work.catalog.permissions.get(f"{row.profession}:{action}")
        words = declared.title if declared else action
        raise refuse(
            "out_of_scope",
            f"您对这件办件没有“{words}”的权限，请联系科室管理员。",
            ProblemKind.NOT_PERMITTED,
            field="case_id",
        )


def standing_of(session: Session, catalog: Catalog, case: Case) -> Standing:
    """Everything of a case. Raises Refused where no plugin that is on declares its kind."""
    kind = catalog.case_kind(case.kind)
    details = kind.details
    columns = {field.key: details.columns[field.name] for field in kind.fields}
    found = session.execute(
        select(*(column.label(key) for key, column in columns.items())).where(details.c.case_id == case.id)
    ).one_or_none()
    values = dict(found._mapping) if found else {}
    for field in kind.fields:
        if field.type is FieldType.CODES:
            values[field.key] = members(values.get(field.key))

    def rows(table: Any) -> tuple[Any, ...]:
        return tuple(session.scalars(select(table).where(table.case_id == case.id).order_by(table.id)))

    waiting = session.scalar(
        select(CaseApproval).where(CaseApproval.case_id == case.id, CaseApproval.state == OPEN)
    )

    def papers() -> tuple[PaperFact, ...]:
        from suite.kernel.casework.papers.facts import paper_facts

        return paper_facts(session, catalog, standing)

    parties: tuple[CaseParty, ...] = rows(CaseParty)
    ids = [row.subject_id for row in parties if row.subject_id is not None and row.left_on is None]
    standing = Standing(
        case=case,
        kind=kind,
        lifecycle=catalog.lifecycle_of(kind),
        values=values,
        parties=parties,
        allegations=rows(Allegation),
        former=rows(FormerFinding),
        lines=rows(LineOfCase) if kind.lists else (),
        clocks=rows(CaseClock),
        events=rows(CaseEvent),
        waiting=waiting,
        around=replace(around(session, catalog, case.id, list(dict.fromkeys(ids))), read_papers=papers),
    )
    return standing


def scope_of(case: Case) -> dict[str, Any]:
    """What every row of a case carries of it."""
    return {
        "case_id": case.id,
        "profession": case.profession,
        "district_code": case.district_code,
        "association": case.association,
    }


def add_event(
    work: Transaction,
    case: Case,
    *,
    title: str,
    on: dt.date,
    command: str = "",
    note: str = "",
    from_state: str | None = None,
    given: Mapping[str, Any] | None = None,
    by: str | None = None,
    approved_by: str | None = None,
) -> CaseEvent:
    """Write what happened; it is never changed again, so that its note may not tell who complains."""
    require_untold(work, case.id, note=note)
    event = CaseEvent(
        **scope_of(case),
        at=work.now,
        on_date=on,
        by_login=by or work.actor.login,
        approved_by=approved_by,
        command=command,
        title=title,
        from_state=from_state,
        to_state=case.state,
        note=note.strip(),
        given=json.dumps(given or {}, ensure_ascii=False, default=str),
    )
    work.session.add(event)
    work.session.flush()
    return event
