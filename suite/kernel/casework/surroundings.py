"""What stands around a case, read from the rosters and the other cases when a rule first asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.effects import Around, OtherCase, StateFact, SubjectFact
from suite.database.engine import is_sqlite
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.registry.bars import bars_of
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.timeline import licences_of
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseParty, LicenceEvent, Subject


def around(session: Session, catalog: Catalog, case_id: int | None, subject_ids: Sequence[int]) -> Around:
    """What stands around a case of these subjects; `case_id` is None for one that is not opened yet."""
    return Around(
        read_subjects=partial(_subjects, session, catalog, subject_ids),
        read_other_cases=partial(_other_cases, session, catalog, case_id, subject_ids),
        read_members=partial(_members, session, catalog),
        working_between=lambda after, until: work_calendar(session).working_between(after, until),
    )


def _subjects(session: Session, catalog: Catalog, ids: Sequence[int]) -> dict[int, SubjectFact]:
    """The records and the bodies that they belong to; what the reader may not see is not among them."""
    found = _facts(session, catalog, ids)
    bodies = {fact.values.get("body_id") for fact in found.values()} - {None, *found}
    return found | _facts(session, catalog, sorted(body for body in bodies if body is not None))


def _members(session: Session, catalog: Catalog, body_id: int) -> tuple[SubjectFact, ...]:
    ids = session.scalars(select(Subject.id).where(Subject.body_id == body_id).order_by(Subject.id))
    return tuple(_facts(session, catalog, list(ids)).values())


def _facts(session: Session, catalog: Catalog, ids: Sequence[int]) -> dict[int, SubjectFact]:
    if not ids:
        return {}
    kinds: dict[str, list[int]] = {}
    for part in chunks(ids):
        for number, key in session.execute(select(Subject.id, Subject.kind).where(Subject.id.in_(part))):
            kinds.setdefault(key, []).append(number)
    licences, decisions, bars = licences_of(session, ids), _decisions(session, ids), bars_of(session, ids)
    found: dict[int, SubjectFact] = {}
    for key, numbers in kinds.items():
        kind = catalog.kinds.get(key)
        if kind is None:
            continue
        open_fields = [field.key for field in kind.fields if not field.sensitive]
        for record in current_records(session, kind, numbers).values():
            found[record.subject_id] = SubjectFact(
                id=record.subject_id,
                kind=key,
                name=record.values["name"],
                status=record.values["status"],
                person_id=record.person_id,
                licence_id=licences.get(record.subject_id),
                values={name: record.values.get(name) for name in open_fields},
                decisions=tuple(decisions.get(record.subject_id, ())),
                bars=bars.get(record.subject_id, ()),
            )
    return {number: found[number] for number in ids if number in found}


def _decisions(session: Session, ids: Sequence[int]) -> dict[int, list[StateFact]]:
    found: dict[int, list[StateFact]] = {}
    for part in chunks(ids):
        for number, state, on, note in session.execute(
            select(LicenceEvent.subject_id, LicenceEvent.state, LicenceEvent.on_date, LicenceEvent.note)
            .where(LicenceEvent.subject_id.in_(part), LicenceEvent.voided_at.is_(None))
            .order_by(LicenceEvent.on_date, LicenceEvent.id)
        ):
            found.setdefault(number, []).append(StateFact(state=state, on=on, note=note or ""))
    return found


def _other_cases(
    session: Session, catalog: Catalog, case_id: int | None, ids: Sequence[int]
) -> tuple[OtherCase, ...]:
    """Open cases about these subjects. A bar in law counts whether or not one may read the case."""
    if not ids:
        return ()
    found = []
    for row in _rows(session, ids):
        kind = catalog.case_kinds.get(row.kind)
        if row.case_id != case_id and kind is not None and row.role == kind.respondent:
            found.append(
                OtherCase(
                    kind=kind.key,
                    work=kind.work,
                    number=row.number,
                    state=row.state,
                    role=row.role,
                    subject_id=row.subject_id,
                )
            )
    return tuple(found)


def _rows(session: Session, ids: Sequence[int]) -> Iterable[Any]:
    """On PostgreSQL a function tells of the cases out of scope too, without their numbers."""
    if not is_sqlite(session.connection()):
        told = func.core_cases_about(list(ids)).table_valued(
            "case_id", "kind", "number", "state", "role", "subject_id"
        )
        return session.execute(select(told).order_by(told.c.case_id, told.c.subject_id)).all()
    return session.execute(
        select(
            Case.id.label("case_id"),
            Case.kind,
            Case.number,
            Case.state,
            CaseParty.role,
            CaseParty.subject_id,
        )
        .join(CaseParty, CaseParty.case_id == Case.id)
        .where(CaseParty.subject_id.in_(ids), CaseParty.left_on.is_(None), Case.closed.is_(None))
        .order_by(Case.id, CaseParty.id)
    ).all()
